//! Control plans from the draft to their follow-ups.

use super::arm::{Arm, Told, column, has, in_department, none, same};
use crate::{
    access::{Reader, Right},
    planning::{counts_here, visible_plans},
};
use entity::{
    ControlPlanStatus, ControlScope, WorkItemKind, committee, control_plan, control_year, exemption, follow_up,
    plan_point,
};
use sea_orm::{
    ColumnTrait, Condition, JoinType,
    sea_query::{BinOper, Expr, ExprTrait, Query, SelectStatement},
};

pub(super) fn arms(reader: &Reader) -> Vec<SelectStatement> {
    use ControlPlanStatus::{Adopted, Draft, Proposed};
    use control_plan::Column;
    let is = |status: ControlPlanStatus| Condition::all().add(Column::Status.eq(status));
    let shared_writer = has(reader, Right::SharedPlanWrite);
    let mut arms = Vec::new();
    if shared_writer || has(reader, Right::ControlPlanWrite) {
        // Who writes the shared plan also proposes it: with points in it, that is what is left to do.
        let shared = shared(reader).add(Expr::exists(points(reader)).not());
        let own = departments(reader, Right::ControlPlanWrite);
        let condition = is(Draft).add(Condition::any().add(shared).add(own));
        arms.push(plan(reader, WorkItemKind::WritePlan, condition));
    }
    if shared_writer || has(reader, Right::ControlPlanPropose) {
        let own = departments(reader, Right::ControlPlanPropose);
        let condition = is(Draft)
            .add(Expr::exists(points(reader)))
            .add(Condition::any().add(shared(reader)).add(own));
        arms.push(plan(reader, WorkItemKind::ProposePlan, condition));
    }
    if has(reader, Right::DecisionRecord) {
        let committees = super::of_committees(reader, Right::DecisionRecord, Column::CommitteeId.as_column_ref());
        let condition = is(Proposed).add(committees);
        arms.push(plan(reader, WorkItemKind::RecordPlanDecision, condition));
    }
    if has(reader, Right::FollowUpStart) {
        let condition = is(Adopted)
            .add(departments(reader, Right::FollowUpStart))
            .add(Expr::exists(unstarted(reader)));
        arms.push(plan(reader, WorkItemKind::StartFollowUps, condition));
    }
    arms
}

/// Plans of years that are not closed, for which a condition holds.
fn plan(reader: &Reader, kind: WorkItemKind, condition: Condition) -> SelectStatement {
    use control_plan::Column;
    Arm::from(reader, control_plan::Entity)
        .in_open_year(Column::ControlYearId)
        .join(
            JoinType::InnerJoin,
            committee::Entity,
            committee::Column::Id,
            Column::CommitteeId,
        )
        .of_department(Column::DepartmentId)
        .filter(condition)
        .filter(visible_plans(reader))
        .selecting(
            kind,
            Told {
                due_on: none("date"),
                subject: column(Column::Id),
                occasion: column(Column::Id),
                about: plan_title(),
                label: none("text"),
                follow_up: none("uuid"),
                marked: None,
            },
        )
}

/// A plan has no title: it is told by its year and its committee, which have to be joined.
pub(super) fn plan_title() -> Expr {
    let followed_by = |text: Expr, more: Expr| text.binary(BinOper::Custom("||"), more);
    let year = column(control_year::Column::Year).cast_as("text");
    followed_by(followed_by(year, Expr::cust("', '")), column(committee::Column::Name))
}

/// The plans of departments where the reader has a right.
fn departments(reader: &Reader, right: Right) -> Condition {
    use control_plan::Column;
    Condition::all()
        .add(Column::Scope.eq(ControlScope::Department))
        .add(Column::DepartmentId.is_not_null())
        .add(in_department(reader, right, Column::DepartmentId.as_column_ref()))
}

/// The plans that are no single department's, for those who write such.
fn shared(reader: &Reader) -> Condition {
    use control_plan::Column;
    let writes = reader.reach(Right::SharedPlanWrite).everywhere;
    Condition::all()
        .add(
            Condition::any()
                .add(Column::Scope.eq(ControlScope::Shared))
                .add(Column::DepartmentId.is_null()),
        )
        .add(Expr::cust(if writes { "1 = 1" } else { "1 = 0" }))
}

/// The places in a plan.
fn points(reader: &Reader) -> SelectStatement {
    use plan_point::Column;
    Query::select()
        .expr(Expr::cust("1"))
        .from(plan_point::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Column::ControlPlanId, control_plan::Column::Id))
        .to_owned()
}

/// The places in a department's plan that it neither follows up nor is exempt from, and that count in this plan.
fn unstarted(reader: &Reader) -> SelectStatement {
    use exemption::Column as Exempt;
    use follow_up::Column as FollowUp;
    use plan_point::Column;
    let started = Query::select()
        .expr(Expr::cust("1"))
        .from(follow_up::Entity)
        .and_where(FollowUp::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(FollowUp::ControlPointId, Column::ControlPointId))
        .and_where(same(FollowUp::DepartmentId, control_plan::Column::DepartmentId))
        .and_where(same(FollowUp::ControlYearId, control_plan::Column::ControlYearId))
        .to_owned();
    let exempt = Query::select()
        .expr(Expr::cust("1"))
        .from(exemption::Entity)
        .and_where(Exempt::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Exempt::ControlPointId, Column::ControlPointId))
        .and_where(same(Exempt::DepartmentId, control_plan::Column::DepartmentId))
        .to_owned();
    points(reader)
        .and_where(Expr::exists(started).not())
        .and_where(Expr::exists(exempt).not())
        .cond_where(counts_here(reader, reader.today()))
        .to_owned()
}
