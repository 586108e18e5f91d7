//! From a mutation's input to its payload.

use super::{Caller, Fault, Result, UserError, decode, unauthenticated};
use crate::{
    access::Reader,
    database::StoreError,
    use_case::{Failure, Problem, Repeatable, UseCase, run},
};
use async_graphql::{Context, ID, Value};
use std::{future::Future, sync::Arc};
use uuid::Uuid;

/// An object of the API that can be read by its id.
pub trait Lookup: Sized + Send {
    /// The objects with these ids that the reader can see, each with its id, in no certain order.
    fn lookup_all(
        reader: &Arc<Reader>,
        ids: Vec<Uuid>,
    ) -> impl Future<Output = Result<Vec<(Uuid, Self)>, StoreError>> + Send;

    /// The object with this id, if the reader can see it.
    fn lookup(reader: &Arc<Reader>, id: Uuid) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send {
        async move {
            let found = Self::lookup_all(reader, vec![id]).await?;
            Ok(found.into_iter().next().map(|(_, object)| object))
        }
    }
}

/// What a mutation answers: the object, or why not.
pub struct Outcome<T> {
    /// The object as it is after the change, as the caller can see it.
    pub object: Option<T>,
    /// Everything that stood in the way.
    pub errors: Vec<UserError>,
}

/// Carries out the use case that a mutation's input is, and reads its object.
///
/// # Errors
/// When nobody is signed in, or the database fails. What is wrong with the input is in the outcome.
pub async fn carry_out<U, T>(ctx: &Context<'_>, idempotency_key: Option<String>, use_case: U) -> Result<Outcome<T>>
where
    U: UseCase,
    T: Lookup,
{
    let caller = Caller::of(ctx)?;
    let repeatable = match idempotency_key {
        None => None,
        Some(key) => Some(Repeatable {
            key,
            input_hash: input_hash(ctx)?,
        }),
    };
    match run(caller.gate(), caller.use_case_request(repeatable), use_case).await {
        Ok(id) => {
            let reader = caller.new_reader().await?;
            Ok(Outcome {
                object: T::lookup(&reader, id).await?,
                errors: Vec::new(),
            })
        }
        Err(Failure::Problems(problems)) => {
            note_refusals::<U>(ctx, caller, &problems).await?;
            Ok(Outcome {
                object: None,
                errors: problems
                    .into_iter()
                    .map(|problem| UserError::new(problem, caller.language()))
                    .collect(),
            })
        }
        Err(Failure::Unauthenticated) => {
            caller.note_unknown();
            Err(unauthenticated(message!("request-sign-in-to-change")).into())
        }
        Err(Failure::Store(error)) => Err(error.into()),
    }
}

/// Notes what of the problems is a refusal: the actor may not do it, or somebody else has to.
async fn note_refusals<U: UseCase>(ctx: &Context<'_>, caller: &Caller, problems: &[Problem]) -> Result<()> {
    for refusal in problems.iter().filter(|problem| problem.is_refusal()) {
        caller.note_refusal(U::NAME, &refusal.message, subject(ctx)).await?;
    }
    Ok(())
}

/// What a mutation's input is about: the first global id in it.
fn subject(ctx: &Context<'_>) -> Option<(String, Uuid)> {
    let arguments = ctx.field().arguments().ok()?;
    arguments.iter().find_map(|(_, value)| match value {
        Value::Object(input) => input.iter().find_map(|(name, value)| match value {
            Value::String(text) if name == "id" || name.ends_with("Id") => {
                let (kind, id) = decode(&ID(text.clone())).ok()?;
                Some((kind.table(), id))
            }
            _ => None,
        }),
        _ => None,
    })
}

/// The digest of a mutation's input without its idempotency key. Taken of what the client sent, in which a field that
/// was left out differs from one that is null.
fn input_hash(ctx: &Context<'_>) -> Result<String> {
    let mut arguments = ctx
        .field()
        .arguments()
        .map_err(|error| Fault::internal(error.message))?;
    for (_, value) in &mut arguments {
        if let Value::Object(input) = value {
            input.swap_remove("idempotencyKey");
        }
    }
    let json = serde_json_canonicalizer::to_vec(&arguments).map_err(|error| Fault::internal(error.to_string()))?;
    Ok(crate::digest::sha256_hex(&json))
}

/// Declares a room's mutations: for each its name, its input, which is its use case, and the payload's object.
///
/// The macro writes what every mutation has in common, so that a room's list says only what differs.
#[macro_export]
macro_rules! mutations {
    (
        $(#[$about:meta])*
        $room:ident {
            $(
                $(#[doc = $doc:literal])+
                $name:ident($input:ty) -> $payload:ident { $(#[doc = $object_doc:literal])* $object:ident: $type:ty }
            )+
        }
    ) => {
        $(
            /// The outcome of a mutation.
            ///
            $(#[doc = $doc])+
            #[derive(async_graphql::SimpleObject)]
            pub(crate) struct $payload {
                $(#[doc = $object_doc])*
                $object: Option<$type>,
                /// Everything that stood in the way; empty when it was done.
                #[graphql(complexity = "crate::graphql::limits::list_cost(crate::graphql::limits::expected::FEW, child_complexity)")]
                errors: Vec<$crate::graphql::UserError>,
            }
        )+

        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $room;

        #[async_graphql::Object]
        impl $room {
            $(
                $(#[doc = $doc])+
                async fn $name(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "What to do.")] input: $input,
                ) -> $crate::graphql::Result<$payload> {
                    let key = input.idempotency_key.clone();
                    let outcome = $crate::graphql::carry_out(ctx, key, input).await?;
                    Ok($payload { $object: outcome.object, errors: outcome.errors })
                }
            )+
        }
    };
}
