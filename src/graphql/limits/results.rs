//! How much one answer may hold, counted while it is made.
//!
//! What a document asks for cannot be told from its text: lists inside lists multiply by what the database holds, and
//! in the schema's own description (`__schema`, `__type`) by its size. 160 bytes of either ended the process.

use std::{
    collections::HashMap,
    future::poll_fn,
    pin::pin,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    task::Poll,
};

use async_graphql::{
    Name, Value,
    parser::types::{ExecutableDocument, Field, Selection, SelectionSet},
};

use crate::graphql::error::{ErrorCode, RequestError};

/// Bytes of text that weigh as much as one result.
const TEXT_BYTES: usize = 200;

/// Results that are begun before other tasks, and the execution's timeout, have their turn.
const SLICE: usize = 512;

/// The results of one request: fields and list items.
pub(in crate::graphql) struct Results {
    limit: usize,
    found: AtomicUsize,
    /// How many may still begin before other tasks have their turn.
    left: AtomicUsize,
    /// What spreading each fragment costs.
    fragments: OnceLock<HashMap<Name, usize>>,
}

impl Results {
    pub(in crate::graphql) fn new(limit: usize) -> Self {
        Self {
            limit,
            found: AtomicUsize::new(0),
            left: AtomicUsize::new(usize::MAX),
            fragments: OnceLock::new(),
        }
    }

    /// Learns the fragments of the document, of which none contains itself.
    pub(in crate::graphql) fn learn(&self, document: &ExecutableDocument) {
        let mut costs = HashMap::new();
        for name in document.fragments.keys() {
            spread(document, name, &mut costs);
        }
        // A request has one document.
        let _ = self.fragments.set(costs);
    }

    /// Counts a field or list item that is about to be resolved, with what is done for its selections that are no
    /// fields of their own.
    pub(in crate::graphql) fn begin(&self, field: &Field) {
        let unresolved = cost(&field.selection_set.node, &mut |name| {
            self.fragments
                .get()
                .and_then(|costs| costs.get(name))
                .copied()
                .unwrap_or(0)
        });
        self.add(1 + key(field) + unresolved);
    }

    /// Counts the text of what was resolved.
    pub(in crate::graphql) fn text(&self, value: Option<&Value>) {
        if let Some(Value::String(text)) = value {
            self.add(text.len() / TEXT_BYTES);
        }
    }

    /// Counts other work for the answer.
    pub(in crate::graphql) fn add(&self, count: usize) {
        self.found.fetch_add(count, Ordering::Relaxed);
    }

    /// Why the execution stops, when it has to.
    pub(in crate::graphql) fn check(&self) -> Result<(), RequestError> {
        if self.found.load(Ordering::Relaxed) <= self.limit {
            return Ok(());
        }
        let limit = self.limit;
        Err(RequestError::new(
            ErrorCode::LimitExceeded,
            message!("request-answer-too-large", limit),
        ))
    }

    /// Executes in slices, between which other tasks and the timeout have their turn.
    ///
    /// Whoever waits inside leaves its siblings to go on within the same poll, so that nothing inside can give way on
    /// its own: [`Results::turn`] makes all of them wait for the next poll from here.
    pub(in crate::graphql) async fn in_slices<T>(&self, execution: impl Future<Output = T>) -> T {
        let mut execution = pin!(execution);
        poll_fn(|context| {
            self.left.store(SLICE, Ordering::Relaxed);
            execution.as_mut().poll(context)
        })
        .await
    }

