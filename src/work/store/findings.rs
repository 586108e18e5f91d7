//! Dealing with what was found.

use super::{
    arm::{Arm, Told, by_another, column, has, none, same},
    of_follow_up, readable,
};
use crate::{
    access::{Reader, Right},
    follow_up::{action_lives, action_not_dropped, finding_lives, findings_done_earlier, findings_with_earlier_action},
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
                .add(without_action(reader, undone(reader)))
                // What was dropped mends nothing in the year that the finding has come to.
                .add(without_earlier_action(reader, undone(reader).add(action_not_dropped(reader)))),
        ));
    }
    if has(reader, Right::FindingVerify) {
        let done = Condition::all().add(corrective_action::Column::DoneBy.eq(user_id));
        arms.push(found(
            reader,
            WorkItemKind::VerifyFinding,
            Right::FindingVerify,
            Condition::all()
                .add(Column::Status.eq(FindingStatus::Resolved))
                .add(by_another(Column::ResolvedBy, user_id))
                .add(without_action(reader, done.clone()))
                .add(without_earlier_action(reader, done))
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

/// The actions that are not done, and that none of a later year carries on.
fn undone(reader: &Reader) -> Condition {
    Condition::all()
        .add(corrective_action::Column::Status.is_in(UNDONE))
        .add(action_lives(reader))
}

/// The findings none of whose own actions is such.
fn without_action(reader: &Reader, such: Condition) -> Condition {
    use corrective_action::Column;
    let actions = Query::select()
        .expr(Expr::cust("1"))
        .from(corrective_action::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Column::FindingId, finding::Column::Id))
        .cond_where(such)
        .to_owned();
    Condition::all().add(Expr::exists(actions).not())
}

/// The findings that come from none of an earlier year with such an action.
fn without_earlier_action(reader: &Reader, such: Condition) -> Condition {
    Condition::all().add(finding::Column::Id.not_in_subquery(findings_with_earlier_action(reader, such)))
}
