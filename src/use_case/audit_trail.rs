use crate::{access::Permit, database::StoreError};
use chrono::{DateTime, Utc};
use entity::{audit_event, audit_head, outbox_event};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityName, EntityTrait, Iden, Iterable, ModelTrait, QueryFilter,
    QuerySelect, Set,
    sea_query::{Expr, sea_value_to_json_value},
};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

/// Columns that are no facts of their own: the tenant, which every event has, helpers made from other columns, and a
/// report's frozen content, which its hash stands for.
const LEFT_OUT: [&str; 6] = [
    "municipality_id",
    "name_key",
    "due_key",
    "severity_rank",
    "frozen",
    "created_at",
];

/// The actor of what the operator's commands do.
const OPERATOR: &str = "operator";

/// The audit events of one transaction, numbered on from the municipality's latest.
///
/// Beginning it locks the municipality's audit head: writers of one municipality take turns, so that numbers have no
/// gaps and each sees all that the one before it stored.
#[derive(Debug)]
pub(super) struct AuditTrail {
    municipality_id: Uuid,
    sequence: i64,
    first: i64,
}

/// What one event tells.
pub(super) struct Event<'a> {
    /// Who changed it under which right; `None` is the operator.
    pub(super) permit: Option<&'a Permit>,
    pub(super) request_id: Option<Uuid>,
    pub(super) use_case: &'static str,
    pub(super) at: DateTime<Utc>,
    pub(super) verb: &'static str,
    pub(super) subject: Subject,
    pub(super) before: Option<Json>,
    pub(super) after: Option<Json>,
}

/// What an event is about.
pub(super) struct Subject {
    pub(super) kind: String,
    pub(super) id: Option<Uuid>,
}

impl AuditTrail {
    pub(super) async fn begin(connection: &impl ConnectionTrait, municipality_id: Uuid) -> Result<Self, StoreError> {
        let head = audit_head::Entity::find()
            .filter(audit_head::Column::MunicipalityId.eq(municipality_id))
            .lock_exclusive()
            .one(connection)
            .await?
            .ok_or_else(|| StoreError::Content("the municipality has no audit head".to_owned()))?;
        Ok(Self {
            municipality_id,
            sequence: head.sequence,
            first: head.sequence,
        })
    }

    pub(super) async fn record(
        &mut self,
        connection: &impl ConnectionTrait,
        event: Event<'_>,
    ) -> Result<(), StoreError> {
        self.sequence += 1;
        let payload = json!({
            "useCase": event.use_case,
            "right": event.permit.map(|permit| permit.right().to_string()),
            "before": event.before,
            "after": event.after,
        });
        let action = format!("{}.{}", event.subject.kind, event.verb);
        audit_event::ActiveModel {
            municipality_id: Set(self.municipality_id),
            sequence: Set(self.sequence),
            occurred_at: Set(event.at),
            actor_id: Set(event.permit.map(|permit| permit.user().id)),
            actor: Set(event
                .permit
                .map_or_else(|| OPERATOR.to_owned(), |permit| permit.user().username.clone())),
            request_id: Set(event.request_id),
            action: Set(action.clone()),
            subject_type: Set(event.subject.kind.clone()),
            subject_id: Set(event.subject.id),
            payload: Set(payload),
        }
        .insert(connection)
        .await?;
        let subject = event.subject.id.unwrap_or(self.municipality_id);
        outbox_event::ActiveModel {
            municipality_id: Set(self.municipality_id),
            sequence: Set(self.sequence),
            kind: Set(action),
            subject_type: Set(event.subject.kind),
            subject_id: Set(subject),
            // What changed is read anew by whoever is told, in their own scope: nothing confidential waits here.
            payload: Set(json!({})),
            occurred_at: Set(event.at),
            dispatched_at: Set(None),
        }
        .insert(connection)
        .await?;
        Ok(())
    }

    /// Whether anything was recorded.
    pub(super) fn is_empty(&self) -> bool {
        self.sequence == self.first
    }

    /// Moves the municipality's head to the last event.
    pub(super) async fn end(self, connection: &impl ConnectionTrait) -> Result<(), StoreError> {
        audit_head::Entity::update_many()
            .col_expr(audit_head::Column::Sequence, Expr::val(self.sequence))
            .filter(audit_head::Column::MunicipalityId.eq(self.municipality_id))
            .exec(connection)
            .await?;
        Ok(())
    }
}

/// A row's facts by column, for an event.
pub(super) fn facts<M: ModelTrait>(row: &M) -> Map<String, Json> {
    <M::Entity as EntityTrait>::Column::iter()
        .map(|column| (column.to_string(), column))
        .filter(|(name, _)| !LEFT_OUT.contains(&name.as_str()))
        .map(|(name, column)| (name, sea_value_to_json_value(&row.get(column))))
        .collect()
}

/// The row's table and id.
pub(super) fn subject<M: ModelTrait>(row: &M) -> Subject {
    use std::str::FromStr;
    let id = <M::Entity as EntityTrait>::Column::from_str("id")
        .ok()
        .and_then(|column| row.get(column).as_ref_uuid().copied());
    Subject {
        kind: M::Entity::default().table_name().to_owned(),
        id,
    }
}
