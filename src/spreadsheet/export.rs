//! What an export is: a query of the API, and what stands in which column of its answer.
//!
//! An export is asked for in GraphQL, page by page, as whoever asks for it: so it shows what the API shows them, withholds
//! what that withholds, and what is confidential is told to the audit log in the same way.

use super::{Shaped, joined_list};
use crate::language::{Message, value_label};
use entity::Language;
use serde_json::{Map, Value as Json};

/// A list that can be exported.
#[derive(Debug)]
pub(crate) struct Export {
    /// Its name, in addresses.
    pub(crate) name: &'static str,
    /// What it is called, for people.
    pub(crate) title: Message,
    /// The query that it is. A list's variables are `first` and `after`, and its page is called `list`; what is read whole is
    /// called `whole`.
    pub(crate) query: &'static str,
    /// What may be asked for: the query's other variables.
    pub(crate) filters: &'static [Filter],
    /// The variable that the filters are fields of; none where they are variables themselves.
    pub(crate) filter: Option<&'static str>,
    /// What becomes of the answer.
    pub(crate) shape: Shape,
}

/// What becomes of an answer.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A row of each object of a list, which is read page by page.
    List(&'static [Field]),
    /// A row of each of what the objects of a list have several of, in the field that is named first: it is their `row`.
    Each(&'static str, &'static [Field]),
    /// A row of each object of a list, after something was made of it.
    Made(&'static [Field], fn(&Json) -> Json),
    /// A sheet of all of an answer that is read at once.
    Whole(fn(&Json, Language) -> Whole),
}

/// A sheet that is made at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whole {
    /// The headings.
    pub(crate) headings: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<Vec<Shaped>>,
}

/// A column of an export.
#[derive(Debug)]
pub(crate) struct Field {
    /// What it is called.
    pub(crate) heading: Message,
    /// Where in an object it is: names of fields, with dots between.
    pub(crate) path: &'static str,
    /// Where else it is, when nothing is there.
    pub(crate) otherwise: Option<&'static str>,
    /// How it is shown.
    pub(crate) shown: Shown,
}

/// How a value is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shown {
    /// As it is. Several are one list.
    Plain,
    /// By the label of a value of this enum.
    Label(&'static str),
    /// As yes or no.
    YesNo,
    /// As a list, be there several or one.
    List,
}

/// What may be asked for.
#[derive(Debug)]
pub(crate) struct Filter {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) kind: FilterKind,
}

/// What a filter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilterKind {
    /// A text, or a value of an enum.
    Text,
    /// Several of them, with commas between.
    Texts,
    /// A whole number.
    Whole,
    /// Several of them, with commas between.
    Wholes,
    /// `true` or `false`.
    Truth,
}

impl Filter {
    /// A text, or a value of an enum.
    pub(crate) const fn text(name: &'static str) -> Self {
        Self::of(name, FilterKind::Text)
    }

    /// Several texts, or values of an enum.
    pub(crate) const fn texts(name: &'static str) -> Self {
        Self::of(name, FilterKind::Texts)
    }

    /// A whole number.
    pub(crate) const fn whole(name: &'static str) -> Self {
        Self::of(name, FilterKind::Whole)
    }

    /// Several whole numbers.
    pub(crate) const fn wholes(name: &'static str) -> Self {
        Self::of(name, FilterKind::Wholes)
    }

    /// `true` or `false`.
    pub(crate) const fn truth(name: &'static str) -> Self {
        Self::of(name, FilterKind::Truth)
    }

    const fn of(name: &'static str, kind: FilterKind) -> Self {
        Self { name, kind }
    }

    /// A client's text as the variable that it is; none when it is no such value.
    pub(crate) fn value(&self, text: &str) -> Option<Json> {
        match self.kind {
            FilterKind::Text => Some(text.into()),
            FilterKind::Texts => Some(text.split(',').map(str::trim).map(Json::from).collect()),
            FilterKind::Whole => text.parse::<i32>().ok().map(Json::from),
            FilterKind::Wholes => {
                let numbers = text
                    .split(',')
                    .map(|number| number.trim().parse::<i32>().ok().map(Json::from));
                numbers.collect::<Option<Vec<Json>>>().map(Json::Array)
            }
            FilterKind::Truth => text.parse::<bool>().ok().map(Json::from),
        }
    }
}

impl Field {
    /// A value as it is.
    pub(crate) const fn plain(path: &'static str, heading: Message) -> Self {
        Self::of(path, heading, Shown::Plain)
    }

    /// A value as it is, from the one path or else from the other.
    pub(crate) const fn either(path: &'static str, otherwise: &'static str, heading: Message) -> Self {
        Self {
            heading,
            path,
            otherwise: Some(otherwise),
            shown: Shown::Plain,
        }
    }

    /// A value of an enum, by its label.
    pub(crate) const fn label(path: &'static str, heading: Message, of: &'static str) -> Self {
        Self::of(path, heading, Shown::Label(of))
    }

    /// Several texts, of which there may be one alone.
    pub(crate) const fn list(path: &'static str, heading: Message) -> Self {
        Self::of(path, heading, Shown::List)
    }

    /// Yes or no.
    pub(crate) const fn yes_no(path: &'static str, heading: Message) -> Self {
        Self::of(path, heading, Shown::YesNo)
    }

    const fn of(path: &'static str, heading: Message, shown: Shown) -> Self {
        Self {
            heading,
            path,
            otherwise: None,
            shown,
        }
    }

