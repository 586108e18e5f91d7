use super::{COUNT, RollUpFilter, SECRETS, YEAR, count, follow_ups, note, secrets, tallies};
use crate::{
    access::{Reader, join},
    database::StoreError,
    follow_up::{finding_lives, readable_to, visible_evidence},
};
use entity::{FindingStatus, Severity, control_year, finding, follow_up};
use sea_orm::{ColumnTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

/// How many findings of a severity in an area nothing has been done about.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct FindingTally {
    pub(in crate::reporting) year: i32,
    pub(in crate::reporting) severity: Option<Severity>,
    pub(in crate::reporting) area: Option<String>,
    pub(in crate::reporting) count: i32,
}

/// The findings of each year that nothing has been done about, the most serious first.
pub(in crate::reporting) async fn open_findings(
    reader: &Reader,
    filter: &RollUpFilter,
) -> Result<Vec<FindingTally>, StoreError> {
    use finding::Column;
    let select = join::<_, finding::Entity>(
        follow_ups(reader, filter),
        JoinType::InnerJoin,
        follow_up::Column::Id,
        Column::FollowUpId,
    )
    .filter(Column::Status.is_in([FindingStatus::Open, FindingStatus::ActionPlanned]))
    .filter(finding_lives(reader))
    .filter(visible_evidence(reader, Column::CreatedAt))
    .filter(readable_to(reader, Column::SecrecyGround))
    .select_only()
    .column_as(control_year::Column::Year, YEAR)
    .column(Column::Severity)
    .column(Column::Area)
    .column_as(Expr::cust("COUNT(*)"), COUNT)
    .column_as(
        secrets(reader, Column::SecrecyGround.into_expr(), Column::Id.as_column_ref()),
        SECRETS,
    )
    .group_by(control_year::Column::Year)
    .group_by(Column::Severity)
    .group_by(Column::SeverityRank)
    .group_by(Column::Area)
    .order_by_asc(control_year::Column::Year)
    .order_by_desc(Column::SeverityRank);
    let mut tallies = tallies(reader, select, |row| {
        note(reader, "finding", row, SECRETS)?;
        Ok(FindingTally {
            year: row.try_get("", YEAR)?,
            severity: row.try_get("", "severity")?,
            area: row.try_get("", "area")?,
            count: count(row, COUNT)?,
        })
    })
    .await?;
    // Areas sort as names do, on both databases; what has none comes last.
    tallies.sort_by_cached_key(|tally| {
        let severity = tally.severity.map(std::cmp::Reverse);
        let area = tally.area.as_deref().map(crate::collation::sort_key);
        (tally.year, severity.is_none(), severity, area.is_none(), area)
    });
    Ok(tallies)
}
