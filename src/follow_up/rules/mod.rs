//! The rules of following up.

pub(super) mod assessment;
mod derivation;
mod life_cycle;
mod schedule;
mod validation;

pub(super) use derivation::{UNDONE, due_key};
pub(crate) use derivation::{is_overdue, trend};
pub(super) use life_cycle::{
    Carried, LifeCycle, NOT_DEALT_WITH, UNFINISHED, carried_on, refuse_dealt_with, refuse_finished,
};
pub use schedule::ScheduledCheckState;
pub(super) use schedule::{fulfils, scheduled_state};
pub(super) use validation::{
    Counts, action_step_needs_reason, failed_verification, finding_step_needs_reason, refuse_impossible_counts,
    refuse_impossible_extent, refuse_impossible_progress, refuse_two_sources, refuse_wrong_reason,
    refuse_wrong_time_done, severity_rank,
};
