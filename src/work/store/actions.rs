//! Carrying out corrective actions, and verifying that they were. They go on when their year is closed.

use super::{
    arm::{Arm, Told, by_another, column, has, in_department, none},
    of_follow_up,
    plans::plan_title,
    readable_in,
};
use crate::{
    access::{Reader, Right},
    follow_up::{action_lives, actions_done_earlier},
    planning::{visible_plans, visible_risks},
};
use entity::{
    ControlScope, CorrectiveActionOrigin, CorrectiveActionStatus, WorkItemKind, committee, control_plan, control_point,
    control_year, corrective_action, finding, follow_up, risk,
};
use sea_orm::{
    ColumnTrait, Condition, JoinType,
    sea_query::{Expr, Func, SelectStatement},
};
use uuid::Uuid;

const LEFT: JoinType = JoinType::LeftJoin;

pub(super) fn arms(reader: &Reader, user_id: Uuid) -> Vec<SelectStatement> {
    use corrective_action::Column;
    let undone =
        Condition::all().add(Column::Status.is_in([CorrectiveActionStatus::Planned, CorrectiveActionStatus::Ongoing]));
    let done = Condition::all()
        .add(Column::Status.eq(CorrectiveActionStatus::Done))
        .add(by_another(Column::DoneBy, user_id))
        .add(Column::Id.not_in_subquery(actions_done_earlier(reader, user_id)));
    let writes = [
        Right::EvidenceWrite,
        Right::ControlPlanWrite,
        Right::SharedPlanWrite,
        Right::RiskWrite,
    ];
    let mut arms = Vec::new();
    if writes.into_iter().any(|right| has(reader, right)) {
        arms.push(of_every_origin(
            reader,
            WorkItemKind::MendAction,
            undone,
            written(reader),
        ));
    }
    if has(reader, Right::FindingVerify) || has(reader, Right::SharedPlanWrite) {
        arms.push(of_every_origin(
            reader,
            WorkItemKind::VerifyAction,
            done,
            verified(reader),
        ));
    }
    arms
}

/// Where the reader writes an action, by where it comes from.
fn written(reader: &Reader) -> Condition {
    use control_plan::Column as Plan;
    use corrective_action::Column;
    let department = Condition::all()
        .add(Plan::Scope.eq(ControlScope::Department))
        .add(Plan::DepartmentId.is_not_null())
        .add(in_department(
            reader,
            Right::ControlPlanWrite,
            Plan::DepartmentId.as_column_ref(),
        ));
    let shared = Condition::all()
        .add(
            Condition::any()
                .add(Plan::Scope.eq(ControlScope::Shared))
                .add(Plan::DepartmentId.is_null()),
        )
        .add(in_municipality(reader, Right::SharedPlanWrite));
    Condition::any()
        .add(of_follow_ups(reader, Right::EvidenceWrite))
        .add(
            Condition::all()
                .add(Column::Origin.eq(CorrectiveActionOrigin::Plan))
                .add(visible_plans(reader))
                .add(Condition::any().add(department).add(shared)),
        )
        .add(
            Condition::all()
                .add(Column::Origin.eq(CorrectiveActionOrigin::Risk))
                .add(visible_risks(reader))
                .add(of_risks(reader)),
        )
}

/// Where the reader writes what meets a risk: in their departments, and who writes risks everywhere in what is the whole
/// municipality's; a department's is for those who are nearer to it.
fn of_risks(reader: &Reader) -> Condition {
    use corrective_action::Column;
    let reach = reader.reach(Right::RiskWrite);
    let municipal = Condition::all()
        .add(Column::DepartmentId.is_null())
        .add(in_municipality(reader, Right::RiskWrite));
    Condition::any()
        .add(reader.any_of(Column::DepartmentId.as_column_ref(), reach.departments))
        .add(municipal)
}

/// Where the reader verifies an action: what is the whole municipality's, who owns the shared plan does.
fn verified(reader: &Reader) -> Condition {
    use corrective_action::Column;
    let of_department = Condition::all()
        .add(Column::DepartmentId.is_not_null())
        .add(in_department(
            reader,
            Right::FindingVerify,
            Column::DepartmentId.as_column_ref(),
        ));
    let municipal = Condition::all()
        .add(Column::DepartmentId.is_null())
        .add(in_municipality(reader, Right::SharedPlanWrite));
    let visible = Condition::any()
        .add(
            Condition::all()
                .add(Column::Origin.eq(CorrectiveActionOrigin::Plan))
                .add(visible_plans(reader)),
        )
        .add(
            Condition::all()
                .add(Column::Origin.eq(CorrectiveActionOrigin::Risk))
                .add(visible_risks(reader)),
        );
    Condition::any().add(of_follow_ups(reader, Right::FindingVerify)).add(
        Condition::all()
            .add(visible)
            .add(Condition::any().add(of_department).add(municipal)),
    )
}

fn of_follow_ups(reader: &Reader, right: Right) -> Condition {
    Condition::all()
        .add(corrective_action::Column::FollowUpId.is_not_null())
        .add(of_follow_up(reader, right))
}

fn in_municipality(reader: &Reader, right: Right) -> Condition {
    if reader.reach(right).everywhere {
        return Condition::all();
    }
    Condition::all().add(Expr::cust("1 = 0"))
}

/// The actions for which two conditions hold, and which the reader may see. An action's own title may be confidential: it
/// is told by what it is about.
fn of_every_origin(reader: &Reader, kind: WorkItemKind, state: Condition, reach: Condition) -> SelectStatement {
    use corrective_action::Column;
    let about = Func::coalesce([
        column(control_point::Column::Title),
        plan_title(),
        column(risk::Column::Description),
    ]);
    let marked = Condition::any()
        .add(Column::SecrecyGround.is_not_null())
        .add(finding::Column::SecrecyGround.is_not_null());
    Arm::from(reader, corrective_action::Entity)
        .join(LEFT, follow_up::Entity, follow_up::Column::Id, Column::FollowUpId)
        .join(
            LEFT,
            control_point::Entity,
            control_point::Column::Id,
            follow_up::Column::ControlPointId,
        )
        .join(LEFT, finding::Entity, finding::Column::Id, Column::FindingId)
        .join(
            LEFT,
            control_plan::Entity,
            control_plan::Column::Id,
            Column::ControlPlanId,
        )
        .join(
            LEFT,
            control_year::Entity,
            control_year::Column::Id,
            control_plan::Column::ControlYearId,
        )
        .join(
            LEFT,
            committee::Entity,
            committee::Column::Id,
            control_plan::Column::CommitteeId,
        )
        .join(LEFT, risk::Entity, risk::Column::Id, Column::RiskId)
        .of_department(Column::DepartmentId)
        .filter(state)
        .filter(action_lives(reader))
        .filter(reach)
        .filter(readable_in(
            reader,
            [
                Column::SecrecyGround.is_null(),
                finding::Column::SecrecyGround.is_null(),
            ],
            Column::DepartmentId,
            Column::FollowUpId,
        ))
        .selecting(
            kind,
            Told {
                due_on: column(Column::DueOn),
                subject: column(Column::Id),
                occasion: column(Column::Id),
                about: about.into(),
                label: none("text"),
                follow_up: column(Column::FollowUpId),
                marked: Some(marked),
            },
        )
}
