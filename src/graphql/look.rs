//! One look at what a subscription is about: an execution of what it selects.
//!
//! Whether anything has changed for who looks is told by what they see, and by nothing else: the answer has a
//! fingerprint, and one with the fingerprint that they know is kept back. So that something happens tells nobody of it who
//! may not see what.

use super::{Fault, RequestError, Result};
use crate::digest::sha256;
use async_graphql::{Context, Response, Value};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;
use std::{
    fmt,
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

const SALT_BYTES: usize = 8;
const PRINT_BYTES: usize = 24;

/// Names an event of a subscription: by the fingerprint of what it showed, so that it can be told without a memory of
/// anybody whether that is still what there is.
///
/// The salt makes each id its own, and keeps what was shown from being looked up by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventId {
    salt: [u8; SALT_BYTES],
    print: [u8; PRINT_BYTES],
}

/// The text is no event's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not the id of an event: use an `eventId` exactly as an event gave it")]
pub struct EventIdError;

impl EventId {
    fn of(shown: &str) -> Result<Self, getrandom::Error> {
        let mut salt = [0; SALT_BYTES];
        getrandom::fill(&mut salt)?;
        Ok(Self {
            salt,
            print: print(salt, shown),
        })
    }

    fn is_of(&self, shown: &str) -> bool {
        self.print == print(self.salt, shown)
    }
}

fn print(salt: [u8; SALT_BYTES], shown: &str) -> [u8; PRINT_BYTES] {
    let digest = sha256(&[&salt, shown.as_bytes()].concat());
    let mut print = [0; PRINT_BYTES];
    print.copy_from_slice(&digest[..PRINT_BYTES]);
    print
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode([&self.salt[..], &self.print[..]].concat()))
    }
}

impl FromStr for EventId {
    type Err = EventIdError;

    fn from_str(text: &str) -> Result<Self, EventIdError> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| EventIdError)?;
        let (salt, print) = bytes.split_first_chunk().ok_or(EventIdError)?;
        Ok(Self {
            salt: *salt,
            print: print.try_into().map_err(|_| EventIdError)?,
        })
    }
}

/// What is known before a look, and found out by it. Put it into the data of the request that is the look.
#[derive(Clone, Debug)]
pub struct Look(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// Stands in the answer for the event's id, which is not known before the answer is.
    place_holder: String,
    /// The last event that the client has seen.
    known: Option<EventId>,
    /// Whether an earlier look showed something.
    showed_before: bool,
    shows: bool,
    /// The event that the look is, when it shows something new.
    event: Option<EventId>,
}

impl Look {
    /// The first look, of a client that says to have seen an event.
    #[must_use]
    pub fn first(seen: Option<EventId>) -> Self {
        Self::new(seen, false)
    }

    /// The look after this one, by who has seen what this one showed.
    #[must_use]
    pub fn next(&self) -> Self {
        let state = self.state();
        Self::new(state.event.or(state.known), state.shows || state.showed_before)
    }

    fn new(known: Option<EventId>, showed_before: bool) -> Self {
        Self(Arc::new(Mutex::new(State {
            place_holder: Uuid::now_v7().to_string(),
            known,
            showed_before,
            shows: false,
            event: None,
        })))
    }

    /// The look that is being taken. `after` is the argument that says which event the client has seen.
    ///
    /// # Errors
    /// When `after` names no event, or a subscription's field is executed without a look.
    pub fn of(ctx: &Context<'_>, after: Option<&str>) -> Result<Self> {
        let look = ctx.data_opt::<Self>();
        let look = look.ok_or_else(|| Fault::internal("a subscription is executed without a look"))?;
        if let Some(after) = after {
            let seen = after
                .parse()
                .map_err(|EventIdError| RequestError::bad_request(message!("request-bad-after")))?;
            // What was sent since weighs more.
            look.state().known.get_or_insert(seen);
        }
        Ok(look.clone())
    }

