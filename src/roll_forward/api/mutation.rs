use super::CarryOver;
use crate::{
    mutations,
    planning::ControlYear,
    roll_forward::commands::{AcceptCarryOverInput, AcceptCarryOversInput, DropCarryOverInput, RollForwardInput},
};

mutations! {
    /// The mutations of rolling forward.
    RollForwardMutation {
        /// Proposes what is left of the year before to come along to a control year: risks, planned points, findings that
        /// are not dealt with, actions that nobody has verified. What was proposed already is not proposed again; where
        /// it lands follows reorganisations that were recorded since, until somebody has decided. For the coordinator.
        roll_forward(RollForwardInput) -> RollForwardPayload {
            /// The control year, whose proposals `carryOvers` lists; null when nothing was proposed.
            control_year: ControlYear
        }
        /// Lets something of the year before come along: it becomes a new object of the new year, linked to the old one.
        /// For whoever writes such things where it lands; the whole municipality's for the coordinator.
        accept_carry_over(AcceptCarryOverInput) -> AcceptCarryOverPayload {
            /// The proposal with what became of it; null when it did not come along.
            carry_over: CarryOver
        }
        /// Lets several things of the year before come along in one go, all of them or none: risks first, then points,
        /// findings and actions, since each refers to those before. Everything that stands in the way of any of them is
        /// told at once; where the input names none, the path is the proposal's id. Doing it again changes nothing.
        accept_carry_overs(AcceptCarryOversInput) -> AcceptCarryOversPayload {
            /// The control year, whose proposals `carryOvers` lists; null when nothing came along.
            control_year: ControlYear
        }
        /// Leaves something in the year that it is of. For whoever could accept it.
        drop_carry_over(DropCarryOverInput) -> DropCarryOverPayload {
            /// The dropped proposal; null when nothing was changed.
            carry_over: CarryOver
        }
    }
}
