//! What is done when a request is answered and before the answer leaves: the audit log is told what was read of what is
//! confidential, and what was refused.
//!
//! It is an extension of the schema, so that it holds for every transport.

use super::{Caller, ErrorCode, Look, RequestError, error::is_code, notes::Signature, request_id::RequestId};
use crate::{
    access::Identity,
    audit::{self, Incident, SignInFailure},
    database::StoreError,
};
use async_graphql::{
    Response, ServerError, ServerResult, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery},
    parser::types::{DocumentOperations, ExecutableDocument},
};
use std::sync::{Arc, OnceLock};

/// The most characters of an operation's name that the log keeps.
const NAME_LENGTH: usize = 200;

/// Concludes every request whose data has a [`Caller`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Conclusion;

impl ExtensionFactory for Conclusion {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(OfRequest::default())
    }
}

/// The conclusion of one request.
#[derive(Default)]
struct OfRequest {
    /// The name of the document's one operation.
    only_name: OnceLock<Option<String>>,
}

#[async_trait::async_trait]
impl Extension for OfRequest {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await?;
        self.only_name.get_or_init(|| match &document.operations {
            DocumentOperations::Multiple(operations) if operations.len() == 1 => {
                operations.keys().next().map(ToString::to_string)
            }
            _ => None,
        });
        Ok(document)
    }

    async fn execute(&self, ctx: &ExtensionContext<'_>, operation: Option<&str>, next: NextExecute<'_>) -> Response {
        let response = next.run(ctx, operation).await;
        let Some(caller) = ctx.data_opt::<Caller>() else {
            return response;
        };
        let name = operation.or_else(|| self.only_name.get().and_then(Option::as_deref));
        let name: Option<String> = name.map(|name| name.chars().take(NAME_LENGTH).collect());
        if let Some(look) = ctx.data_opt::<Look>()
            && !look.is_news(&response)
        {
            // It is kept back, so that nothing of it was read by anybody.
            caller.notes().forget_reads();
        }
        match caller.conclude(name.as_deref(), &response.errors).await {
            Ok(()) => response,
            Err(error) => Response::from_errors(vec![withheld(caller, error)]),
        }
    }
}

/// The answer instead of one that may not leave, since nobody would know afterwards who got it.
fn withheld(caller: &Caller, error: StoreError) -> ServerError {
    tracing::error!(%error, "an answer was withheld: what was read of it is missing in the audit log");
    match error {
        StoreError::Unavailable(_) => {
            RequestError::new(ErrorCode::Unavailable, message!("request-database-unavailable")).into()
        }
        _ => RequestError::internal(RequestId::of(caller.request_id())),
    }
}

impl Caller {
    /// Tells the audit log what it has to know of the request. `errors` are those of the answer.
    ///
    /// # Errors
    /// When it cannot be written that something confidential was read: the answer may not leave then.
    pub(crate) async fn conclude(&self, operation: Option<&str>, errors: &[ServerError]) -> Result<(), StoreError> {
        self.release_reader();
        let signature = Signature {
            request_id: self.request_id(),
            operation,
            at: self.gate().clock().now(),
        };
        let (reads, refusals, unknown) = {
            let mut notes = self.notes();
            if errors.iter().any(|error| is_code(error, ErrorCode::Forbidden)) {
                notes.refused_somehow();
            }
            (
                notes.take_reads(&signature),
                notes.take_refusals(&signature),
                std::mem::take(&mut notes.unknown),
            )
        };
        if let Some((municipality_id, events)) = reads {
            audit::record(self.gate().database(), self.gate().audit_key(), municipality_id, events).await?;
        }
        for refusal in refusals {
            let municipality_id = Some(self.identity().municipality_id());
            self.gate()
                .incidents()
                .tell(self.gate(), municipality_id, refusal)
                .await;
        }
        if unknown {
            self.tell_unknown(&signature).await;
        }
        Ok(())
    }

    /// Tells that a good token's holder could not sign in: in the log of their municipality, where the token is known to
    /// be of it.
    async fn tell_unknown(&self, signature: &Signature<'_>) {
        let mut municipality_id = Some(self.identity().municipality_id());
        let (failure, user_id) = match self.identity() {
            Identity::Public { .. } => return,
            Identity::User { user_id, .. } => (SignInFailure::UnknownUser, Some(*user_id)),
            Identity::External { .. } => (SignInFailure::UnknownUser, None),
            // Anybody can make up a token: only one that was given out once says whose it is.
            Identity::Service { .. } => match self.gate().account_of_token(self.identity()).await {
                Ok(Some(user_id)) => (SignInFailure::Revoked, Some(user_id)),
                Ok(None) => {
                    municipality_id = None;
                    (SignInFailure::Invalid, None)
                }
                Err(error) => {
                    tracing::error!(%error, "a failed sign-in is missing in the audit log");
                    return;
                }
            },
        };
        let incident = Incident::sign_in(failure, user_id, signature.request_id, signature.at);
        self.gate()
            .incidents()
            .tell(self.gate(), municipality_id, incident)
            .await;
    }
}
