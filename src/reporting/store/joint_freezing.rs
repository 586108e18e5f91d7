//! What a joint report shows, as it is now.

use super::{
    joint::{CellRow, ReadFor, SharedPoint, cells, columns, joint_frame},
    report::all_reports_at,
};
use crate::{
    access::{Reader, join},
    database::{StoreError, TenantTable},
    graphql::Date,
    planning::organisation_day,
    reporting::{
        frozen::{
            FrozenJointCell, FrozenJointGap, FrozenJointPoint, FrozenJointReport, FrozenOccasion, FrozenRatingLevel,
            FrozenReportReference, FrozenUnit,
        },
        rules::{JointCellState, Unreported, cell_state, trend},
    },
};
use entity::{
    FindingStatus, assessment, case_file, committee, control_year, department, finding, follow_up, joint_report,
    joint_report_gap, reporting_occasion,
};
use sea_orm::{ColumnTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// Everything that a joint report shows, and who has not reported everything.
#[derive(Debug)]
pub(in crate::reporting) struct JointContent {
    pub(in crate::reporting) frozen: FrozenJointReport,
    pub(in crate::reporting) unreported: Vec<Unreported>,
}

/// Everything that a joint report shows, as it is now. What is marked confidential is left out of it, whoever asks.
pub(in crate::reporting) async fn joint_content(
    reader: &Reader,
    report: &joint_report::Model,
    gaps: Vec<joint_report_gap::Model>,
) -> Result<JointContent, StoreError> {
    let year = must::<control_year::Entity>(reader, report.control_year_id).await?;
    let occasion = must::<reporting_occasion::Entity>(reader, report.occasion_id).await?;
    let on = organisation_day(occasion.due_on, year.year);
    let departments = columns(reader, on, None).await?;
    let mut content = heading(reader, report, &year, &occasion).await?;
    content.departments = departments.iter().map(unit).collect();
    let names: HashMap<Uuid, FrozenUnit> = departments.iter().map(|row| (row.id, unit(row))).collect();
    content.gaps = gaps
        .into_iter()
        .filter_map(|gap| {
            Some(FrozenJointGap {
                department: names.get(&gap.department_id)?.clone(),
                explanation: gap.explanation,
            })
        })
        .collect();
    content.reports = all_reports_at(reader, occasion.id)
        .await?
        .into_iter()
        .map(|(report, department, committee)| FrozenReportReference {
            department: unit(&department),
            committee: committee_unit(&committee),
            status: report.status,
            content_hash: report.content_hash,
        })
        .collect();
    let mut unreported = Vec::new();
    if let Some(frame) = joint_frame(reader, year.year, Some(&occasion.code)).await? {
        let ids: Vec<Uuid> = departments.iter().map(|department| department.id).collect();
        let rows = cells(reader, ReadFor::Record, &frame, &ids).await?;
        let mut matrix: HashMap<(Uuid, Uuid), CellRow> = rows
            .into_iter()
            .map(|row| ((row.department_id, row.point_id), row))
            .collect();
        let assessed = assessments_at(reader, occasion.id).await?;
        let mut open = open_findings(reader, year.id).await?;
        for SharedPoint { number, point } in &frame.points {
            let mut row = Vec::with_capacity(departments.len());
            for department in &departments {
                let Some(cell) = matrix.remove(&(department.id, point.id)) else {
                    continue;
                };
                let state = cell_state(cell.exempt, cell.status, occasion.due_on, reader.today());
                if !matches!(state, JointCellState::Reported | JointCellState::NotApplicable) {
                    note(&mut unreported, department, format!("{number}. {}", point.title));
                }
                let follow_up_id = cell.follow_up.as_ref().map(|(follow_up, _)| follow_up.id);
                let assessment = follow_up_id.and_then(|id| assessed.get(&id));
                let findings = follow_up_id.and_then(|id| open.remove(&id)).unwrap_or_default();
                row.push(frozen_cell(cell, state, department, assessment, findings));
            }
            content.points.push(FrozenJointPoint {
                number: *number,
                title: point.title.clone(),
                reported: count(&row, |state| state == JointCellState::Reported),
                expected: count(&row, |state| state != JointCellState::NotApplicable),
                cells: row,
            });
        }
    }
    Ok(JointContent {
        frozen: content,
        unreported,
    })
}

async fn heading(
    reader: &Reader,
    report: &joint_report::Model,
    year: &control_year::Model,
    occasion: &reporting_occasion::Model,
) -> Result<FrozenJointReport, StoreError> {
    let case = match report.case_file_id {
        Some(id) => reader.by_id::<case_file::Entity>(id).await?,
        None => None,
    };
    Ok(FrozenJointReport {
        year: year.year,
        occasion: FrozenOccasion {
            code: occasion.code.clone(),
            label: occasion.label.clone(),
            due_on: occasion.due_on.map(Date),
        },
        department: unit(&must::<department::Entity>(reader, report.department_id).await?),
        committee: committee_unit(&must::<committee::Entity>(reader, report.committee_id).await?),
        case_number: case.map(|case| case.number),
        title: report.title.clone(),
        dated: report.dated.map(Date),
        background: report.background.clone(),
        summary: report.summary.clone(),
        ..FrozenJointReport::default()
    })
}

/// A cell as it stands, read for the record.
fn frozen_cell(
    cell: CellRow,
    state: JointCellState,
    department: &department::Model,
    assessment: Option<&(Uuid, Option<String>)>,
    findings: Vec<Uuid>,
) -> FrozenJointCell {
    let reported = state == JointCellState::Reported;
    let ground = assessment.and_then(|(_, ground)| ground.clone()).filter(|_| reported);
    let shown = reported && ground.is_none();
    let rank = cell.rating.as_ref().map(|rating| rating.rank);
    let compared = shown && cell.stated_trend.is_none() && rank.is_some();
    FrozenJointCell {
        department_id: department.id,
        follow_up_id: cell.follow_up.map(|(follow_up, _)| follow_up.id),
        assessment_id: assessment.map(|(id, _)| *id).filter(|_| shown),
        ground,
        department_code: department.code.clone(),
        state,
        trend: trend(cell.stated_trend, rank, cell.rank_before).filter(|_| shown),
        compared_with: cell.before.filter(|_| compared),
        rating: cell.rating.filter(|_| shown).map(|rating| FrozenRatingLevel {
            code: rating.code,
            label: rating.label,
            rank: rating.rank,
            colour: rating.colour,
        }),
        open_findings: i32::try_from(findings.len()).unwrap_or(i32::MAX),
        findings,
        withheld: None,
    }
}

fn note(unreported: &mut Vec<Unreported>, department: &department::Model, point: String) {
    match unreported.iter_mut().find(|of| of.department_id == department.id) {
        Some(of) => of.points.push(point),
        None => unreported.push(Unreported {
            department_id: department.id,
            code: department.code.clone(),
            points: vec![point],
        }),
    }
}

fn count(cells: &[FrozenJointCell], counted: impl Fn(JointCellState) -> bool) -> i32 {
    let number = cells.iter().filter(|cell| counted(cell.state)).count();
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn unit(department: &department::Model) -> FrozenUnit {
    FrozenUnit {
        code: department.code.clone(),
        name: department.name.clone(),
    }
}

fn committee_unit(committee: &committee::Model) -> FrozenUnit {
    FrozenUnit {
        code: committee.code.clone(),
        name: committee.name.clone(),
    }
}

/// The assessment at an occasion of each follow-up, with the ground that it is confidential on.
async fn assessments_at(
    reader: &Reader,
    occasion_id: Uuid,
) -> Result<HashMap<Uuid, (Uuid, Option<String>)>, StoreError> {
    use assessment::Column;
    let rows: Vec<(Uuid, Uuid, Option<String>)> = reader
        .find::<assessment::Entity>()
        .filter(Column::OccasionId.eq(occasion_id))
        .select_only()
        .columns([Column::FollowUpId, Column::Id, Column::SecrecyGround])
        .into_tuple()
        .all(reader.session())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(follow_up, id, ground)| (follow_up, (id, ground)))
        .collect())
}

