use super::{ReportRow, frozen_files::add_files, report::of_reports};
use crate::{
    access::{Keyed, Reader, join, keyed, referring, rows_referring, with_columns},
    database::StoreError,
    follow_up::{carried_on_actions, is_overdue},
    graphql::{Date, PartialDate},
    reporting::{
        frozen::{
            Evidence, FrozenActionExtension, FrozenAssessment, FrozenCheck, FrozenControlPoint, FrozenCorrectiveAction,
            FrozenFinding, FrozenFollowUp, FrozenGap, FrozenOccasion, FrozenRatingLevel, FrozenReport, FrozenReview,
            FrozenUnit,
        },
        rules::trend,
    },
};
use chrono::NaiveDate;
use entity::{
    ControlScope, FollowUpStatus, action_extension, assessment, check_follow_up, control_check, control_point,
    corrective_action, finding, follow_up, plan_point, rating_level, reporting_occasion, review, review_follow_up,
};
use sea_orm::{
    ColumnTrait, Condition, DbErr, FromQueryResult, JoinType, QueryFilter, QueryOrder, QueryResult, QuerySelect,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Everything that a report shows, as it is now: marked things too, each with its mark.
pub(in crate::reporting) async fn frozen_content(
    reader: &Reader,
    row: &ReportRow,
    gaps: Vec<FrozenGap>,
    today: NaiveDate,
) -> Result<FrozenReport, StoreError> {
    let found = planned_follow_ups(reader, row).await?;
    let ids: Vec<Uuid> = found.iter().map(|found| found.follow_up.id).collect();
    let before = rated_before(reader, &found).await?;
    let mut assessments = grouped(assessments(reader, row, ids.clone()).await?);
    let mut evidence = evidence(reader, ids, today).await?;
    let mut follow_ups: Vec<_> = found
        .into_iter()
        .map(|found| {
            let id = found.follow_up.id;
            let rated_before = found
                .point
                .previous_point_id
                .and_then(|point| before.get(&point).copied());
            let assessments: Vec<_> = assessments
                .remove(&id)
                .unwrap_or_default()
                .into_iter()
                .map(|assessed| assessed.frozen(rated_before))
                .collect();
            FrozenFollowUp {
                id,
                number: found.number,
                point: point(found.point),
                status: assessments.last().and_then(|latest| latest.status),
                assessments,
                evidence: evidence.remove(&id).unwrap_or_default(),
                ..FrozenFollowUp::default()
            }
        })
        .collect();
    add_files(reader, &mut follow_ups).await?;
    Ok(FrozenReport {
        year: row.year.year,
        occasion: occasion(&row.occasion),
        department: FrozenUnit {
            code: row.department.code.clone(),
            name: row.department.name.clone(),
        },
        committee: FrozenUnit {
            code: row.committee.code.clone(),
            name: row.committee.name.clone(),
        },
        case_number: row.case.as_ref().map(|case| case.number.clone()),
        title: row.report.title.clone(),
        dated: row.report.dated.map(Date),
        background: row.report.background.clone(),
        summary: row.report.summary.clone(),
        follow_ups,
        gaps,
        ..FrozenReport::default()
    })
}

const POINT: &str = "point__";
const OCCASION: &str = "occasion__";
const RATING: &str = "rating__";

struct Planned {
    follow_up: follow_up::Model,
    number: i32,
    point: control_point::Model,
}

impl FromQueryResult for Planned {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            follow_up: follow_up::Model::from_query_result(row, prefix)?,
            number: row.try_get(prefix, "number")?,
            point: control_point::Model::from_query_result(row, POINT)?,
        })
    }
}

async fn planned_follow_ups(reader: &Reader, row: &ReportRow) -> Result<Vec<Planned>, StoreError> {
    use follow_up::Column;
    let inner = JoinType::InnerJoin;
    let select =
        join::<_, control_point::Entity>(reader.find(), inner, Column::ControlPointId, control_point::Column::Id);
    let select = join::<_, plan_point::Entity>(select, inner, Column::PlanPointId, plan_point::Column::Id);
    let select = with_columns::<_, control_point::Entity>(select, POINT).column(plan_point::Column::Number);
    Ok(of_reports(reader, select, vec![row.report.id])
        .order_by_asc(plan_point::Column::Number)
        .order_by_asc(Column::Id)
        .into_model::<Planned>()
        .all(reader.session())
        .await?)
}

