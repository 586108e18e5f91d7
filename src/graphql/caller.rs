use super::{ErrorCode, RequestError, Result};
use crate::access::{AccessError, Gate, Identity, Reader};
use async_graphql::Context;
use std::sync::Arc;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Who sends a request, and what its resolvers read with. Every transport puts one into the request's data.
#[derive(Debug)]
pub struct Caller {
    gate: Gate,
    identity: Identity,
    request_id: Uuid,
    reader: OnceCell<Arc<Reader>>,
}

impl Caller {
    /// The caller of a request.
    #[must_use]
    pub fn new(gate: Gate, identity: Identity, request_id: Uuid) -> Self {
        Self {
            gate,
            identity,
            request_id,
            reader: OnceCell::new(),
        }
    }

    /// The caller of the request that is being answered.
    ///
    /// # Errors
    /// When the transport named none.
    pub fn of<'a>(ctx: &Context<'a>) -> Result<&'a Self> {
        Ok(ctx.data::<Self>()?)
    }

    /// The way into the database.
    #[must_use]
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Who they say they are.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The request's id.
    #[must_use]
    pub fn request_id(&self) -> Uuid {
        self.request_id
    }

    /// The one snapshot that all of the request's queries read.
    ///
    /// # Errors
    /// When the user is no longer active, or the database fails.
    pub async fn reader(&self) -> Result<Arc<Reader>, AccessError> {
        self.reader.get_or_try_init(|| self.new_reader()).await.cloned()
    }

    /// A snapshot of its own, which sees what a mutation of this request has stored.
    ///
    /// # Errors
    /// As [`Self::reader`].
    pub async fn new_reader(&self) -> Result<Arc<Reader>, AccessError> {
        Ok(Arc::new(self.gate.reader(&self.identity).await?))
    }
}

/// The reader of the request that is being answered.
///
/// # Errors
/// When the user is no longer active, or the database fails.
pub async fn reader(ctx: &Context<'_>) -> Result<Arc<Reader>> {
    Ok(Caller::of(ctx)?.reader().await?)
}

/// The answer to somebody who has to sign in.
#[must_use]
pub fn unauthenticated(message: &str) -> RequestError {
    RequestError::new(ErrorCode::Unauthenticated, message)
}
