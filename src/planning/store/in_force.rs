//! Which version of a plan is in force.

use entity::{ControlPlanStatus, control_plan};
use sea_orm::{
    ActiveEnum, Condition,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};

/// The states of a plan that a committee has adopted.
pub(super) const ADOPTED: [ControlPlanStatus; 2] = [ControlPlanStatus::Adopted, ControlPlanStatus::Closed];

/// What statements call the table of plans, where they do not call it otherwise.
pub(super) const PLAN: &str = "control_plan";

/// The plans in force, of a statement on plans: adopted, and superseded by no version that was adopted later.
pub(crate) fn in_force() -> Condition {
    in_force_as(PLAN)
}

/// Each plan in the version that is in force, or in its first while none has been adopted, of a statement on plans: not
/// what was superseded, nor a revision that is still being made.
pub(crate) fn present() -> Condition {
    present_as(PLAN)
}

fn in_force_as(plan: &'static str) -> Condition {
    Condition::all()
        .add(adopted(plan))
        .add(Expr::exists(superseding(plan)).not())
}

/// [`present`], where the statement calls the plans otherwise.
pub(super) fn present_as(plan: &'static str) -> Condition {
    let standing = Condition::any()
        .add(adopted(plan))
        .add(Expr::col((plan, control_plan::Column::SupersedesId)).is_null());
    Condition::all()
        .add(standing)
        .add(Expr::exists(superseding(plan)).not())
}

/// That a committee has adopted a plan.
pub(super) fn adopted(plan: &'static str) -> SimpleExpr {
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
