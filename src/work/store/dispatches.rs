//! Decisions on their way to those whom they are sent to.

use super::arm::{Arm, Told, column, none, same};
use crate::access::{Place, Reader, Right};
use entity::{DispatchStatus, WorkItemKind, decision_correction, dispatch, recipient};
use sea_orm::{
    ColumnTrait, Condition, JoinType,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

pub(super) fn arms(reader: &Reader) -> Vec<SelectStatement> {
    use DispatchStatus::{Failed, Queued, Unknown};
    if !reader.may(Right::DispatchWrite, Place::Municipality) {
        return Vec::new();
    }
    vec![
        dispatches(reader, WorkItemKind::SendDispatch, &[Queued, Failed]),
        dispatches(reader, WorkItemKind::ClarifyDispatch, &[Unknown]),
    ]
}

/// The dispatches in one of these states, of records that hold: what was corrected is not sent any more.
fn dispatches(reader: &Reader, kind: WorkItemKind, statuses: &[DispatchStatus]) -> SelectStatement {
    use decision_correction::Column as Correction;
    use dispatch::Column;
    let corrected = Query::select()
        .expr(Expr::cust("1"))
        .from(decision_correction::Entity)
        .and_where(Correction::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Correction::CorrectedId, recipient::Column::DecisionId))
        .to_owned();
    Arm::from(reader, dispatch::Entity)
        .join(
            JoinType::InnerJoin,
            recipient::Entity,
            recipient::Column::Id,
            Column::RecipientId,
        )
        // It is no department's: the columns of one are there all the same.
        .of_department(Column::MunicipalityId)
        .filter(
            Condition::all()
                .add(Column::Status.is_in(statuses.iter().copied()))
                .add(Expr::exists(corrected).not()),
        )
        .selecting(
            kind,
            Told {
                due_on: none("date"),
                subject: column(Column::Id),
                occasion: column(Column::Id),
                about: column(recipient::Column::Name),
                label: none("text"),
                follow_up: none("uuid"),
                marked: None,
            },
        )
}
