use super::scope::{visible_assessments, visible_follow_ups};
use crate::{
    access::{Keyed, Place, Reader, join, rows_by_id, with_columns},
    database::{Page, PageError, Slice, SortKey, StoreError, count, page},
    graphql::Relation,
    relation,
    use_case::hands_of,
};
use entity::{
    ControlScope, FollowUpStatus, assessment, control_point, control_year, department, follow_up, follow_up_performer,
    plan_point, reporting_occasion, user_account,
};
use sea_orm::{
    ColumnTrait, Condition, DbErr, FromQueryResult, JoinType, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    QueryTrait, Select,
    sea_query::{Alias, Expr, ExprTrait, Order, Query, SimpleExpr},
};
use uuid::Uuid;

/// A follow-up with what it is never shown without.
#[derive(Clone, Debug)]
pub struct FollowUpRow {
    /// The follow-up.
    pub(crate) follow_up: follow_up::Model,
    /// Its point's number in the department's plan.
    pub(crate) number: i32,
    /// The year.
    pub(crate) year: i32,
    /// What is followed up.
    pub(crate) point: control_point::Model,
}

const NUMBER: &str = "plan_number";
const YEAR: &str = "year_number";
const POINT: &str = "point_";

impl FollowUpRow {
    /// Where it is, for what the people who carry it out may do too.
    pub(crate) fn place(&self) -> Place {
        Place::FollowUp {
            id: self.follow_up.id,
            department_id: self.follow_up.department_id,
        }
    }

    /// The department that it is in.
    pub(crate) fn department(&self) -> Place {
        Place::Department(self.follow_up.department_id)
    }

    fn pair(self) -> (Uuid, Self) {
        (self.follow_up.id, self)
    }
}

impl FromQueryResult for FollowUpRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            follow_up: follow_up::Model::from_query_result(row, prefix)?,
            number: row.try_get(prefix, NUMBER)?,
            year: row.try_get(prefix, YEAR)?,
            point: control_point::Model::from_query_result(row, &format!("{prefix}{POINT}"))?,
        })
    }
}

/// The municipality's follow-ups as [`FollowUpRow`]: not yet restricted to those that the reader sees.
pub(crate) fn follow_up_rows(reader: &Reader) -> Select<follow_up::Entity> {
    use follow_up::Column;
    let select = join::<_, plan_point::Entity>(
        reader.find::<follow_up::Entity>(),
        JoinType::InnerJoin,
        Column::PlanPointId,
        plan_point::Column::Id,
    );
    let select = join::<_, control_year::Entity>(
        select,
        JoinType::InnerJoin,
        Column::ControlYearId,
        control_year::Column::Id,
    );
    let select = join::<_, control_point::Entity>(
        select,
        JoinType::InnerJoin,
        Column::ControlPointId,
        control_point::Column::Id,
    );
    with_columns::<_, control_point::Entity>(select, POINT)
        .column_as(plan_point::Column::Number, NUMBER)
        .column_as(control_year::Column::Year, YEAR)
}

/// Those of `ids` that the reader sees, each with its id.
pub(crate) async fn visible_follow_ups_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, FollowUpRow)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = follow_up_rows(reader)
        .filter(reader.any_of(follow_up::Column::Id.as_column_ref(), ids))
        .filter(visible_follow_ups(reader))
        .into_model::<FollowUpRow>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(FollowUpRow::pair).collect())
}

/// The follow-up with this id, if the reader sees it.
pub(crate) async fn visible_follow_up(reader: &Reader, id: Uuid) -> Result<Option<FollowUpRow>, StoreError> {
    let found = visible_follow_ups_by_id(reader, vec![id]).await?;
    Ok(found.into_iter().next().map(|(_, row)| row))
}

/// The department's follow-up of a point, whether the reader sees it or not: there is at most one.
pub(crate) async fn follow_up_of(
    reader: &Reader,
    point_id: Uuid,
    department_id: Uuid,
) -> Result<Option<follow_up::Model>, StoreError> {
    Ok(reader
        .find::<follow_up::Entity>()
        .filter(follow_up::Column::ControlPointId.eq(point_id))
        .filter(follow_up::Column::DepartmentId.eq(department_id))
        .one(reader.session())
        .await?)
}

/// Every department's follow-up of a point, seen by the reader or not.
pub(crate) async fn every_follow_up_of_point(
    reader: &Reader,
    point_id: Uuid,
) -> Result<Vec<follow_up::Model>, StoreError> {
    Ok(reader
        .find::<follow_up::Entity>()
        .filter(follow_up::Column::ControlPointId.eq(point_id))
        .order_by_asc(follow_up::Column::Id)
        .all(reader.session())
        .await?)
}

