//! The rules of what may change, after those of graphql-js (`findBreakingChanges`, `findDangerousChanges`) where these do
//! not go further than a client can tell.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use graphql_schema_diff::ChangeKind;

use super::{
    Change, Severity,
    definitions::{Definitions, Member, TypeKind, fits},
};

/// What is to be done before something goes.
const DEPRECATE: &str = "Deprecate it first, with a reason that says what to use instead and until which day it works: \
    \"Use `newName`. Works until 2027-12-31.\"";

/// The directive that names a scalar's specification, which no client notices.
const SPECIFIED: &str = "specifiedBy";

/// The directive that says that something will go.
const DEPRECATED: &str = "deprecated";

/// Judges the changes from one schema to another.
#[derive(Debug)]
pub(super) struct Judge {
    pub(super) before: Definitions,
    pub(super) after: Definitions,
    pub(super) today: NaiveDate,
}

/// A change that is judged, without its path.
struct Verdict {
    severity: Severity,
    what: String,
    instead: Option<String>,
}

impl Verdict {
    fn new(severity: Severity, what: impl Into<String>) -> Self {
        Self {
            severity,
            what: what.into(),
            instead: None,
        }
    }

    fn breaking(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self {
            instead: Some(instead.into()),
            ..Self::new(Severity::Breaking, what)
        }
    }
}

impl Judge {
    pub(super) fn judge(&self, kind: ChangeKind, path: &str) -> Change {
        // What a directive is on, and which it is: `Type.field.@deprecated[0]`.
        let (path, directive) = path.split_once(".@").unwrap_or((path, ""));
        let directive = directive.split('[').next().unwrap_or_default();
        let verdict = self.verdict(kind, path, directive);
        Change {
            severity: verdict.severity,
            path: path.to_owned(),
            what: verdict.what,
            instead: verdict.instead,
            words_only: kind == ChangeKind::ChangeDescription || directive == SPECIFIED,
        }
    }

    /// The default values of input fields that have changed, which are no changes of their own to `graphql-schema-diff`.
    pub(super) fn defaults_of_input_fields(&self) -> Vec<Change> {
        let inputs =
            |path: &str| path.split('.').next().map(|of| self.after.types.get(of)) == Some(Some(&TypeKind::Input));
        let both = self.before.members.iter().filter(|(path, _)| inputs(path));
        both.filter_map(|(path, before)| {
            let after = self.after.members.get(path)?;
            let kind = match (&before.default, &after.default) {
                (None, Some(_)) => ChangeKind::AddFieldArgumentDefault,
                (Some(_), None) => ChangeKind::RemoveFieldArgumentDefault,
                (Some(before), Some(after)) if before != after => ChangeKind::ChangeFieldArgumentDefault,
                _ => return None,
            };
            Some(self.judge(kind, path))
        })
        .collect()
    }

