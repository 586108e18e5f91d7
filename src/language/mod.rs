//! The words that the program says to people, in the languages that there are.
//!
//! Code says *what* is to be said, by a [`Message`]; the words are in the catalogues, one for each language, in files of
//! Project Fluent (<https://projectfluent.org>): one file a room of the house. Words are made of it where an answer
//! leaves: only there it is known in which language.
//!
//! In English, states and kinds are named as the API names them, so that a developer finds them again; in Swedish by
//! their label ([`Term`]).

#[macro_use]
mod message;
mod answer_language;
mod api;
mod catalogue;
mod label;
mod term;

#[cfg(test)]
mod tests;

pub use answer_language::AnswerLanguage;
pub use api::LanguageQuery;
pub use label::{enum_label, type_label, value_label};
pub use message::{Argument, AsArgument, Message};
pub use term::Term;
