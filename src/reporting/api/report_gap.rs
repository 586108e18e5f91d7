use crate::{graphql::Row, planning::ControlPoint, reporting::store::GapRow};
use async_graphql::Object;

/// A point that a report lacks a reviewed assessment of, and why.
#[derive(Clone)]
pub struct ReportGap(Row<GapRow>);

impl From<Row<GapRow>> for ReportGap {
    fn from(row: Row<GapRow>) -> Self {
        Self(row)
    }
}

/// A point that a report lacks a reviewed assessment of, and why.
#[Object]
impl ReportGap {
    /// The point of the department's plan.
    async fn point(&self) -> ControlPoint {
        self.0.part(|row| row.point.clone()).into()
    }

    /// Why it was not followed up in time.
    async fn explanation(&self) -> &str {
        &self.0.gap.explanation
    }
}
