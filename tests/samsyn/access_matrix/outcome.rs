//! What an answer comes to, and what it gives away.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::situation::Spot;

/// The words of the snapshot, a letter each.
pub(super) const LEGEND: &str = "S seen, W seen as withheld, - not among the rows, N null or not found, A allowed (authorised, then \
                                 refused for a blank or stale input), F forbidden, U unauthenticated";

/// The most rows that a page has.
const PAGE: usize = 100;

/// What the answer to a query comes to: `shown` is the id that has to be in it.
pub(super) fn of_question(answer: &Json, shown: Option<&String>) -> char {
    if let Some(error) = refused(answer) {
        return error;
    }
    let root = answer["data"].as_object().and_then(|data| data.values().next());
    let Some(root) = root.filter(|root| !root.is_null()) else {
        return 'N';
    };
    let Some(shown) = shown else {
        return 'S';
    };
    match find(root, shown) {
        Some(object) if object["withheld"].is_object() => 'W',
        Some(_) => 'S',
        None => '-',
    }
}

/// What the answer to a mutation comes to. `decoys` are the ids of nothing that were put in on purpose.
pub(super) fn of_change(name: &str, answer: &Json, decoys: &[String]) -> char {
    if let Some(error) = refused(answer) {
        return error;
    }
    let errors = answer["data"]["done"]["errors"].as_array().cloned().unwrap_or_default();
    assert!(
        !errors.is_empty(),
        "{name} was done: give it an input that is refused after authorisation"
    );
    if errors.iter().any(|error| error["code"] == "FORBIDDEN") {
        return 'F';
    }
    let decoy = |error: &Json| {
        let field = error["path"][0].as_str().unwrap_or_default();
        decoys.iter().any(|decoy| decoy == field)
    };
    if errors.iter().any(|error| error["code"] == "NOT_FOUND" && !decoy(error)) {
        return 'N';
    }
    'A'
}

fn refused(answer: &Json) -> Option<char> {
    let error = answer["errors"].as_array().and_then(|errors| errors.first())?;
    match error["extensions"]["code"].as_str() {
        Some("UNAUTHENTICATED") => Some('U'),
        Some("FORBIDDEN") => Some('F'),
        _ => panic!("neither answered nor refused: {answer:#}"),
    }
}

/// The object with an id, anywhere in an answer.
fn find<'a>(value: &'a Json, id: &str) -> Option<&'a Json> {
    match value {
        Json::Object(fields) if fields.get("id").is_some_and(|found| found == id) => Some(value),
        Json::Object(fields) => fields.values().find_map(|field| find(field, id)),
        Json::Array(items) => items.iter().find_map(|item| find(item, id)),
        _ => None,
    }
}

/// What of which place an answer shows: the kind of thing, or the name of the id.
pub(super) fn shown(answer: &Json, ids: &HashMap<String, (Spot, String)>) -> Vec<(Spot, Shown)> {
    let mut found = Vec::new();
    collect(answer, ids, &mut found);
    found
}

/// Something that an answer shows.
#[derive(Debug)]
pub(super) enum Shown {
    /// The id of what has this name in the place.
    Id(String),
    /// A text about this kind of thing.
    Text(String),
}

fn collect(value: &Json, ids: &HashMap<String, (Spot, String)>, found: &mut Vec<(Spot, Shown)>) {
    match value {
        Json::Object(fields) => fields.values().for_each(|field| collect(field, ids, found)),
        Json::Array(items) => items.iter().for_each(|item| collect(item, ids, found)),
        Json::String(text) => {
            if let Some((spot, name)) = ids.get(text) {
                found.push((*spot, Shown::Id(name.clone())));
            }
            for spot in Spot::ALL {
                for (at, mark) in text.match_indices(spot.mark()) {
                    found.push((spot, Shown::Text(thing_of(&text[at + mark.len()..]).to_owned())));
                }
            }
        }
        _ => {}
    }
}

/// The kind of thing that a text is about, by what follows the mark of its place.
fn thing_of(rest: &str) -> &str {
    if rest.starts_with('/') {
        return "case";
    }
    let rest = rest.strip_prefix(':').unwrap_or("organisation");
    rest.split(|letter: char| !letter.is_alphabetic() && letter != '-')
        .next()
        .unwrap_or_default()
}

/// The connections of an answer whose count is another than that of their rows.
pub(super) fn miscounted(value: &Json) -> Option<String> {
    match value {
        Json::Object(fields) => {
            if let (Some(total), Some(nodes)) = (fields.get("totalCount"), fields.get("nodes")) {
                let rows = nodes.as_array().map_or(0, Vec::len);
                // A full page may be followed by more.
                if rows < PAGE && total.as_u64() != u64::try_from(rows).ok() {
                    return Some(format!("{total} counted, {rows} shown"));
                }
            }
            fields.values().find_map(miscounted)
        }
        Json::Array(items) => items.iter().find_map(miscounted),
        _ => None,
    }
}