struct Assessed {
    assessment: assessment::Model,
    occasion: reporting_occasion::Model,
    rating: Option<rating_level::Model>,
}

impl FromQueryResult for Assessed {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let rating = match row.try_get::<Option<Uuid>>(RATING, "id")? {
            Some(_) => Some(rating_level::Model::from_query_result(row, RATING)?),
            None => None,
        };
        Ok(Self {
            assessment: assessment::Model::from_query_result(row, prefix)?,
            occasion: reporting_occasion::Model::from_query_result(row, OCCASION)?,
            rating,
        })
    }
}

impl Assessed {
    fn frozen(self, before: Option<RatedBefore>) -> FrozenAssessment {
        let rank = self.rating.as_ref().map(|rating| rating.rank);
        let compared = before.filter(|_| self.assessment.stated_trend.is_none() && rank.is_some());
        FrozenAssessment {
            id: self.assessment.id,
            ground: self.assessment.secrecy_ground,
            compared_with: compared.map(|before| before.assessment_id),
            occasion: Some(occasion(&self.occasion)),
            status: Some(self.assessment.status),
            trend: trend(self.assessment.stated_trend, rank, before.map(|before| before.rank)),
            rating: self.rating.map(|rating| FrozenRatingLevel {
                code: rating.code,
                label: rating.label,
                rank: rating.rank,
                colour: rating.colour,
            }),
            progress_percent: self.assessment.progress_percent,
            conclusion: self.assessment.conclusion,
            ..FrozenAssessment::default()
        }
    }
}

/// The assessments begun up to the report's occasion, in the order of the occasions, each with its follow-up.
async fn assessments(reader: &Reader, row: &ReportRow, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Assessed)>, StoreError> {
    use assessment::Column;
    let select = referring::<assessment::Entity>(reader, Column::FollowUpId, ids);
    let found = with_occasion_and_rating(select)
        .filter(reporting_occasion::Column::Position.lte(row.occasion.position))
        .filter(Column::Status.ne(FollowUpStatus::NotStarted))
        .order_by_asc(reporting_occasion::Column::Position)
        .into_model::<Assessed>()
        .all(reader.session())
        .await?;
    Ok(found
        .into_iter()
        .map(|found| (found.assessment.follow_up_id, found))
        .collect())
}

fn with_occasion_and_rating(select: sea_orm::Select<assessment::Entity>) -> sea_orm::Select<assessment::Entity> {
    use assessment::Column;
    let select = join::<_, reporting_occasion::Entity>(
        select,
        JoinType::InnerJoin,
        Column::OccasionId,
        reporting_occasion::Column::Id,
    );
    let select = join::<_, rating_level::Entity>(
        select,
        JoinType::LeftJoin,
        Column::RatingLevelId,
        rating_level::Column::Id,
    );
    let select = with_columns::<_, reporting_occasion::Entity>(select, OCCASION);
    with_columns::<_, rating_level::Entity>(select, RATING)
}

/// The last rating of a point in the year before.
#[derive(Clone, Copy)]
struct RatedBefore {
    assessment_id: Uuid,
    rank: i32,
}

