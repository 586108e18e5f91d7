use crate::{
    clock::Clock,
    database::{Database, StoreError},
};
use entity::service_token::{self, Column};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use uuid::Uuid;

/// How exactly it is known when a token was last used: a write for every request would be the dearest part of it.
const PRECISION: Duration = Duration::from_secs(60);

/// Remembers when the tokens of service accounts were last used: to find those that nobody needs any more. Not a fact
/// that the audit log would have: every event of the account's tells of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct TokenUse {
    noted: Arc<Mutex<HashMap<String, Instant>>>,
}

impl TokenUse {
    /// Notes a use of a valid token, in a transaction of its own and in its own time: the request does not wait for it.
    pub(super) fn note(&self, database: &Database, municipality_id: Uuid, token_hash: &str) {
        if !self.is_due(token_hash) {
            return;
        }
        let (database, token_hash) = (database.clone(), token_hash.to_owned());
        tokio::spawn(async move {
            if let Err(error) = store(&database, municipality_id, &token_hash).await {
                tracing::warn!(%error, "the use of a token could not be noted");
            }
        });
    }

    fn is_due(&self, token_hash: &str) -> bool {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if noted
            .get(token_hash)
            .is_some_and(|at| now.duration_since(*at) < PRECISION)
        {
            return false;
        }
        noted.insert(token_hash.to_owned(), now);
        true
    }
}

async fn store(database: &Database, municipality_id: Uuid, token_hash: &str) -> Result<(), StoreError> {
    let session = database.write(municipality_id).await?;
    service_token::Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::val(Clock::default().now()))
        .filter(Column::MunicipalityId.eq(municipality_id))
        .filter(Column::TokenHash.eq(token_hash))
        .exec(&session)
        .await?;
    session.commit().await
}