/// The follow-ups whose point is one of a plan's.
pub(crate) async fn follow_ups_of_plan(reader: &Reader, plan_id: Uuid) -> Result<Vec<follow_up::Model>, StoreError> {
    let select = join::<_, plan_point::Entity>(
        reader.find::<follow_up::Entity>(),
        JoinType::InnerJoin,
        follow_up::Column::PlanPointId,
        plan_point::Column::Id,
    );
    Ok(select
        .filter(plan_point::Column::ControlPlanId.eq(plan_id))
        .order_by_asc(follow_up::Column::Id)
        .all(reader.session())
        .await?)
}

/// A plan's points.
pub(crate) async fn points_of_plan(reader: &Reader, plan_id: Uuid) -> Result<Vec<plan_point::Model>, StoreError> {
    Ok(reader
        .find::<plan_point::Entity>()
        .filter(plan_point::Column::ControlPlanId.eq(plan_id))
        .all(reader.session())
        .await?)
}

/// Who is assigned to a follow-up.
pub(crate) async fn performer_rows(
    reader: &Reader,
    follow_up_id: Uuid,
) -> Result<Vec<follow_up_performer::Model>, StoreError> {
    Ok(reader
        .find::<follow_up_performer::Entity>()
        .filter(follow_up_performer::Column::FollowUpId.eq(follow_up_id))
        .all(reader.session())
        .await?)
}

/// Which follow-ups are asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct FollowUpFilter {
    pub(crate) department_code: Option<String>,
    pub(crate) year: Option<i32>,
    pub(crate) point_id: Option<Uuid>,
    pub(crate) status: Vec<FollowUpStatus>,
    pub(crate) scope: Option<ControlScope>,
}

/// A page of the follow-ups that the reader sees, by year, department and age, and how many there are when that is
/// wanted.
pub(crate) async fn follow_up_page(
    reader: &Reader,
    filter: FollowUpFilter,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<FollowUpRow>, i32), PageError> {
    use follow_up::Column;
    let order = [Column::ControlYearId, Column::DepartmentId, Column::Id].map(|column| SortKey::id(column.into_expr()));
    let mut select = follow_up_rows(reader).filter(visible_follow_ups(reader));
    if let Some(code) = filter.department_code {
        select = select.filter(of_department(reader, Column::DepartmentId, &code));
    }
    if let Some(year) = filter.year {
        select = select.filter(control_year::Column::Year.eq(year));
    }
    if let Some(point) = filter.point_id {
        select = select.filter(Column::ControlPointId.eq(point));
    }
    if let Some(scope) = filter.scope {
        select = select.filter(control_point::Column::Scope.eq(scope));
    }
    if !filter.status.is_empty() {
        select = select.filter(latest_status(reader).is_in(filter.status));
    }
    let count = if total {
        count(reader.session(), select.clone()).await?
    } else {
        0
    };
    let slice = page(reader.session(), select, "followUps", &order, wanted).await?;
    Ok((slice, count))
}

/// Where `column` refers to the department with this code.
pub(super) fn of_department(reader: &Reader, column: impl ColumnTrait, code: &str) -> SimpleExpr {
    let department = Query::select()
        .column(department::Column::Id.as_column_ref())
        .from(department::Entity)
        .and_where(department::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(department::Column::Code.eq(code))
        .to_owned();
    column.in_subquery(department)
}

/// A follow-up's status: that of the latest occasion begun, of those that the reader sees assessed.
fn latest_status(reader: &Reader) -> SimpleExpr {
    use assessment::Column;
    let same_occasion =
        Expr::col(reporting_occasion::Column::Id.as_column_ref()).equals(Column::OccasionId.as_column_ref());
    let latest = Query::select()
        .column(Column::Status.as_column_ref())
        .from(assessment::Entity)
        .inner_join(
            reporting_occasion::Entity,
            reporting_occasion::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(same_occasion),
        )
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::FollowUpId.as_column_ref()).equals(follow_up::Column::Id.as_column_ref()))
        .and_where(Column::Status.ne(FollowUpStatus::NotStarted))
        .cond_where(visible_assessments(reader))
        .order_by(reporting_occasion::Column::Position.as_column_ref(), Order::Desc)
        .limit(1)
        .to_owned();
    Expr::expr(latest).if_null(Expr::val(FollowUpStatus::NotStarted))
}

relation! {
    /// The department of a follow-up.
    DepartmentOfFollowUp: FollowUpRow => department::Model,
    |row| Some(row.follow_up.department_id), rows_by_id::<department::Entity>
}

relation! {
    /// The users who carry a follow-up out.
    PerformersOfFollowUp: FollowUpRow => user_account::Model,
    |row| Some(row.follow_up.id), performers
}

