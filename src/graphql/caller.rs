use super::{ErrorCode, RequestError, Result, notes::Notes};
use crate::{
    access::{AccessError, Gate, Identity, Reader, Right},
    language::{AnswerLanguage, Message},
    use_case::{self, Repeatable},
};
use async_graphql::Context;
use entity::Language;
use serde_json::Value as Json;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Who sends a request, and what its resolvers read with. Every transport puts one into the request's data.
#[derive(Debug)]
pub struct Caller {
    gate: Gate,
    identity: Identity,
    request_id: Uuid,
    answer_language: AnswerLanguage,
    reader: Mutex<Arc<OnceCell<Arc<Reader>>>>,
    notes: Mutex<Notes>,
}

impl Caller {
    /// The caller of a request.
    #[must_use]
    pub fn new(gate: Gate, identity: Identity, request_id: Uuid) -> Self {
        Self {
            gate,
            identity,
            request_id,
            answer_language: AnswerLanguage::default(),
            reader: Mutex::default(),
            notes: Mutex::default(),
        }
    }

    /// Answers in this language.
    #[must_use]
    pub fn with_answer_language(mut self, language: AnswerLanguage) -> Self {
        self.answer_language = language;
        self
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

    /// What decides the language of the answer.
    #[must_use]
    pub fn answer_language(&self) -> &AnswerLanguage {
        &self.answer_language
    }

    /// The request as a use case comes with it.
    #[must_use]
    pub fn use_case_request(&self, repeatable: Option<Repeatable>) -> use_case::Request {
        use_case::Request {
            id: self.request_id,
            identity: self.identity.clone(),
            language: self.answer_language.clone(),
            repeatable,
        }
    }

    /// The language of the answer, as far as it is known: before the user is read, the one that the request asks for.
    #[must_use]
    pub fn language(&self) -> Language {
        self.answer_language.get()
    }

    /// What the audit log has to be told of the request.
    pub(super) fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to somebody who lacks a right for a query, which is noted: the refusal is an event.
    #[must_use]
    pub fn forbidden(&self, query: &str, right: Right) -> RequestError {
        self.notes().forbidden(query, right);
        RequestError::new(
            ErrorCode::Forbidden,
            message!("access-may-not-read", right = right.term()),
        )
    }

    /// Notes that something was refused to the caller: that is an event too. `subject` is the table and the id of what it was
    /// about.
    ///
    /// # Errors
    /// When it cannot be read who they are.
    pub(crate) async fn note_refusal(
        &self,
        operation: &str,
        reason: &Message,
        subject: Option<(String, Uuid)>,
    ) -> Result<(), AccessError> {
        // Who it was is read with the reader, which notes them.
        self.reader().await?;
        // The log is in one language, whatever who was refused reads.
        let reason = reason.in_language(Language::En);
        self.notes().refused(operation, reason, subject);
        Ok(())
    }

    /// Notes that whoever sends it is not known, or no longer active.
    pub(crate) fn note_unknown(&self) {
        self.notes().unknown = true;
    }

    /// Notes that a page of the audit log goes into the answer: which events of it.
    pub(crate) fn note_log_page(&self, page: Json) {
        self.notes().log_page(page);
    }

    /// The one snapshot that all of the request's queries read.
    ///
    /// # Errors
    /// When the user is no longer active, or the database fails.
    pub async fn reader(&self) -> Result<Arc<Reader>, AccessError> {
        let cell = Arc::clone(&*self.own_reader());
        cell.get_or_try_init(|| self.new_reader()).await.cloned()
    }

    /// A snapshot of its own, which sees what a mutation of this request has stored.
    ///
    /// # Errors
    /// As [`Self::reader`].
    pub async fn new_reader(&self) -> Result<Arc<Reader>, AccessError> {
        match self.gate.reader(&self.identity).await {
            Ok(reader) => {
                self.answer_language.note_choice(reader.actor().language());
                self.notes().read_with(&reader);
                Ok(Arc::new(reader))
            }
            Err(error) => {
                if matches!(error, AccessError::Unknown) {
                    self.notes().unknown = true;
                }
                Err(error)
            }
        }
    }

    /// Ends the snapshot, so that no connection is held while another is waited for.
    pub(super) fn release_reader(&self) {
        *self.own_reader() = Arc::default();
    }

    fn own_reader(&self) -> MutexGuard<'_, Arc<OnceCell<Arc<Reader>>>> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
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
pub const fn unauthenticated(message: Message) -> RequestError {
    RequestError::new(ErrorCode::Unauthenticated, message)
}
