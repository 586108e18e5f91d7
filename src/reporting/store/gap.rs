use super::ReportRow;
use crate::{
    access::{Reader, join, with_columns},
    database::StoreError,
    planning::visible_points,
    relation,
};
use entity::{ReportStatus, control_point, report_gap};
use sea_orm::{ColumnTrait, DbErr, FromQueryResult, JoinType, QueryFilter, QueryOrder, QueryResult};
use uuid::Uuid;

/// Why a report lacks a point, with the point.
#[derive(Clone, Debug)]
pub(crate) struct GapRow {
    pub(crate) gap: report_gap::Model,
    pub(crate) point: control_point::Model,
}

const POINT: &str = "point__";

impl FromQueryResult for GapRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            gap: report_gap::Model::from_query_result(row, prefix)?,
            point: control_point::Model::from_query_result(row, POINT)?,
        })
    }
}

relation! {
    /// What drafts explain, in the order in which it was first explained. Once a report is submitted, its frozen content
    /// says which of it was needed: the rest is not for those whom the report is laid before.
    GapsOfReport: ReportRow => GapRow,
    |row| (row.report.status == ReportStatus::Draft).then_some(row.report.id), gaps_of_reports
}

async fn gaps_of_reports(reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, GapRow)>, StoreError> {
    use report_gap::Column;
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let select = join::<report_gap::Entity, control_point::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        Column::ControlPointId,
        control_point::Column::Id,
    );
    let rows = with_columns::<_, control_point::Entity>(select, POINT)
        .filter(reader.any_of(Column::DepartmentReportId.as_column_ref(), keys))
        .filter(visible_points(reader))
        .order_by_asc(Column::Id)
        .into_model::<GapRow>()
        .all(reader.session())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.gap.department_report_id, row))
        .collect())
}
