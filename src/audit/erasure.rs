//! Taking a payload out of the log lawfully: the chain stays whole, and says itself what was taken out and why.

use super::{AuditKey, Event, Trail, log::Log, trail::no_log};
use crate::{
    clock::Clock,
    database::{Database, Session, StoreError},
};
use entity::audit_event::{self, Column};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The action of the event that records an erasure.
pub(super) const ERASED: &str = "audit_event.erased";

/// The most characters that the reason may have.
const REASON_LENGTH: usize = 2_000;

/// Why nothing was erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// The reason is none, or too long.
    #[error("the reason has {0} characters: it has to have 1 to 2000, and stays in the log for good")]
    Reason(usize),
    /// There are no such events.
    #[error("there is no event {0} in the log of municipality {1}")]
    Unknown(String, Uuid),
    /// The payloads are gone already.
    #[error("the payload of event {0} is erased already")]
    Already(String),
    /// The events record erasures.
    #[error("event {0} records an erasure: without it the log would count as broken")]
    Record(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Erases the payloads of events, and records it in the same transaction.
///
/// # Errors
/// When an event is not there or cannot be erased: nothing is changed then.
pub async fn erase(
    database: &Database,
    key: &AuditKey,
    clock: &Clock,
    municipality_id: Uuid,
    numbers: &BTreeSet<i64>,
    reason: &str,
) -> Result<(), EraseError> {
    let length = reason.trim().chars().count();
    if length == 0 || length > REASON_LENGTH {
        return Err(EraseError::Reason(length));
    }
    let session = database.write_as_owner().await?;
    let trail = Trail::begin(&session, key, municipality_id).await?;
    let mut trail = trail.ok_or_else(|| no_log(municipality_id))?;
    let mut refused = Refused::default();
    for number in numbers {
        match one(&session, municipality_id, *number).await? {
            None => refused.unknown.push(*number),
            Some(event) if event.action == ERASED => refused.records.push(*number),
            Some(event) if event.payload.is_none() => refused.already.push(*number),
            Some(_) => {}
        }
    }
    refused.check(municipality_id)?;
    audit_event::Entity::update_many()
        .col_expr(Column::Payload, Expr::cust("NULL"))
        .col_expr(Column::Salt, Expr::cust("NULL"))
        .filter(Column::MunicipalityId.eq(municipality_id))
        .filter(Column::Sequence.is_in(numbers.iter().copied()))
        .exec(&session)
        .await
        .map_err(StoreError::from)?;
    trail.record(Event {
        occurred_at: clock.now(),
        actor_id: None,
        actor: super::OPERATOR.to_owned(),
        request_id: None,
        action: ERASED.to_owned(),
        subject_type: "audit_event".to_owned(),
        subject_id: None,
        payload: json!({ "useCase": "audit erase", "sequences": numbers, "reason": reason.trim() }),
    })?;
    trail.end(&session).await?;
    Ok(session.commit().await?)
}

async fn one(session: &Session, municipality_id: Uuid, number: i64) -> Result<Option<audit_event::Model>, StoreError> {
    let found = Log::part(session, municipality_id, number..=number).next().await?;
    Ok(found.into_iter().next().map(|(_, event)| event).transpose()?)
}

/// What cannot be erased, each for its reason.
#[derive(Default)]
struct Refused {
    unknown: Vec<i64>,
    already: Vec<i64>,
    records: Vec<i64>,
}

impl Refused {
    fn check(self, municipality_id: Uuid) -> Result<(), EraseError> {
        let list = |numbers: Vec<i64>| {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            numbers.join(", ")
        };
        if !self.unknown.is_empty() {
            return Err(EraseError::Unknown(list(self.unknown), municipality_id));
        }
        if !self.already.is_empty() {
            return Err(EraseError::Already(list(self.already)));
        }
        if !self.records.is_empty() {
            return Err(EraseError::Record(list(self.records)));
        }
        Ok(())
    }
}

/// The events whose payload was erased, each with the number of the event that records it.
#[derive(Debug, Default)]
pub(super) struct Erasures(BTreeMap<i64, i64>);

impl Erasures {
    /// What a municipality's log says of erasures. Whether it says it itself is found out when the chain is walked: the
    /// records are links of it.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn read(session: &Session, municipality_id: Uuid) -> Result<Self, StoreError> {
        let records = audit_event::Entity::find()
            .select_only()
            .columns([Column::Sequence, Column::Payload])
            .filter(Column::MunicipalityId.eq(municipality_id))
            .filter(Column::Action.eq(ERASED));
        let statement = records.build(session.get_database_backend());
        let mut erasures = BTreeMap::new();
        for row in session.query_all_raw(statement).await? {
            let record = row.try_get("", "sequence")?;
            // What cannot be read records nothing: the walk along the chain will find it.
            let payload: Option<Json> = row.try_get("", "payload").ok();
            let numbers = payload.as_ref().and_then(|payload| payload["sequences"].as_array());
            for number in numbers.into_iter().flatten().filter_map(Json::as_i64) {
                erasures.insert(number, record);
            }
        }
        Ok(Self(erasures))
    }

    /// Whether the erasure of an event is recorded after it.
    pub(super) fn record(&self, number: i64) -> bool {
        self.0.get(&number).is_some_and(|record| *record > number)
    }
}
