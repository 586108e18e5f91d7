//! Risks, control points and plans in sheets: which columns they have, and what their rows say.

mod import;
mod point;
mod risk;
mod year;

pub(crate) use import::{Counts, Import, ImportKind, Target};
pub(super) use point::PointRow;
pub(super) use risk::RiskRow;

use crate::spreadsheet::Export;

/// What of planning can be exported.
pub(crate) const EXPORTS: &[&Export] = &[
    &risk::EXPORT,
    &point::POINTS,
    &point::CONTROL_PLAN,
    &point::SHARED_PLAN,
    &year::EXPORT,
];