    /// Goes on with a resolution while the slice lasts, so that a used-up slice costs nothing for all that waits deeper.
    pub(in crate::graphql) async fn within_slice<T>(&self, resolution: impl Future<Output = T>) -> T {
        let mut resolution = pin!(resolution);
        poll_fn(|context| {
            if self.left.load(Ordering::Relaxed) == 0 {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            resolution.as_mut().poll(context)
        })
        .await
    }

    /// Waits for the next slice when this one is used up.
    pub(in crate::graphql) async fn turn(&self) {
        poll_fn(|context| {
            let took = self
                .left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
            if took.is_ok() {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

fn key(field: &Field) -> usize {
    field.response_key().node.len() / TEXT_BYTES
}

/// What a selection set costs for each object, apart from the fields that are resolved and counted themselves.
fn cost<'a>(set: &'a SelectionSet, spread: &mut impl FnMut(&'a Name) -> usize) -> usize {
    let mut sum = 0;
    for item in &set.items {
        sum += match &item.node {
            Selection::Field(field) if field.node.name.node == "__typename" => 1 + key(&field.node),
            Selection::Field(_) => 0,
            Selection::InlineFragment(fragment) => 1 + cost(&fragment.node.selection_set.node, spread),
            Selection::FragmentSpread(fragment) => 1 + spread(&fragment.node.fragment_name.node),
        };
    }
    sum
}

fn spread<'a>(document: &'a ExecutableDocument, name: &'a Name, costs: &mut HashMap<Name, usize>) -> usize {
    if let Some(known) = costs.get(name) {
        return *known;
    }
    let found = document.fragments.get(name).map_or(0, |fragment| {
        cost(&fragment.node.selection_set.node, &mut |inner| {
            spread(document, inner, costs)
        })
    });
    costs.insert(name.clone(), found);
    found
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use async_graphql::parser::parse_query;

    use super::*;

    /// What the first field of a document counts for.
    fn counted(text: &str) -> usize {
        let document = parse_query(text).unwrap();
        let results = Results::new(0);
        results.learn(&document);
        let (_, operation) = document.operations.iter().next().unwrap();
        match &operation.node.selection_set.node.items[0].node {
            Selection::Field(field) => results.begin(&field.node),
            other => panic!("{other:?}"),
        }
        results.found.into_inner()
    }

    #[test]
    fn a_field_counts_for_one_and_what_is_resolved_in_it_for_itself() {
        assert_eq!(counted("{ a }"), 1);
        assert_eq!(counted("{ a { b c { d } } }"), 1);
    }

    #[test]
    fn what_is_never_resolved_counts_with_the_object() {
        assert_eq!(counted("{ a { __typename x: __typename b } }"), 3);
        assert_eq!(counted("{ a { ... { __typename } ... on T { b } } }"), 4);
        assert_eq!(
            counted("{ a { ...F ...F } } fragment F on T { __typename ...G } fragment G on T { b __typename }"),
            9
        );
    }

    #[test]
    fn long_names_and_texts_count_for_more() {
        let name = "x".repeat(1_000);
        assert_eq!(counted(&format!("{{ {name}: a }}")), 6);
        assert_eq!(counted(&format!("{{ a {{ {name}: __typename }} }}")), 7);
        let results = Results::new(0);
        results.text(Some(&Value::String(name)));
        results.text(Some(&Value::String("short".to_owned())));
        results.text(None);
        assert_eq!(results.found.into_inner(), 5);
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        let results = Results::new(2);
        results.add(2);
        assert_eq!(results.check(), Ok(()));
        results.add(1);
        let error = results.check().unwrap_err();
        assert_eq!(error.code, ErrorCode::LimitExceeded);
    }

    #[test]
    fn a_slice_ends_for_all_that_are_in_it() {
        let results = Results::new(0);
        let mut execution = pin!(results.in_slices(async {
            for _ in 0..SLICE {
                results.turn().await;
            }
            let (mut one, mut other) = (pin!(results.turn()), pin!(results.turn()));
            let mut polls = 0;
            poll_fn(|context| {
                polls += 1;
                let both = (one.as_mut().poll(context), other.as_mut().poll(context));
                assert_eq!(both.0, both.1);
                both.0
            })
            .await;
            polls
        }));
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(execution.as_mut().poll(&mut context), Poll::Pending);
        assert_eq!(execution.as_mut().poll(&mut context), Poll::Ready(2));
    }
}
