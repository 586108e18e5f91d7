//! Swedish order of names, the same on every database.

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use std::sync::LazyLock;

static SWEDISH: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| Collator::try_new(locale!("sv").into(), CollatorOptions::default()).ok());

/// The bytes to sort a name by: å, ä and ö come last, and case matters least.
///
/// Stored beside the name, because databases sort differently from each other. A new version of the Unicode data may
/// make other keys; rows then have to be stored anew.
#[must_use]
pub fn sort_key(name: &str) -> Vec<u8> {
    let mut key = Vec::new();
    match &*SWEDISH {
        Some(collator) => {
            let Ok(()) = collator.write_sort_key_to(name, &mut key);
        }
        // The data is compiled in. If it could not be read, there would still be an order, if not the Swedish one.
        None => key.extend(name.to_lowercase().bytes()),
    }
    key
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn swedish_letters_come_last_in_their_order() {
        let mut names = ["Öst", "Ånge", "arkiv", "Äldre", "Zon", "Bygg"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["arkiv", "Bygg", "Zon", "Ånge", "Äldre", "Öst"]);
    }
}
