//! Chooses the media type of a response (RFC 9110, section 12.5.1; GraphQL over HTTP, section "Media Types").

use axum::http::{HeaderMap, StatusCode, header};

/// A media type that responses have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaType {
    /// The type of GraphQL responses: the status of the HTTP response tells whether the request was executed.
    GraphqlResponse,
    /// The legacy type: a well-formed GraphQL request is answered by 200, whatever comes of it.
    Json,
}

impl MediaType {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json",
            Self::Json => "application/json",
        }
    }

    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    pub(super) const fn request_error_status(self) -> StatusCode {
        match self {
            Self::GraphqlResponse => StatusCode::BAD_REQUEST,
            Self::Json => StatusCode::OK,
        }
    }
}

/// The type of server-sent events.
const EVENTS: &str = "text/event-stream";

/// The type that the client prefers, or `None` if it accepts neither.
///
/// The highest weight wins, then the range that names a type, then the one that is first. Without a preference (no
/// header, `*/*`) it is `application/json`, which every client knows.
pub(super) fn choose(headers: &HeaderMap) -> Option<MediaType> {
    let values: Vec<&str> = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let ranges: Vec<Range<'_>> = values
        .iter()
        .flat_map(|value| value.split(','))
        .enumerate()
        .filter_map(Range::parse)
        .collect();
    if values.iter().all(|value| value.trim().is_empty()) {
        return Some(MediaType::Json);
    }
    let mut best: Option<(MediaType, Range<'_>)> = None;
    for media in [MediaType::Json, MediaType::GraphqlResponse] {
        let Some(range) = most_specific(&ranges, media).filter(|range| range.weight > 0) else {
            continue;
        };
        if best.is_none_or(|(_, other)| range.preference() > other.preference()) {
            best = Some((media, range));
        }
    }
    best.map(|(media, _)| media)
}

/// Whether the client asks for events: it names their type, and prefers no other that there is. A client that accepts
/// anything asks for none.
pub(super) fn wants_events(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT);
    let values = values.iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<Range<'_>> = values
        .flat_map(|value| value.split(','))
        .enumerate()
        .filter_map(Range::parse)
        .filter(|range| range.weight > 0)
        .collect();
    let others = [MediaType::Json, MediaType::GraphqlResponse];
    let events = ranges.iter().find(|range| range.media.eq_ignore_ascii_case(EVENTS));
    events.is_some_and(|events| {
        others
            .iter()
            .filter_map(|media| most_specific(&ranges, *media))
            .all(|other| other.preference() < events.preference())
    })
}

/// The range that decides about a type: an exact one before a wildcard.
fn most_specific<'a>(ranges: &[Range<'a>], media: MediaType) -> Option<Range<'a>> {
    ranges
        .iter()
        .copied()
        .filter(|range| range.covers(media))
        .max_by_key(Range::specificity)
}

/// One element of an `Accept` header.
#[derive(Clone, Copy, Debug)]
struct Range<'a> {
    media: &'a str,
    /// Thousandths.
    weight: u16,
    position: usize,
}

