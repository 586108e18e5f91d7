//! Personal identity numbers, which are never stored.

/// Whether a text looks like a personal identity number, or a coordination number: nothing but its ten or twelve digits,
/// however they are set apart.
#[must_use]
pub(crate) fn is_like_one(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let others = text
        .chars()
        .any(|character| !character.is_ascii_digit() && !"-+ ".contains(character));
    !others && matches!(digits, 10 | 12)
}

#[cfg(test)]
mod tests {
    use super::is_like_one;

    #[test]
    fn it_is_told_by_its_digits() {
        for text in [
            "190001010000",
            "19000101-0000",
            "000101-0000",
            "000101+0000",
            "19000161 0000",
        ] {
            assert!(is_like_one(text), "{text}");
        }
        for text in ["controller-ksf", "SE2321000016-A1B2", "12345", "a190001010000"] {
            assert!(!is_like_one(text), "{text}");
        }
    }
}
