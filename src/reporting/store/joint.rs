use super::joint_secrets::CellSecrets;
use crate::{
    access::{Reader, Right, flag},
    database::StoreError,
    follow_up::{finding_lives, visible_evidence, visible_follow_ups},
    organisation::departments_on,
    planning,
};
use chrono::NaiveDate;
use entity::{
    ControlScope, DepartmentKind, FindingStatus, FollowUpStatus, Trend, assessment, control_plan, control_point,
    control_year, department, exemption, finding, follow_up, plan_point, rating_level, reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType,
    QueryFilter, QueryOrder, QueryResult,
    sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement},
};
use std::collections::BTreeSet;
use uuid::Uuid;

const OCCASION: &str = "occasion__";
const POINT: &str = "point__";
const FOLLOW_UP: &str = "follow_up__";
const RATING: &str = "rating__";

/// The year and occasion of a joint follow-up, and the points of the shared plan in force, in its order.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct JointFrame {
    pub(in crate::reporting) occasion: reporting_occasion::Model,
    pub(in crate::reporting) points: Vec<SharedPoint>,
}

/// A point and its number in the shared plan.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct SharedPoint {
    pub(in crate::reporting) number: i32,
    pub(in crate::reporting) point: control_point::Model,
}

/// Whom the cells of a joint follow-up are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reporting) enum ReadFor {
    /// The reader: as far as they see.
    Reader,
    /// The joint report: the same whoever submits it, and nothing that is confidential.
    Record,
}

struct FrameLine {
    occasion: reporting_occasion::Model,
    point: Option<SharedPoint>,
}

impl FromQueryResult for FrameLine {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        let point = match row.try_get::<Option<Uuid>>(POINT, "id")? {
            Some(_) => Some(SharedPoint {
                number: row.try_get("", "number")?,
                point: control_point::Model::from_query_result(row, POINT)?,
            }),
            None => None,
        };
        Ok(Self {
            occasion: reporting_occasion::Model::from_query_result(row, OCCASION)?,
            point,
        })
    }
}

/// Selects a table's columns, their names beginning with `prefix`.
fn select_all<E: EntityTrait>(query: &mut SelectStatement, prefix: &str) {
    for column in E::Column::iter() {
        query.expr_as(
            Expr::col(column.as_column_ref()),
            Alias::new(format!("{prefix}{}", column.as_str())),
        );
    }
}

/// That a table's row is the municipality's and its `theirs` is another's `ours`.
fn joined<C: ColumnTrait, O: ColumnTrait>(reader: &Reader, municipality: C, theirs: C, ours: O) -> Expr {
    municipality
        .eq(reader.municipality_id())
        .and(Expr::col(theirs.as_column_ref()).equals(ours.as_column_ref()))
}

