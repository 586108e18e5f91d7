//! The characters of a text file, where it is certain which they are.
//!
//! UTF-8 is known by itself, UTF-16 by its mark. Windows-1252 is what older programs in Sweden write, and has no mark: it
//! is taken only when every byte beyond ASCII is a letter or a mark that Swedish texts have, where such a one can
//! stand. A text in another encoding would have others there.

use crate::spreadsheet::FileRefusal;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Letters beyond ASCII that Swedish texts have, and names in them, in Windows-1252.
const LETTERS: &[u8] =
    b"\xe5\xe4\xf6\xc5\xc4\xd6\xe9\xc9\xe8\xe0\xfc\xdc\xe6\xf8\xc6\xd8\xeb\xe1\xed\xf3\xe7\xf1\xea\xf4\xef";

/// Marks that stand between words or at their ends.
const MARKS: &[u8] = b"\x80\x85\x93\x94\x96\x97\xa0\xa7\xab\xb0\xb1\xb2\xb7\xbb\xbd";

/// The apostrophe, which may stand between letters.
const APOSTROPHE: u8 = 0x92;

/// A file's text.
///
/// # Errors
/// When it is not certain which characters it has: where that begins.
pub(super) fn decoded(bytes: &[u8]) -> Result<String, FileRefusal> {
    let text = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        marked(UTF_16LE, rest)?
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        marked(UTF_16BE, rest)?
    } else if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = std::str::from_utf8(rest);
        let text = text.map_err(|error| not_utf8(bytes, error.valid_up_to() + 3))?;
        text.to_owned()
    } else if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let row = row_of(bytes, at);
        return Err(FileRefusal::Unsupported(message!(
            "spreadsheet-zero-byte",
            byte = at + 1,
            row
        )));
    } else {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => windows_1252(bytes).ok_or_else(|| not_utf8(bytes, error.valid_up_to()))?,
        }
    };
    match text.char_indices().find(|(_, letter)| is_control(*letter)) {
        None => Ok(text),
        Some((at, _)) => {
            let row = row_of(text.as_bytes(), at);
            Err(FileRefusal::Unsupported(message!("spreadsheet-control-character", row)))
        }
    }
}

fn marked(encoding: &'static Encoding, rest: &[u8]) -> Result<String, FileRefusal> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
    let text = text.map(std::borrow::Cow::into_owned);
    text.ok_or_else(|| FileRefusal::Unsupported(message!("spreadsheet-bad-utf16", name = encoding.name())))
}

/// The text in Windows-1252, where it certainly is.
fn windows_1252(bytes: &[u8]) -> Option<String> {
    let letter = |at: Option<usize>| {
        let byte = at.and_then(|at| bytes.get(at)).copied();
        byte.is_some_and(|byte| byte.is_ascii_alphabetic() || LETTERS.contains(&byte))
    };
    let mut swedish = false;
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let between = letter(at.checked_sub(1)) && letter(at.checked_add(1));
        let fits = match byte {
            _ if LETTERS.contains(byte) => {
                swedish |= b"\xe5\xe4\xf6\xc5\xc4\xd6".contains(byte);
                true
            }
            _ if MARKS.contains(byte) => !between,
            _ => *byte == APOSTROPHE,
        };
        if !fits {
            return None;
        }
    }
    let text = WINDOWS_1252.decode_without_bom_handling_and_without_replacement(bytes)?;
    swedish.then(|| text.into_owned())
}

fn not_utf8(bytes: &[u8], at: usize) -> FileRefusal {
    let found = bytes.get(at).map_or_else(String::new, |byte| format!("0x{byte:02X}"));
    let row = row_of(bytes, at);
    FileRefusal::Unsupported(message!("spreadsheet-unknown-encoding", byte = at + 1, found, row))
}

/// Which line a byte is in, from 1.
fn row_of(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or(bytes);
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

fn is_control(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Beskrivning;Åtgärd\nRäksmörgås – ”citat”;é\n";

    fn utf16(big: bool) -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(TEXT.encode_utf16());
        units
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn what_is_certain_is_read() {
        let (windows, _, lost) = WINDOWS_1252.encode(TEXT);
        assert!(!lost);
        for bytes in [
            TEXT.as_bytes().to_vec(),
            format!("\u{feff}{TEXT}").into_bytes(),
            utf16(false),
            utf16(true),
            windows.into_owned(),
        ] {
            assert_eq!(decoded(&bytes).as_deref(), Ok(TEXT));
        }
    }

    #[test]
    fn what_is_not_certain_is_refused_with_its_place() {
        for (bytes, place) in [
            // Räksmörgås in DOS's and the old Mac's characters.
            (&b"a;b\nR\x84ksm\x94rg\x86s;1\n"[..], "byte 6 (0x84, row 2)"),
            (b"a;b\n\nR\x8aksm\x9arg\x8cs;1\n", "byte 7 (0x8A, row 3)"),
            // Polish in Windows-1250.
            (b"za\xbf\xf3\xb3\xe6", "byte 3 (0xBF, row 1)"),
            // Windows-1252 and UTF-8 in one.
            (b"r\xe4d;r\xc3\xa4d", "byte 2 (0xE4, row 1)"),
            // Cut off in the middle of a letter, after a mark.
            (b"\xef\xbb\xbfr\xc3", "byte 5 (0xC3, row 1)"),
            (b"a\0b\0", "byte 2"),
            (b"a\nb\x1b[31m", "row 2"),
            (b"\xff\xfea", "UTF-16"),
        ] {
            let refusal = decoded(bytes).unwrap_err();
            let message = refusal.message().in_english();
            assert!(message.contains(place), "{message}");
        }
    }
}
