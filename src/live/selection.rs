use crate::{
    graphql::{ErrorCode, RequestError, operation::selected_operation},
    language::Message,
};
use async_graphql::{
    Name, Positioned, Request, ServerError, Variables,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition, OperationType,
        Selection as Item, SelectionSet,
    },
};
use std::collections::{BTreeSet, HashMap};

/// What a subscription selects, as the query that each of its events is.
#[derive(Clone, Debug)]
pub struct Selection {
    text: String,
    document: ExecutableDocument,
    variables: Variables,
}

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

impl Selection {
    /// What the request's operation selects, if that is a subscription.
    ///
    /// # Errors
    /// When the document cannot be read, or the subscription has not exactly one root field (GraphQL specification,
    /// section 5.2.3.1).
    pub fn of(request: &mut Request) -> Result<Option<Self>, ServerError> {
        let operation_name = request.operation_name.clone();
        let document = request.parsed_query()?;
        let Some(operation) = selected_operation(document, operation_name.as_deref()) else {
            return Ok(None);
        };
        if operation.node.ty != OperationType::Subscription {
            return Ok(None);
        }
        refuse_several_roots(&operation.node, &document.fragments)?;
        Ok(Some(Self {
            document: alone(name_of(document, operation), operation.clone(), &document.fragments),
            text: request.query.clone(),
            variables: request.variables.clone(),
        }))
    }

    /// The query that an event is.
    #[must_use]
    pub fn request(&self) -> Request {
        let mut request = Request::new(self.text.clone()).variables(self.variables.clone());
        request.set_parsed_query(self.document.clone());
        request
    }
}

/// What the document calls an operation of it.
fn name_of(document: &ExecutableDocument, operation: &Positioned<OperationDefinition>) -> Option<Name> {
    let mut operations = document.operations.iter();
    let (name, _) = operations.find(|(_, other)| std::ptr::eq(*other, operation))?;
    name.cloned()
}

/// The operation as a query, in a document with the fragments that it needs: the others are about what is not here.
fn alone(
    name: Option<Name>,
    mut operation: Positioned<OperationDefinition>,
    fragments: &Fragments,
) -> ExecutableDocument {
    operation.node.ty = OperationType::Query;
    let mut needed = BTreeSet::new();
    let mut open = vec![&operation.node.selection_set.node];
    while let Some(set) = open.pop() {
        for item in &set.items {
            match &item.node {
                Item::Field(field) => open.push(&field.node.selection_set.node),
                Item::InlineFragment(fragment) => open.push(&fragment.node.selection_set.node),
                Item::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = fragments.get(name)
                        && needed.insert(name.clone())
                    {
                        open.push(&fragment.node.selection_set.node);
                    }
                }
            }
        }
    }
    let fragments = fragments.iter().filter(|(name, _)| needed.contains(*name));
    let fragments = fragments
        .map(|(name, fragment)| (name.clone(), fragment.clone()))
        .collect();
    let operations = match name {
        // By its name the log knows it.
        Some(name) => DocumentOperations::Multiple(HashMap::from_iter([(name, operation)])),
        None => DocumentOperations::Single(operation),
    };
    ExecutableDocument { operations, fragments }
}

fn refuse_several_roots(operation: &OperationDefinition, fragments: &Fragments) -> Result<(), RequestError> {
    let refuse = |message: Message| Err(RequestError::new(ErrorCode::BadRequest, message));
    let mut roots = BTreeSet::new();
    let mut visited = BTreeSet::new();
    let mut open: Vec<&SelectionSet> = vec![&operation.selection_set.node];
    while let Some(set) = open.pop() {
        for item in &set.items {
            if is_conditional(item.node.directives()) {
                return refuse(message!("request-conditional-root"));
            }
            match &item.node {
                Item::Field(field) => {
                    if field.node.name.node.starts_with("__") {
                        return refuse(message!("request-root-introspection"));
                    }
                    roots.insert(field.node.response_key().node.as_str());
                }
                Item::InlineFragment(fragment) => open.push(&fragment.node.selection_set.node),
                Item::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = fragments.get(name)
                        && visited.insert(name.clone())
                    {
                        open.push(&fragment.node.selection_set.node);
                    }
                }
            }
        }
    }
    match roots.len() {
        1 => Ok(()),
        _ => refuse(message!("request-one-root")),
    }
}

fn is_conditional(directives: &[Positioned<Directive>]) -> bool {
    directives
        .iter()
        .any(|directive| matches!(directive.node.name.node.as_str(), "skip" | "include"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Option<Selection>, String> {
        Selection::of(&mut Request::new(text)).map_err(|error| error.message)
    }

    #[test]
    fn only_subscriptions_have_one() {
        assert!(of("{ a }").unwrap().is_none());
        assert!(of("mutation { a }").unwrap().is_none());
        assert!(of("subscription { a { b } }").unwrap().is_some());
    }

    #[test]
    fn an_event_is_a_query_of_what_the_operation_needs() {
        let text = "query Q { x ...OfQuery } subscription S { a { ...A } }
            fragment A on T { b { ...B } } fragment B on T { c } fragment OfQuery on Query { y }";
        let mut request = Request::new(text).operation_name("S");
        let mut event = Selection::of(&mut request).unwrap().unwrap().request();
        let document = event.parsed_query().unwrap();
        let operations: Vec<_> = document
            .operations
            .iter()
            .map(|(name, it)| (name.map(Name::as_str), it.node.ty))
            .collect();
        assert_eq!(operations, [(Some("S"), OperationType::Query)]);
        let mut fragments: Vec<_> = document.fragments.keys().map(Name::as_str).collect();
        fragments.sort_unstable();
        assert_eq!(fragments, ["A", "B"]);
    }

    #[test]
    fn a_subscription_has_one_root_field() {
        for text in [
            "subscription { a b }",
            "subscription { a other: a }",
            "subscription { ...F } fragment F on Subscription { a b }",
            "subscription { a ... on Subscription { b } }",
        ] {
            assert!(of(text).unwrap_err().contains("exactly one root field"), "{text}");
        }
        for text in [
            "subscription { __typename }",
            "subscription { ... { __schema { types { name } } } }",
        ] {
            assert!(of(text).unwrap_err().contains("introspection"), "{text}");
        }
        for text in [
            "subscription { a @skip(if: false) }",
            "subscription { ...F @include(if: true) } fragment F on Subscription { a }",
        ] {
            assert!(of(text).unwrap_err().contains("@skip"), "{text}");
        }
        assert!(of("subscription { a { b } a { c } }").unwrap().is_some());
    }
}