/// The findings of each follow-up of a year that nothing was done about and that are not confidential. Also those that have
/// come along to the next year by now: the report tells how the year ended, whenever it is submitted.
async fn open_findings(reader: &Reader, control_year_id: Uuid) -> Result<HashMap<Uuid, Vec<Uuid>>, StoreError> {
    use finding::Column;
    let rows: Vec<(Uuid, Uuid)> = join::<finding::Entity, follow_up::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        Column::FollowUpId,
        follow_up::Column::Id,
    )
    .filter(follow_up::Column::ControlYearId.eq(control_year_id))
    .filter(Column::Status.is_in([FindingStatus::Open, FindingStatus::ActionPlanned]))
    .filter(Column::SecrecyGround.is_null())
    .order_by_asc(Column::Id)
    .select_only()
    .columns([Column::FollowUpId, Column::Id])
    .into_tuple()
    .all(reader.session())
    .await?;
    let mut found: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (follow_up, id) in rows {
        found.entry(follow_up).or_default().push(id);
    }
    Ok(found)
}

async fn must<E: TenantTable>(reader: &Reader, id: Uuid) -> Result<E::Model, StoreError> {
    let found = reader.by_id::<E>(id).await?;
    found.ok_or_else(|| StoreError::Content("a joint report refers to a row that is not there".to_owned()))
}
