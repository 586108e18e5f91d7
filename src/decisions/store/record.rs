//! What is noted with decisions, how records are corrected, and how decisions are sent.

use super::{DecisionRow, decision::decisions_by_id};
use crate::{
    access::{Reader, join, rows_referring, with_columns},
    database::StoreError,
    relation,
};
use entity::{DispatchStatus, decision_correction, decision_note, dispatch, joint_report_decision, recipient};
use sea_orm::{ColumnTrait, Condition, DbErr, FromQueryResult, JoinType, QueryFilter, QueryOrder, QueryResult};
use std::collections::HashMap;
use uuid::Uuid;

/// A dispatch with its recipient.
#[derive(Clone, Debug)]
pub(crate) struct DispatchRow {
    pub(crate) dispatch: dispatch::Model,
    pub(crate) recipient: recipient::Model,
}

const RECIPIENT: &str = "recipient__";

impl FromQueryResult for DispatchRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            dispatch: dispatch::Model::from_query_result(row, prefix)?,
            recipient: recipient::Model::from_query_result(row, RECIPIENT)?,
        })
    }
}

async fn dispatches(reader: &Reader, condition: Condition) -> Result<Vec<DispatchRow>, StoreError> {
    // Why a delivery failed is written for those who send, not for those who read what was decided.
    if !reader.is_internal() {
        return Ok(Vec::new());
    }
    let select = join::<dispatch::Entity, recipient::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        dispatch::Column::RecipientId,
        recipient::Column::Id,
    );
    Ok(with_columns::<_, recipient::Entity>(select, RECIPIENT)
        .filter(condition)
        .order_by_asc(recipient::Column::Number)
        .order_by_asc(dispatch::Column::Id)
        .into_model::<DispatchRow>()
        .all(reader.session())
        .await?)
}

/// Dispatches by id, those of decisions that the reader can see.
pub(in crate::decisions) async fn dispatches_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, DispatchRow)>, StoreError> {
    let found = dispatches_with_decisions(reader, ids).await?;
    Ok(found.into_iter().map(|(row, _)| (row.dispatch.id, row)).collect())
}

/// A dispatch and the decision that it is of, if the reader can see that.
pub(in crate::decisions) async fn dispatch_with_decision(
    reader: &Reader,
    id: Uuid,
) -> Result<Option<(DispatchRow, DecisionRow)>, StoreError> {
    Ok(dispatches_with_decisions(reader, vec![id]).await?.into_iter().next())
}

async fn dispatches_with_decisions(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(DispatchRow, DecisionRow)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = dispatches(reader, reader.any_of(dispatch::Column::Id.as_column_ref(), ids)).await?;
    let of = rows.iter().map(|row| row.recipient.decision_id).collect();
    let visible: HashMap<Uuid, DecisionRow> = decisions_by_id(reader, of).await?.into_iter().collect();
    let seen = rows.into_iter().filter_map(|row| {
        let decision = visible.get(&row.recipient.decision_id)?.clone();
        Some((row, decision))
    });
    Ok(seen.collect())
}

/// The state of the last dispatch to each recipient that has one.
pub(in crate::decisions) async fn latest_statuses(
    reader: &Reader,
    recipients: Vec<Uuid>,
) -> Result<HashMap<Uuid, DispatchStatus>, StoreError> {
    let rows = reader
        .find::<dispatch::Entity>()
        .filter(reader.any_of(dispatch::Column::RecipientId.as_column_ref(), recipients))
        .order_by_asc(dispatch::Column::Id)
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| (row.recipient_id, row.status)).collect())
}

/// The joint report that a decision is about, whether the reader can see it or not.
pub(in crate::decisions) async fn joint_report_id(
    reader: &Reader,
    decision_id: Uuid,
) -> Result<Option<Uuid>, StoreError> {
    let link = reader
        .find::<joint_report_decision::Entity>()
        .filter(joint_report_decision::Column::DecisionId.eq(decision_id))
        .one(reader.session())
        .await?;
    Ok(link.map(|link| link.joint_report_id))
}

relation! {
    /// How a decision is sent, by recipient.
    DispatchesOfDecision: DecisionRow => DispatchRow,
    |row| Some(row.decision.id), dispatches_of_decisions
}

async fn dispatches_of_decisions(reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, DispatchRow)>, StoreError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let of = reader.any_of(recipient::Column::DecisionId.as_column_ref(), keys);
    let rows = dispatches(reader, of).await?;
    Ok(rows.into_iter().map(|row| (row.recipient.decision_id, row)).collect())
}

relation! {
    /// The decision that a dispatch is of.
    DecisionOfDispatch: DispatchRow => DecisionRow,
    |row| Some(row.recipient.decision_id), decisions_by_id
}

relation! {
    /// What is noted with a decision, in order.
    NotesOfDecision: DecisionRow => decision_note::Model,
    |row| Some(row.decision.id),
    |reader, keys| rows_referring::<decision_note::Entity>(reader, decision_note::Column::DecisionId, keys)
}

relation! {
    /// The correction that a record makes.
    CorrectionBy: DecisionRow => decision_correction::Model,
    |row| Some(row.decision.id), corrections_by
}

async fn corrections_by(
    reader: &Reader,
    keys: Vec<Uuid>,
) -> Result<Vec<(Uuid, decision_correction::Model)>, StoreError> {
    let rows = reader
        .find::<decision_correction::Entity>()
        .filter(reader.any_of(decision_correction::Column::DecisionId.as_column_ref(), keys))
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| (row.decision_id, row)).collect())
}

relation! {
    /// The record that a record corrects.
    CorrectedRecord: decision_correction::Model => DecisionRow,
    |row| Some(row.corrected_id), decisions_by_id
}

relation! {
    /// The record that corrects a record.
    CorrectingRecord: DecisionRow => DecisionRow,
    |row| row.corrected.then_some(row.decision.id), correcting
}

async fn correcting(reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, DecisionRow)>, StoreError> {
    let links = reader
        .find::<decision_correction::Entity>()
        .filter(reader.any_of(decision_correction::Column::CorrectedId.as_column_ref(), keys))
        .all(reader.session())
        .await?;
    let found = decisions_by_id(reader, links.iter().map(|link| link.decision_id).collect()).await?;
    let found: HashMap<Uuid, DecisionRow> = found.into_iter().collect();
    Ok(links
        .into_iter()
        .filter_map(|link| Some((link.corrected_id, found.get(&link.decision_id)?.clone())))
        .collect())
}