/// The frame of a year's joint follow-up at an occasion, or at its last one; `None` when there is no such occasion.
pub(in crate::reporting) async fn joint_frame(
    reader: &Reader,
    year: i32,
    occasion: Option<&str>,
) -> Result<Option<JointFrame>, StoreError> {
    use control_plan::Column as Plan;
    let mut query = Query::select();
    query
        .from(control_year::Entity)
        .inner_join(
            reporting_occasion::Entity,
            joined(
                reader,
                reporting_occasion::Column::MunicipalityId,
                reporting_occasion::Column::ControlYearId,
                control_year::Column::Id,
            ),
        )
        .left_join(
            control_plan::Entity,
            Condition::all()
                .add(joined(
                    reader,
                    Plan::MunicipalityId,
                    Plan::ControlYearId,
                    control_year::Column::Id,
                ))
                .add(Plan::Scope.eq(ControlScope::Shared))
                .add(planning::present()),
        )
        .left_join(
            plan_point::Entity,
            joined(
                reader,
                plan_point::Column::MunicipalityId,
                plan_point::Column::ControlPlanId,
                Plan::Id,
            ),
        )
        .left_join(
            control_point::Entity,
            joined(
                reader,
                control_point::Column::MunicipalityId,
                control_point::Column::Id,
                plan_point::Column::ControlPointId,
            )
            .and(control_point::Column::Scope.eq(ControlScope::Shared)),
        )
        .and_where(control_year::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(control_year::Column::Year.eq(year))
        .expr_as(Expr::col(plan_point::Column::Number.as_column_ref()), "number");
    select_all::<reporting_occasion::Entity>(&mut query, OCCASION);
    select_all::<control_point::Entity>(&mut query, POINT);
    if let Some(code) = occasion {
        query.and_where(reporting_occasion::Column::Code.eq(code));
    }
    query
        .order_by(reporting_occasion::Column::Position.as_column_ref(), Order::Desc)
        .order_by(plan_point::Column::Number.as_column_ref(), Order::Asc);
    let statement = reader.session().get_database_backend().build(&query);
    let lines = FrameLine::find_by_statement(statement).all(reader.session()).await?;
    let Some(occasion) = lines.first().map(|line| line.occasion.clone()) else {
        return Ok(None);
    };
    let points = lines
        .into_iter()
        .filter(|line| line.occasion.id == occasion.id)
        .filter_map(|line| line.point)
        .collect();
    Ok(Some(JointFrame { occasion, points }))
}

/// The departments and companies that answer to a committee on a day, in the municipality's order: all of them, or
/// those of `within`.
pub(in crate::reporting) async fn columns(
    reader: &Reader,
    on: NaiveDate,
    within: Option<BTreeSet<Uuid>>,
) -> Result<Vec<department::Model>, StoreError> {
    use department::Column;
    let mut select =
        departments_on(reader, on).filter(Column::Kind.is_in([DepartmentKind::Department, DepartmentKind::Company]));
    if let Some(ids) = within {
        select = select.filter(reader.any_of(Column::Id.as_column_ref(), ids));
    }
    Ok(select
        .order_by_asc(Column::Position)
        .order_by_asc(Column::NameKey)
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?)
}

/// One department's work on one point, at the occasion.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct CellRow {
    pub(in crate::reporting) department_id: Uuid,
    pub(in crate::reporting) point_id: Uuid,
    pub(in crate::reporting) exempt: bool,
    /// The follow-up and its number in the department's plan, where the reader can see it.
    pub(in crate::reporting) follow_up: Option<(follow_up::Model, i32)>,
    pub(in crate::reporting) status: Option<FollowUpStatus>,
    /// What was assessed, where it is not withheld from the reader.
    pub(in crate::reporting) rating: Option<rating_level::Model>,
    pub(in crate::reporting) stated_trend: Option<Trend>,
    pub(in crate::reporting) rank_before: Option<i32>,
    /// The assessment that it was given in: for the record alone.
    pub(in crate::reporting) before: Option<Uuid>,
    pub(in crate::reporting) open_findings: i64,
    /// What of it is confidential.
    pub(in crate::reporting) secrets: CellSecrets,
}

impl FromQueryResult for CellRow {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        let begun = row.try_get::<Option<Uuid>>(FOLLOW_UP, "id")?.is_some();
        let visible = begun && row.try_get::<i32>("", "visible")? == 1;
        let readable = row.try_get::<i32>("", "readable")? == 1;
        let rated = readable && row.try_get::<Option<Uuid>>(RATING, "id")?.is_some();
        Ok(Self {
            department_id: row.try_get("", "department_id")?,
            point_id: row.try_get("", "point_id")?,
            exempt: row.try_get::<Option<Uuid>>("", "exemption_id")?.is_some(),
            follow_up: match visible {
                true => Some((
                    follow_up::Model::from_query_result(row, FOLLOW_UP)?,
                    row.try_get("", "number")?,
                )),
                false => None,
            },
            status: row.try_get("", "status")?,
            rating: match rated {
                true => Some(rating_level::Model::from_query_result(row, RATING)?),
                false => None,
            },
            stated_trend: match readable {
                true => row.try_get("", "stated_trend")?,
                false => None,
            },
            rank_before: row.try_get("", "rank_before")?,
            before: row.try_get("", "before")?,
            open_findings: row.try_get("", "open_findings")?,
            secrets: CellSecrets::from_row(row, readable)?,
        })
    }
}