impl<'a> Range<'a> {
    /// `None` for an empty element, and for one that asks for another character set than UTF-8.
    fn parse((position, text): (usize, &'a str)) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let media = parts.next().filter(|media| !media.is_empty())?;
        let mut weight = 1_000;
        for parameter in parts {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let value = value.trim().trim_matches('"');
            if name.trim().eq_ignore_ascii_case("q") {
                weight = thousandths(value);
            } else if name.trim().eq_ignore_ascii_case("charset")
                && !(value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8"))
            {
                return None;
            }
        }
        Some(Self {
            media,
            weight,
            position,
        })
    }

    fn covers(&self, media: MediaType) -> bool {
        ["*/*", "application/*", media.name()]
            .iter()
            .any(|name| self.media.eq_ignore_ascii_case(name))
    }

    fn specificity(&self) -> u8 {
        match self.media {
            "*/*" => 0,
            media if media.ends_with("/*") => 1,
            _ => 2,
        }
    }

    fn preference(&self) -> (u16, u8, std::cmp::Reverse<usize>) {
        (self.weight, self.specificity(), std::cmp::Reverse(self.position))
    }
}

/// A weight (RFC 9110, section 12.4.2); 0, "not acceptable", for what is none.
pub(in crate::server) fn thousandths(value: &str) -> u16 {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match (whole, fraction.len()) {
        ("1", 0..=3) if fraction.bytes().all(|byte| byte == b'0') => 1_000,
        ("0", 0..=3) if digits(fraction) => format!("{fraction:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn chosen(accept: &[&'static str]) -> Option<MediaType> {
        let mut headers = HeaderMap::new();
        for value in accept {
            headers.append(header::ACCEPT, HeaderValue::from_static(value));
        }
        choose(&headers)
    }

    #[test]
    fn without_a_preference_it_is_json() {
        for accept in [
            &[] as &[_],
            &[""],
            &["*/*"],
            &["application/*"],
            &["text/html, */*;q=0.1"],
        ] {
            assert_eq!(chosen(accept), Some(MediaType::Json), "{accept:?}");
        }
    }

    #[test]
    fn the_highest_weight_wins() {
        let both = "application/json;q=0.5, application/graphql-response+json; charset=utf-8; q=0.9";
        assert_eq!(chosen(&[both]), Some(MediaType::GraphqlResponse));
        assert_eq!(
            chosen(&["application/json", "application/graphql-response+json;q=0.999"]),
            Some(MediaType::Json)
        );
        assert_eq!(
            chosen(&["application/json;q=0.1, */*;q=0.2"]),
            Some(MediaType::GraphqlResponse)
        );
    }

    #[test]
    fn at_equal_weight_a_named_type_wins_then_the_first() {
        assert_eq!(
            chosen(&["*/*, application/graphql-response+json"]),
            Some(MediaType::GraphqlResponse)
        );
        assert_eq!(
            chosen(&["application/graphql-response+json, application/json"]),
            Some(MediaType::GraphqlResponse)
        );
        assert_eq!(
            chosen(&["application/json, application/graphql-response+json"]),
            Some(MediaType::Json)
        );
    }

    #[test]
    fn what_is_excluded_is_not_chosen() {
        assert_eq!(chosen(&["text/html"]), None);
        assert_eq!(chosen(&["application/json;q=0"]), None);
        assert_eq!(chosen(&["application/json;q=0, */*"]), Some(MediaType::GraphqlResponse));
        assert_eq!(chosen(&["application/json; charset=iso-8859-1"]), None);
        assert_eq!(chosen(&["application/json; q=nonsense"]), None);
    }

    #[test]
    fn events_are_asked_for_by_name() {
        let wants = |accept: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
            wants_events(&headers)
        };
        for accept in [
            "text/event-stream",
            "Text/Event-Stream, */*",
            "text/event-stream, application/json",
            "application/json;q=0.5, text/event-stream",
        ] {
            assert!(wants(accept), "{accept}");
        }
        for accept in [
            "",
            "*/*",
            "text/*",
            "text/event-stream;q=0",
            "application/json, text/event-stream",
            "text/event-stream;q=0.5, application/json",
        ] {
            assert!(!wants(accept), "{accept}");
        }
    }

    #[test]
    fn names_have_no_case() {
        assert_eq!(
            chosen(&["Application/GraphQL-Response+JSON; Q=1.0"]),
            Some(MediaType::GraphqlResponse)
        );
    }

    #[test]
    fn weights_are_read_in_thousandths() {
        for (text, weight) in [
            ("1", 1_000),
            ("1.000", 1_000),
            ("0.5", 500),
            ("0.05", 50),
            ("0", 0),
            ("0.", 0),
        ] {
            assert_eq!(thousandths(text), weight, "{text}");
        }
        for text in ["", "2", "1.001", "0.1234", "-0.5", "0.+1"] {
            assert_eq!(thousandths(text), 0, "{text}");
        }
    }
}
