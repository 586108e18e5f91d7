//! The language that a client asks for (RFC 9110, section 12.5.4), and telling it which it got.

use super::graphql_endpoint::thousandths;
use crate::language::AnswerLanguage;
use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use entity::Language;
use std::cmp::Reverse;

/// What the answer to a request with this head is in.
pub(super) fn of_headers(headers: &HeaderMap) -> AnswerLanguage {
    AnswerLanguage::asked(asked(headers))
}

/// What the answer to a request is in.
pub(super) fn of_parts(parts: &Parts) -> AnswerLanguage {
    parts
        .extensions
        .get::<AnswerLanguage>()
        .cloned()
        .unwrap_or_else(|| of_headers(&parts.headers))
}

/// Tells the client which language it got, and caches that others get others.
pub(super) fn tell(headers: &mut HeaderMap, language: &AnswerLanguage) {
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.append(header::VARY, HeaderValue::from_static("accept-language"));
}

/// The language that the header names with the highest weight, the first of several; none when it names neither. `*`
/// names none: whoever takes any language is answered as one who asks for none.
fn asked(headers: &HeaderMap) -> Option<Language> {
    headers
        .get_all(header::ACCEPT_LANGUAGE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(weighted)
        .filter(|(_, weight)| *weight > 0)
        .min_by_key(|(_, weight)| Reverse(*weight))
        .map(|(language, _)| language)
}

/// The language that an element of the header names, whatever country it is of, and its weight.
fn weighted(element: &str) -> Option<(Language, u16)> {
    let mut parts = element.split(';').map(str::trim);
    let language = match parts.next()?.split('-').next()? {
        tag if tag.eq_ignore_ascii_case("sv") => Language::Sv,
        tag if tag.eq_ignore_ascii_case("en") => Language::En,
        _ => return None,
    };
    let weight = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .map_or(1_000, |(_, weight)| thousandths(weight.trim()));
    Some((language, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked_by(values: &[&str]) -> Option<Language> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::ACCEPT_LANGUAGE, HeaderValue::try_from(*value).unwrap());
        }
        asked(&headers)
    }

    #[test]
    fn a_language_is_known_by_its_first_part() {
        for value in ["sv", "sv-SE", "SV-fi", "de, sv;q=0.1", "*, sv;q=0.5"] {
            assert_eq!(asked_by(&[value]), Some(Language::Sv), "{value}");
        }
        for value in ["en", "en-GB", "en-US,en;q=0.9", "nb, da;q=0.9, en;q=0.8"] {
            assert_eq!(asked_by(&[value]), Some(Language::En), "{value}");
        }
    }

    #[test]
    fn the_highest_weight_wins_and_then_the_first() {
        assert_eq!(asked_by(&["en;q=0.5, sv"]), Some(Language::Sv));
        assert_eq!(asked_by(&["sv-SE, en;q=0.5"]), Some(Language::Sv));
        assert_eq!(asked_by(&["sv;q=0.2, en;q=0.3"]), Some(Language::En));
        assert_eq!(asked_by(&["sv, en"]), Some(Language::Sv));
        assert_eq!(asked_by(&["en, sv"]), Some(Language::En));
        assert_eq!(asked_by(&["sv;q=0", "en;q=0.001"]), Some(Language::En));
    }

    #[test]
    fn whoever_names_neither_asks_for_none() {
        for value in [
            "",
            "*",
            "de",
            "de-DE, fr;q=0.5",
            "sv;q=0",
            "svenska",
            "!!;;,=,q=1",
            "sv;q=nonsense",
        ] {
            assert_eq!(asked_by(&[value]), None, "{value}");
        }
        assert_eq!(asked_by(&[]), None);
    }
}
