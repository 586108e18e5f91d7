use super::{JointCell, RatingCount};
use crate::graphql::limits::{expected, list_cost};
use crate::{access::Reader, planning::ControlPoint, reporting::rules::JointCellState};
use async_graphql::{ComplexObject, SimpleObject};
use entity::rating_level;
use std::sync::Arc;

/// A shared point across the departments.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct JointPoint {
    /// The control point.
    point: ControlPoint,
    /// One cell for each department, in the order of `departments`.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    cells: Vec<JointCell>,
    /// How many departments have reported.
    reported: i32,
    /// How many are expected to: all but those that are exempt.
    expected: i32,
    #[graphql(skip)]
    ratings: Vec<RatingCount>,
}

#[ComplexObject]
impl JointPoint {
    /// How many reported each rating, best first; those that are withheld from you are not counted.
    #[graphql(complexity = "list_cost(expected::SCALE, child_complexity)")]
    async fn ratings(&self) -> &[RatingCount] {
        self.cells.iter().for_each(|cell| cell.secrets.note_rating());
        &self.ratings
    }
}

impl JointPoint {
    pub(super) fn of(
        reader: &Arc<Reader>,
        point: ControlPoint,
        cells: Vec<JointCell>,
        ratings: Vec<rating_level::Model>,
    ) -> Self {
        let count = |counted: fn(JointCellState) -> bool| {
            let number = cells.iter().filter(|cell| counted(cell.state)).count();
            i32::try_from(number).unwrap_or(i32::MAX)
        };
        Self {
            point,
            reported: count(|state| state == JointCellState::Reported),
            expected: count(|state| state != JointCellState::NotApplicable),
            ratings: RatingCount::of(reader, ratings),
            cells,
        }
    }
}
