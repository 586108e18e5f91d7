use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use cynic_parser::{
    TypeSystemDocument,
    type_system::{Definition, Directive, FieldDefinition, InputValueDefinition, TypeDefinition},
};

/// The day in a deprecation's reason.
const DAY: &str = "%Y-%m-%d";

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeKind {
    Enum,
    Input,
    Other,
}

/// A field, an argument, an input field or an enum's value.
#[derive(Clone, Debug, Default)]
pub(super) struct Member {
    /// Its type, as it is written; empty for an enum's value.
    pub(super) ty: String,
    /// Its default value, as it is written.
    pub(super) default: Option<String>,
    /// Why it is deprecated.
    pub(super) deprecated: Option<String>,
}

impl Member {
    /// Whether a client has to give it.
    pub(super) fn is_required(&self) -> bool {
        self.ty.ends_with('!') && self.default.is_none()
    }

    /// Until when it works, as the reason for its deprecation says.
    pub(super) fn works_until(&self) -> Option<NaiveDate> {
        let reason = self.deprecated.as_ref()?;
        let words = reason.split(|of: char| !(of.is_ascii_digit() || of == '-'));
        words
            .filter_map(|word| NaiveDate::parse_from_str(word, DAY).ok())
            .next_back()
    }
}

/// A schema, by the paths of what it has.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    pub(super) types: BTreeMap<String, TypeKind>,
    /// By `Type.field` and `Type.field.argument`.
    pub(super) members: BTreeMap<String, Member>,
    /// What each type may be seen as: the interfaces and unions that it belongs to.
    seen_as: BTreeSet<(String, String)>,
    /// The types that answers have.
    answered: BTreeSet<String>,
}

impl Definitions {
    /// Those of a document and the text that it was parsed from.
    pub(super) fn of(document: &TypeSystemDocument, text: &str) -> Self {
        let mut definitions = Self::default();
        for definition in document.definitions() {
            if let Definition::Type(definition) | Definition::TypeExtension(definition) = definition {
                definitions.add(definition, text);
            }
        }
        definitions
    }

    fn add(&mut self, definition: TypeDefinition<'_>, text: &str) {
        let name = definition.name();
        let kind = match definition {
            TypeDefinition::Enum(_) => TypeKind::Enum,
            TypeDefinition::InputObject(_) => TypeKind::Input,
            _ => TypeKind::Other,
        };
        self.types.insert(name.to_owned(), kind);
        match definition {
            TypeDefinition::Object(object) => {
                self.add_fields(name, object.fields(), text);
                self.add_views(name, object.implements_interfaces());
            }
            TypeDefinition::Interface(interface) => {
                self.add_fields(name, interface.fields(), text);
                self.add_views(name, interface.implements_interfaces());
            }
            TypeDefinition::Union(union) => {
                for member in union.members() {
                    self.seen_as.insert((member.name().to_owned(), name.to_owned()));
                }
            }
            TypeDefinition::InputObject(input) => {
                for field in input.fields() {
                    self.add_input(name, field, text);
                }
            }
            TypeDefinition::Enum(definition) => {
                for value in definition.values() {
                    let member = Member {
                        deprecated: deprecation(value.directives()),
                        ..Member::default()
                    };
                    self.members.insert(format!("{name}.{}", value.value()), member);
                }
            }
            TypeDefinition::Scalar(_) => {}
        }
    }

    fn add_views<'a>(&mut self, name: &str, interfaces: impl Iterator<Item = &'a str>) {
        let views = interfaces.map(|interface| (name.to_owned(), interface.to_owned()));
        self.seen_as.extend(views);
    }

    fn add_fields<'a>(&mut self, of: &str, fields: impl Iterator<Item = FieldDefinition<'a>>, text: &str) {
        for field in fields {
            let path = format!("{of}.{}", field.name());
            self.answered.insert(field.ty().name().to_owned());
            for argument in field.arguments() {
                self.add_input(&path, argument, text);
            }
            let member = Member {
                ty: field.ty().to_string(),
                default: None,
                deprecated: deprecation(field.directives()),
            };
            self.members.insert(path, member);
        }
    }

    fn add_input(&mut self, of: &str, input: InputValueDefinition<'_>, text: &str) {
        let span = input.default_value_span();
        let member = Member {
            ty: input.ty().to_string(),
            default: input
                .default_value()
                .map(|_| text.get(span.start..span.end).unwrap_or_default().to_owned()),
            deprecated: deprecation(input.directives()),
        };
        self.members.insert(format!("{of}.{}", input.name()), member);
    }

    /// Whether clients are answered with values of a type.
    pub(super) fn is_answered(&self, name: &str) -> bool {
        self.answered.contains(name)
    }

    /// The paths of what has a type.
    pub(super) fn uses<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a String, &'a Member)> {
        let base = |ty: &str| ty.trim_matches(['[', ']', '!']).to_owned();
        self.members.iter().filter(move |(_, member)| base(&member.ty) == name)
    }

    /// The interfaces and unions that a type may be seen as.
    pub(super) fn views<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a String> {
        self.seen_as
            .iter()
            .filter(move |(of, _)| of == name)
            .map(|(_, view)| view)
    }
}

/// Whether whoever takes `wide` can be given `narrow`. A member of an interface or a union is none of both: clients ask for
/// the others too, by fragments that would not be valid any more.
pub(super) fn fits(narrow: &str, wide: &str) -> bool {
    if let Some(wide) = wide.strip_suffix('!') {
        return narrow.strip_suffix('!').is_some_and(|narrow| fits(narrow, wide));
    }
    let narrow = narrow.strip_suffix('!').unwrap_or(narrow);
    match (of_list(narrow), of_list(wide)) {
        (Some(narrow), Some(wide)) => fits(narrow, wide),
        (None, None) => narrow == wide,
        _ => false,
    }
}

fn of_list(ty: &str) -> Option<&str> {
    ty.strip_prefix('[')?.strip_suffix(']')
}

/// Why something is deprecated: an empty reason where none is given.
fn deprecation<'a>(mut directives: impl Iterator<Item = Directive<'a>>) -> Option<String> {
    let directive = directives.find(|directive| directive.name() == "deprecated")?;
    let reason = directive.argument("reason").and_then(|reason| reason.value().as_str());
    Some(reason.unwrap_or_default().to_owned())
}
