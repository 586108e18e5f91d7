use crate::{
    access::{Reader, Right, join},
    database::StoreError,
    graphql::{RequestError, YEARS},
    use_case::{Failure, Problem, Transaction},
};
use entity::{
    ControlScope, ControlYearPhase, control_plan, control_point, control_year, exemption, plan_point,
    reporting_occasion, risk,
};
use sea_orm::{ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder};
use uuid::Uuid;

/// The year with this number.
pub(crate) async fn year_by_number(reader: &Reader, year: i32) -> Result<Option<control_year::Model>, StoreError> {
    Ok(reader
        .find::<control_year::Entity>()
        .filter(control_year::Column::Year.eq(year))
        .one(reader.session())
        .await?)
}

/// A year that an argument names.
pub(crate) fn parse_year(year: i32) -> Result<i32, RequestError> {
    if YEARS.contains(&year) {
        Ok(year)
    } else {
        Err(RequestError::bad_request(format!(
            "A year is {} to {}, not {year}.",
            YEARS.start(),
            YEARS.end()
        )))
    }
}

/// The occasion of a year with this code, or the year's last.
pub(crate) async fn occasion_of_year(
    reader: &Reader,
    control_year_id: Uuid,
    code: Option<&str>,
) -> Result<Option<reporting_occasion::Model>, StoreError> {
    use reporting_occasion::Column;
    let mut select = reader
        .find::<reporting_occasion::Entity>()
        .filter(Column::ControlYearId.eq(control_year_id));
    if let Some(code) = code {
        select = select.filter(Column::Code.eq(code));
    }
    Ok(select.order_by_desc(Column::Position).one(reader.session()).await?)
}

/// Nothing of a closed year changes.
pub(crate) fn refuse_closed_year(year: &control_year::Model) -> Result<(), Problem> {
    if year.phase == ControlYearPhase::Closed {
        return Err(Problem::invalid(
            "",
            format!(
                "The control year {} is closed: nothing of it changes any more.",
                year.year
            ),
        ));
    }
    Ok(())
}

/// The year, which must not be closed.
pub(crate) async fn open_year(tx: &Transaction, control_year_id: Uuid) -> Result<control_year::Model, Failure> {
    let year = tx.reader().by_id::<control_year::Entity>(control_year_id).await?;
    let year = year.ok_or_else(|| StoreError::Content("a control year is not there".to_owned()))?;
    refuse_closed_year(&year)?;
    Ok(year)
}

/// The point's place in the department's plan.
pub(crate) async fn plan_point_of(
    reader: &Reader,
    point_id: Uuid,
    department_id: Uuid,
) -> Result<Option<plan_point::Model>, StoreError> {
    let select = join::<plan_point::Entity, control_plan::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        plan_point::Column::ControlPlanId,
        control_plan::Column::Id,
    );
    Ok(select
        .filter(plan_point::Column::ControlPointId.eq(point_id))
        .filter(control_plan::Column::DepartmentId.eq(department_id))
        .order_by_desc(control_plan::Column::PlanVersion)
        .one(reader.session())
        .await?)
}

/// Whether the department is exempt from the point.
pub(crate) async fn is_exempt(reader: &Reader, point_id: Uuid, department_id: Uuid) -> Result<bool, StoreError> {
    let found = reader
        .find::<exemption::Entity>()
        .filter(exemption::Column::ControlPointId.eq(point_id))
        .filter(exemption::Column::DepartmentId.eq(department_id))
        .one(reader.session())
        .await?;
    Ok(found.is_some())
}

fn reads_plans(reader: &Reader) -> bool {
    let somewhere = |right| !reader.reach(right).is_empty();
    somewhere(Right::ControlPlanRead) || somewhere(Right::FollowUpRead)
}

/// The points that the reader sees, over the columns of `control_point`.
pub(crate) fn visible_points(reader: &Reader) -> Condition {
    use control_point::Column;
    let mut any = Condition::any().add(reader.within(
        Right::ControlPlanRead,
        Column::DepartmentId.as_column_ref(),
        None::<sea_orm::sea_query::ColumnRef>,
    ));
    if reads_plans(reader) {
        any = any.add(Column::Scope.eq(ControlScope::Shared));
    }
    any
}

/// The plans that the reader sees, over the columns of `control_plan`.
pub(crate) fn visible_plans(reader: &Reader) -> Condition {
    use control_plan::Column;
    let any = Condition::any().add(reader.within(
        Right::ControlPlanRead,
        Column::DepartmentId.as_column_ref(),
        None::<sea_orm::sea_query::ColumnRef>,
    ));
    if reads_plans(reader) {
        any.add(Column::Scope.eq(ControlScope::Shared))
    } else {
        any
    }
}

/// The risks that the reader sees, over the columns of `risk`.
pub(crate) fn visible_risks(reader: &Reader) -> Condition {
    use risk::Column;
    let any = Condition::any().add(reader.within(
        Right::ControlPlanRead,
        Column::DepartmentId.as_column_ref(),
        None::<sea_orm::sea_query::ColumnRef>,
    ));
    if reader.reach(Right::ControlPlanRead).is_empty() {
        any
    } else {
        any.add(Column::DepartmentId.is_null())
    }
}
