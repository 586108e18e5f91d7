use crate::{organisation::Department, planning::ControlPoint};
use async_graphql::SimpleObject;

/// Something that a department has not begun, although the occasion's due date has passed.
#[derive(Clone, SimpleObject)]
pub struct MissingFollowUp {
    /// The department.
    pub(super) department: Department,
    /// The shared point.
    pub(super) point: ControlPoint,
}
