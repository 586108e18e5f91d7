use super::catalogue;
use entity::Language;
use std::sync::{Arc, OnceLock};

/// The language that one request is answered in: the one that it asks for, else the one that its user has chosen, as
/// soon as the user is read; else English.
#[derive(Clone, Debug, Default)]
pub struct AnswerLanguage {
    asked: Option<Language>,
    chosen: Arc<OnceLock<Language>>,
}

impl AnswerLanguage {
    /// The language of a request that asks for one, or for none.
    #[must_use]
    pub fn asked(asked: Option<Language>) -> Self {
        Self {
            asked,
            chosen: Arc::default(),
        }
    }

    /// Notes what the request's user has chosen.
    pub fn note_choice(&self, chosen: Option<Language>) {
        if let Some(chosen) = chosen {
            // The first that is read counts, so that one answer is in one language.
            let _ = self.chosen.set(chosen);
        }
    }

    /// The language, as far as it is known.
    #[must_use]
    pub fn get(&self) -> Language {
        self.asked
            .or_else(|| self.chosen.get().copied())
            .unwrap_or(Language::En)
    }

    /// Its tag (RFC 5646), as it is in `Content-Language`.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        catalogue::tag(self.get())
    }
}