    /// What stands for the event's id in the answer until it is known.
    #[must_use]
    pub fn event_id(&self) -> String {
        self.state().place_holder.clone()
    }

    /// Notes whether there is something to see. Answers whether there was before and is no more.
    #[must_use]
    pub fn has_lost(&self, shows: bool) -> bool {
        let mut state = self.state();
        state.shows = shows;
        state.showed_before && !shows
    }

    /// The event that the look is; `None` when it shows what the client has seen.
    #[must_use]
    pub fn event(&self) -> Option<EventId> {
        self.state().event
    }

    /// Puts the event's id into the answer.
    pub fn name(&self, event: EventId, response: &mut Response) {
        let place_holder = self.event_id();
        replace(&mut response.data, &place_holder, &event.to_string());
    }

    /// Whether the answer shows anything that the client has not seen.
    pub(super) fn is_news(&self, response: &Response) -> bool {
        let mut state = self.state();
        let shown = shown(response, &state.place_holder);
        if state.known.is_some_and(|known| known.is_of(&shown)) {
            return false;
        }
        match EventId::of(&shown) {
            Ok(event) => state.event = Some(event),
            Err(error) => tracing::error!(%error, "an event has no id: there is no randomness"),
        }
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What an answer shows, save the id of the event and what differs from request to request.
fn shown(response: &Response, place_holder: &str) -> String {
    let errors = response
        .errors
        .iter()
        .map(|error| json!([error.message, error.path]))
        .collect::<Vec<_>>();
    json!([response.data, errors]).to_string().replace(place_holder, "")
}

fn replace(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) if text == from => to.clone_into(text),
        Value::List(items) => items.iter_mut().for_each(|item| replace(item, from, to)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, from, to)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::value;

    fn answer(look: &Look, title: &str) -> Response {
        Response::new(value!({ "event": { "id": (look.event_id()), "title": title } }))
    }

    #[test]
    fn only_what_looks_otherwise_is_news() {
        let first = Look::first(None);
        assert!(first.is_news(&answer(&first, "a")));
        let event = first.event().unwrap();
        let same = first.next();
        assert!(!same.is_news(&answer(&same, "a")));
        assert_eq!(same.event(), None);
        // Nothing was sent, so that what is known is still the first event.
        let other = same.next();
        assert!(other.is_news(&answer(&other, "b")));
        assert_ne!(other.event(), Some(event));
    }

    #[test]
    fn an_event_is_known_again_by_its_text() {
        let first = Look::first(None);
        assert!(first.is_news(&answer(&first, "a")));
        let event: EventId = first.event().unwrap().to_string().parse().unwrap();
        let resumed = Look::first(Some(event));
        assert!(!resumed.is_news(&answer(&resumed, "a")));
        assert!(resumed.is_news(&answer(&resumed, "b")));
        for text in ["", "a", "AAAA", &"A".repeat(44)] {
            assert_eq!(text.parse::<EventId>(), Err(EventIdError), "{text}");
        }
    }

    #[test]
    fn no_two_events_have_one_id() {
        let [one, two] = [Look::first(None), Look::first(None)];
        assert!(one.is_news(&answer(&one, "a")) && two.is_news(&answer(&two, "a")));
        assert_ne!(one.event(), two.event());
    }

    #[test]
    fn the_id_takes_its_place_in_the_answer() {
        let look = Look::first(None);
        let mut response = answer(&look, "a");
        assert!(look.is_news(&response));
        let event = look.event().unwrap();
        look.name(event, &mut response);
        assert_eq!(
            response.data,
            value!({ "event": { "id": (event.to_string()), "title": "a" } })
        );
    }

    #[test]
    fn what_is_gone_is_told_from_what_never_was() {
        let first = Look::first(None);
        assert!(!first.has_lost(false));
        let second = first.next();
        assert!(!second.has_lost(true));
        assert!(second.next().has_lost(false));
    }
}
