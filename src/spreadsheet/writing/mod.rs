//! Writing sheets: CSV row by row, XLSX through files, so that neither holds more than a page of rows in memory.

mod csv_file;
mod xlsx;

pub(crate) use csv_file::Delimiter;
use std::{fs::File, io, path::Path};

/// The kinds of file that are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Office Open XML.
    Xlsx,
    /// Comma-separated values, whatever stands between them.
    Csv,
}

/// The content of a cell that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shaped {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
}

/// Why a sheet is not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// The disk failed.
    #[error(transparent)]
    Disk(#[from] io::Error),
    /// It does not fit the format.
    #[error("{0}")]
    Format(String),
}

impl Format {
    /// The format that ends of names say.
    pub(crate) fn of_extension(extension: &str) -> Option<Self> {
        match extension {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// How names of such files end.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// Its media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// A sheet that is being written.
pub(crate) enum SheetWriter {
    /// CSV: what is written is handed out at once.
    Csv(csv_file::CsvWriter),
    /// XLSX: what is written is in files without names until all of it is there.
    Xlsx(Box<xlsx::XlsxWriter>),
}

impl SheetWriter {
    /// Begins a sheet with its headings. `folder` is where XLSX is written to meanwhile.
    ///
    /// # Errors
    /// When the disk fails.
    pub(crate) fn begin(
        format: Format,
        delimiter: Delimiter,
        folder: &Path,
        name: &str,
        headings: &[String],
    ) -> Result<Self, WriteError> {
        Ok(match format {
            Format::Csv => Self::Csv(csv_file::CsvWriter::begin(delimiter, headings)?),
            Format::Xlsx => Self::Xlsx(Box::new(xlsx::XlsxWriter::begin(folder, name, headings)?)),
        })
    }

    /// Writes rows.
    ///
    /// # Errors
    /// When the disk fails, or there are more than the format takes.
    pub(crate) fn rows(&mut self, rows: &[Vec<Shaped>]) -> Result<(), WriteError> {
        match self {
            Self::Csv(writer) => writer.rows(rows),
            Self::Xlsx(writer) => writer.rows(rows),
        }
    }

    /// What can be sent already of what was written.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn ready(&mut self) -> Result<Vec<u8>, WriteError> {
        match self {
            Self::Csv(writer) => writer.ready(),
            Self::Xlsx(_) => Ok(Vec::new()),
        }
    }

    /// The file with all of it, where it is sent only when all is there.
    ///
    /// # Errors
    /// When the disk fails.
    pub(crate) fn finish(self, folder: &Path) -> Result<Option<File>, WriteError> {
        match self {
            Self::Csv(_) => Ok(None),
            Self::Xlsx(writer) => writer.finish(folder).map(Some),
        }
    }
}
