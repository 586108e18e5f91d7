//! Handles the errors of fields as the GraphQL specification says (section 6.4.4): a nullable field that fails becomes
//! null, a field that may not be null makes its parent null, and each failure is told once, with its whole path. And
//! stops the execution when the answer becomes too large.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{
    PathSegment, Pos, QueryPathNode, QueryPathSegment, ServerError, ServerResult, Value,
    extensions::{ExtensionContext, NextResolve, ResolveInfo},
    futures_util::FutureExt,
};

use super::RequestState;
use crate::graphql::error::RequestError;

/// The source of an error that only carries a null upwards: the failure itself is already recorded.
///
/// async-graphql shortens the paths of errors that it passes up through lists; so the error that it passes is never the
/// one that is answered.
struct Recorded;

/// Where in the answer, and in the document, a field or list item stands.
struct Place<'a> {
    node: &'a QueryPathNode<'a>,
    position: Pos,
}

impl Place<'_> {
    fn path(&self) -> Vec<PathSegment> {
        let mut path = Vec::new();
        let mut node = Some(self.node);
        while let Some(QueryPathNode { parent, segment }) = node {
            path.push(match segment {
                QueryPathSegment::Index(index) => PathSegment::Index(*index),
                QueryPathSegment::Name(name) => PathSegment::Field((*name).to_owned()),
            });
            node = *parent;
        }
        path.reverse();
        path
    }
}

/// Completes one field, or one item of a list.
pub(super) async fn resolve(
    request: &RequestState,
    ctx: &ExtensionContext<'_>,
    info: ResolveInfo<'_>,
    next: NextResolve<'_>,
) -> ServerResult<Option<Value>> {
    request.results.turn().await;
    request.results.begin(info.field);
    if request.results.check().is_err() {
        return Err(passed_up());
    }
    let place = Place {
        node: info.path_node,
        position: info.field.name.pos,
    };
    // For items the type is not always told rightly, and their nulls async-graphql handles rightly.
    let is_field = matches!(info.path_node.segment, QueryPathSegment::Name(_));
    let (return_type, parent_type, name) = (info.return_type, info.parent_type, info.name);
    let non_null = return_type.ends_with('!');
    let checked = is_field && !info.is_for_introspection;

    let resolution = request.results.within_slice(next.run(ctx, info));
    let result = match AssertUnwindSafe(resolution).catch_unwind().await {
        Ok(result) => result,
        Err(panic) => Err(panicked(request, ctx, &place, &*panic)),
    };
    if let Ok(value) = &result {
        request.results.text(value.as_ref());
    }
    // Also where null would do: nothing of the answer is kept.
    if request.results.check().is_err() {
        return Err(passed_up());
    }
    let error = match result {
        Ok(None | Some(Value::Null)) if non_null && checked => ServerError::new(
            format!("Cannot return null for the non-nullable field {parent_type}.{name}."),
            Some(place.position),
        ),
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let error = record(request, &place, error);
    if is_field && !non_null {
        Ok(Some(Value::Null))
    } else {
        Err(error)
    }
}

/// Keeps an error for the answer, and gives one to pass up in its place.
fn record(request: &RequestState, place: &Place<'_>, mut error: ServerError) -> ServerError {
    if error.source::<Recorded>().is_none() {
        error.path = place.path();
        if error.locations.is_empty() {
            error.locations.push(place.position);
        }
        request.results.add(error.path.len());
        request.errors().push(error);
        error = passed_up();
    }
    error
}

fn passed_up() -> ServerError {
    let mut error = ServerError::new("recorded", None);
    error.source = Some(Arc::new(Recorded));
    error
}

fn panicked(
    request: &RequestState,
    ctx: &ExtensionContext<'_>,
    place: &Place<'_>,
    panic: &(dyn Any + Send),
) -> ServerError {
    let id = request.id(ctx);
    tracing::error!(request_id = %id, path = ?place.path(), panic = panic_message(panic), "a resolver panicked");
    RequestError::internal(id)
}

/// What a panic says.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

/// Puts the recorded errors in the place of those that were passed up.
pub(super) fn collect_errors(answer: &mut Vec<ServerError>, recorded: &mut Vec<ServerError>) {
    answer.retain(|error| error.source::<Recorded>().is_none());
    answer.append(recorded);
}
