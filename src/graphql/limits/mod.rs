//! What one request may cost: checked before the work is done, as far as that tells.
//!
//! async-graphql parses by recursion on the stack (4 KB of nested braces end the process) and its own limits walk every
//! path through the fragments (22 doubling fragments, 778 bytes, took 17 s and 4.6 GB). So the text is scanned before
//! it is parsed, and the document measured, a fragment once, before it is validated.

mod budget;
mod expansion;
mod list_cost;
mod page_cost;
mod results;
mod text;
mod values;

use std::time::Duration;

use async_graphql::{Variables, parser::types::ExecutableDocument};

pub use self::budget::{Allowance, Budgets};
pub use self::list_cost::{expected, list_cost};
pub use self::page_cost::{COST_CEILING, DEFAULT_PAGE, MAX_PAGE, page_cost};
pub(super) use self::results::Results;
use super::error::RequestError;
use crate::language::Message;

/// The most that one request may ask for.
///
/// The defaults leave ample room for every documented operation and for the introspection query of the usual tools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in the body of a request.
    pub body_bytes: usize,
    /// How long the body may take to arrive.
    pub body_time: Duration,
    /// How long the execution of an operation may take.
    pub execution_time: Duration,
    /// Brackets of any kind inside one another in the text of a document. Guards the parser's stack: keep it below 64,
    /// where async-graphql's parser refuses in its own words.
    pub nesting: usize,
    /// Lexical tokens in a document: names, numbers, strings and punctuation (GraphQL specification, section 2.1.6).
    pub tokens: usize,
    /// Bytes in a name or a number of a document. An unknown name is compared with every known one.
    pub word_bytes: usize,
    /// Bytes in a text that is written into a document: its parser takes long for each. What is longer fits in a variable.
    pub text_bytes: usize,
    /// Selection sets inside one another when fragments are written out; a fragment counts as one. Execution recurses
    /// as deep: in a debug build each level takes 40 KiB of the stack, or more where types are larger.
    pub depth: usize,
    /// Lists of the schema's description (`fields`, `inputFields`, `interfaces`, `possibleTypes`) inside one another: each
    /// multiplies the answer by the size of the schema, and no tool needs two.
    pub description_lists: usize,
    /// Selections in a document when fragments are written out.
    pub selections: usize,
    /// Aliases in a document when fragments are written out.
    pub aliases: usize,
    /// Directives in a document when fragments are written out.
    pub directives: usize,
    /// Values in the variables: each scalar, list and object counts as one. Validation copies a variable for every
    /// argument that uses it.
    pub variable_values: usize,
    /// The sum of the costs of all fields: one each, in connections as [`page_cost`] says and in plain
    /// lists as [`list_cost`].
    pub complexity: usize,
    /// Fields and list items in an answer, counted while it is made: the execution stops at the first one too many.
    /// Long texts and names count as one more for each 200 bytes. The largest answer that is meant to be, the joint
    /// follow-up of 400 departments on 20 points, has some 150,000; the introspection of the usual tools 22,500.
    pub results: usize,
    /// Operations that are executed at once, for all clients together. Others wait for their turn, within
    /// `execution_time`. Bounds the memory: an answer takes up to 100 MB while it is made.
    pub executions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1 << 20,
            body_time: Duration::from_secs(15),
            execution_time: Duration::from_secs(30),
            nesting: 50,
            tokens: 5_000,
            word_bytes: 200,
            text_bytes: 100_000,
            depth: 24,
            description_lists: 2,
            selections: 10_000,
            aliases: 200,
            directives: 200,
            variable_values: 20_000,
            complexity: 20_000,
            results: 250_000,
            executions: 32,
        }
    }
}

