//! Pages of the documentation that are written from the program: error codes, limits and scalars.

use std::fmt::{self, Write};

use cynic_parser::type_system::{Definition, Description, TypeDefinition};

use crate::{
    attachments::AttachmentSettings,
    graphql::limits::{DEFAULT_PAGE, Limits, MAX_PAGE},
    live::LiveLimits,
    server::{DEFAULT_BUDGET, DEFAULT_RESTORED},
};

/// Why the pages were not written.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// The schema's text cannot be parsed.
    #[error("the schema cannot be parsed: {0}")]
    Schema(String),
    /// The text did not fit in memory.
    #[error(transparent)]
    Text(#[from] fmt::Error),
}

const WRITTEN: &str = "<!-- Written by `cargo run -- schema --pages docs/reference`. -->";

/// The pages by the names of their files.
///
/// # Errors
/// When `schema` is none.
pub fn pages(schema: &str) -> Result<Vec<(&'static str, String)>, ReferenceError> {
    let document =
        cynic_parser::parse_type_system_document(schema).map_err(|error| ReferenceError::Schema(error.to_string()))?;
    let types: Vec<TypeDefinition<'_>> = document
        .definitions()
        .filter_map(|definition| match definition {
            Definition::Type(definition) => Some(definition),
            _ => None,
        })
        .collect();
    Ok(vec![
        ("errors.md", errors(&types)?),
        ("limits.md", limits()?),
        ("scalars.md", scalars(&types)?),
    ])
}

fn errors(types: &[TypeDefinition<'_>]) -> Result<String, fmt::Error> {
    let mut page = format!(
        "{WRITTEN}\n\n# Error codes\n\nClients decide by a code; the message beside it is for people, in the request's \
         language, and may change.\n"
    );
    for (name, heading, words) in [
        (
            "ErrorCode",
            "A request or a field failed",
            "In `extensions.code` of each entry in `errors`.",
        ),
        (
            "UserErrorCode",
            "A mutation did nothing",
            "In `code` of each entry in the payload's `errors`: all that stood in the way at once, each with its `path` into \
             the input.",
        ),
    ] {
        write!(
            page,
            "\n## {heading}\n\n{words}\n\n| code | what it means |\n| --- | --- |\n"
        )?;
        let codes = types
            .iter()
            .filter(|of| of.name() == name)
            .filter_map(TypeDefinition::as_enum);
        for value in codes.flat_map(|codes| codes.values()) {
            writeln!(page, "| `{}` | {} |", value.value(), one_line(value.description()))?;
        }
    }
    Ok(page)
}

fn scalars(types: &[TypeDefinition<'_>]) -> Result<String, fmt::Error> {
    let mut page = format!("{WRITTEN}\n\n# Scalars\n\n| scalar | its values | specified by |\n| --- | --- | --- |\n");
    for scalar in types.iter().filter_map(TypeDefinition::as_scalar) {
        let by = scalar.directives().find(|directive| directive.name() == "specifiedBy");
        let url = by
            .and_then(|directive| directive.argument("url"))
            .and_then(|url| url.value().as_str())
            .map(|url| format!("<{url}>"))
            .unwrap_or_default();
        writeln!(
            page,
            "| `{}` | {} | {url} |",
            scalar.name(),
            one_line(scalar.description())
        )?;
    }
    Ok(page)
}

/// A description in a cell of a table.
fn one_line(description: Option<Description<'_>>) -> String {
    let text = description
        .map(|description| description.to_cow().into_owned())
        .unwrap_or_default();
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}

fn limits() -> Result<String, fmt::Error> {
    let mut page = format!(
        "{WRITTEN}\n\n# Limits\n\nWhat is more is refused with `LIMIT_EXCEEDED`, before the work is done as far as that \
         tells; the message has the limit and what was asked for.\n"
    );
    for (heading, rows) in [
        ("One request", of_request()),
        ("One client", of_client()),
        ("Subscriptions", of_subscriptions()),
        ("Files", of_files()),
    ] {
        write!(page, "\n## {heading}\n\n| what | at most |\n| --- | --- |\n")?;
        for (what, most) in rows {
            writeln!(page, "| {what} | {most} |")?;
        }
    }
    Ok(page)
}

type Rows = Vec<(&'static str, String)>;

fn of_request() -> Rows {
    let limits = Limits::default();
    vec![
        ("bytes in the body", grouped(limits.body_bytes)),
        ("time for the body to arrive", seconds(limits.body_time.as_secs())),
        ("time for the execution", seconds(limits.execution_time.as_secs())),
        ("items in a page (`first`, `last`)", grouped(MAX_PAGE)),
        ("items in a page when nothing is said", grouped(DEFAULT_PAGE)),
        (
            "complexity: a point a field, times the items that a list may have",
            grouped(limits.complexity),
        ),
        ("fields and list items in the answer", grouped(limits.results)),
        ("selections, fragments written out", grouped(limits.selections)),
        ("selection sets inside one another", grouped(limits.depth)),
        ("aliases", grouped(limits.aliases)),
        ("directives", grouped(limits.directives)),
        ("tokens in the document", grouped(limits.tokens)),
        ("brackets inside one another in the document", grouped(limits.nesting)),
        (
            "bytes in a name or a number of the document",
            grouped(limits.word_bytes),
        ),
        (
            "bytes in a text that is written into the document",
            grouped(limits.text_bytes),
        ),
        ("values in the variables", grouped(limits.variable_values)),
        (
            "lists of the schema's description inside one another",
            grouped(limits.description_lists),
        ),
    ]
}

fn of_client() -> Rows {
    vec![
        ("points of complexity in the budget", grouped(DEFAULT_BUDGET.get())),
        ("points restored every second", grouped(DEFAULT_RESTORED.get())),
    ]
}

fn of_subscriptions() -> Rows {
    let limits = LiveLimits::default();
    vec![
        ("subscriptions of one client", grouped(limits.of_client)),
        (
            "subscriptions in one municipality, on one server",
            grouped(limits.of_municipality),
        ),
        ("subscriptions on one server", grouped(limits.of_server)),
        (
            "WebSocket connections of one client",
            grouped(limits.connections_of_client),
        ),
        ("operations on one WebSocket connection", grouped(limits.operations)),
        ("time for `connection_init`", seconds(limits.initialisation.as_secs())),
        (
            "silence of a WebSocket before it is tried",
            seconds(limits.keep_alive.as_secs()),
        ),
        ("events of one subscription in a second", "1".to_owned()),
    ]
}

fn of_files() -> Rows {
    let settings = AttachmentSettings::default();
    vec![("bytes in a file", grouped(settings.max_bytes.get()))]
}

fn seconds(seconds: u64) -> String {
    format!("{seconds} s")
}

/// A number with its thousands apart.
fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