/// How each previous point was rated in the department's last assessment of it. One that is marked confidential tells
/// nothing: a trend would give it away.
async fn rated_before(reader: &Reader, found: &[Planned]) -> Result<HashMap<Uuid, RatedBefore>, StoreError> {
    let previous = |scope: ControlScope| -> Vec<Uuid> {
        let of_scope = found.iter().filter(|found| found.point.scope == scope);
        of_scope.filter_map(|found| found.point.previous_point_id).collect()
    };
    let (shared, own) = (previous(ControlScope::Shared), previous(ControlScope::Department));
    let Some(department_id) = found.first().map(|found| found.follow_up.department_id) else {
        return Ok(HashMap::new());
    };
    if shared.is_empty() && own.is_empty() {
        return Ok(HashMap::new());
    }
    let point = follow_up::Column::ControlPointId;
    // A department's own point is the same point where another department had it before a reorganisation.
    let same = Condition::any().add(reader.any_of(point.as_column_ref(), own)).add(
        Condition::all()
            .add(reader.any_of(point.as_column_ref(), shared))
            .add(follow_up::Column::DepartmentId.eq(department_id)),
    );
    let select = join::<assessment::Entity, follow_up::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        assessment::Column::FollowUpId,
        follow_up::Column::Id,
    );
    let found = with_occasion_and_rating(select)
        .column_as(follow_up::Column::ControlPointId, Keyed::<Assessed>::KEY)
        .filter(same)
        .filter(assessment::Column::SecrecyGround.is_null())
        .order_by_asc(reporting_occasion::Column::Position)
        .into_model::<Keyed<Assessed>>()
        .all(reader.session())
        .await?;
    let rated = found.into_iter().map(Keyed::pair).filter_map(|(point, assessed)| {
        let rated = RatedBefore {
            assessment_id: assessed.assessment.id,
            rank: assessed.rating?.rank,
        };
        Some((point, rated))
    });
    Ok(rated.collect())
}

/// What hangs on follow-ups, in the order in which it was registered.
async fn evidence(reader: &Reader, ids: Vec<Uuid>, today: NaiveDate) -> Result<HashMap<Uuid, Evidence>, StoreError> {
    use corrective_action::Column as Action;
    use finding::Column as Finding;
    let checks = join::<control_check::Entity, check_follow_up::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        control_check::Column::Id,
        check_follow_up::Column::ControlCheckId,
    )
    .filter(reader.any_of(check_follow_up::Column::FollowUpId.as_column_ref(), ids.clone()))
    .column_as(check_follow_up::Column::FollowUpId, Keyed::<control_check::Model>::KEY)
    .order_by_asc(control_check::Column::Id)
    .into_model::<Keyed<control_check::Model>>();
    let findings = referring::<finding::Entity>(reader, Finding::FollowUpId, ids.clone()).order_by_asc(Finding::Id);
    let actions =
        referring::<corrective_action::Entity>(reader, Action::FollowUpId, ids.clone()).order_by_asc(Action::Id);
    let reviews = join::<review::Entity, review_follow_up::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        review::Column::Id,
        review_follow_up::Column::ReviewId,
    )
    .filter(reader.any_of(review_follow_up::Column::FollowUpId.as_column_ref(), ids))
    .column_as(review_follow_up::Column::FollowUpId, Keyed::<review::Model>::KEY)
    .order_by_asc(review::Column::Id)
    .into_model::<Keyed<review::Model>>();

    let mut evidence: HashMap<Uuid, Evidence> = HashMap::new();
    for (id, row) in checks.all(reader.session()).await?.into_iter().map(Keyed::pair) {
        evidence.entry(id).or_default().checks.push(check(row));
    }
    for (id, row) in reviews.all(reader.session()).await?.into_iter().map(Keyed::pair) {
        evidence.entry(id).or_default().reviews.push(reviewed(row));
    }
    for (id, row) in keyed(findings.all(reader.session()).await?, Finding::FollowUpId) {
        evidence.entry(id).or_default().findings.push(found(row));
    }
    let actions = keyed(actions.all(reader.session()).await?, Action::FollowUpId);
    let ids: Vec<Uuid> = actions.iter().map(|(_, action)| action.id).collect();
    let carried_on = carried_on_actions(reader, ids.clone()).await?;
    let mut extensions = grouped(extensions(reader, ids).await?);
    for (id, row) in actions {
        let extensions = extensions.remove(&row.id).unwrap_or_default();
        let overdue = !carried_on.contains(&row.id) && is_overdue(row.status, row.due_on, today);
        let actions = &mut evidence.entry(id).or_default().actions;
        actions.push(action(row, extensions, overdue));
    }
    Ok(evidence)
}

