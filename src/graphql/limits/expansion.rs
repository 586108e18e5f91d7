//! How large a document is when its fragments are written out, computed without writing them out.

use std::collections::HashMap;

use async_graphql::{
    Name,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use crate::graphql::error::{ErrorCode, RequestError};

/// What a selection set holds, its fragments written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) selections: usize,
    pub(super) aliases: usize,
    pub(super) directives: usize,
    /// Lists of the schema's description inside one another.
    pub(super) described: usize,
    /// Selection sets inside this one.
    depth: usize,
}

/// The lists by which the schema's description leads back into itself (GraphQL specification, section 4.2.2). No field of
/// the domain is called so.
const DESCRIBED: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

impl Found {
    fn add(&mut self, other: Self) {
        self.selections = self.selections.saturating_add(other.selections);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
    }
}

/// Measures all operations together, and refuses a fragment that contains itself or selection sets deeper than
/// `max_depth`, also where no operation uses them.
pub(super) fn measure(document: &ExecutableDocument, max_depth: usize) -> Result<Found, RequestError> {
    let mut walk = Walk {
        document,
        max_depth,
        fragments: HashMap::new(),
    };
    let mut total = Found::default();
    for (_, operation) in document.operations.iter() {
        let found = walk.set(&operation.node.selection_set.node, 0)?;
        total.add(found);
        total.described = total.described.max(found.described);
        total.directives = total.directives.saturating_add(operation.node.directives.len());
    }
    for name in document.fragments.keys() {
        walk.fragment(name, 0)?;
    }
    Ok(total)
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    max_depth: usize,
    /// `None` while the fragment is being measured.
    fragments: HashMap<&'a Name, Option<Found>>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet, level: usize) -> Result<Found, RequestError> {
        if level > self.max_depth {
            return Err(self.too_deep());
        }
        let mut found = Found::default();
        for item in &set.items {
            found.selections = found.selections.saturating_add(1);
            found.directives = found.directives.saturating_add(item.node.directives().len());
            let mut described = 0;
            let inner = match &item.node {
                Selection::Field(field) => {
                    found.aliases = found.aliases.saturating_add(usize::from(field.node.alias.is_some()));
                    if field.node.selection_set.node.items.is_empty() {
                        continue;
                    }
                    described = usize::from(DESCRIBED.contains(&field.node.name.node.as_str()));
                    self.set(&field.node.selection_set.node, level + 1)?
                }
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node, level + 1)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node, level + 1)?,
            };
            found.add(inner);
            found.described = found.described.max(inner.described + described);
            found.depth = found.depth.max(inner.depth + 1);
        }
        Ok(found)
    }

    fn fragment(&mut self, name: &'a Name, level: usize) -> Result<Found, RequestError> {
        match self.fragments.get(name) {
            Some(Some(found)) if level + found.depth > self.max_depth => Err(self.too_deep()),
            Some(Some(found)) => Ok(*found),
            Some(None) => Err(RequestError::bad_request(message!(
                "request-fragment-in-itself",
                name = name.as_str()
            ))),
            None => {
                // Validation reports a fragment that is not there.
                let Some(fragment) = self.document.fragments.get(name) else {
                    return Ok(Found::default());
                };
                self.fragments.insert(name, None);
                let found = self.set(&fragment.node.selection_set.node, level)?;
                self.fragments.insert(name, Some(found));
                Ok(found)
            }
        }
    }

    fn too_deep(&self) -> RequestError {
        RequestError::new(
            ErrorCode::LimitExceeded,
            message!("request-too-deep", most = self.max_depth),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use async_graphql::parser::parse_query;

    use super::*;

    fn found(text: &str) -> Result<Found, RequestError> {
        measure(&parse_query(text).unwrap(), 32)
    }

    /// `count` fragments, each of which spreads the next twice.
    fn doubling(count: usize) -> String {
        let mut text = "{ ...F0 }".to_owned();
        for index in 0..count {
            let next = index + 1;
            write!(
                text,
                " fragment F{index} on Q {{ a {{ ...F{next} }} b {{ ...F{next} }} }}"
            )
            .unwrap();
        }
        write!(text, " fragment F{count} on Q {{ c }}").unwrap();
        text
    }

    #[test]
    fn a_fragment_counts_wherever_it_is_spread() {
        let found = found("{ ...F x: a { ...F } } fragment F on Q { b @skip(if: true) y: c }").unwrap();
        assert_eq!((found.selections, found.aliases, found.directives), (7, 3, 2));
    }

    #[test]
    fn doubling_fragments_are_counted_in_one_pass() {
        let document = parse_query(doubling(60)).unwrap();
        let found = measure(&document, 1_000).unwrap();
        assert!(found.selections > 1 << 60);
        assert_eq!(found.selections, measure(&document, 1_000).unwrap().selections);
    }

    #[test]
    fn fragment_cycles_are_refused_wherever_they_are() {
        for text in [
            "{ ...A } fragment A on Q { ...A }",
            "{ a } fragment A on Q { a { ...B } } fragment B on Q { ... { ...A } }",
        ] {
            let error = found(text).unwrap_err();
            assert_eq!(error.code, ErrorCode::BadRequest);
            let said = error.message.in_english();
            assert!(said.ends_with("contains itself."), "{said}");
        }
    }

    #[test]
    fn the_description_of_the_schema_counts_where_it_leads_back() {
        let described = |text| found(text).unwrap().described;
        assert_eq!(
            described("{ __schema { types { fields { args { type { name } } } } } }"),
            1
        );
        let text = "{ __type(name: \"Q\") { possibleTypes { ...F } } } \
                    fragment F on __Type { interfaces { possibleTypes { name } } fields { name } }";
        assert_eq!(described(text), 3);
    }

    #[test]
    fn depth_counts_through_fragments() {
        let nested = |levels: usize| format!("{{ {}a{} }}", "a { ".repeat(levels), " }".repeat(levels));
        assert!(found(&nested(32)).is_ok());
        assert_eq!(found(&nested(33)).unwrap_err().code, ErrorCode::LimitExceeded);
        assert!(found(&doubling(15)).is_ok());
        assert_eq!(found(&doubling(17)).unwrap_err().code, ErrorCode::LimitExceeded);
        // A fragment that was measured at the top is refused further down.
        let text = format!("{{ ...F {} }} fragment F on Q {}", "a { ...F }", nested(31));
        assert_eq!(found(&text).unwrap_err().code, ErrorCode::LimitExceeded);
    }
}
