//! Which version of a plan is in force, and in which plan a point counts.

use crate::access::Reader;
use entity::{ControlPlanStatus, control_plan, follow_up, plan_point};
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, JoinType,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};

/// The states of a plan that a committee has adopted.
pub(super) const ADOPTED: [ControlPlanStatus; 2] = [ControlPlanStatus::Adopted, ControlPlanStatus::Closed];

/// What statements call the table of plans, where they do not call it otherwise.
const PLAN: &str = "control_plan";

/// The plans in force, of a statement on plans: adopted, and superseded by no version that was adopted later.
pub(crate) fn in_force() -> Condition {
    in_force_as(PLAN)
}

/// Each plan in the version that is in force, or in its first while none has been adopted, of a statement on plans: not
/// what was superseded, nor a revision that is still being made.
pub(crate) fn present() -> Condition {
    present_as(PLAN)
}

/// The plans that no version which was adopted later has superseded, of a statement on plans.
pub(super) fn not_superseded() -> SimpleExpr {
    Expr::exists(superseding(PLAN)).not()
}

fn in_force_as(plan: &'static str) -> Condition {
    Condition::all()
        .add(adopted(plan))
        .add(Expr::exists(superseding(plan)).not())
}

fn present_as(plan: &'static str) -> Condition {
    let standing = Condition::any()
        .add(adopted(plan))
        .add(Expr::col((plan, control_plan::Column::SupersedesId)).is_null());
    Condition::all()
        .add(standing)
        .add(Expr::exists(superseding(plan)).not())
}

fn adopted(plan: &'static str) -> SimpleExpr {
    Expr::col((plan, control_plan::Column::Status)).is_in(ADOPTED.map(|status| status.to_value()))
}

/// The versions that have superseded a plan.
fn superseding(plan: &'static str) -> SelectStatement {
    use control_plan::Column;
    const NEWER: &str = "newer_plan";
    Query::select()
        .expr(Expr::val(1))
        .from_as(control_plan::Entity, NEWER)
        .and_where(Expr::col((NEWER, Column::MunicipalityId)).equals((plan, Column::MunicipalityId)))
        .and_where(Expr::col((NEWER, Column::SupersedesId)).equals((plan, Column::Id)))
        .and_where(adopted(NEWER))
        .to_owned()
}

/// Where a point counts that has a place in several plans of a department, because it answers to several committees: over
/// `plan_point` and `control_plan`, the department's plan in its [`present`] version. There is one follow-up of it, and it
/// counts in the plan that this hangs on; before it is begun, in the plan that it would hang on, which is that in force,
/// and of several that of the committee which was registered first.
pub(crate) fn counts_here(reader: &Reader) -> Condition {
    let here = hung(reader)
        .and_where(
            Expr::col((HUNG_IN, control_plan::Column::CommitteeId)).equals((PLAN, control_plan::Column::CommitteeId)),
        )
        .to_owned();
    let not_begun = Condition::all()
        .add(Expr::exists(hung(reader)).not())
        .add(Expr::exists(nearer(reader)).not());
    Condition::any().add(Expr::exists(here)).add(not_begun)
}

const HUNG_IN: &str = "hung_in";

/// The department's follow-up of the point, with the plan that it hangs on.
fn hung(reader: &Reader) -> SelectStatement {
    use control_plan::Column as Plan;
    use follow_up::Column as FollowUp;
    const BEGUN: &str = "begun";
    Query::select()
        .expr(Expr::val(1))
        .from_as(follow_up::Entity, BEGUN)
        .join_as(
            JoinType::InnerJoin,
            plan_point::Entity,
            "hung_at",
            Expr::col(("hung_at", plan_point::Column::MunicipalityId))
                .eq(reader.municipality_id())
                .and(Expr::col(("hung_at", plan_point::Column::Id)).equals((BEGUN, FollowUp::PlanPointId))),
        )
        .join_as(
            JoinType::InnerJoin,
            control_plan::Entity,
            HUNG_IN,
            Expr::col((HUNG_IN, Plan::MunicipalityId))
                .eq(reader.municipality_id())
                .and(Expr::col((HUNG_IN, Plan::Id)).equals(("hung_at", plan_point::Column::ControlPlanId))),
        )
        .and_where(Expr::col((BEGUN, FollowUp::MunicipalityId)).eq(reader.municipality_id()))
        .and_where(
            Expr::col((BEGUN, FollowUp::ControlPointId)).equals(plan_point::Column::ControlPointId.as_column_ref()),
        )
        .and_where(Expr::col((BEGUN, FollowUp::DepartmentId)).equals((PLAN, Plan::DepartmentId)))
        .to_owned()
}

/// The department's other plans that have the point and come before this one.
fn nearer(reader: &Reader) -> SelectStatement {
    use control_plan::Column as Plan;
    const OTHER: &str = "other_plan";
    const PLACE: &str = "other_place";
    let rank = |plan: &'static str| Expr::case(adopted(plan), 0).finally(1);
    let committee = |plan: &'static str| Expr::col((plan, Plan::CommitteeId));
    let before = Condition::any().add(Expr::expr(rank(OTHER)).lt(rank(PLAN))).add(
        Condition::all()
            .add(Expr::expr(rank(OTHER)).eq(rank(PLAN)))
            .add(committee(OTHER).lt(committee(PLAN))),
    );
    let has_it = Query::select()
        .expr(Expr::val(1))
        .from_as(plan_point::Entity, PLACE)
        .and_where(Expr::col((PLACE, plan_point::Column::MunicipalityId)).eq(reader.municipality_id()))
        .and_where(Expr::col((PLACE, plan_point::Column::ControlPlanId)).equals((OTHER, Plan::Id)))
        .and_where(
            Expr::col((PLACE, plan_point::Column::ControlPointId))
                .equals(plan_point::Column::ControlPointId.as_column_ref()),
        )
        .to_owned();
    // From the department's few plans to their places: a shared point has a place in the plan of every department.
    Query::select()
        .expr(Expr::val(1))
        .from_as(control_plan::Entity, OTHER)
        .and_where(Expr::col((OTHER, Plan::MunicipalityId)).eq(reader.municipality_id()))
        .and_where(Expr::col((OTHER, Plan::DepartmentId)).equals((PLAN, Plan::DepartmentId)))
        .and_where(Expr::col((OTHER, Plan::ControlYearId)).equals((PLAN, Plan::ControlYearId)))
        .cond_where(present_as(OTHER))
        .cond_where(before)
        .and_where(Expr::exists(has_it))
        .to_owned()
}
