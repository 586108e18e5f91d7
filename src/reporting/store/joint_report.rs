use super::{frozen::marks, report::LAID};
use crate::{
    access::{Place, Reader, Right, rows_by_id, rows_referring},
    database::StoreError,
    decisions::cases_by_id,
    relation,
    reporting::frozen::{FrozenJointReport, Onlooker, from_stored},
    use_case::{ActedOn, Duties},
};
use entity::{
    case_file, committee, control_year, department, joint_report, joint_report_author, joint_report_gap,
    reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Iterable, JsonValue as Json, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};
use uuid::Uuid;

/// The joint reports that the reader can see: those who read the joint follow-up of all departments or compile the
/// report, all of them; the head who proposes it, their department's; a committee, what is laid before it; the public,
/// what is published.
pub(crate) fn visible_joint_reports(reader: &Reader) -> Condition {
    use joint_report::Column;
    let reach = reader.reach(Right::JointFollowUpRead);
    let proposes = reader.reach(Right::DepartmentReportPropose);
    if reach.everywhere || proposes.everywhere || reader.may(Right::JointReportWrite, Place::Municipality) {
        return Condition::all();
    }
    let mut laid = Condition::all().add(Column::Status.is_in(LAID));
    if !reach.every_committee {
        laid = laid.add(reader.any_of(Column::CommitteeId.as_column_ref(), reach.committees));
    }
    Condition::any()
        .add(laid)
        .add(reader.any_of(Column::DepartmentId.as_column_ref(), proposes.departments))
        .add(Column::PublishedAt.is_not_null())
}

/// The joint reports that the reader can see, without their frozen content, which is large.
fn joint_reports(reader: &Reader) -> Select<joint_report::Entity> {
    use joint_report::Column;
    reader
        .find::<joint_report::Entity>()
        .select_only()
        .columns(Column::iter().filter(|column| !matches!(column, Column::Frozen)))
        .column_as(Expr::cust("NULL"), Column::Frozen)
        .filter(visible_joint_reports(reader))
}

/// Joint reports by id, those that the reader can see.
pub(crate) async fn joint_reports_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, joint_report::Model)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = joint_reports(reader)
        .filter(reader.any_of(joint_report::Column::Id.as_column_ref(), ids))
        .into_model::<joint_report::Model>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The joint report with this id, if the reader can see it.
pub(crate) async fn visible_joint_report(reader: &Reader, id: Uuid) -> Result<Option<joint_report::Model>, StoreError> {
    let found = joint_reports_by_id(reader, vec![id]).await?;
    Ok(found.into_iter().next().map(|(_, row)| row))
}

/// The joint report at an occasion, if the reader can see it.
pub(in crate::reporting) async fn joint_report_at(
    reader: &Reader,
    occasion_id: Uuid,
) -> Result<Option<joint_report::Model>, StoreError> {
    Ok(joint_reports(reader)
        .filter(joint_report::Column::OccasionId.eq(occasion_id))
        .into_model::<joint_report::Model>()
        .one(reader.session())
        .await?)
}

/// Whether there is a joint report at an occasion, whether the reader can see it or not.
pub(in crate::reporting) async fn has_joint_report(reader: &Reader, occasion_id: Uuid) -> Result<bool, StoreError> {
    Ok(reader
        .find::<joint_report::Entity>()
        .filter(joint_report::Column::OccasionId.eq(occasion_id))
        .one(reader.session())
        .await?
        .is_some())
}

/// Who has written on a joint report.
pub(in crate::reporting) async fn joint_authors(reader: &Reader, report_id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let found = reader
        .find::<joint_report_author::Entity>()
        .filter(joint_report_author::Column::JointReportId.eq(report_id))
        .all(reader.session())
        .await?;
    Ok(found.into_iter().map(|author| author.user_id).collect())
}

/// What a joint report explains, in the order in which it was first explained.
pub(in crate::reporting) async fn joint_gaps(
    reader: &Reader,
    report_id: Uuid,
) -> Result<Vec<joint_report_gap::Model>, StoreError> {
    Ok(reader
        .find::<joint_report_gap::Entity>()
        .filter(joint_report_gap::Column::JointReportId.eq(report_id))
        .order_by_asc(joint_report_gap::Column::Id)
        .all(reader.session())
        .await?)
}

/// Where a joint report is acted on, and who has written on it. `None` when the reader does not see it.
pub(crate) async fn joint_acted_on(reader: &Reader, report_id: Uuid) -> Result<Option<ActedOn>, StoreError> {
    let Some(report) = visible_joint_report(reader, report_id).await? else {
        return Ok(None);
    };
    let authors = joint_authors(reader, report_id).await?.into_iter().map(Some).collect();
    Ok(Some(ActedOn {
        place: Place::Department(report.department_id),
        duties: Some((Duties::WriteAndPropose, authors)),
    }))
}

#[derive(FromQueryResult)]
struct Stored {
    id: Uuid,
    frozen: Option<Json>,
}

relation! {
    /// What joint reports said when they were submitted, as the reader may see it.
    FrozenOfJointReport: joint_report::Model => FrozenJointReport,
    |row| row.content_hash.as_ref().map(|_| row.id), frozen_joint_reports
}

async fn frozen_joint_reports(reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, FrozenJointReport)>, StoreError> {
    use joint_report::Column;
    let rows = reader
        .find::<joint_report::Entity>()
        .select_only()
        .columns([Column::Id, Column::Frozen])
        .filter(reader.any_of(Column::Id.as_column_ref(), keys))
        .into_model::<Stored>()
        .all(reader.session())
        .await?;
    let onlooker = Onlooker::of(reader);
    let mut reports: Vec<(Uuid, FrozenJointReport)> = Vec::new();
    for row in rows {
        if let Some(frozen) = row.frozen {
            reports.push((row.id, from_stored(frozen)?));
        }
    }
    let marks = marks(reader, reports.iter().map(|(_, report)| report.confidential_ids())).await?;
    Ok(reports
        .into_iter()
        .map(|(id, report)| (id, report.opened(&marks, &onlooker, reader.reads())))
        .collect())
}

relation! {
    /// What joint reports explain while they are drafts.
    GapsOfJointReport: joint_report::Model => joint_report_gap::Model,
    |row| Some(row.id),
    |reader, keys| rows_referring::<joint_report_gap::Entity>(
        reader, joint_report_gap::Column::JointReportId, keys)
}

relation! {
    /// The department whose absence is explained.
    DepartmentOfJointGap: joint_report_gap::Model => department::Model,
    |gap| Some(gap.department_id), rows_by_id::<department::Entity>
}

relation! {
    /// The year of a joint report.
    YearOfJointReport: joint_report::Model => control_year::Model,
    |row| Some(row.control_year_id), rows_by_id::<control_year::Entity>
}

relation! {
    /// The occasion of a joint report.
    OccasionOfJointReport: joint_report::Model => reporting_occasion::Model,
    |row| Some(row.occasion_id), rows_by_id::<reporting_occasion::Entity>
}

relation! {
    /// The department that compiles a joint report.
    DepartmentOfJointReport: joint_report::Model => department::Model,
    |row| Some(row.department_id), rows_by_id::<department::Entity>
}

relation! {
    /// The board that a joint report is for.
    CommitteeOfJointReport: joint_report::Model => committee::Model,
    |row| Some(row.committee_id), rows_by_id::<committee::Entity>
}

relation! {
    /// The case of a joint report.
    CaseOfJointReport: joint_report::Model => case_file::Model,
    |row| row.case_file_id, cases_by_id
}
