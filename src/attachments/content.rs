//! Finding out what the content of a file is, whatever anybody says that it is.

use super::rules::{ContentProblem, FileKind};
use crate::language::Message;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use zip::{CompressionMethod, ZipArchive};

/// How much of the beginning is looked at for what it is a signature of.
const HEAD: usize = 8 << 10;

/// How much is looked at at once for whether it is text.
const CHUNK: usize = 64 << 10;

/// What a zip file begins with, and so does an office file.
const ZIP: &[u8] = b"PK\x03\x04";

/// The byte order mark that some programs begin text in UTF-8 with.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The most entries that an office file may have.
const ENTRIES: usize = 20_000;

/// Content is that of the kind of file that its name says.
///
/// # Errors
/// When it cannot be read; and inside, what it is instead.
pub(crate) fn refuse_other_content(
    named: FileKind,
    file: &mut (impl Read + Seek),
) -> io::Result<Result<(), ContentProblem>> {
    let head = head(file)?;
    if head.is_empty() {
        return Ok(Err(ContentProblem::Empty));
    }
    let found = match signature(&head) {
        Signature::Kind(found) => found,
        Signature::Forbidden(found) => return Ok(Err(ContentProblem::Forbidden { found })),
        Signature::Zip => match office_kind(file) {
            Ok(found) => found,
            Err(problem) => return Ok(Err(problem)),
        },
        Signature::None if named.is_text() => {
            file.seek(SeekFrom::Start(0))?;
            return Ok(is_text(file)?.then_some(()).ok_or(ContentProblem::NotText));
        }
        Signature::None => return Ok(Err(ContentProblem::Unknown { named })),
    };
    if found == named {
        return Ok(Ok(()));
    }
    Ok(Err(ContentProblem::OtherKind { found, named }))
}

fn head(file: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// What the beginning of a file says.
enum Signature {
    Kind(FileKind),
    Zip,
    Forbidden(Message),
    None,
}

fn signature(head: &[u8]) -> Signature {
    if head.starts_with(ZIP) {
        return Signature::Zip;
    }
    if is_markup(head) {
        return Signature::Forbidden(message!("attachments-content-markup"));
    }
    match infer::get(head) {
        // An office file is a zip file: that is all that its beginning says for certain.
        Some(known) => match FileKind::of_media_type(known.mime_type()) {
            Some(kind) => Signature::Kind(kind),
            // Text may begin with the letters of a signature, as "BM" for a picture: then it is found not to be one below.
            None if is_binary(head) || known.mime_type() == "text/x-shellscript" => {
                Signature::Forbidden(message!("attachments-content-of-type", media_type = known.mime_type()))
            }
            None => Signature::None,
        },
        None => Signature::None,
    }
}

/// Whether it begins as HTML, SVG and other XML do: with a tag, a declaration or a comment.
fn is_markup(head: &[u8]) -> bool {
    let text = head.strip_prefix(MARK).unwrap_or(head).trim_ascii_start();
    matches!(text, [b'<', next, ..] if next.is_ascii_alphabetic() || matches!(next, b'!' | b'?' | b'/'))
}

fn is_binary(head: &[u8]) -> bool {
    head.iter().any(|byte| is_control(char::from(*byte)) && byte.is_ascii())
}

/// Characters that no text has.
fn is_control(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\u{c}')
}

/// Whether all of it is text in UTF-8.
fn is_text(file: &mut impl Read) -> io::Result<bool> {
    let mut chunk = vec![0; CHUNK];
    // What is left of a character that the last chunk ended in.
    let mut begun = 0;
    loop {
        let read = file.read(&mut chunk[begun..])?;
        let known = &chunk[..begun + read];
        let text = match std::str::from_utf8(known) {
            Ok(text) => text,
            Err(error) if error.error_len().is_none() && read > 0 => {
                std::str::from_utf8(&known[..error.valid_up_to()]).unwrap_or_default()
            }
            Err(_) => return Ok(false),
        };
        if text.chars().any(is_control) {
            return Ok(false);
        }
        if read == 0 {
            return Ok(true);
        }
        let (end, length) = (text.len(), known.len());
        chunk.copy_within(end..length, 0);
        begun = length - end;
    }
}

/// The kind of office file that a zip file is.
fn office_kind(file: &mut (impl Read + Seek)) -> Result<FileKind, ContentProblem> {
    const ARCHIVE: ContentProblem = ContentProblem::Forbidden {
        found: message!("attachments-content-archive"),
    };
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| ARCHIVE)?;
    if archive.len() > ENTRIES {
        return Err(ARCHIVE);
    }
    let (mut kind, mut typed) = (None, false);
    for name in archive.file_names() {
        let name = name.map_err(|_| ARCHIVE)?;
        if has_macros(&name) {
            return Err(ContentProblem::Macros);
        }
        typed |= name == "[Content_Types].xml";
        kind = kind.or(match name.split('/').next() {
            Some("word") => Some(FileKind::Docx),
            Some("xl") => Some(FileKind::Xlsx),
            Some("ppt") => Some(FileKind::Pptx),
            _ => None,
        });
    }
    if let Some(kind) = kind.filter(|_| typed) {
        return Ok(kind);
    }
    open_document_kind(&mut archive).ok_or(ARCHIVE)
}

/// Whether an entry of an office file holds programs: VBA, or those of OpenDocument.
fn has_macros(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("vbaproject.bin") || name.starts_with("basic/") || name.starts_with("scripts/")
}