async fn performers(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, user_account::Model)>, StoreError> {
    use follow_up_performer as performer;
    let rows = join::<user_account::Entity, performer::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        user_account::Column::Id,
        performer::Column::UserId,
    )
    .filter(reader.any_of(performer::Column::FollowUpId.as_column_ref(), ids))
    .column_as(performer::Column::FollowUpId, Keyed::<()>::KEY)
    .order_by_asc(user_account::Column::NameKey)
    .order_by_asc(user_account::Column::Id)
    .into_model::<Keyed<user_account::Model>>()
    .all(reader.session())
    .await?;
    Ok(rows.into_iter().map(Keyed::pair).collect())
}

relation! {
    /// The follow-up of the same point the year before, of the same department or of the one whose own point it was.
    PreviousFollowUp: FollowUpRow => FollowUpRow,
    |row| row.point.previous_point_id.map(|_| row.follow_up.id), previous
}

async fn previous(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, FollowUpRow)>, StoreError> {
    use follow_up::Column;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (later, later_point) = (Alias::new("later"), Alias::new("later_point"));
    let of_later = |column: Column| Expr::col((later.clone(), column));
    let of_point = |column: control_point::Column| Expr::col((later_point.clone(), column));
    let mut select = follow_up_rows(reader);
    QueryTrait::query(&mut select)
        .join_as(
            JoinType::InnerJoin,
            follow_up::Entity,
            later.clone(),
            Condition::all().add(of_later(Column::MunicipalityId).eq(reader.municipality_id())),
        )
        .join_as(
            JoinType::InnerJoin,
            control_point::Entity,
            later_point.clone(),
            Condition::all()
                .add(of_point(control_point::Column::MunicipalityId).eq(reader.municipality_id()))
                .add(of_point(control_point::Column::Id).equals((later.clone(), Column::ControlPointId)))
                .add(of_point(control_point::Column::PreviousPointId).equals(Column::ControlPointId.as_column_ref())),
        );
    // A department's own point may have landed on another department, and is still the same point.
    let same_department = Condition::any()
        .add(of_later(Column::DepartmentId).equals(Column::DepartmentId.as_column_ref()))
        .add(control_point::Column::Scope.eq(ControlScope::Department));
    let rows = select
        .filter(reader.any_of((later.clone(), Column::Id), ids))
        .filter(same_department)
        .filter(visible_follow_ups(reader))
        .column_as(of_later(Column::Id), Keyed::<()>::KEY)
        .into_model::<Keyed<FollowUpRow>>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(Keyed::pair).collect())
}

/// The follow-ups of control points that the reader sees, in the departments' order; of one department only when its
/// code is given.
#[derive(Clone, Debug)]
pub(crate) struct FollowUpsOfPoint {
    pub(crate) department_code: Option<String>,
}

impl Relation for FollowUpsOfPoint {
    type Parent = control_point::Model;
    type Child = FollowUpRow;

    fn key(point: &control_point::Model) -> Option<Uuid> {
        Some(point.id)
    }

    fn arguments(&self) -> String {
        self.department_code.clone().unwrap_or_default()
    }

    async fn load(&self, reader: &Reader, points: Vec<Uuid>) -> Result<Vec<(Uuid, FollowUpRow)>, StoreError> {
        let mut select = join::<_, department::Entity>(
            follow_up_rows(reader),
            JoinType::InnerJoin,
            follow_up::Column::DepartmentId,
            department::Column::Id,
        );
        if let Some(code) = &self.department_code {
            select = select.filter(department::Column::Code.eq(code));
        }
        let rows = select
            .filter(reader.any_of(follow_up::Column::ControlPointId.as_column_ref(), points))
            .filter(visible_follow_ups(reader))
            .order_by_asc(department::Column::Position)
            .order_by_asc(department::Column::NameKey)
            .order_by_asc(follow_up::Column::Id)
            .into_model::<FollowUpRow>()
            .all(reader.session())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.follow_up.control_point_id, row))
            .collect())
    }
}

relation! {
    /// The year of a follow-up.
    YearOfFollowUp: FollowUpRow => control_year::Model,
    |row| Some(row.follow_up.control_year_id), rows_by_id::<control_year::Entity>
}

relation! {
    /// Those who have the same hands as the reader: the same for all that they read.
    HandsOfReader: FollowUpRow => Uuid,
    |row| Some(row.follow_up.municipality_id), hands_of_reader
}

async fn hands_of_reader(reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let Some(user_id) = reader.actor().user_id() else {
        return Ok(Vec::new());
    };
    let hands = hands_of(reader, user_id).await?;
    let keyed = keys
        .into_iter()
        .flat_map(|key| hands.iter().map(move |hand| (key, *hand)));
    Ok(keyed.collect())
}
