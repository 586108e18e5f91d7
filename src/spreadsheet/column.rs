use crate::language::Message;
use entity::Language;

/// A column of a kind of sheet that can be imported.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its name in the API, which is taken as a heading too.
    pub(crate) name: &'static str,
    /// What it is called, in both languages.
    pub(crate) heading: Message,
    /// What is done with it.
    pub(crate) kind: Kind,
}

/// What is done with a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It is read, and has to be there.
    Required,
    /// It is read where it is there.
    Optional,
    /// It is there in exports, and says nothing that could be changed in a sheet.
    Shown,
}

impl Column {
    /// A column that has to be there.
    pub(crate) const fn required(name: &'static str, heading: Message) -> Self {
        Self::of(name, heading, Kind::Required)
    }

    /// A column that is read where it is there.
    pub(crate) const fn optional(name: &'static str, heading: Message) -> Self {
        Self::of(name, heading, Kind::Optional)
    }

    /// A column that exports have.
    pub(crate) const fn shown(name: &'static str, heading: Message) -> Self {
        Self::of(name, heading, Kind::Shown)
    }

    const fn of(name: &'static str, heading: Message, kind: Kind) -> Self {
        Self { name, heading, kind }
    }

    /// Whether a heading is this column's, in either language, whatever its case.
    pub(super) fn is_called(&self, heading: &str) -> bool {
        let wanted = normal(heading);
        let names = [Language::Sv, Language::En].map(|it| self.heading.in_language(it));
        names
            .iter()
            .map(String::as_str)
            .chain([self.name])
            .any(|name| normal(name) == wanted)
    }
}

fn normal(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