    fn verdict(&self, kind: ChangeKind, path: &str, directive: &str) -> Verdict {
        use ChangeKind as Kind;
        use Severity::{Dangerous, Safe};
        match kind {
            Kind::AddObjectType
            | Kind::AddUnion
            | Kind::AddEnum
            | Kind::AddScalar
            | Kind::AddInterface
            | Kind::AddInputObject
            | Kind::AddDirectiveDefinition
            | Kind::AddSchemaDefinition
            | Kind::AddSchemaExtension => Verdict::new(Safe, "was added"),
            Kind::AddField | Kind::AddFieldArgument => self.added(path),
            Kind::AddEnumValue if self.is_answered(path) => {
                Verdict::new(Dangerous, "was added: clients may meet a value that they do not know")
            }
            Kind::AddEnumValue => Verdict::new(Safe, "was added"),
            Kind::AddUnionMember | Kind::AddInterfaceImplementation => {
                Verdict::new(Dangerous, "was added: clients may meet a type that they do not know")
            }
            Kind::RemoveField | Kind::RemoveFieldArgument | Kind::RemoveEnumValue => self.removed(path),
            Kind::RemoveObjectType
            | Kind::RemoveUnion
            | Kind::RemoveEnum
            | Kind::RemoveScalar
            | Kind::RemoveInterface
            | Kind::RemoveInputObject => self.removed_type(path),
            Kind::RemoveUnionMember | Kind::RemoveInterfaceImplementation => Verdict::breaking(
                "was removed",
                "Clients ask for it by a fragment on that type. Add a new type beside it, and deprecate the fields of the old.",
            ),
            Kind::RemoveDirectiveDefinition
            | Kind::RemoveSchemaDefinition
            | Kind::RemoveSchemaExtension
            | Kind::ChangeQueryType
            | Kind::ChangeMutationType
            | Kind::ChangeSubscriptionType => Verdict::breaking("was removed or renamed", "Keep it."),
            Kind::ChangeFieldType | Kind::ChangeFieldArgumentType => self.other_type(path),
            Kind::AddFieldArgumentDefault => Verdict::new(Dangerous, "got a default value"),
            Kind::ChangeFieldArgumentDefault => Verdict::new(Dangerous, "got another default value"),
            Kind::RemoveFieldArgumentDefault => self.without_default(path),
            Kind::AddDirective => self.directed(path, directive),
            Kind::RemoveDirective if directive == DEPRECATED => self.undeprecated(path),
            Kind::RemoveDirective => Verdict::new(Safe, format!("lost @{directive}")),
            Kind::ChangeDescription => Verdict::new(Safe, "is described in other words"),
        }
    }

    fn is_answered(&self, value: &str) -> bool {
        let of = value.split('.').next().unwrap_or_default();
        self.before.is_answered(of) || self.after.is_answered(of)
    }

    fn is_input(&self, path: &str) -> bool {
        let mut parts = path.split('.');
        let of = parts.next().and_then(|of| self.after.types.get(of));
        of == Some(&TypeKind::Input) || parts.count() > 1
    }

    fn added(&self, path: &str) -> Verdict {
        match self.after.members.get(path) {
            Some(member) if self.is_input(path) && member.is_required() => Verdict::breaking(
                "was added and is required",
                "No client gives it yet: make it nullable, or give it a default value.",
            ),
            _ => Verdict::new(Severity::Safe, "was added"),
        }
    }

    fn removed(&self, path: &str) -> Verdict {
        match self.before.members.get(path) {
            Some(member) => self.gone(member),
            None => Verdict::breaking("was removed", DEPRECATE),
        }
    }

    /// What a client may have used is gone.
    fn gone(&self, member: &Member) -> Verdict {
        match (&member.deprecated, member.works_until()) {
            (None, _) => Verdict::breaking("was removed", DEPRECATE),
            (Some(_), None) => Verdict::breaking(
                "was removed, and its deprecation names no day",
                "Name the day until which it works in the reason, and let it pass.",
            ),
            (Some(_), Some(day)) if self.today <= day => Verdict::breaking(
                "was removed too early",
                format!("Its deprecation says that it works until {day}: keep it as long."),
            ),
            (Some(_), Some(day)) => Verdict::new(
                Severity::Safe,
                format!("was removed: it was deprecated and worked until {day}"),
            ),
        }
    }

    /// A type goes with the last thing that has it, and that clients could ask for by a fragment.
    fn removed_type(&self, name: &str) -> Verdict {
        if let Some(view) = self
            .before
            .views(name)
            .find(|view| self.after.types.contains_key(*view))
        {
            return Verdict::breaking(
                "was removed",
                format!("Clients ask for it by a fragment where they are answered {view}: keep it."),
            );
        }
        match self.kept(name, &mut BTreeSet::new()) {
            Some(path) => Verdict::breaking(
                "was removed",
                format!("{path} had it: deprecate that first, and let the type go with it."),
            ),
            None => Verdict::new(Severity::Safe, "was removed: nothing has it"),
        }
    }

