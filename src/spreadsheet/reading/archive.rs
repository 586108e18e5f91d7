//! Looking at a workbook's archive before anything unpacks it for good: a small file may unpack to more than any memory.

use crate::{language::Message, spreadsheet::FileRefusal};
use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
};
use zip::ZipArchive;

/// The most entries of a workbook.
const MOST_ENTRIES: usize = 500;

/// The most bytes of all its entries, unpacked.
pub(super) const MOST_UNPACKED: u64 = 64 << 20;

/// The most elements of all its entries: each of them may become something in memory that is larger than itself.
const MOST_ELEMENTS: u64 = 8_000_000;

/// What a workbook says of how many texts it shares. Its reader makes room for as many before it reads any.
const COUNT: &[u8] = b"uniqueCount";

/// The most digits that it may say so with.
const MOST_DIGITS: usize = 7;

const CHUNK: usize = 64 << 10;

/// A file is a workbook, of which no more is unpacked than there is room for: each entry is unpacked once, counted and
/// forgotten. What entries declare of their sizes is not believed.
///
/// # Errors
/// When it is none, or too large.
pub(super) fn refuse_unfit(file: &mut File) -> Result<(), FileRefusal> {
    let damaged = |_| FileRefusal::Unsupported(message!("spreadsheet-damaged"));
    let copy = file
        .try_clone()
        .map_err(|_| FileRefusal::Unsupported(message!("spreadsheet-damaged")))?;
    let mut archive = ZipArchive::new(BufReader::new(copy)).map_err(damaged)?;
    if archive.len() > MOST_ENTRIES {
        let found = archive.len();
        return Err(too_large(message!(
            "spreadsheet-too-many-parts",
            most = MOST_ENTRIES,
            found
        )));
    }
    refuse_other_office(&mut archive)?;
    let mut counted = Counted::default();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        if entry.size() > MOST_UNPACKED {
            return Err(unpacks_to_more());
        }
        counted.count(entry)?;
    }
    file.seek(SeekFrom::Start(0))
        .map_err(|_| FileRefusal::Unsupported(message!("spreadsheet-damaged")))?;
    Ok(())
}

fn too_large(message: Message) -> FileRefusal {
    FileRefusal::TooLarge(message)
}

/// The refusal of what is more than [`MOST_UNPACKED`].
pub(super) fn unpacks_to_more() -> FileRefusal {
    too_large(message!("spreadsheet-unpacks-to-more", most = MOST_UNPACKED >> 20))
}

/// A workbook in XLSX says so by what its entries are called; other office files by theirs.
fn refuse_other_office(archive: &mut ZipArchive<BufReader<File>>) -> Result<(), FileRefusal> {
    let refuse = |message| Err(FileRefusal::Unsupported(message));
    let (mut typed, mut workbook) = (false, false);
    for name in archive.file_names() {
        let Ok(name) = name else {
            return refuse(message!("spreadsheet-damaged"));
        };
        let name = name.to_ascii_lowercase();
        if name.ends_with("vbaproject.bin") {
            return refuse(message!("spreadsheet-macros"));
        }
        if name == "xl/workbook.bin" {
            return refuse(message!("spreadsheet-binary-workbook"));
        }
        typed |= name == "[content_types].xml";
        workbook |= name.starts_with("xl/");
    }
    if typed && workbook {
        return Ok(());
    }
    let mut kind = String::new();
    if let Ok(entry) = archive.by_name("mimetype") {
        // Where it cannot be read, it is none that is known.
        drop(entry.take(200).read_to_string(&mut kind));
    }
    if kind.trim().starts_with("application/vnd.oasis.opendocument") {
        return refuse(message!("spreadsheet-open-document"));
    }
    refuse(message!("spreadsheet-other-archive"))
}

/// What was found in all entries so far.
#[derive(Default)]
struct Counted {
    bytes: u64,
    elements: u64,
}

impl Counted {
    fn count(&mut self, mut entry: impl Read) -> Result<(), FileRefusal> {
        let mut chunk = vec![0; CHUNK];
        let mut claim = Claim::default();
        loop {
            let read = match entry.read(&mut chunk) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return Err(FileRefusal::Unsupported(message!("spreadsheet-damaged"))),
            };
            if read == 0 {
                return Ok(());
            }
            self.bytes += read as u64;
            let new = &chunk[..read];
            self.elements += new.iter().filter(|byte| **byte == b'<').count() as u64;
            if self.bytes > MOST_UNPACKED {
                return Err(unpacks_to_more());
            }
            if self.elements > MOST_ELEMENTS {
                return Err(too_large(message!(
                    "spreadsheet-too-many-elements",
                    most = MOST_ELEMENTS
                )));
            }
            if claim.is_too_many(new) {
                return Err(FileRefusal::Unsupported(message!("spreadsheet-damaged")));
            }
        }
    }
}

/// How much was read of what an entry says of its shared texts. It goes on from chunk to chunk, however much space there
/// is between the attribute's name and its value.
#[derive(Clone, Copy)]
enum Claim {
    /// So many bytes of the name.
    Name(usize),
    /// The name.
    Named,
    /// The name and what makes it an attribute.
    Equals,
    /// So many digits of its value.
    Digits(usize),
}

