use super::{Shaped, WriteError};
use crate::spreadsheet::text_guard::guarded;
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use std::borrow::Cow;

/// What Excel knows UTF-8 by.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// What stands between cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Delimiter {
    /// A semicolon: what Excel reads and writes in Sweden.
    #[default]
    Semicolon,
    /// A comma.
    Comma,
    /// A tab.
    Tab,
}

impl Delimiter {
    /// The one that a client names, by its name or as it is.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "semicolon" | ";" => Some(Self::Semicolon),
            "comma" | "," => Some(Self::Comma),
            "tab" | "\t" => Some(Self::Tab),
            _ => None,
        }
    }

    const fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
            Self::Tab => b'\t',
        }
    }
}

/// CSV (RFC 4180) in UTF-8 with a mark.
pub(crate) struct CsvWriter {
    delimiter: Delimiter,
    ready: Vec<u8>,
}

impl CsvWriter {
    pub(super) fn begin(delimiter: Delimiter, headings: &[String]) -> Result<Self, WriteError> {
        let mut writer = Self {
            delimiter,
            ready: MARK.to_vec(),
        };
        let headings: Vec<Shaped> = headings.iter().cloned().map(Shaped::Text).collect();
        writer.rows(&[headings])?;
        Ok(writer)
    }

    pub(super) fn rows(&mut self, rows: &[Vec<Shaped>]) -> Result<(), WriteError> {
        let unfit = |error: csv::Error| WriteError::Format(error.to_string());
        let mut writer: Writer<Vec<u8>> = WriterBuilder::new()
            .delimiter(self.delimiter.byte())
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Necessary)
            .from_writer(std::mem::take(&mut self.ready));
        for row in rows {
            let cells = row.iter().map(|cell| match cell {
                Shaped::Empty => Cow::Borrowed(""),
                Shaped::Text(text) => guarded(text),
                Shaped::Whole(number) => Cow::Owned(number.to_string()),
            });
            writer
                .write_record(cells.map(|cell| cell.into_owned()))
                .map_err(unfit)?;
        }
        self.ready = writer
            .into_inner()
            .map_err(|error| WriteError::Format(error.to_string()))?;
        Ok(())
    }

    pub(super) fn ready(&mut self) -> Result<Vec<u8>, WriteError> {
        Ok(std::mem::take(&mut self.ready))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_for_swedish_excel_and_no_cell_is_a_formula() {
        let mut writer = CsvWriter::begin(Delimiter::Semicolon, &["Åtgärd".to_owned(), "Värde".to_owned()]).unwrap();
        let text = |text: &str| Shaped::Text(text.to_owned());
        writer
            .rows(&[vec![text("=cmd|' /C calc'!A0"), Shaped::Whole(-4)]])
            .unwrap();
        writer.rows(&[vec![text("a;\"b\"\nc"), Shaped::Empty]]).unwrap();
        let all = String::from_utf8(writer.ready().unwrap()).unwrap();
        assert_eq!(
            all,
            "\u{feff}Åtgärd;Värde\r\n'=cmd|' /C calc'!A0;-4\r\n\"a;\"\"b\"\"\nc\";\r\n"
        );
        assert!(writer.ready().unwrap().is_empty(), "it is handed out once");
    }
}