    /// What has a type that is gone, and may not go itself. `seen` are the types that were looked at on the way here.
    fn kept<'a>(&'a self, name: &'a str, seen: &mut BTreeSet<&'a str>) -> Option<&'a str> {
        if !seen.insert(name) {
            return None;
        }
        let uses: Vec<_> = self.before.uses(name).collect();
        uses.into_iter()
            .find(|(path, member)| self.after.members.contains_key(*path) || !self.may_go(path, member, seen))
            .map(|(path, _)| path.as_str())
    }

    /// Whether something may go: by its own deprecation, by that of the field that it is an argument of, or with its type.
    fn may_go<'a>(&'a self, path: &'a str, member: &Member, seen: &mut BTreeSet<&'a str>) -> bool {
        if self.gone(member).severity != Severity::Breaking {
            return true;
        }
        let (of_type, field) = path.split_once('.').unwrap_or((path, ""));
        if let Some((field, _)) = field.split_once('.') {
            let field = format!("{of_type}.{field}");
            let gone = !self.after.members.contains_key(&field);
            let member = self.before.members.get(&field);
            if gone && member.is_some_and(|member| self.gone(member).severity != Severity::Breaking) {
                return true;
            }
        }
        !self.after.types.contains_key(of_type) && self.kept(of_type, seen).is_none()
    }

    fn other_type(&self, path: &str) -> Verdict {
        let (Some(before), Some(after)) = (self.before.members.get(path), self.after.members.get(path)) else {
            return Verdict::breaking("changed its type", "Add a new one beside it, and deprecate this one.");
        };
        let what = format!("changed its type from {} to {}", before.ty, after.ty);
        let (fits, instead) = if self.is_input(path) {
            let instead =
                "What clients give would be refused: take what it took before, and add a new one for what is new.";
            (fits(&before.ty, &after.ty), instead)
        } else {
            let instead = "Clients would be answered what they do not expect: add a new field beside it, and deprecate \
                this one.";
            (fits(&after.ty, &before.ty), instead)
        };
        if fits {
            Verdict::new(Severity::Safe, what)
        } else {
            Verdict::breaking(what, instead)
        }
    }

    /// A deprecation was taken back, or given other words: then the new ones are judged.
    fn undeprecated(&self, path: &str) -> Verdict {
        let after = self.after.members.get(path);
        match after.is_some_and(|member| member.deprecated.is_some()) {
            true => Verdict::new(Severity::Safe, "was deprecated in other words"),
            false => Verdict::new(Severity::Safe, "is not deprecated any more"),
        }
    }

    fn without_default(&self, path: &str) -> Verdict {
        match self.after.members.get(path) {
            Some(member) if member.is_required() => Verdict::breaking(
                "lost its default value and is required",
                "Clients that rely on the default do not give it: keep the default, or make it nullable.",
            ),
            _ => Verdict::new(Severity::Dangerous, "lost its default value"),
        }
    }

    /// A directive was added: it is a deprecation, or says something of an input that clients cannot know.
    fn directed(&self, path: &str, directive: &str) -> Verdict {
        if directive != DEPRECATED {
            return match path.contains('.') || self.after.types.get(path) != Some(&TypeKind::Input) {
                true => Verdict::new(Severity::Safe, format!("got @{directive}")),
                false => Verdict::breaking(
                    format!("got @{directive}"),
                    "Clients do not know it: add a new input beside it.",
                ),
            };
        }
        let before = self
            .before
            .members
            .get(path)
            .filter(|member| member.deprecated.is_some());
        let after = self.after.members.get(path);
        let reason = after.and_then(|member| member.deprecated.clone()).unwrap_or_default();
        let told = format!("is deprecated: {}", reason.trim_end_matches('.'));
        let promised = before.and_then(Member::works_until);
        match after.and_then(Member::works_until) {
            None => Verdict::breaking(
                "is deprecated without a day",
                "Say in the reason what to use instead and until which day it works: \"Use `newName`. Works until \
                 2027-12-31.\"",
            ),
            Some(day) if promised.is_some_and(|promised| day < promised) => Verdict::breaking(
                format!("is to go on {day} already"),
                "It was promised for longer: keep the day.",
            ),
            Some(day) if before.is_none() && day <= self.today => Verdict::breaking(
                format!("is deprecated until {day}, which has passed"),
                "Name a day that gives clients time to change.",
            ),
            Some(_) => Verdict::new(Severity::Safe, told),
        }
    }
}