    /// Its cell of an object.
    pub(crate) fn cell(&self, object: &Json, language: Language) -> Shaped {
        let mut found = Vec::new();
        walk(object, self.path, &mut found);
        if let (true, Some(otherwise)) = (found.is_empty(), self.otherwise) {
            walk(object, otherwise, &mut found);
        }
        match found.as_slice() {
            [] => Shaped::Empty,
            [one] if !matches!(self.shown, Shown::List) => self.shown.shaped(one, language),
            several => {
                let texts: Vec<String> = several
                    .iter()
                    .map(|one| match self.shown.shaped(one, language) {
                        Shaped::Text(text) => text,
                        Shaped::Whole(number) => number.to_string(),
                        Shaped::Empty => String::new(),
                    })
                    .collect();
                Shaped::Text(joined_list(texts.iter().map(String::as_str)))
            }
        }
    }
}

/// All that is at a path: of lists, of each object in them.
fn walk<'a>(json: &'a Json, path: &str, found: &mut Vec<&'a Json>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| walk(item, path, found)),
        Json::Object(object) => {
            let (name, rest) = path.split_once('.').unwrap_or((path, ""));
            if let Some(value) = object.get(name) {
                walk(value, rest, found);
            }
        }
        Json::Null => {}
        value if path.is_empty() => found.push(value),
        _ => {}
    }
}

impl Shown {
    fn shaped(self, value: &Json, language: Language) -> Shaped {
        match (self, value) {
            (Self::Label(of), Json::String(name)) => {
                Shaped::Text(value_label(language, of, name).unwrap_or_else(|| name.clone()))
            }
            (_, Json::Bool(truth)) => {
                let word = if *truth {
                    message!("spreadsheet-yes")
                } else {
                    message!("spreadsheet-no")
                };
                Shaped::Text(word.in_language(language))
            }
            (_, Json::Number(number)) => match number.as_i64() {
                Some(number) => Shaped::Whole(number),
                None => Shaped::Text(number.to_string()),
            },
            (_, Json::String(text)) => Shaped::Text(text.clone()),
            (_, other) => Shaped::Text(other.to_string()),
        }
    }
}

impl Shape {
    /// The sheet of a page, or of the whole.
    pub(crate) fn sheet(&self, data: &Json, language: Language) -> Whole {
        let objects = items(data);
        match self {
            Self::List(fields) => Whole::of(fields, objects, language),
            Self::Each(of, fields) => {
                let each: Vec<Json> = objects.iter().flat_map(|object| rows(object, of)).collect();
                Whole::of(fields, &each, language)
            }
            Self::Made(fields, make) => {
                let made: Vec<Json> = objects.iter().map(make).collect();
                Whole::of(fields, &made, language)
            }
            Self::Whole(make) => make(data, language),
        }
    }
}

impl Whole {
    /// A row of each object.
    pub(crate) fn of(fields: &[Field], objects: &[Json], language: Language) -> Self {
        let row = |object: &Json| fields.iter().map(|field| field.cell(object, language)).collect();
        Self {
            headings: fields.iter().map(|field| field.heading.in_language(language)).collect(),
            rows: objects.iter().map(row).collect(),
        }
    }
}

/// What is in a list; nothing is where there is none.
pub(crate) fn items(json: &Json) -> &[Json] {
    json.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// An object for each of what it has several of.
fn rows(object: &Json, of: &str) -> Vec<Json> {
    let mut rest = object.clone();
    if let Some(fields) = rest.as_object_mut() {
        fields.remove(of);
    }
    let row = |item: &Json| {
        let mut row = rest.clone();
        if let Some(fields) = row.as_object_mut() {
            fields.insert("row".to_owned(), item.clone());
        }
        row
    };
    items(&object[of]).iter().map(row).collect()
}

impl Export {
    /// The variables for what a client asks for.
    pub(crate) fn variables(&self, asked: Map<String, Json>) -> Map<String, Json> {
        match self.filter {
            None => asked,
            Some(_) if asked.is_empty() => asked,
            Some(name) => Map::from_iter([(name.to_owned(), Json::Object(asked))]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_cell_is_what_is_at_its_path() {
        let object = json!({
            "value": 12, "treatment": "CONTROL", "motive": null, "overdue": true,
            "department": { "code": "KSF" }, "functions": ["a", "b"], "points": [{ "title": "x" }, { "title": "y; z" }],
        });
        let shaped = |field: Field| field.cell(&object, Language::Sv);
        let plain = |path| shaped(Field::plain(path, message!("spreadsheet-description")));
        let text = |text: &str| Shaped::Text(text.to_owned());
        assert_eq!(plain("value"), Shaped::Whole(12));
        assert_eq!(plain("motive"), Shaped::Empty);
        assert_eq!(plain("nothing.there"), Shaped::Empty);
        assert_eq!(plain("department.code"), text("KSF"));
        assert_eq!(plain("functions"), text("a; b"));
        assert_eq!(plain("points.title"), text("x\ny; z"));
        assert_eq!(plain("overdue"), text("Ja"));
        let either = |path, otherwise| shaped(Field::either(path, otherwise, message!("spreadsheet-description")));
        assert_eq!(either("department.code", "value"), text("KSF"));
        assert_eq!(either("motive.text", "value"), Shaped::Whole(12));
        assert_eq!(either("motive", "nothing"), Shaped::Empty);
        let label = Field::label("treatment", message!("spreadsheet-treatment"), "RiskTreatment");
        assert_eq!(shaped(label), text("Granskning"));
    }
}