impl Default for Claim {
    fn default() -> Self {
        Self::Name(0)
    }
}

impl Claim {
    /// Whether it is said that there are more shared texts than a sheet can have.
    fn is_too_many(&mut self, text: &[u8]) -> bool {
        for byte in text {
            *self = self.after(*byte);
            if matches!(self, Self::Digits(digits) if *digits > MOST_DIGITS) {
                return true;
            }
        }
        false
    }

    fn after(self, byte: u8) -> Self {
        match self {
            // In UTF-16, each other byte.
            same if byte == 0 => same,
            Self::Name(known) if COUNT.get(known) == Some(&byte) => {
                if known + 1 == COUNT.len() {
                    Self::Named
                } else {
                    Self::Name(known + 1)
                }
            }
            Self::Named if byte.is_ascii_whitespace() => Self::Named,
            Self::Named if byte == b'=' => Self::Equals,
            Self::Equals if byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'') => Self::Equals,
            Self::Equals if byte.is_ascii_digit() => Self::Digits(1),
            Self::Digits(digits) if byte.is_ascii_digit() => Self::Digits(digits + 1),
            // The name begins anew: it is the attribute's only as a whole.
            _ => Self::Name(usize::from(COUNT.first() == Some(&byte))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    fn archive(entries: &[(&str, &[u8])]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        let mut archive = ZipWriter::new(&mut file);
        for (name, content) in entries {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            archive.start_file(*name, options).unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        file
    }

    fn refused(entries: &[(&str, &[u8])]) -> FileRefusal {
        refuse_unfit(&mut archive(entries)).unwrap_err()
    }

    #[test]
    fn a_bomb_is_refused_by_what_it_unpacks_to() {
        let zeros = vec![0; 70 << 20];
        let bomb = refused(&[("[Content_Types].xml", b""), ("xl/worksheets/sheet1.xml", &zeros)]);
        assert!(matches!(bomb, FileRefusal::TooLarge(_)), "{bomb:?}");
        let elements = "<c/>".repeat(2_100_000).repeat(4);
        let many = refused(&[("[Content_Types].xml", b""), ("xl/a.xml", elements.as_bytes())]);
        assert!(matches!(many, FileRefusal::TooLarge(_)), "{many:?}");
        let names: Vec<String> = (0..501).map(|number| format!("xl/{number}")).collect();
        let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert!(matches!(refused(&entries), FileRefusal::TooLarge(_)));
    }

    #[test]
    fn a_bomb_that_says_to_be_small_is_counted() {
        let size = 70_u32 << 20;
        let zeros = vec![0; 70 << 20];
        let mut honest = archive(&[("[Content_Types].xml", b""), ("xl/worksheets/sheet1.xml", &zeros)]);
        let mut bytes = Vec::new();
        honest.read_to_end(&mut bytes).unwrap();
        let mut lied = 0;
        for at in 0..bytes.len() - 4 {
            if bytes[at..at + 4] == size.to_le_bytes() {
                bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
                lied += 1;
            }
        }
        assert!(lied >= 1, "the size is declared");
        let mut liar = tempfile::tempfile().unwrap();
        liar.write_all(&bytes).unwrap();
        liar.seek(SeekFrom::Start(0)).unwrap();
        assert!(refuse_unfit(&mut liar).is_err());
    }

    #[test]
    fn room_is_made_for_no_more_texts_than_there_can_be() {
        let mut padded = vec![b' '; CHUNK - 6];
        padded.extend(b"<sst uniqueCount = '99999999999999'>");
        let mut spaced = b"<sst uniqueCount".to_vec();
        spaced.resize(spaced.len() + 70_000, b' ');
        spaced.push(b'=');
        spaced.resize(spaced.len() + 70_000, b'\n');
        spaced.extend(b"\"400000000000\">");
        let wide: Vec<u8> = b"<sst uniqueCount=\"4294967296\">"
            .iter()
            .flat_map(|byte| [*byte, 0])
            .collect();
        for shared in [&b"<sst uniqueCount=\"4294967296\">"[..], &padded, &spaced, &wide] {
            let refusal = refused(&[("[Content_Types].xml", b""), ("xl/sharedStrings.xml", shared)]);
            assert!(matches!(refusal, FileRefusal::Unsupported(_)), "{refusal:?}");
        }
        let entries: &[(&str, &[u8])] = &[
            ("[Content_Types].xml", b""),
            (
                "xl/sharedStrings.xml",
                b"<sst uniqueCount=\"12\" count=\"99999999999\">",
            ),
        ];
        assert_eq!(refuse_unfit(&mut archive(entries)), Ok(()));
    }

    #[test]
    fn other_archives_are_named() {
        for (entries, said) in [
            (
                &[("mimetype", &b"application/vnd.oasis.opendocument.spreadsheet"[..])][..],
                "OpenDocument",
            ),
            (
                &[("word/document.xml", b""), ("[Content_Types].xml", b"")],
                "no workbook",
            ),
            (&[("xl/vbaProject.bin", b""), ("[Content_Types].xml", b"")], "macros"),
            (&[("xl/workbook.bin", b""), ("[Content_Types].xml", b"")], "XLSB"),
        ] {
            let message = refused(entries).message().in_english();
            assert!(message.contains(said), "{message}");
        }
    }
}
