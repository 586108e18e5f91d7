use super::{Policy, Reader};
use crate::database::{Session, StoreError};
use entity::policy_version::{self, Column};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};
use uuid::Uuid;

/// The policies in force, compiled: the newest of each municipality that was asked for.
///
/// Which version is in force comes with each request's own transaction, so that a change counts from the next request
/// on in every server process; what is kept here only saves compiling it anew.
#[derive(Clone, Debug)]
pub(super) struct Policies {
    shipped: Arc<Policy>,
    compiled: Arc<RwLock<HashMap<Uuid, Numbered>>>,
}

/// A policy with its number.
type Numbered = (i32, Arc<Policy>);

impl Policies {
    pub(super) fn new(shipped: Policy) -> Self {
        Self {
            shipped: Arc::new(shipped),
            compiled: Arc::default(),
        }
    }

    /// What counts where a municipality has no policy of its own.
    pub(super) fn shipped(&self) -> &Arc<Policy> {
        &self.shipped
    }

    /// A municipality's policy with this number.
    pub(super) async fn numbered(
        &self,
        session: &Session,
        municipality_id: Uuid,
        number: i32,
    ) -> Result<Arc<Policy>, StoreError> {
        if number == 0 {
            return Ok(Arc::clone(&self.shipped));
        }
        if let Some(known) = self.known(municipality_id, number) {
            return Ok(known);
        }
        let stored = policy_version::Entity::find()
            .filter(Column::MunicipalityId.eq(municipality_id))
            .filter(Column::Number.eq(number))
            .one(session)
            .await?
            .ok_or_else(|| StoreError::Content(format!("there is no policy {number}")))?;
        let policy = Policy::compile(&stored.rules).await.map_err(|error| {
            StoreError::Content(format!("policy {number} of municipality {municipality_id}: {error}"))
        })?;
        let policy = Arc::new(policy);
        let mut compiled = self.compiled.write().unwrap_or_else(PoisonError::into_inner);
        let newest = compiled
            .entry(municipality_id)
            .or_insert_with(|| (number, Arc::clone(&policy)));
        if newest.0 < number {
            *newest = (number, Arc::clone(&policy));
        }
        Ok(policy)
    }

    fn known(&self, municipality_id: Uuid, number: i32) -> Option<Arc<Policy>> {
        let compiled = self.compiled.read().unwrap_or_else(PoisonError::into_inner);
        compiled
            .get(&municipality_id)
            .filter(|(of, _)| *of == number)
            .map(|(_, policy)| Arc::clone(policy))
    }
}

/// The number of the policy in force; 0 is the shipped one.
pub(super) async fn in_force(reader: &Reader) -> Result<i32, StoreError> {
    let newest = reader
        .find::<policy_version::Entity>()
        .filter(Column::InForce.eq(true))
        .order_by_desc(Column::Number)
        .one(reader.session())
        .await?;
    Ok(newest.map_or(0, |version| version.number))
}
