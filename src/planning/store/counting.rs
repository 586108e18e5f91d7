//! In which plan a point counts, and which committee it is reported to.
//!
//! A department that answers to several committees, at once or one after the other, has the shared points in its plan for
//! each, and one follow-up of each point all the same.

use super::in_force::{PLAN, adopted, present, present_as};
use crate::{access::Reader, organisation::committee_answered_to};
use entity::{control_plan, follow_up, plan_point};
use sea_orm::{
    ColumnTrait, Condition, JoinType,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

/// That a point counts in this of its department's plans on a day: over `plan_point` and `control_plan`, the plan in its
/// [`present`] version.
///
/// It counts in a plan for a committee that the department answers to on that day, before others; of several in the one
/// that its follow-up hangs on; before it is begun in one that is in force; and then in that of the committee which was
/// registered first.
pub(crate) fn counts_here(reader: &Reader, day: impl Into<Expr>) -> Condition {
    Condition::all().add(Expr::exists(nearer(reader, &day.into())).not())
}

/// The committee that is reported to on a day what counts in a plan: the plan's own, or where the department does not
/// answer to that one then, the one that it answers to. Null when it answers to none.
pub(crate) fn reported_to(reader: &Reader, day: impl Into<Expr>) -> Expr {
    answered_to(reader, PLAN, day.into())
}

/// That a plan is the first of those of its department that are reported to the same committee on a day, over
/// `control_plan`: the committee's own, if there is one.
pub(crate) fn reported_first(reader: &Reader, day: impl Into<Expr>) -> Condition {
    let day = day.into();
    let rank = |plan: &'static str| Expr::expr(Expr::case(answers(reader, plan, &day), 0).finally(1));
    let before = other_plans(reader)
        .and_where(answered_to(reader, OTHER, day.clone()).eq(answered_to(reader, PLAN, day.clone())))
        .cond_where(comes_before(rank))
        .to_owned();
    Condition::all()
        .add(answered_to(reader, PLAN, day).is_not_null())
        .add(Expr::exists(before).not())
}

/// That a follow-up is reported to a committee on a day, over `follow_up`.
pub(crate) fn follow_up_reported_to(reader: &Reader, committee: impl Into<Expr>, day: impl Into<Expr>) -> Expr {
    use control_plan::Column as Plan;
    use follow_up::Column as FollowUp;
    let day = day.into();
    let same = |ours: Expr, theirs: FollowUp| ours.eq(Expr::col(theirs.as_column_ref()));
    let counted = Query::select()
        .expr(Expr::val(1))
        .from(control_plan::Entity)
        .inner_join(
            plan_point::Entity,
            plan_point::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(Expr::col(plan_point::Column::ControlPlanId.as_column_ref()).equals(Plan::Id.as_column_ref())),
        )
        .and_where(Plan::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Plan::DepartmentId.into_expr(), FollowUp::DepartmentId))
        .and_where(same(Plan::ControlYearId.into_expr(), FollowUp::ControlYearId))
        .and_where(same(
            plan_point::Column::ControlPointId.into_expr(),
            FollowUp::ControlPointId,
        ))
        .cond_where(present())
        .cond_where(counts_here(reader, day.clone()))
        .and_where(reported_to(reader, day).eq(committee.into()))
        .to_owned();
    Expr::exists(counted)
}

const OTHER: &str = "other_plan";

fn answered_to(reader: &Reader, plan: &'static str, day: Expr) -> Expr {
    use control_plan::Column;
    committee_answered_to(
        reader,
        (plan, Column::DepartmentId),
        Expr::col((plan, Column::CommitteeId)),
        day,
    )
}

/// That a plan's department answers to the plan's committee on a day.
fn answers(reader: &Reader, plan: &'static str, day: &Expr) -> Expr {
    answered_to(reader, plan, day.clone()).equals((plan, control_plan::Column::CommitteeId))
}

