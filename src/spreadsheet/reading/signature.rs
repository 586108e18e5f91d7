//! What the beginning of a file says that it is.

use crate::spreadsheet::FileRefusal;

/// What a file may be by its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    /// An archive: a workbook is one.
    Zip,
    /// Nothing that is known: text, perhaps.
    None,
}

/// What the beginning says.
///
/// # Errors
/// When it is that of something else than a sheet.
pub(super) fn of(head: &[u8]) -> Result<Signature, FileRefusal> {
    let refuse = |message| Err(FileRefusal::Unsupported(message));
    if head.is_empty() {
        return refuse(message!("spreadsheet-file-empty"));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Signature::Zip);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return refuse(message!("spreadsheet-old-excel"));
    }
    let text = head
        .strip_prefix("\u{feff}".as_bytes())
        .unwrap_or(head)
        .trim_ascii_start();
    if matches!(text, [b'<', next, ..] if next.is_ascii_alphabetic() || matches!(next, b'!' | b'?')) {
        return refuse(message!("spreadsheet-markup"));
    }
    match infer::get(head) {
        // Text may begin with the letters of a signature, as "BM" for a picture.
        Some(known) if is_binary(head) || known.mime_type() == "application/pdf" => {
            refuse(message!("spreadsheet-other-kind", media_type = known.mime_type()))
        }
        _ => Ok(Signature::None),
    }
}

/// Whether there are bytes that no text has, be it in UTF-8 or Windows-1252. UTF-16 is known by its mark.
fn is_binary(head: &[u8]) -> bool {
    let marked = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    !marked
        && head
            .iter()
            .any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_sheet_is_named() {
        for (head, said) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "image/png"),
            (b"%PDF-1.7\n", "application/pdf"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", ".xls"),
            (b"\xef\xbb\xbf<html>", "XLSX"),
            (b"<?xml version=\"1.0\"?>", "XLSX"),
            (b"", "empty"),
        ] {
            let refused = of(head).unwrap_err();
            let message = refused.message().in_english();
            assert!(message.contains(said), "{message}");
        }
        assert_eq!(of(b"PK\x03\x04"), Ok(Signature::Zip));
        for text in [&b"Beskrivning;Kategori\n"[..], b"BM;1", b"r\xe4d", b"\xff\xfeR\0"] {
            assert_eq!(of(text), Ok(Signature::None));
        }
    }
}