/// How actions were put off, the earliest first, each with its action's id.
async fn extensions(reader: &Reader, actions: Vec<Uuid>) -> Result<Vec<(Uuid, FrozenActionExtension)>, StoreError> {
    use action_extension::{Column, Entity};
    let found = rows_referring::<Entity>(reader, Column::CorrectiveActionId, actions).await?;
    Ok(found.into_iter().map(|(id, row)| (id, extension(row))).collect())
}

fn grouped<T>(rows: Vec<(Uuid, T)>) -> HashMap<Uuid, Vec<T>> {
    let mut groups: HashMap<Uuid, Vec<T>> = HashMap::new();
    for (key, row) in rows {
        groups.entry(key).or_default().push(row);
    }
    groups
}

fn occasion(row: &reporting_occasion::Model) -> FrozenOccasion {
    FrozenOccasion {
        code: row.code.clone(),
        label: row.label.clone(),
        due_on: row.due_on.map(Date),
    }
}

fn point(row: control_point::Model) -> FrozenControlPoint {
    FrozenControlPoint {
        title: row.title,
        scope: Some(row.scope),
        process: row.process,
        purpose: row.purpose,
        scope_text: row.scope_text,
        method: row.method,
        schedule: row.schedule.0,
        responsible_functions: row.responsible_functions.0,
    }
}

fn check(row: control_check::Model) -> FrozenCheck {
    FrozenCheck {
        id: row.id,
        ground: row.secrecy_ground,
        secret: false,
        performed_on: PartialDate::of(
            row.performed_earliest,
            row.performed_latest,
            row.performed_text.as_ref(),
        ),
        title: Some(row.title),
        method: row.method,
        performed_by: row.performed_by,
        population: row.population,
        sample_size: row.sample_size,
        deviations: row.deviations,
        selection_motive: row.selection_motive,
        result: row.result,
        satisfactory: row.satisfactory,
        attachments: Vec::new(),
        withheld: None,
    }
}

fn reviewed(row: review::Model) -> FrozenReview {
    FrozenReview {
        id: row.id,
        ground: row.secrecy_ground,
        performed_on: PartialDate::of(
            row.performed_earliest,
            row.performed_latest,
            row.performed_text.as_ref(),
        ),
        title: Some(row.title),
        reviewer: Some(row.reviewer),
        announced: row.announced,
        conditions: row.conditions,
        scope_text: row.scope_text,
        dated: row.dated.map(Date),
        registration_number: row.registration_number,
        ..FrozenReview::default()
    }
}

fn found(row: finding::Model) -> FrozenFinding {
    FrozenFinding {
        id: row.id,
        ground: row.secrecy_ground,
        check_id: row.control_check_id,
        review_id: row.review_id,
        area: row.area,
        severity: row.severity,
        effort: row.effort,
        severity_basis: row.severity_basis,
        status: Some(row.status),
        title: Some(row.title),
        description: row.description,
        affected: row.affected,
        population: row.population,
        accepted_reason: row.accepted_reason,
        reopened_reason: row.reopened_reason,
        ..FrozenFinding::default()
    }
}

fn extension(row: action_extension::Model) -> FrozenActionExtension {
    FrozenActionExtension {
        from_date: row.from_date.map(Date),
        to_date: Date(row.to_date),
        reason: row.reason,
        decided_by: row.decided_by_function,
    }
}

fn action(
    row: corrective_action::Model,
    extensions: Vec<FrozenActionExtension>,
    overdue: bool,
) -> FrozenCorrectiveAction {
    FrozenCorrectiveAction {
        id: row.id,
        ground: row.secrecy_ground,
        finding_id: row.finding_id,
        overdue: Some(overdue),
        done_on: PartialDate::of(row.done_earliest, row.done_latest, row.done_text.as_ref()),
        title: Some(row.title),
        description: row.description,
        status: Some(row.status),
        origin: Some(row.origin),
        responsible_function: row.responsible_function,
        due_on: row.due_on.map(Date),
        original_due_on: row.original_due_on.map(Date),
        extensions,
        reopened_reason: row.reopened_reason,
        cancelled_reason: row.cancelled_reason,
        ..FrozenCorrectiveAction::default()
    }
}