/// The other plans of a plan's department in its year, each in its [`present`] version.
fn other_plans(reader: &Reader) -> SelectStatement {
    use control_plan::Column;
    let mut others = Query::select();
    others
        .expr(Expr::val(1))
        .from_as(control_plan::Entity, OTHER)
        .and_where(Expr::col((OTHER, Column::MunicipalityId)).eq(reader.municipality_id()))
        .and_where(Expr::col((OTHER, Column::DepartmentId)).equals((PLAN, Column::DepartmentId)))
        .and_where(Expr::col((OTHER, Column::ControlYearId)).equals((PLAN, Column::ControlYearId)))
        .and_where(Expr::col((OTHER, Column::CommitteeId)).ne(Expr::col((PLAN, Column::CommitteeId))))
        .cond_where(present_as(OTHER));
    others
}

/// That one of [`other_plans`] has a lower rank, or the same and a committee that was registered before.
fn comes_before(rank: impl Fn(&'static str) -> Expr) -> Condition {
    let committee = |plan: &'static str| Expr::col((plan, control_plan::Column::CommitteeId));
    Condition::any().add(rank(OTHER).lt(rank(PLAN))).add(
        Condition::all()
            .add(rank(OTHER).eq(rank(PLAN)))
            .add(committee(OTHER).lt(committee(PLAN))),
    )
}

/// The department's other plans that have the point and come before this one on a day.
fn nearer(reader: &Reader, day: &Expr) -> SelectStatement {
    const PLACE: &str = "other_place";
    let rank = |plan: &'static str| {
        Expr::expr(Expr::case(answers(reader, plan, day), 0).finally(4))
            .add(Expr::case(Expr::exists(hung(reader, plan)), 0).finally(2))
            .add(Expr::case(adopted(plan), 0).finally(1))
    };
    let has_it = Query::select()
        .expr(Expr::val(1))
        .from_as(plan_point::Entity, PLACE)
        .and_where(Expr::col((PLACE, plan_point::Column::MunicipalityId)).eq(reader.municipality_id()))
        .and_where(Expr::col((PLACE, plan_point::Column::ControlPlanId)).equals((OTHER, control_plan::Column::Id)))
        .and_where(
            Expr::col((PLACE, plan_point::Column::ControlPointId))
                .equals(plan_point::Column::ControlPointId.as_column_ref()),
        )
        .to_owned();
    // From the department's few plans to their places: a shared point has a place in the plan of every department.
    other_plans(reader)
        .and_where(Expr::exists(has_it))
        .cond_where(comes_before(rank))
        .to_owned()
}

/// The department's follow-up of the point, where it hangs on a plan for the same committee as this one.
fn hung(reader: &Reader, plan: &'static str) -> SelectStatement {
    use control_plan::Column as Plan;
    use follow_up::Column as FollowUp;
    const BEGUN: &str = "begun";
    const HUNG_AT: &str = "hung_at";
    const HUNG_IN: &str = "hung_in";
    Query::select()
        .expr(Expr::val(1))
        .from_as(follow_up::Entity, BEGUN)
        .join_as(
            JoinType::InnerJoin,
            plan_point::Entity,
            HUNG_AT,
            Expr::col((HUNG_AT, plan_point::Column::MunicipalityId))
                .eq(reader.municipality_id())
                .and(Expr::col((HUNG_AT, plan_point::Column::Id)).equals((BEGUN, FollowUp::PlanPointId))),
        )
        .join_as(
            JoinType::InnerJoin,
            control_plan::Entity,
            HUNG_IN,
            Expr::col((HUNG_IN, Plan::MunicipalityId))
                .eq(reader.municipality_id())
                .and(Expr::col((HUNG_IN, Plan::Id)).equals((HUNG_AT, plan_point::Column::ControlPlanId))),
        )
        .and_where(Expr::col((BEGUN, FollowUp::MunicipalityId)).eq(reader.municipality_id()))
        .and_where(
            Expr::col((BEGUN, FollowUp::ControlPointId)).equals(plan_point::Column::ControlPointId.as_column_ref()),
        )
        .and_where(Expr::col((BEGUN, FollowUp::DepartmentId)).equals((plan, Plan::DepartmentId)))
        .and_where(Expr::col((HUNG_IN, Plan::CommitteeId)).equals((plan, Plan::CommitteeId)))
        .to_owned()
}
