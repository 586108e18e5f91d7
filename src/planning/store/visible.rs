//! What of the planning a reader sees, as conditions in SQL.

use crate::{
    access::{Reader, Right},
    follow_up::visible_follow_ups,
};
use entity::{ControlPlanStatus, ControlScope, control_plan, control_point, follow_up, plan_point, risk};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{ColumnRef, Expr, ExprTrait, Query, SelectStatement},
};

/// A column that the rows in question do not have.
const NONE: Option<ColumnRef> = None;

/// Years, their occasions and scales: everybody's who is signed in.
pub(crate) fn visible_years(reader: &Reader) -> Condition {
    only_if(reader.is_internal())
}

/// The shared plan, and the department plans that the reader's roles reach; a committee's reach what is laid before
/// it, drafts not among that.
pub(crate) fn visible_plans(reader: &Reader) -> Condition {
    use control_plan::Column;
    let reach = reader.reach(Right::ControlPlanRead);
    if reach.everywhere {
        return Condition::all();
    }
    let shared = only_if(reads_shared(reader)).add(Column::Scope.eq(ControlScope::Shared));
    let own = reader.within(Right::ControlPlanRead, Column::DepartmentId.as_column_ref(), NONE);
    let laid_before = Condition::all()
        .add(reader.any_of(Column::CommitteeId.as_column_ref(), reach.committees))
        .add(Column::Status.ne(ControlPlanStatus::Draft));
    Condition::any().add(shared).add(own).add(laid_before)
}

/// The shared points, those of the departments that the reader's roles reach, those of plans that they see through a
/// committee, and those with a follow-up that they see.
pub(crate) fn visible_points(reader: &Reader) -> Condition {
    use control_point::Column;
    let reach = reader.reach(Right::ControlPlanRead);
    if reach.everywhere {
        return Condition::all();
    }
    let shared = only_if(reads_shared(reader)).add(Column::Scope.eq(ControlScope::Shared));
    let own = reader.within(Right::ControlPlanRead, Column::DepartmentId.as_column_ref(), NONE);
    let mut any = Condition::any()
        .add(shared)
        .add(own)
        .add(Expr::exists(followed_up(reader)));
    if !reach.committees.is_empty() {
        any = any.add(Expr::exists(planned(reader)));
    }
    any
}

/// Where shared points do not apply: for everybody who sees the shared points.
pub(crate) fn visible_exemptions(reader: &Reader) -> Condition {
    only_if(reads_shared(reader))
}

/// The risks of the departments that the reader's roles reach, and the municipality's own for all who read plans.
pub(crate) fn visible_risks(reader: &Reader) -> Condition {
    use risk::Column;
    let reach = reader.reach(Right::ControlPlanRead);
    if reach.everywhere {
        return Condition::all();
    }
    let municipal = only_if(!reach.is_empty()).add(Column::DepartmentId.is_null());
    let own = reader.within(Right::ControlPlanRead, Column::DepartmentId.as_column_ref(), NONE);
    Condition::any().add(municipal).add(own)
}

/// What is shared is read by everybody who reads plans or follow-ups of any kind.
fn reads_shared(reader: &Reader) -> bool {
    [Right::ControlPlanRead, Right::FollowUpRead]
        .into_iter()
        .any(|right| !reader.reach(right).is_empty())
}

/// Everything, or nothing.
fn only_if(holds: bool) -> Condition {
    let all = Condition::all();
    if holds { all } else { all.add(Expr::val(1).eq(0)) }
}

/// The places that a point has in plans that the reader sees.
fn planned(reader: &Reader) -> SelectStatement {
    use control_plan::Column as Plan;
    use plan_point::Column as Place;
    Query::select()
        .expr(Expr::val(1))
        .from(plan_point::Entity)
        .inner_join(
            control_plan::Entity,
            Expr::col(Plan::MunicipalityId.as_column_ref())
                .equals(Place::MunicipalityId.as_column_ref())
                .and(Expr::col(Plan::Id.as_column_ref()).equals(Place::ControlPlanId.as_column_ref())),
        )
        .and_where(Place::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Place::ControlPointId.as_column_ref()).equals(control_point::Column::Id.as_column_ref()))
        .cond_where(visible_plans(reader))
        .to_owned()
}

/// A point's follow-ups that the reader sees.
fn followed_up(reader: &Reader) -> SelectStatement {
    use follow_up::Column;
    Query::select()
        .expr(Expr::val(1))
        .from(follow_up::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::ControlPointId.as_column_ref()).equals(control_point::Column::Id.as_column_ref()))
        .cond_where(visible_follow_ups(reader))
        .to_owned()
}
