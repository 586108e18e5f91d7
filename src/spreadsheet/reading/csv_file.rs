//! CSV, as Excel and others write it.

use crate::spreadsheet::{
    FileRefusal, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, ProblemCode, Row, Table, Value, filled::is_too_long,
    text_guard::unguarded,
};
use csv::{ErrorKind, ReaderBuilder, StringRecord};

/// What stands between cells: in Swedish Excel a semicolon.
const DELIMITERS: [u8; 3] = *b";\t,";

/// What CSV holds. A row is a record: a cell with several lines is one all the same, as Excel counts.
///
/// # Errors
/// When it is none.
pub(super) fn read(text: &str) -> Result<Table, FileRefusal> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut record = StringRecord::new();
    let mut number = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(table),
            Err(error) => {
                // It is text by now, and its rows may be as long as they like.
                let row = match error.kind() {
                    ErrorKind::Utf8 { pos: Some(at), .. } => at.line(),
                    _ => number,
                };
                tracing::debug!(%error, "CSV cannot be read");
                return Err(FileRefusal::Unsupported(message!("spreadsheet-no-csv", row)));
            }
        }
        let row = row(&record, u32::try_from(number).unwrap_or(u32::MAX), &mut table);
        if !row.cells.is_empty() {
            table.rows.push(row);
        }
        if table.rows.len() > MOST_ROWS + 2 {
            return Ok(table);
        }
        number += 1;
    }
}

fn row(record: &StringRecord, number: u32, table: &mut Table) -> Row {
    let mut row = Row {
        number,
        cells: Vec::new(),
    };
    for (column, cell) in (0..).zip(record.iter()).take(MOST_COLUMNS + 1) {
        if cell.trim().is_empty() {
            continue;
        }
        let value = if is_too_long(cell) {
            let message = message!("spreadsheet-cell-too-long", most = MOST_CHARACTERS);
            table.problems.at((number, column), ProblemCode::Limit, message);
            Value::Wrong
        } else if cell.trim_start().starts_with('=') {
            let message = message!(
                "spreadsheet-formula",
                cell = crate::spreadsheet::cell_name(number, column)
            );
            table.problems.at((number, column), ProblemCode::Formula, message);
            Value::Wrong
        } else {
            Value::Text(unguarded(cell).to_owned())
        };
        row.cells.push((column, value));
    }
    row
}

/// What stands between the headings: what there is most of outside of quotation marks in the first line.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [0_usize; DELIMITERS.len()];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        if let Some(index) = DELIMITERS.iter().position(|delimiter| *delimiter == byte && !quoted) {
            counts[index] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let first = counts.iter().position(|count| *count == most).unwrap_or_default();
    DELIMITERS[first]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        let table = read(text).unwrap();
        let rows = table.rows.into_iter().map(|row| {
            let cells = row.cells.into_iter().map(|(_, value)| match value {
                Value::Text(text) => text,
                other => format!("{other:?}"),
            });
            (row.number, cells.collect())
        });
        rows.collect()
    }

    #[test]
    fn what_stands_between_cells_is_found_out() {
        let wanted = [(0, vec!["a".to_owned(), "b, c".to_owned()]), (2, vec!["1".to_owned()])];
        assert_eq!(cells("a;b, c\r\n;\r\n1;\r\n"), wanted);
        assert_eq!(cells("a,\"b, c\"\n,\n1\n"), wanted);
        assert_eq!(cells("a\tb, c\n\t\n1"), wanted);
        assert_eq!(cells("a;\"b\nc\"\n2;3")[1].0, 1, "a cell of two lines is in one row");
    }

    #[test]
    fn formulas_are_told_and_guarded_texts_come_back() {
        let table = read("a;b\n'=1+1;=1+1\n").unwrap();
        assert_eq!(table.rows[1].cells[0], (0, Value::Text("=1+1".to_owned())));
        assert_eq!(table.problems.told()[0].cell.as_deref(), Some("B2"));
    }
}
