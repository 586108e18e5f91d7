//! The first sheet of an XLSX workbook, cell by cell.

use super::archive::{MOST_UNPACKED, unpacks_to_more};
use crate::spreadsheet::{
    FileRefusal, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, ProblemCode, Row, SheetProblems, Table, Value, cell_name,
    filled::is_too_long,
};
use calamine::{DataRef, Dimensions, Reader, SheetType, Xlsx, XlsxError};
use chrono::NaiveTime;
use std::{
    fs::File,
    io::BufReader,
    panic::{self, AssertUnwindSafe},
};

type Workbook = Xlsx<BufReader<File>>;

/// The most rows that are read: what is beyond is counted by nobody, only told to be too much.
const LAST_ROW: usize = MOST_ROWS + 2;

/// The first sheet of a workbook.
///
/// # Errors
/// When it is damaged, or has more text than is unpacked: cells may share one text, but each has its own in memory.
pub(super) fn read(file: &File) -> Result<Table, FileRefusal> {
    read_within(file, MOST_UNPACKED)
}

fn read_within(file: &File, most: u64) -> Result<Table, FileRefusal> {
    let copy = file.try_clone().map_err(|_| damaged())?;
    // Its reader counts with the numbers that it finds, and stops where one is beyond all that a sheet has.
    let parsed = panic::catch_unwind(AssertUnwindSafe(|| parsed(copy, most))).map_err(|_| damaged())?;
    // What is wrong with a workbook it says in its own words, which no user could act on.
    parsed.unwrap_or_else(|error| {
        tracing::debug!(%error, "a workbook cannot be read");
        Err(damaged())
    })
}

fn damaged() -> FileRefusal {
    FileRefusal::Unsupported(message!("spreadsheet-damaged"))
}

fn parsed(file: File, most: u64) -> Result<Result<Table, FileRefusal>, XlsxError> {
    let mut workbook = Workbook::new(BufReader::new(file))?;
    let sheets = workbook.sheets_metadata();
    let first = sheets.iter().find(|sheet| sheet.typ == SheetType::WorkSheet);
    let Some(sheet) = first.map(|sheet| sheet.name.clone()) else {
        return Ok(Ok(Table::default()));
    };
    let mut table = match cells(&mut workbook, &sheet, most)? {
        Ok(table) => table,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for region in workbook.merge_cells_by_sheet_name(&sheet)? {
        refuse_merged(&mut table.problems, region);
    }
    table.sheet = Some(sheet);
    Ok(Ok(table))
}

fn refuse_merged(problems: &mut SheetProblems, region: Dimensions) {
    let range = format!(
        "{}:{}",
        cell_name(region.start.0, region.start.1),
        cell_name(region.end.0, region.end.1)
    );
    let message = message!("spreadsheet-merged", range);
    problems.add(ProblemCode::MergedCells, Some(range), message);
}

fn cells(workbook: &mut Workbook, sheet: &str, most: u64) -> Result<Result<Table, FileRefusal>, XlsxError> {
    let mut table = Table::default();
    let mut texts = 0;
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let at = cell.pos;
        texts += text_bytes(&cell.value);
        if texts > most {
            return Ok(Err(unpacks_to_more()));
        }
        let value = if cell.formula.is_some() {
            let message = message!("spreadsheet-formula", cell = cell_name(at.0, at.1));
            table.problems.at(at, ProblemCode::Formula, message);
            Value::Wrong
        } else {
            match value(cell.value, at, &mut table.problems) {
                Some(value) => value,
                None => continue,
            }
        };
        if !put(&mut table, at, value) {
            break;
        }
    }
    Ok(Ok(table))
}

/// How much text a cell has, whether it is its own or shared.
fn text_bytes(data: &DataRef<'_>) -> u64 {
    match data {
        DataRef::String(text) => text.len() as u64,
        DataRef::SharedString(text) => text.len() as u64,
        _ => 0,
    }
}

/// Puts a cell where it belongs; whether there is room for more.
fn put(table: &mut Table, (number, column): (u32, u32), value: Value) -> bool {
    // One column too many is told; of the others nothing more is.
    if usize::try_from(column).map_or(true, |column| column > MOST_COLUMNS) {
        return true;
    }
    match table.rows.last_mut() {
        Some(row) if row.number == number => row.cells.push((column, value)),
        Some(row) if row.number > number => {
            let message = message!("spreadsheet-out-of-order");
            table.problems.at((number, column), ProblemCode::Invalid, message);
            return false;
        }
        _ => table.rows.push(Row {
            number,
            cells: vec![(column, value)],
        }),
    }
    table.rows.len() <= LAST_ROW
}