/// The cells of departments and points at an occasion, in one statement.
pub(in crate::reporting) async fn cells(
    reader: &Reader,
    read_for: ReadFor,
    frame: &JointFrame,
    departments: &[Uuid],
) -> Result<Vec<CellRow>, StoreError> {
    if departments.is_empty() || frame.points.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::select();
    query
        .from(department::Entity)
        .inner_join(
            control_point::Entity,
            Expr::col(control_point::Column::MunicipalityId.as_column_ref())
                .equals(department::Column::MunicipalityId.as_column_ref()),
        )
        .left_join(
            exemption::Entity,
            of_cell(
                reader,
                exemption::Column::MunicipalityId,
                exemption::Column::ControlPointId,
                exemption::Column::DepartmentId,
            ),
        )
        .left_join(
            follow_up::Entity,
            of_cell(
                reader,
                follow_up::Column::MunicipalityId,
                follow_up::Column::ControlPointId,
                follow_up::Column::DepartmentId,
            ),
        )
        .left_join(
            plan_point::Entity,
            joined(
                reader,
                plan_point::Column::MunicipalityId,
                plan_point::Column::Id,
                follow_up::Column::PlanPointId,
            ),
        )
        .left_join(
            assessment::Entity,
            joined(
                reader,
                assessment::Column::MunicipalityId,
                assessment::Column::FollowUpId,
                follow_up::Column::Id,
            )
            .and(assessment::Column::OccasionId.eq(frame.occasion.id)),
        )
        .left_join(
            rating_level::Entity,
            joined(
                reader,
                rating_level::Column::MunicipalityId,
                rating_level::Column::Id,
                assessment::Column::RatingLevelId,
            ),
        )
        .and_where(department::Column::MunicipalityId.eq(reader.municipality_id()))
        .cond_where(reader.any_of(department::Column::Id.as_column_ref(), departments.iter().copied()))
        .cond_where(reader.any_of(
            control_point::Column::Id.as_column_ref(),
            frame.points.iter().map(|planned| planned.point.id),
        ));
    select_all::<follow_up::Entity>(&mut query, FOLLOW_UP);
    select_all::<rating_level::Entity>(&mut query, RATING);
    let readable = open_to(
        reader,
        read_for,
        Expr::col(assessment::Column::SecrecyGround.as_column_ref()),
        "follow_up",
    );
    let (visible, before_id) = match read_for {
        ReadFor::Reader => (visible_follow_ups(reader), Expr::cust("NULL")),
        ReadFor::Record => (
            Condition::all(),
            before(reader, read_for, Expr::col(("assessed", assessment::Column::Id))),
        ),
    };
    for (expression, name) in [
        (Expr::col(department::Column::Id.as_column_ref()), "department_id"),
        (Expr::col(control_point::Column::Id.as_column_ref()), "point_id"),
        (Expr::col(exemption::Column::Id.as_column_ref()), "exemption_id"),
        (Expr::col(plan_point::Column::Number.as_column_ref()), "number"),
        (Expr::col(assessment::Column::Status.as_column_ref()), "status"),
        (
            Expr::col(assessment::Column::StatedTrend.as_column_ref()),
            "stated_trend",
        ),
        (flag(visible), "visible"),
        (flag(readable), "readable"),
        (rank_before(reader, read_for), "rank_before"),
        (before_id, "before"),
        (open_findings(reader), "open_findings"),
    ] {
        query.expr_as(expression, name);
    }
    CellSecrets::select(reader, &mut query);
    let statement = reader.session().get_database_backend().build(&query);
    Ok(CellRow::find_by_statement(statement).all(reader.session()).await?)
}

