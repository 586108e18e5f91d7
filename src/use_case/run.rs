use super::{Failure, Repeatable, Transaction, idempotency::Owner};
use crate::{
    access::{Gate, Identity, Permit},
    language::AnswerLanguage,
};
use std::future::Future;
use uuid::Uuid;

/// Something that the API can do: its input, and how it is authorised and performed.
pub trait UseCase: Send + Sync {
    /// Its name, the same as the mutation's: `createCommittee`.
    const NAME: &'static str;

    /// What authorising it had to load, for performing it.
    type Subject: Send;

    /// Loads what it is about within the actor's scope, and asks for leave. Runs also when a key is repeated.
    fn authorise(&self, tx: &Transaction) -> impl Future<Output = Result<(Permit, Self::Subject), Failure>> + Send;

    /// Applies the rules and writes. Answers the id of the object that it made or changed.
    fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        subject: Self::Subject,
    ) -> impl Future<Output = Result<Uuid, Failure>> + Send;
}

/// The request that a use case came with.
#[derive(Clone, Debug)]
pub struct Request {
    /// The request's id, which the log and the audit events have.
    pub id: Uuid,
    /// Who sends it.
    pub identity: Identity,
    /// The language of its answer, which is told what the actor has chosen.
    pub language: AnswerLanguage,
    /// The client's idempotency key, if it gave one.
    pub repeatable: Option<Repeatable>,
}

/// Carries out a use case: all of it or nothing.
///
/// # Errors
/// Everything that is wrong with the input, a missing identity, or a failing database.
#[tracing::instrument(name = "use_case", level = "debug", skip_all, fields(name = U::NAME))]
pub async fn run<U: UseCase>(gate: &Gate, request: Request, use_case: U) -> Result<Uuid, Failure> {
    let (session, trail, actor) = gate.writer(&request.identity).await?;
    request.language.note_choice(actor.language());
    let user_id = actor.user_id().ok_or(Failure::Unauthenticated)?;
    let owner = Owner {
        municipality_id: actor.municipality_id(),
        user_id,
        use_case: U::NAME,
    };
    let mut tx = Transaction::begin(session, trail, actor, gate.clock().clone(), request.id, U::NAME);
    let (permit, subject) = use_case.authorise(&tx).await?;
    if let Some(repeatable) = &request.repeatable {
        let earlier = repeatable.earlier(tx.reader().session(), owner).await?;
        if let Some(object) = earlier {
            return Ok(object);
        }
    }
    let object = use_case.perform(&mut tx, permit, subject).await?;
    if let Some(repeatable) = request.repeatable {
        repeatable.keep(tx.reader().session(), owner, object).await?;
    }
    tx.commit().await?;
    Ok(object)
}
