//! Dealing with what was found.

use super::{
    arm::{Arm, Told, by_another, column, has, none, same},
    of_follow_up, readable,
};
use crate::{
    access::{Reader, Right},
    follow_up::{action_lives, finding_lives, findings_done_earlier, findings_with_earlier_action},
};
use entity::{
    CorrectiveActionStatus, FindingStatus, WorkItemKind, control_point, corrective_action, finding, follow_up,
};
use sea_orm::{
    ColumnTrait, Condition, JoinType,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

/// An action's states before it is done.
const UNDONE: [CorrectiveActionStatus; 2] = [CorrectiveActionStatus::Planned, CorrectiveActionStatus::Ongoing];

pub(super) fn arms(reader: &Reader, user_id: Uuid) -> Vec<SelectStatement> {
    use corrective_action::Column as Action;
    use finding::Column;
    let mut arms = Vec::new();
    if has(reader, Right::EvidenceWrite) {
        arms.push(found(
            reader,
            WorkItemKind::PlanAction,
            Right::EvidenceWrite,
            Condition::all().add(Column::Status.eq(FindingStatus::Open)),
        ));
        arms.push(found(
            reader,
            WorkItemKind::ResolveFinding,
            Right::EvidenceWrite,
            Condition::all()
                .add(Column::Status.eq(FindingStatus::ActionPlanned))
                .add(without_action(
                    reader,
                    Condition::all()
                        .add(Action::Status.is_in(UNDONE))
                        .add(action_lives(reader)),
                )),
        ));
    }
    if has(reader, Right::FindingVerify) {
        arms.push(found(
            reader,
            WorkItemKind::VerifyFinding,
            Right::FindingVerify,
            Condition::all()
                .add(Column::Status.eq(FindingStatus::Resolved))
                .add(by_another(Column::ResolvedBy, user_id))
                .add(without_action(reader, Condition::all().add(Action::DoneBy.eq(user_id))))
                .add(Column::Id.not_in_subquery(findings_done_earlier(reader, user_id))),
        ));
    }
    arms
}

/// The findings for which a condition holds, where the reader has a right and may see them.
fn found(reader: &Reader, kind: WorkItemKind, right: Right, condition: Condition) -> SelectStatement {
    use finding::Column;
    Arm::from(reader, finding::Entity)
        .join(
            JoinType::InnerJoin,
            follow_up::Entity,
            follow_up::Column::Id,
            Column::FollowUpId,
        )
        .of_open_year()
        .filter(condition)
        .filter(finding_lives(reader))
        .filter(of_follow_up(reader, right))
        .filter(readable(reader, [Column::SecrecyGround.is_null()]))
        .selecting(
            kind,
            Told {
                due_on: none("date"),
                subject: column(Column::Id),
                occasion: column(Column::Id),
                about: column(control_point::Column::Title),
                label: none("text"),
                follow_up: column(follow_up::Column::Id),
                marked: Some(Condition::all().add(Column::SecrecyGround.is_not_null())),
            },
        )
}

/// The findings none of whose actions is such, in their year or in one that they come from.
fn without_action(reader: &Reader, such: Condition) -> Condition {
    use corrective_action::Column;
    let actions = Query::select()
        .expr(Expr::cust("1"))
        .from(corrective_action::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Column::FindingId, finding::Column::Id))
        .cond_where(such.clone())
        .to_owned();
    Condition::all()
        .add(Expr::exists(actions).not())
        .add(finding::Column::Id.not_in_subquery(findings_with_earlier_action(reader, such)))
}
