use super::{Term, catalogue};
use chrono::NaiveDate;
use entity::Language;
use fluent_bundle::{FluentArgs, FluentValue};

/// Something to be said to people, without the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    id: &'static str,
    arguments: Vec<(&'static str, Argument)>,
}

/// What a message is about, for its words to name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A text as it is: a code, a name, what somebody wrote.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A name of the API's.
    Term(Term),
    /// One of several names: "A or B".
    AnyOf(Vec<Term>),
    /// A part of the message that has words of its own.
    Message(Message),
    /// Several such parts, and what stands between them.
    Messages(Vec<Message>, &'static str),
}

/// Says what is to be said: the id of a message in the catalogues, and what its words name.
///
/// `message!("planning-year-exists", year = self.year)`; `year` alone is short for `year = year`.
macro_rules! message {
    ($id:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::language::Message::new($id)$(.with(stringify!($name), $crate::language::AsArgument::as_argument(&message!(@value $name $(= $value)?))))*
    };
    (@value $name:ident = $value:expr) => { $value };
    (@value $name:ident) => { $name };
}

impl Message {
    /// The message with this id. Use the macro `message!`: a test finds the ids that it is given.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self {
            id,
            arguments: Vec::new(),
        }
    }

    /// Adds what the words name as `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: Argument) -> Self {
        self.arguments.push((name, argument));
        self
    }

    /// The message in English words.
    #[cfg(test)]
    pub(crate) fn in_english(&self) -> String {
        self.in_language(Language::En)
    }

    /// What a text that was kept in English says in a language, if it is this message.
    #[must_use]
    pub fn retold(&self, kept: &str, language: Language) -> Option<String> {
        (self.in_language(Language::En) == kept).then(|| self.in_language(language))
    }

    /// The message in words.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        let mut arguments = FluentArgs::with_capacity(self.arguments.len());
        for (name, argument) in &self.arguments {
            arguments.set(*name, argument.in_language(language));
        }
        catalogue::format(language, self.id, None, Some(&arguments)).unwrap_or_else(|| {
            tracing::error!(id = self.id, "a message is missing in a catalogue");
            self.id.to_owned()
        })
    }
}

impl Argument {
    fn in_language(&self, language: Language) -> FluentValue<'static> {
        match self {
            Self::Text(text) => FluentValue::from(text.clone()),
            Self::Number(number) => FluentValue::from(*number),
            Self::Term(term) => FluentValue::from(term.in_language(language)),
            Self::AnyOf(terms) => {
                let or = match language {
                    Language::Sv => " eller ",
                    Language::En => " or ",
                };
                let terms: Vec<_> = terms.iter().map(|term| term.in_language(language)).collect();
                FluentValue::from(terms.join(or))
            }
            Self::Message(message) => FluentValue::from(message.in_language(language)),
            Self::Messages(messages, between) => {
                let messages: Vec<_> = messages.iter().map(|message| message.in_language(language)).collect();
                FluentValue::from(messages.join(between))
            }
        }
    }
}

/// What can be named in a message. Borrowed, as in `format!`.
pub trait AsArgument {
    /// It as an argument.
    fn as_argument(&self) -> Argument;
}

impl<T: AsArgument + ?Sized> AsArgument for &T {
    fn as_argument(&self) -> Argument {
        (**self).as_argument()
    }
}

impl AsArgument for str {
    fn as_argument(&self) -> Argument {
        Argument::Text(self.to_owned())
    }
}

impl AsArgument for String {
    fn as_argument(&self) -> Argument {
        Argument::Text(self.clone())
    }
}

impl AsArgument for NaiveDate {
    fn as_argument(&self) -> Argument {
        Argument::Text(self.to_string())
    }
}

impl AsArgument for Term {
    fn as_argument(&self) -> Argument {
        Argument::Term(self.clone())
    }
}

impl AsArgument for Vec<Term> {
    fn as_argument(&self) -> Argument {
        Argument::AnyOf(self.clone())
    }
}

impl AsArgument for Message {
    fn as_argument(&self) -> Argument {
        Argument::Message(self.clone())
    }
}

impl AsArgument for Argument {
    fn as_argument(&self) -> Argument {
        self.clone()
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl AsArgument for $number {
            fn as_argument(&self) -> Argument {
                i64::try_from(*self).map_or_else(|_| Argument::Text(self.to_string()), Argument::Number)
            }
        })+
    };
}

numbers!(i32, i64, u32, u64, usize);
