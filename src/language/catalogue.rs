//! The catalogues: all messages in one language.

use entity::Language;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::sync::LazyLock;

type Catalogue = FluentBundle<FluentResource>;

/// The files of the catalogues, each there in every language.
macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        pub(super) const FILES: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("en/", $name, ".ftl")),
            include_str!(concat!("sv/", $name, ".ftl")),
        )),+];
    };
}

files!(
    "access",
    "administration",
    "attachments",
    "decisions",
    "follow_up",
    "labels",
    "organisation",
    "planning",
    "reminders",
    "reporting",
    "request",
    "roll_forward",
    "secrecy",
    "spreadsheet",
    "use_case",
    "work",
);

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| catalogue(Language::En));
static SWEDISH: LazyLock<Catalogue> = LazyLock::new(|| catalogue(Language::Sv));

/// The words of a message, or of one of its attributes; none when the catalogue does not have it.
pub(super) fn format(
    language: Language,
    id: &str,
    attribute: Option<&str>,
    arguments: Option<&FluentArgs<'_>>,
) -> Option<String> {
    let catalogue = match language {
        Language::En => &ENGLISH,
        Language::Sv => &SWEDISH,
    };
    let message = catalogue.get_message(id)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(attribute) => message.get_attribute(attribute)?.value(),
    };
    let mut errors = Vec::new();
    let words = catalogue.format_pattern(pattern, arguments, &mut errors).into_owned();
    for error in errors {
        tracing::error!(id, %error, "a message's words are not whole");
    }
    Some(words)
}

pub(super) const fn tag(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Sv => "sv",
    }
}

fn catalogue(language: Language) -> Catalogue {
    let mut catalogue = FluentBundle::new_concurrent(vec![tag(language).parse().unwrap_or_default()]);
    // The marks around what is filled in are for texts of several directions of writing, and would be in every JSON.
    catalogue.set_use_isolating(false);
    for (name, english, swedish) in FILES {
        let text = match language {
            Language::En => english,
            Language::Sv => swedish,
        };
        // Tests hold that there is nothing wrong with the files; what there were would leave the rest usable.
        let file = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(file, errors)| {
            tracing::error!(name, ?errors, "a file of a catalogue is not whole");
            file
        });
        if let Err(errors) = catalogue.add_resource(file) {
            tracing::error!(name, ?errors, "a message is in a catalogue twice");
        }
    }
    catalogue
}
