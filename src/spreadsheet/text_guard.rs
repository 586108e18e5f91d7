//! Keeps texts in CSV from being carried out as formulas by the program that opens them (OWASP, CSV Injection).

use std::borrow::Cow;

/// What stands before a text that a program would take for a formula.
const GUARD: char = '\'';

/// What a formula may begin with.
fn begins_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A text that no program takes for a formula: what would be one gets an apostrophe before it. So does what looks as if it
/// had been guarded, so that [`unguarded`] gives every text back.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    let bare = text.trim_start_matches(GUARD);
    if begins_formula(bare) {
        Cow::Owned(format!("{GUARD}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that was guarded.
pub(crate) fn unguarded(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        Some(rest) if begins_formula(rest.trim_start_matches(GUARD)) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_as_a_formula_and_each_comes_back() {
        for text in ["=1+1", "+46", "-", "@SUM(A1)", "\tx", "'=1", "''=1", "＝1"] {
            assert!(guarded(text).starts_with('\''), "{text}");
            assert_eq!(unguarded(&guarded(text)), text);
        }
        for text in ["", "text", "'text", "a=b", "'", "1-2"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }
}
