//! That the catalogues say the same in both languages, that code says only what they have, and all of it.

use super::{
    catalogue::{self, FILES},
    type_label, value_label,
};
use crate::{
    graphql::{NodeKind, limits::Limits},
    schema,
};
use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use entity::Language;
use fluent_bundle::{FluentArgs, FluentResource};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The words of a message and its attributes, by their names, each with the variables in it.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// A catalogue's messages, read from its text: a line is a message or an attribute.
fn messages(language: Language) -> Messages {
    let mut found = Messages::new();
    for (name, english, swedish) in FILES {
        let text = match language {
            Language::En => english,
            Language::Sv => swedish,
        };
        let mut message = "";
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (id, words) = line.split_once(" = ").unwrap_or_else(|| panic!("{name}: {line}"));
            let id = match id.strip_prefix("    .") {
                Some(attribute) => format!("{message}.{attribute}"),
                None => {
                    message = id;
                    id.to_owned()
                }
            };
            let variables = words.split("{ $").skip(1);
            let variables = variables.filter_map(|rest| Some(rest.split_once(" }")?.0.to_owned()));
            assert!(found.insert(id.clone(), variables.collect()).is_none(), "{id} twice");
        }
    }
    found
}

/// What code says: the ids in `message!`, each with the names that it is given.
fn said() -> Messages {
    fn walk(folder: &Path, found: &mut Messages) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("language/tests.rs") {
                read(&fs::read_to_string(&path).unwrap(), found);
            }
        }
    }
    let mut found = Messages::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

fn read(text: &str, found: &mut Messages) {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = code.collect::<Vec<_>>().join("\n");
    for call in code.split("message!(").skip(1) {
        let Some(rest) = call.trim_start().strip_prefix('"') else {
            continue;
        };
        let (id, rest) = rest.split_once('"').unwrap();
        let names: BTreeSet<String> = arguments(rest)
            .into_iter()
            .filter_map(|argument| argument.split('=').next().map(|name| name.trim().to_owned()))
            .filter(|name| !name.is_empty())
            .collect();
        if let Some(before) = found.insert(id.to_owned(), names.clone()) {
            assert_eq!(before, names, "{id} is said with other names elsewhere");
        }
    }
}

/// The arguments up to the end of the macro's call.
fn arguments(rest: &str) -> Vec<String> {
    let (mut depth, mut found) = (0, vec![String::new()]);
    for letter in rest.chars() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = found.last_mut() {
            last.push(letter);
        }
    }
    found
}

fn is_label(id: &str) -> bool {
    id.starts_with(|first: char| first.is_ascii_uppercase())
}

#[test]
fn the_files_are_whole() {
    for (name, english, swedish) in FILES {
        for text in [english, swedish] {
            if let Err((_, errors)) = FluentResource::try_new((*text).to_owned()) {
                panic!("{name}: {errors:?}");
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_messages() {
    assert_same(&messages(Language::En), &messages(Language::Sv));
}

#[test]
fn all_that_is_said_has_words_and_all_words_are_said() {
    let mut known = messages(Language::En);
    known.retain(|id, _| !is_label(id));
    let mut said = said();
    for kind in NodeKind::ALL {
        said.insert(format!("no-such-{}", kind.name()), BTreeSet::new());
    }
    assert_same(&known, &said);
}

/// That two lists of messages have the same ids with the same variables; tells those alone that differ.
fn assert_same(one: &Messages, other: &Messages) {
    let lacks = |these: &Messages, those: &Messages| -> Vec<String> {
        let differing = these.iter().filter(|(id, variables)| those.get(*id) != Some(variables));
        differing.map(|(id, variables)| format!("{id} {variables:?}")).collect()
    };
    assert_eq!(lacks(one, other), lacks(other, one));
}

#[test]
fn every_message_can_be_said() {
    for language in [Language::Sv, Language::En] {
        for (id, variables) in messages(language) {
            let mut arguments = FluentArgs::new();
            for variable in &variables {
                arguments.set(variable.clone(), "7");
            }
            let (message, attribute) = match id.split_once('.') {
                Some((message, attribute)) => (message, Some(attribute)),
                None => (id.as_str(), None),
            };
            let words = catalogue::format(language, message, attribute, Some(&arguments)).unwrap();
            // What could not be filled in stays in braces.
            assert!(!words.trim().is_empty() && !words.contains('{'), "{id}: {words}");
        }
    }
}

#[test]
fn every_type_and_value_has_a_label() {
    let schema = parse_schema(schema::sdl(&schema::build(&Limits::default()))).unwrap();
    let mut types = BTreeSet::new();
    for definition in &schema.definitions {
        let TypeSystemDefinition::Type(found) = definition else {
            continue;
        };
        let name = found.node.name.node.as_str();
        types.insert(name.to_owned());
        let values: Vec<&str> = match &found.node.kind {
            TypeKind::Enum(of) => of.values.iter().map(|it| it.node.value.node.as_str()).collect(),
            TypeKind::Object(of) if of.implements.iter().any(|it| it.node == "Node") => Vec::new(),
            _ => continue,
        };
        for language in [Language::Sv, Language::En] {
            assert!(type_label(language, name).is_some(), "{name}");
            for value in &values {
                assert!(value_label(language, name, value).is_some(), "{name}.{value}");
            }
        }
    }
    for id in messages(Language::En)
        .keys()
        .filter(|id| is_label(id) && !id.contains('.'))
    {
        assert!(types.contains(id), "there is no type {id}");
    }
}
