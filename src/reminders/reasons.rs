//! Why a reminder is not sent, or not yet. It is kept in English, as all that the table and the log have, and told to
//! whoever reads in their language; what a mail server says is told as it said it.

use crate::language::Message;
use entity::Language;

/// The user is disabled.
pub(super) const DISABLED: Message = message!("reminders-user-disabled");
/// The user cannot be written to.
pub(super) const NO_ADDRESS: Message = message!("reminders-no-address");
/// Nothing is left of the work.
pub(super) const DONE: Message = message!("reminders-nothing-left");
/// The database does not answer what it is about.
pub(super) const UNREADABLE: Message = message!("reminders-unreadable");
/// The time that the process had for it is nearly over.
pub(super) const TOO_SLOW: Message = message!("reminders-too-slow");
/// An attempt never ended.
pub(super) const INTERRUPTED: Message = message!("reminders-interrupted");
/// The mail server has the mail, and said nothing.
pub(super) const UNANSWERED_IN_TIME: Message = message!("reminders-unanswered-in-time");
/// The mail server takes plain addresses alone.
pub(super) const PLAIN_ADDRESSES: Message = message!("reminders-plain-addresses");
/// The mail server said nothing.
pub(super) const SERVER_TOO_SLOW: Message = message!("reminders-server-too-slow");

/// That the mail server has the mail, and broke off.
pub(super) fn unanswered(error: &str) -> Message {
    message!("reminders-unanswered", error)
}

/// That it was tried so often for a reason.
pub(super) fn given_up(attempts: i32, reason: &str) -> Message {
    message!("reminders-given-up", attempts, reason)
}

/// A reason as it is kept.
pub(super) fn kept(reason: &Message) -> String {
    reason.in_language(Language::En)
}

/// A kept reason as it is told. `attempts` is how many there were.
pub(super) fn told(reason: &str, attempts: i32, language: Language) -> String {
    const WHOLE: [Message; 9] = [
        DISABLED,
        NO_ADDRESS,
        DONE,
        UNREADABLE,
        TOO_SLOW,
        INTERRUPTED,
        UNANSWERED_IN_TIME,
        PLAIN_ADDRESSES,
        SERVER_TOO_SLOW,
    ];
    if let Some(told) = WHOLE.iter().find_map(|known| known.retold(reason, language)) {
        return told;
    }
    // What follows is another reason, or what the server said.
    if let Some(rest) = reason.strip_prefix(&kept(&given_up(attempts, ""))) {
        return given_up(attempts, &told(rest, attempts, language)).in_language(language);
    }
    match reason.strip_prefix(&kept(&unanswered(""))) {
        Some(error) => unanswered(error).in_language(language),
        None => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_told_in_the_readers_language() {
        let told = |reason: &str| told(reason, 3, Language::Sv);
        assert_eq!(told(&kept(&NO_ADDRESS)), "användaren har ingen e-postadress");
        assert_eq!(
            told(&kept(&given_up(3, &kept(&SERVER_TOO_SLOW)))),
            "uppgivet efter 3 försök: e-postservern svarade inte i tid"
        );
        assert_eq!(
            told(&kept(&given_up(3, &kept(&unanswered("421 busy"))))),
            "uppgivet efter 3 försök: brevet skickades men besvarades inte: 421 busy"
        );
        assert_eq!(told("550 no such user"), "550 no such user");
    }

    #[test]
    fn in_english_it_is_told_as_it_is_kept() {
        let reason = kept(&given_up(3, &kept(&TOO_SLOW)));
        assert_eq!(told(&reason, 3, Language::En), reason);
    }
}