/// That a joined table's row is of the cell's department and point.
fn of_cell<C: ColumnTrait>(reader: &Reader, municipality: C, point: C, department: C) -> Expr {
    joined(reader, municipality, point, control_point::Column::Id)
        .and(Expr::col(department.as_column_ref()).equals(department::Column::Id.as_column_ref()))
}

/// That something of a follow-up is not withheld. `follow_up` is what the statement calls the table.
fn open_to(reader: &Reader, read_for: ReadFor, ground: Expr, follow_up: &'static str) -> Condition {
    if read_for == ReadFor::Record {
        return Condition::all().add(ground.is_null());
    }
    if reader.reach(Right::ConfidentialRead).everywhere {
        return Condition::all();
    }
    Condition::any().add(ground.is_null()).add(reader.within(
        Right::ConfidentialRead,
        (follow_up, follow_up::Column::DepartmentId),
        Some((follow_up, follow_up::Column::Id)),
    ))
}

/// The rank of the same department's last rating of the previous point, where it is not withheld.
pub(super) fn rank_before(reader: &Reader, read_for: ReadFor) -> Expr {
    before(reader, read_for, Expr::col(("level", rating_level::Column::Rank)))
}

/// What `wanted` is of that rating's `level`, and of the assessment that it was `assessed` in.
pub(super) fn before(reader: &Reader, read_for: ReadFor, wanted: Expr) -> Expr {
    let same = |theirs: (&'static str, &'static str), ours: (&'static str, &'static str)| {
        Expr::col((theirs.0, "municipality_id"))
            .eq(reader.municipality_id())
            .and(Expr::col(theirs).equals(ours))
    };
    let query = Query::select()
        .expr(wanted)
        .from_as(follow_up::Entity, "before")
        .join_as(
            JoinType::InnerJoin,
            assessment::Entity,
            "assessed",
            same(("assessed", "follow_up_id"), ("before", "id")),
        )
        .join_as(
            JoinType::InnerJoin,
            reporting_occasion::Entity,
            "assessed_at",
            same(("assessed_at", "id"), ("assessed", "occasion_id")),
        )
        .join_as(
            JoinType::InnerJoin,
            rating_level::Entity,
            "level",
            same(("level", "id"), ("assessed", "rating_level_id")),
        )
        .and_where(same(
            ("before", "control_point_id"),
            ("control_point", "previous_point_id"),
        ))
        // A department's own point is the same point where another department had it before a reorganisation.
        .and_where(
            Expr::col(("before", "department_id"))
                .equals(department::Column::Id.as_column_ref())
                .or(control_point::Column::Scope.eq(ControlScope::Department)),
        )
        .cond_where(open_to(
            reader,
            read_for,
            Expr::col(("assessed", assessment::Column::SecrecyGround)),
            "before",
        ))
        .order_by(("assessed_at", reporting_occasion::Column::Position), Order::Desc)
        .limit(1)
        .to_owned();
    Expr::SubQuery(None, Box::new(query.into()))
}

/// How many of a follow-up's findings are open, of those that the reader sees and that are not withheld from them.
fn open_findings(reader: &Reader) -> Expr {
    open_findings_of(reader, Expr::cust("COUNT(*)"), None)
}

/// What `wanted` is of those findings together, or of those of them where a condition holds.
pub(super) fn open_findings_of(reader: &Reader, wanted: Expr, also: Option<Expr>) -> Expr {
    use finding::Column;
    let query = Query::select()
        .expr(wanted)
        .from(finding::Entity)
        .and_where(joined(
            reader,
            Column::MunicipalityId,
            Column::FollowUpId,
            follow_up::Column::Id,
        ))
        .and_where(Column::Status.is_in([FindingStatus::Open, FindingStatus::ActionPlanned]))
        .cond_where(finding_lives(reader))
        .cond_where(visible_evidence(reader, Column::CreatedAt))
        .cond_where(open_to(
            reader,
            ReadFor::Reader,
            Expr::col(Column::SecrecyGround.as_column_ref()),
            "follow_up",
        ))
        .and_where_option(also)
        .to_owned();
    Expr::SubQuery(None, Box::new(query.into()))
}