/// An OpenDocument file says what it is in an entry of its own, not compressed.
fn open_document_kind(archive: &mut ZipArchive<impl Read + Seek>) -> Option<FileKind> {
    let entry = archive.by_name("mimetype").ok()?;
    if entry.compression() != CompressionMethod::Stored {
        return None;
    }
    let mut said = String::new();
    // The longest is some 60 bytes, whatever the entry says of its size.
    entry.take(100).read_to_string(&mut said).ok()?;
    FileKind::of_media_type(said.trim()).filter(|kind| matches!(kind, FileKind::Odt | FileKind::Ods | FileKind::Odp))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn found(named: FileKind, content: impl AsRef<[u8]>) -> Result<(), ContentProblem> {
        refuse_other_content(named, &mut Cursor::new(content.as_ref())).unwrap()
    }

    fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, content) in entries {
            writer.start_file(*name, stored).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn content_is_known_by_itself() {
        const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        for (kind, content) in [
            (FileKind::Pdf, &b"%PDF-1.7\n"[..]),
            (FileKind::Png, PNG),
            (FileKind::Jpeg, b"\xff\xd8\xff\xe0\0\x10JFIF"),
            (FileKind::Text, "Kontroll utförd\r\n\tutan avvikelse".as_bytes()),
            (FileKind::Text, "\u{feff}BMW är en bil, MZ två bokstäver".as_bytes()),
            (FileKind::Text, b"BM and other letters"),
            (FileKind::Text, b"1 < 2 <3"),
            (FileKind::Csv, "nämnd;antal\nKS;3\n".as_bytes()),
        ] {
            assert_eq!(found(kind, content), Ok(()), "{kind:?}");
            for other in FileKind::ALL {
                if other != kind && !(other.is_text() && kind.is_text()) {
                    assert!(found(other, content).is_err(), "{kind:?} as {other:?}");
                }
            }
        }
        assert_eq!(
            found(FileKind::Pdf, PNG),
            Err(ContentProblem::OtherKind {
                found: FileKind::Png,
                named: FileKind::Pdf,
            })
        );
    }

    #[test]
    fn office_files_are_told_apart_by_what_is_in_them() {
        for (kind, entries) in [
            (
                FileKind::Docx,
                &[("[Content_Types].xml", ""), ("word/document.xml", "")][..],
            ),
            (FileKind::Xlsx, &[("xl/workbook.xml", ""), ("[Content_Types].xml", "")]),
            (
                FileKind::Pptx,
                &[("[Content_Types].xml", ""), ("ppt/presentation.xml", "")],
            ),
            (
                FileKind::Odt,
                &[
                    ("mimetype", "application/vnd.oasis.opendocument.text"),
                    ("content.xml", ""),
                ],
            ),
            (
                FileKind::Ods,
                &[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")],
            ),
            (
                FileKind::Odp,
                &[("mimetype", "application/vnd.oasis.opendocument.presentation")],
            ),
        ] {
            let content = zipped(entries);
            assert_eq!(found(kind, &content), Ok(()), "{kind:?}");
            assert!(found(FileKind::Pdf, &content).is_err());
            let half = &content[..content.len() / 2];
            assert!(matches!(found(kind, half), Err(ContentProblem::Forbidden { .. })));
        }
        for (entries, problem) in [
            (
                &[
                    ("[Content_Types].xml", ""),
                    ("word/document.xml", ""),
                    ("word/vbaProject.bin", ""),
                ][..],
                ContentProblem::Macros,
            ),
            (
                &[
                    ("mimetype", "application/vnd.oasis.opendocument.text"),
                    ("Basic/Standard/a.xml", ""),
                ],
                ContentProblem::Macros,
            ),
            (
                &[("word/document.xml", "")],
                ContentProblem::Forbidden {
                    found: message!("attachments-content-archive"),
                },
            ),
            (
                &[("mimetype", "application/epub+zip")],
                ContentProblem::Forbidden {
                    found: message!("attachments-content-archive"),
                },
            ),
        ] {
            assert_eq!(found(FileKind::Docx, zipped(entries)), Err(problem), "{entries:?}");
        }
    }

    #[test]
    fn programs_pages_and_bytes_are_refused_under_every_name() {
        for content in [
            &b"MZ\x90\0\x03\0\0\0"[..],
            b"\x7fELF\x02\x01\x01\0",
            b"#!/bin/sh\nrm -rf /\n",
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"\xef\xbb\xbf \n<html>",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
            b"<?xml version=\"1.0\"?><a/>",
            b"<!-- a page --><p>",
            b"text and \0 more",
            b"text and \x1b[31m more",
            b"r\xe4ksm\xf6rg\xe5s",
            b"\xff\xfea\0",
            b"\xe2\x82",
            b"",
        ] {
            for kind in FileKind::ALL {
                assert!(found(kind, content).is_err(), "{kind:?}: {content:?}");
            }
        }
        assert_eq!(found(FileKind::Text, ""), Err(ContentProblem::Empty));
    }

    #[test]
    fn text_is_read_to_its_end_and_across_chunks() {
        let mut long = "a".repeat(CHUNK - 1);
        long.push('å');
        long.push_str(&"ö".repeat(CHUNK));
        assert_eq!(found(FileKind::Text, &long), Ok(()));
        let mut late = long.into_bytes();
        late.push(0xc3);
        assert_eq!(found(FileKind::Text, &late), Err(ContentProblem::NotText));
    }
}
