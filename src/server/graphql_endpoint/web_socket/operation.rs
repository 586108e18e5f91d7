use async_graphql::{Executor, Request, ServerError};
use axum::http::request::Parts;
use tokio::sync::mpsc;

use super::super::{
    GraphqlEndpoint, RequestContext,
    answer::Failure,
    parameters::Sent,
    subscription::{NotOpened, Subscription, Told},
};
use super::message::Outgoing;
use crate::{
    graphql::request_id::RequestId,
    live::{Live, Selection},
    server::accept_language,
};

/// What an operation says on its connection.
#[derive(Debug)]
pub(super) struct Said {
    /// Which operation it is: its id may be another's by now.
    pub(super) number: u64,
    pub(super) id: String,
    pub(super) text: String,
    /// Whether it has said all.
    pub(super) is_last: bool,
}

/// An operation that a client has sent.
pub(super) struct Operation<E, C> {
    pub(super) endpoint: GraphqlEndpoint<E, C>,
    pub(super) live: Live,
    pub(super) parts: Parts,
    pub(super) id: String,
    pub(super) number: u64,
    pub(super) connection: mpsc::Sender<Said>,
}

impl<E: Executor, C: RequestContext> Operation<E, C> {
    /// Executes a request, and says what comes of it.
    pub(super) async fn run(mut self, sent: Sent) {
        self.parts.extensions.insert(RequestId::new());
        self.parts
            .extensions
            .insert(accept_language::of_headers(&self.parts.headers));
        let parsed = self.endpoint.parse(sent).and_then(|mut request| {
            let selection = Selection::of(&mut request)?;
            Ok((request, selection))
        });
        match parsed {
            Ok((request, Some(selection))) => self.follow(&request, selection).await,
            Ok((request, None)) => match self.endpoint.answer(&self.parts, request).await {
                Ok(response) => {
                    let next = Outgoing::Next {
                        id: &self.id,
                        payload: &response,
                    };
                    if self.say(&next, false).await {
                        self.say(&Outgoing::Complete { id: &self.id }, true).await;
                    }
                }
                Err(failure) => self.fail(failure).await,
            },
            Err(failure) => self.fail(failure).await,
        }
    }

    async fn follow(&self, request: &Request, selection: Selection) {
        let (live, context) = (self.live.clone(), self.endpoint.context.clone());
        let opened = Subscription::open(live, context, self.parts.clone(), selection, None).await;
        let mut subscription = match opened {
            Ok(subscription) => subscription,
            Err(NotOpened::Refused(refusal)) => return self.fail(refusal).await,
            Err(NotOpened::Impossible(error)) => return self.fail(error).await,
        };
        self.endpoint.documents.remember(request);
        while let Some(told) = subscription.next().await {
            match told {
                Told::Event(_, response) => {
                    let next = Outgoing::Next {
                        id: &self.id,
                        payload: &response,
                    };
                    if !self.say(&next, false).await {
                        return;
                    }
                }
                Told::End(errors) => self.end(&errors).await,
            }
        }
    }

    async fn fail(&self, failure: impl Into<Failure>) {
        let language = accept_language::of_parts(&self.parts);
        self.end(&failure.into().into_errors(&language)).await;
    }

    async fn end(&self, errors: &[ServerError]) {
        let error = Outgoing::Error {
            id: &self.id,
            payload: errors,
        };
        self.say(&error, true).await;
    }

    /// Waits until the connection takes it. Answers whether there is somebody to say more to.
    async fn say(&self, message: &Outgoing<'_>, is_last: bool) -> bool {
        let Some(text) = message.text() else { return false };
        let said = Said {
            number: self.number,
            id: self.id.clone(),
            text,
            is_last,
        };
        self.connection.send(said).await.is_ok()
    }
}
