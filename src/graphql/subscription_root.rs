use async_graphql::{Context, ObjectType, Response, SubscriptionType, registry::Registry};
use futures_util::stream::{self, Stream};
use std::{borrow::Cow, marker::PhantomData, pin::Pin};

use super::{ErrorCode, RequestError};
use crate::language::Message;

/// Describes an object as the root of a schema's subscriptions.
///
/// It describes them only: a subscription is carried out by executing what it selects of the object again and again
/// (`live`), so that each event is a request like any other. async-graphql's own streams would share one request's data,
/// who asks included, between all events.
#[derive(Clone, Copy, Debug)]
pub struct SubscriptionRoot<T>(PhantomData<fn() -> T>);

impl<T> Default for SubscriptionRoot<T> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T: ObjectType> SubscriptionType for SubscriptionRoot<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    fn create_field_stream<'a>(
        &'a self,
        _: &'a Context<'_>,
    ) -> Option<Pin<Box<dyn Stream<Item = Response> + Send + 'a>>> {
        let refusal = RequestError::new(ErrorCode::BadRequest, NOT_HERE);
        Some(Box::pin(stream::iter([Response::from_errors(vec![refusal.into()])])))
    }
}

/// The answer to a subscription by a transport that carries none.
pub const NOT_HERE: Message = message!("request-subscriptions-elsewhere");
