//! The rules of reporting.

mod by_decision;
mod completeness;
mod joint;
mod life_cycle;

pub(crate) use by_decision::{Move, Reported, refuse_move, refuse_other_content};
pub(super) use completeness::{PlannedPoint, Unreported, refuse_incomplete, refuse_incomplete_joint};
pub use joint::JointCellState;
pub(super) use joint::{cell_state, trend};
pub(super) use life_cycle::{refuse_changed_content, refuse_republication, refuse_step};
