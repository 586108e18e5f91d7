use super::{PLACE, next_phases, refuse_closed_year, refuse_step, refuse_year_without_occasion};
use crate::{
    access::{Place, Right},
    language::Term,
    use_case::{Act, Problem},
};
use entity::{ControlYearPhase, control_year};

/// A control year with all that decides what may be done to it.
#[derive(Clone, Debug)]
pub struct ControlYearState {
    pub(in crate::planning) year: control_year::Model,
    /// How many reporting occasions it has.
    pub(in crate::planning) occasions: usize,
}

/// What is done to a control year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::planning) enum ControlYearAct {
    /// It is changed.
    Update,
    /// It comes to a phase.
    Advance(ControlYearPhase),
}

impl ControlYearAct {
    /// All that is done to one.
    pub(in crate::planning) const ALL: [Self; 4] = [
        Self::Update,
        Self::Advance(ControlYearPhase::Running),
        Self::Advance(ControlYearPhase::Reporting),
        Self::Advance(ControlYearPhase::Closed),
    ];
}

impl Act for ControlYearAct {
    type State = ControlYearState;

    fn action(self) -> String {
        match self {
            Self::Update => "updateControlYear".to_owned(),
            Self::Advance(to) => format!("advanceControlYear.{}", Term::value(to).name()),
        }
    }

    fn leave(self, _: &ControlYearState) -> (Right, Place) {
        (Right::ControlYearManage, PLACE)
    }

    fn check(self, state: &ControlYearState) -> Result<(), Problem> {
        let phase = state.year.phase;
        match self {
            Self::Update => refuse_closed_year(&state.year),
            Self::Advance(to) => {
                refuse_step(phase, to, next_phases(phase))?;
                refuse_year_without_occasion(to, state.occasions)
            }
        }
    }
}