/// The value of a cell that is not empty.
fn value(data: DataRef<'_>, at: (u32, u32), problems: &mut SheetProblems) -> Option<Value> {
    Some(match data {
        DataRef::Empty => return None,
        DataRef::String(text) => return text_value(text, at, problems),
        DataRef::SharedString(text) => return text_value(text.to_owned(), at, problems),
        #[allow(
            clippy::cast_precision_loss,
            reason = "what does not fit is no number that a column takes"
        )]
        DataRef::Int(number) => Value::Number(number as f64),
        DataRef::Float(number) => Value::Number(number),
        DataRef::Bool(truth) => Value::Truth(truth),
        DataRef::DateTime(moment) => match moment.as_datetime().filter(|_| moment.is_datetime()) {
            Some(moment) if moment.time() == NaiveTime::MIN => Value::Day(moment.date()),
            _ => Value::Moment,
        },
        DataRef::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse().ok()) {
            Some(day) if text.len() == 10 || text.ends_with("T00:00:00") => Value::Day(day),
            _ => Value::Moment,
        },
        DataRef::DurationIso(_) => Value::Moment,
        DataRef::Error(error) => {
            let message = message!("spreadsheet-cell-error", error = error.to_string());
            problems.at(at, ProblemCode::CellError, message);
            Value::Wrong
        }
    })
}

fn text_value(text: String, at: (u32, u32), problems: &mut SheetProblems) -> Option<Value> {
    if text.trim().is_empty() {
        return None;
    }
    if is_too_long(&text) {
        let message = message!("spreadsheet-cell-too-long", most = MOST_CHARACTERS);
        problems.at(at, ProblemCode::Limit, message);
        return Some(Value::Wrong);
    }
    Some(Value::Text(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Written};
    use std::io::{Seek, SeekFrom};

    fn read_back(written: &mut Written) -> Table {
        let mut file = tempfile::tempfile().unwrap();
        written.save_to_writer(&file).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        super::super::archive::refuse_unfit(&mut file).unwrap();
        read(&file).unwrap()
    }

    #[test]
    fn cells_come_as_what_they_are() {
        let mut book = Written::new();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let sheet = book.add_worksheet();
        sheet.set_name("Risker").unwrap();
        sheet.write_string(0, 0, "Åtgärd & <mål>").unwrap();
        sheet.write_number(2, 1, 3.5).unwrap();
        sheet.write_boolean(2, 2, true).unwrap();
        let date = ExcelDateTime::from_ymd(2018, 5, 31).unwrap();
        sheet.write_datetime_with_format(2, 3, date, &day).unwrap();
        sheet.write_string(2, 4, "  ").unwrap();
        let table = read_back(&mut book);
        assert_eq!(table.sheet.as_deref(), Some("Risker"));
        assert!(table.problems.is_empty(), "{:?}", table.problems);
        let text = Value::Text("Åtgärd & <mål>".to_owned());
        let third = vec![
            (1, Value::Number(3.5)),
            (2, Value::Truth(true)),
            (3, Value::Day("2018-05-31".parse().unwrap())),
        ];
        assert_eq!(
            table.rows,
            [
                Row {
                    number: 0,
                    cells: vec![(0, text)]
                },
                Row {
                    number: 2,
                    cells: third
                }
            ]
        );
    }

    #[test]
    fn formulas_merged_cells_and_errors_are_told_by_cell() {
        let mut book = Written::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "a").unwrap();
        sheet
            .write_formula(16, 2, Formula::new("=1+1").set_result("2"))
            .unwrap();
        sheet.merge_range(3, 0, 4, 1, "ab", &Format::new()).unwrap();
        sheet.write_string(6, 0, "x".repeat(20_001)).unwrap();
        let table = read_back(&mut book);
        let told: Vec<_> = table
            .problems
            .told()
            .iter()
            .map(|it| (it.cell.as_deref().unwrap(), it.code))
            .collect();
        assert_eq!(
            told,
            [
                ("A7", ProblemCode::Limit),
                ("C17", ProblemCode::Formula),
                ("A4:B5", ProblemCode::MergedCells)
            ]
        );
        assert!(
            table.problems.told()[1]
                .message
                .in_english()
                .starts_with("C17 has a formula")
        );
    }

    #[test]
    fn a_text_counts_in_each_cell_that_shares_it() {
        let mut book = Written::new();
        let sheet = book.add_worksheet();
        for row in 0..10 {
            sheet.write_string(row, 0, "x".repeat(1_000)).unwrap();
        }
        let file = tempfile::tempfile().unwrap();
        book.save_to_writer(&file).unwrap();
        let read = |most| {
            let mut file = &file;
            file.seek(SeekFrom::Start(0)).unwrap();
            read_within(file, most)
        };
        assert_eq!(read(10_000).unwrap().rows.len(), 10);
        let refusal = read(9_999).unwrap_err();
        assert!(matches!(refusal, FileRefusal::TooLarge(_)), "{refusal:?}");
    }

    #[test]
    fn a_sheet_that_is_far_too_long_is_not_read_whole() {
        let mut book = Written::new();
        let sheet = book.add_worksheet();
        for row in 0..12_000 {
            sheet.write_number(row, 0, 1).unwrap();
        }
        sheet.write_number(1_048_575, 16_383, 1).unwrap();
        assert_eq!(read_back(&mut book).rows.len(), LAST_ROW + 1);
    }
}
