use super::{Shaped, WriteError};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::{
    fs::File,
    io::{BufWriter, Seek, Write},
    path::Path,
};

/// The most characters that Excel takes in a cell, in UTF-16.
const MOST_UNITS: usize = 32_767;

/// The most characters of a sheet's name.
const MOST_NAME: usize = 31;

/// How wide the narrowest and the widest columns are, in characters.
const NARROWEST: usize = 10;
const WIDEST: usize = 40;

/// XLSX, of which each row is in a file when the next is begun.
pub(crate) struct XlsxWriter {
    workbook: Workbook,
    next: u32,
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) => Self::Disk(error),
            other => Self::Format(other.to_string()),
        }
    }
}

impl XlsxWriter {
    pub(super) fn begin(folder: &Path, name: &str, headings: &[String]) -> Result<Self, WriteError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder)?;
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(name))?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (column, heading) in (0..).zip(headings) {
            let width = heading.chars().count().clamp(NARROWEST, WIDEST);
            sheet.set_column_width(column, u32::try_from(width).unwrap_or(10) + 4)?;
            sheet.write_string_with_format(0, column, heading, &bold)?;
        }
        Ok(Self { workbook, next: 1 })
    }

    pub(super) fn rows(&mut self, rows: &[Vec<Shaped>]) -> Result<(), WriteError> {
        let sheet = self.workbook.worksheet_from_index(0)?;
        for row in rows {
            write_row(sheet, self.next, row)?;
            self.next += 1;
        }
        Ok(())
    }

    pub(super) fn finish(mut self, folder: &Path) -> Result<File, WriteError> {
        let file = tempfile::tempfile_in(folder)?;
        let mut writer = BufWriter::new(file);
        self.workbook.save_to_writer(&mut writer)?;
        writer.flush()?;
        let mut file = writer
            .into_inner()
            .map_err(|error| WriteError::Disk(error.into_error()))?;
        file.rewind()?;
        Ok(file)
    }
}

/// Texts are written as texts: no program takes one for a formula then.
fn write_row(sheet: &mut Worksheet, number: u32, row: &[Shaped]) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(row) {
        match cell {
            Shaped::Empty => {}
            Shaped::Text(text) => _ = sheet.write_string(number, column, fitting(text))?,
            #[allow(clippy::cast_precision_loss, reason = "numbers of the domain are far smaller")]
            Shaped::Whole(whole) => _ = sheet.write_number(number, column, *whole as f64)?,
        }
    }
    Ok(())
}

/// A text within what Excel takes: what is longer ends in an ellipsis.
fn fitting(text: &str) -> String {
    if text.len() <= MOST_UNITS || text.encode_utf16().count() <= MOST_UNITS {
        return text.to_owned();
    }
    let mut units = 1;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= MOST_UNITS
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// A name that a sheet can have.
fn sheet_name(name: &str) -> String {
    let fits = |letter: &char| !matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let name: String = name.chars().filter(fits).take(MOST_NAME).collect();
    if name.trim().is_empty() { "1".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spreadsheet::{Row, Value};

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let name = "Risker: [2018] / alla förvaltningar i kommunen";
        let mut writer =
            XlsxWriter::begin(folder.path(), name, &["Beskrivning".to_owned(), "Värde".to_owned()]).unwrap();
        let text = |text: &str| Shaped::Text(text.to_owned());
        for _ in 0..2 {
            writer.rows(&[vec![text("=1+1"), Shaped::Whole(12)]]).unwrap();
        }
        let long = "å".repeat(40_000);
        writer.rows(&[vec![Shaped::Empty, text(&long)]]).unwrap();
        let mut file = writer.finish(folder.path()).unwrap();
        assert_eq!(folder.path().read_dir().unwrap().count(), 0, "its files have no names");
        let table = crate::spreadsheet::read(&mut file).unwrap().unwrap();
        assert_eq!(table.sheet.as_deref(), Some("Risker 2018  alla förvaltningar"));
        let cells = vec![(0, Value::Text("=1+1".to_owned())), (1, Value::Number(12.0))];
        assert_eq!(table.rows[2], Row { number: 2, cells });
        assert_eq!(
            table.problems.told()[0].cell.as_deref(),
            Some("B4"),
            "it is longer than is read"
        );
    }
}
