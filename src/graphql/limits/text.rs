//! One pass over the text of a document, without recursion.

use crate::graphql::error::RequestError;

/// What the text of a document holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Lexical tokens.
    pub(super) tokens: usize,
    /// The deepest that brackets stand inside one another.
    pub(super) nesting: usize,
    /// The bytes of the longest name or number.
    pub(super) word: usize,
    /// The bytes of the longest text, with its quotes.
    pub(super) string: usize,
}

/// Counts tokens and nesting as the lexical grammar has them (GraphQL specification, section 2.1).
///
/// The count may be higher than what a parser sees, never lower: a text that is no document is refused by the parser.
pub(super) fn scan(text: &str) -> Result<Found, RequestError> {
    let mut rest = text.as_bytes();
    let mut found = Found::default();
    let mut open = 0_usize;
    while let [first, ..] = rest {
        let length = match first {
            b'#' => line(rest),
            // The byte order mark is ignored like white space; all bytes beyond ASCII belong to it, a comment, a string
            // or an error.
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0x80.. => 1,
            _ => {
                found.tokens += 1;
                match first {
                    b'{' | b'[' | b'(' => {
                        open += 1;
                        found.nesting = found.nesting.max(open);
                        1
                    }
                    b'}' | b']' | b')' => {
                        open = open.saturating_sub(1);
                        1
                    }
                    b'"' => {
                        let length = string(rest)?;
                        found.string = found.string.max(length);
                        length
                    }
                    _ => {
                        let length = word(rest);
                        found.word = found.word.max(length);
                        length
                    }
                }
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(found)
}

/// The length of a comment: up to the end of its line.
fn line(rest: &[u8]) -> usize {
    rest.iter()
        .position(|byte| matches!(byte, b'\n' | b'\r'))
        .unwrap_or(rest.len())
}

/// The length of a name or number, or of one punctuator.
fn word(rest: &[u8]) -> usize {
    if rest.starts_with(b"...") {
        return 3;
    }
    rest.iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
        .unwrap_or(rest.len())
        .max(1)
}

/// The length of a string, with its quotes.
fn string(rest: &[u8]) -> Result<usize, RequestError> {
    const BLOCK: &[u8] = b"\"\"\"";
    if rest.starts_with(BLOCK) {
        let mut at = BLOCK.len();
        while let Some(tail) = rest.get(at..) {
            if tail.is_empty() {
                break;
            }
            if tail.starts_with(BLOCK) {
                return Ok(at + BLOCK.len());
            }
            at += if tail.starts_with(b"\\\"\"\"") { 4 } else { 1 };
        }
        // The parser would go back and read an empty string here, and then brackets that this scan took for text.
        return Err(RequestError::bad_request(message!("request-block-string-open")));
    }
    let mut at = 1;
    while let Some(byte) = rest.get(at) {
        match byte {
            b'"' => return Ok(at + 1),
            b'\n' | b'\r' => break,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(text: &str) -> Option<(usize, usize)> {
        scan(text).ok().map(|found| (found.tokens, found.nesting))
    }

    #[test]
    fn names_numbers_and_punctuation_are_tokens() {
        assert_eq!(counts("query Q($a: Int = -1) { f(x: $a) ...F }"), Some((22, 2)));
        assert_eq!(counts("\u{feff} , \t\r\n"), Some((0, 0)));
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_nest() {
        assert_eq!(counts(r#"{ a(s: "{{[[(\"{") }"#), Some((8, 2)));
        assert_eq!(counts("{ a # {{{{\n }"), Some((3, 1)));
        assert_eq!(counts(r#"{ a(s: """ {{{ \""" {{{ """) }"#), Some((8, 2)));
        assert_eq!(counts(r#"{ a(s: """""") }"#), Some((8, 2)));
    }

    #[test]
    fn a_string_ends_with_its_line() {
        assert_eq!(counts("\"{{\n{{").map(|found| found.1), Some(2));
        assert_eq!(counts("\"\\"), Some((1, 0)));
    }

    #[test]
    fn a_block_string_that_does_not_end_is_refused() {
        assert_eq!(counts(r#"{ a(l: ["""[[[ "[[[[[ }"#), None);
    }

    #[test]
    fn the_longest_word_and_text_count() {
        let found = scan("{ abc(x: 12345) \"123456\" }").unwrap();
        assert_eq!((found.word, found.string), (5, 8));
    }

    #[test]
    fn the_deepest_place_counts() {
        assert_eq!(counts("{a{b}c}}}{[({").map(|found| found.1), Some(4));
    }
}