impl Limits {
    /// Checks the text of a document. Call it before anything parses the text.
    ///
    /// # Errors
    ///
    /// When brackets nest too deep or there are too many tokens (`LIMIT_EXCEEDED`), or a block string does not end
    /// (`BAD_REQUEST`).
    pub fn check_text(&self, text: &str) -> Result<(), RequestError> {
        let found = text::scan(text)?;
        within(found.nesting, self.nesting, |found, limit| {
            message!("request-too-much-nesting", found, limit)
        })?;
        within(found.tokens, self.tokens, |found, limit| {
            message!("request-too-many-tokens", found, limit)
        })?;
        within(found.word, self.word_bytes, |found, limit| {
            message!("request-word-too-long", found, limit)
        })?;
        within(found.string, self.text_bytes, |found, limit| {
            message!("request-text-too-long", found, limit)
        })
    }

    /// Checks a parsed document. Call it before anything validates the document.
    ///
    /// # Errors
    ///
    /// When the document, its fragments written out, is too deep or too large (`LIMIT_EXCEEDED`), or a fragment
    /// contains itself (`BAD_REQUEST`; GraphQL specification, section 5.5.2.2).
    pub fn check_document(&self, document: &ExecutableDocument) -> Result<(), RequestError> {
        let found = expansion::measure(document, self.depth)?;
        within(found.selections, self.selections, |found, limit| {
            message!("request-too-many-selections", found, limit)
        })?;
        within(found.described, self.description_lists, |found, limit| {
            message!("request-too-many-description-lists", found, limit)
        })?;
        within(found.aliases, self.aliases, |found, limit| {
            message!("request-too-many-aliases", found, limit)
        })?;
        within(found.directives, self.directives, |found, limit| {
            message!("request-too-many-directives", found, limit)
        })
    }

    /// Checks how many values the variables hold.
    ///
    /// # Errors
    ///
    /// When there are too many of them (`LIMIT_EXCEEDED`).
    pub fn check_variables(&self, variables: &Variables) -> Result<(), RequestError> {
        within(values::count(variables), self.variable_values, |found, limit| {
            message!("request-too-many-variable-values", found, limit)
        })
    }

    /// Checks the cost that validation has added up.
    ///
    /// # Errors
    ///
    /// When it is too high (`LIMIT_EXCEEDED`).
    pub fn check_complexity(&self, cost: usize) -> Result<(), RequestError> {
        within(cost, self.complexity, |found, limit| {
            message!("request-too-complex", found, limit)
        })
    }
}

fn within(found: usize, limit: usize, message: fn(usize, usize) -> Message) -> Result<(), RequestError> {
    if found > limit {
        Err(RequestError::limit(message(found, limit)))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Value, parser::parse_query};

    use super::*;
    use crate::graphql::error::ErrorCode;

    #[test]
    fn a_refusal_tells_the_limit_and_what_was_found() {
        let text = format!("{}a{}", "{".repeat(2_000), "}".repeat(2_000));
        let error = Limits::default().check_text(&text).err();
        assert_eq!(
            error,
            Some(RequestError::new(
                ErrorCode::LimitExceeded,
                message!("request-too-much-nesting", found = 2_000_usize, limit = 50_usize)
            ))
        );
    }

    #[test]
    fn each_count_has_its_limit() {
        let limits = Limits {
            tokens: 3,
            selections: 2,
            aliases: 1,
            directives: 1,
            variable_values: 1,
            ..Limits::default()
        };
        let document = |text| parse_query(text).map_err(|error| error.to_string());
        assert!(limits.check_text("{ a }").is_ok());
        assert!(limits.check_text("{ a b }").is_err());
        let check = |text| document(text).map(|document| limits.check_document(&document).is_ok());
        assert_eq!(check("{ a b }"), Ok(true));
        assert_eq!(check("{ a b c }"), Ok(false));
        assert_eq!(check("{ x: a y: b }"), Ok(false));
        assert_eq!(check("{ a @x @y b }"), Ok(false));
        let variables = |json| Variables::from_value(Value::from_json(json).unwrap_or_default());
        assert!(
            limits
                .check_variables(&variables(serde_json::json!({ "a": 1 })))
                .is_ok()
        );
        assert!(
            limits
                .check_variables(&variables(serde_json::json!({ "a": [1] })))
                .is_err()
        );
    }
}
