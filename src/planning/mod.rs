//! A stand-in for the room `planning`: only what other rooms need of it.

use crate::{
    access::{Reader, Right, rows_by_id},
    database::StoreError,
    graphql::{NodeKind, RequestError, Row, YEARS},
    row_object,
    use_case::{Failure, Problem, Transaction},
};
use async_graphql::{ID, Object};
use entity::{
    ControlPlanStatus, ControlScope, ControlYearPhase, control_plan, control_point, control_year, exemption,
    plan_point, rating_level, reporting_occasion,
};
use sea_orm::{ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, QuerySelect, sea_query::ColumnRef};
use uuid::Uuid;

macro_rules! stand_in {
    ($name:ident, $table:ident, $model:ty) => {
        /// A stand-in.
        #[derive(Clone)]
        pub struct $name(Row<$model>);

        row_object!($name($model), load: rows_by_id::<$table::Entity>);
    };
}

stand_in!(ReportingOccasion, reporting_occasion, reporting_occasion::Model);
stand_in!(ControlPlan, control_plan, control_plan::Model);
stand_in!(ControlPoint, control_point, control_point::Model);
stand_in!(RatingLevel, rating_level, rating_level::Model);

/// A stand-in.
#[Object]
impl ReportingOccasion {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::ReportingOccasion.encode(self.0.id)
    }

    /// Its code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its label.
    async fn label(&self) -> &str {
        &self.0.label
    }
}

/// A stand-in.
#[Object]
impl ControlPlan {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::ControlPlan.encode(self.0.id)
    }
}

/// A stand-in.
#[Object]
impl ControlPoint {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::ControlPoint.encode(self.0.id)
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.0.title
    }
}

/// A stand-in.
#[Object]
impl RatingLevel {
    /// Its code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its rank.
    async fn rank(&self) -> i32 {
        self.0.rank
    }
}

/// The year of an argument.
pub(crate) fn parse_year(year: i32) -> Result<i32, RequestError> {
    if YEARS.contains(&year) {
        Ok(year)
    } else {
        Err(RequestError::bad_request(format!(
            "`year` has to be {} to {}, not {year}.",
            YEARS.start(),
            YEARS.end()
        )))
    }
}

/// The control year with this number.
pub(crate) async fn year_by_number(reader: &Reader, year: i32) -> Result<Option<control_year::Model>, StoreError> {
    Ok(reader
        .find::<control_year::Entity>()
        .filter(control_year::Column::Year.eq(year))
        .one(reader.session())
        .await?)
}

/// A year's occasions in order.
pub(crate) async fn occasions_of_year(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Vec<reporting_occasion::Model>, StoreError> {
    Ok(reader
        .find::<reporting_occasion::Entity>()
        .filter(reporting_occasion::Column::ControlYearId.eq(control_year_id))
        .order_by_asc(reporting_occasion::Column::Position)
        .all(reader.session())
        .await?)
}

/// The year's occasion with this code, or its last one.
pub(crate) async fn occasion_of_year(
    reader: &Reader,
    control_year_id: Uuid,
    code: Option<&str>,
) -> Result<Option<reporting_occasion::Model>, StoreError> {
    let occasions = occasions_of_year(reader, control_year_id).await?;
    Ok(match code {
        Some(code) => occasions.into_iter().find(|occasion| occasion.code == code),
        None => occasions.into_iter().last(),
    })
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

/// A year that is not closed.
pub(crate) async fn open_year(tx: &Transaction, control_year_id: Uuid) -> Result<control_year::Model, Failure> {
    let year = tx.reader().by_id::<control_year::Entity>(control_year_id).await?;
    let year = year.ok_or_else(|| Problem::not_found("", "control year"))?;
    refuse_closed_year(&year)?;
    Ok(year)
}

/// The point's place in the department's plan.
pub(crate) async fn plan_point_of(
    reader: &Reader,
    point_id: Uuid,
    department_id: Uuid,
) -> Result<Option<plan_point::Model>, StoreError> {
    let select = crate::access::join::<plan_point::Entity, control_plan::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        plan_point::Column::ControlPlanId,
        control_plan::Column::Id,
    );
    Ok(select
        .filter(plan_point::Column::ControlPointId.eq(point_id))
        .filter(control_plan::Column::DepartmentId.eq(department_id))
        .order_by_desc(control_plan::Column::PlanVersion)
        .limit(1)
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

/// The plans that the reader can see.
pub(crate) fn visible_plans(reader: &Reader) -> Condition {
    use control_plan::Column;
    let reach = reader.reach(Right::ControlPlanRead);
    if reach.everywhere {
        return Condition::all();
    }
    let mut any = Condition::any()
        .add(reader.within(
            Right::ControlPlanRead,
            Column::DepartmentId.as_column_ref(),
            None::<ColumnRef>,
        ))
        .add(
            Condition::all()
                .add(reader.any_of(Column::CommitteeId.as_column_ref(), reach.committees.clone()))
                .add(Column::Status.ne(ControlPlanStatus::Draft)),
        );
    if !reach.is_empty() {
        any = any.add(Column::Scope.eq(ControlScope::Shared));
    }
    any
}
