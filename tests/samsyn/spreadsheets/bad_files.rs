//! Files that are no sheets, or none that is read: each is told what is wrong with it, in bounded memory and time.

use std::io::{Cursor, Write};

use libtest_mimic::Trial;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::{Method, Response};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use serde_json::Value as Json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{events, import, problems, send, workbook, year_2018};
use crate::api::Server;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        files_that_are_no_sheets_are_refused_with_the_reason,
        a_zip_bomb_is_refused,
        formulas_merged_cells_and_dates_are_told_by_cell,
        requests_that_are_none_are_refused,
    ]
}

const QUERY: &str = "kind=risks&year=2018&departmentCode=KSF";

/// The status, the code and the message of a refusal.
async fn refusal(answer: Response) -> (u16, String, String) {
    let status = answer.status().as_u16();
    let body: Json = answer.json().await.expect("JSON");
    let error = &body["errors"][0];
    let text = |value: &Json| {
        value
            .as_str()
            .unwrap_or_else(|| panic!("no refusal: {body:#}"))
            .to_owned()
    };
    (status, text(&error["extensions"]["code"]), text(&error["message"]))
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut archive = ZipWriter::new(&mut file);
    for (name, content) in entries {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("an entry");
        archive.write_all(content).expect("content");
    }
    archive.finish().expect("an archive");
    file.into_inner()
}

async fn files_that_are_no_sheets_are_refused_with_the_reason(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    let swedish = controller.asking_for("sv");
    let half = {
        let whole = workbook(&[&["Beskrivning"], &["a"]]);
        whole[..whole.len() / 2].to_vec()
    };
    let workbook_without_sheets = archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook")]);
    let huge_claim = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/sharedStrings.xml", b"<sst uniqueCount=\"9999999999999\">"),
    ]);
    let absurd = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "xl/workbook.xml",
            b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/s.xml\"/></Relationships>",
        ),
        (
            "xl/worksheets/s.xml",
            b"<worksheet><dimension ref=\"B9:A1\"/><sheetData><row r=\"99999999999999\"/></sheetData></worksheet>",
        ),
    ]);
    let open_document = archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]);
    let other = archive(&[("a.txt", b"text")]);
    for (file, said, sagt) in [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0".to_vec(), "image/png", "image/png"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(),
            "old format",
            "gamla format",
        ),
        (open_document, "OpenDocument", "OpenDocument"),
        (other, "no workbook", "ingen arbetsbok"),
        (half, "damaged", "skadad"),
        (workbook_without_sheets, "damaged", "skadad"),
        (huge_claim, "damaged", "skadad"),
        (absurd, "damaged", "skadad"),
        (b"<html><table></table></html>".to_vec(), "web page", "webbsida"),
        (Vec::new(), "empty", "tom"),
        (
            b"Beskrivning\nR\x84ksm\x94rg\x86s\n".to_vec(),
            "byte 14 (0x84, row 2)",
            "byte 14 (0x84, rad 2)",
        ),
        (b"B\0e\0s\0k\0".to_vec(), "byte 2 (row 1)", "byte 2 (rad 1)"),
        (b"Beskrivning\na\x07\n".to_vec(), "row 2", "rad 2"),
    ] {
        let (status, code, message) = refusal(send(&controller, QUERY, file.clone()).await).await;
        assert_eq!((status, code.as_str()), (415, "BAD_REQUEST"), "{message}");
        assert!(message.contains(said), "{message}");
        let (_, _, message) = refusal(send(&swedish, QUERY, file).await).await;
        assert!(message.contains(sagt), "{message}");
    }
    assert_eq!(events(&server, "risk.created").await, 0);
}

async fn a_zip_bomb_is_refused(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    // Two hundred megabytes of nothing, in some two hundred kilobytes.
    let zeros = vec![0; 200 << 20];
    let bomb = archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/worksheets/sheet1.xml", &zeros),
    ]);
    drop(zeros);
    assert!(bomb.len() < 1 << 20);
    let (status, code, message) = refusal(send(&controller, QUERY, bomb).await).await;
    assert_eq!((status, code.as_str()), (413, "LIMIT_EXCEEDED"), "{message}");
    assert!(message.contains("unpacks to more than 64 MB"), "{message}");
    let large = vec![b'a'; (10 << 20) + 1];
    let (status, code, _) = refusal(send(&controller, QUERY, large).await).await;
    assert_eq!((status, code.as_str()), (413, "LIMIT_EXCEEDED"));
}

async fn formulas_merged_cells_and_dates_are_told_by_cell(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Beskrivning").expect("a cell");
    sheet.write_string(0, 2, "Sannolikhet").expect("a cell");
    sheet.write_string(1, 0, "a").expect("a cell");
    sheet
        .write_formula(16, 2, Formula::new("=1+1").set_result("2"))
        .expect("a cell");
    sheet.write_string(16, 0, "b").expect("a cell");
    sheet.merge_range(18, 0, 19, 0, "c", &Format::new()).expect("a range");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let date = ExcelDateTime::from_ymd(2018, 5, 31).expect("a day");
    sheet.write_datetime_with_format(20, 0, date, &day).expect("a cell");
    let file = book.save_to_buffer().expect("a workbook");
    let (status, report) = import(&controller, QUERY, file).await;
    assert_eq!(status, 422);
    let expected = [("C17", "FORMULA"), ("A19:A20", "MERGED_CELLS"), ("A21", "WRONG_TYPE")];
    assert_eq!(
        problems(&report),
        expected.map(|(cell, code)| (cell.to_owned(), code.to_owned()))
    );
    assert_eq!(report["problems"][0]["message"], "C17 has a formula: paste its value.");

    let query = "kind=control-points&year=2018&departmentCode=KSF&dryRun=true";
    let dates: &[&[&str]] = &[
        &["Titel", "Planerad från", "Planerad till och med"],
        &["a", "31/5 2018", "2018-05-31"],
        &["b", "2018-05-31", "2018-06-01"],
    ];
    let (_, report) = import(&controller, query, workbook(dates)).await;
    assert_eq!(
        problems(&report),
        [("B2".to_owned(), "DATE_AS_TEXT".to_owned())],
        "{report:#}"
    );
    let unknown: &[&[&str]] = &[&["Titel", "Färg", "Titel"], &["a", "röd", "b"]];
    let (_, report) = import(&controller, query, workbook(unknown)).await;
    let expected = [("B1", "UNKNOWN_HEADING"), ("C1", "DUPLICATE_HEADING")];
    assert_eq!(
        problems(&report),
        expected.map(|(cell, code)| (cell.to_owned(), code.to_owned()))
    );
    let (_, report) = import(&controller, query, workbook(&[&["Process"], &["a"]])).await;
    assert_eq!(problems(&report)[0], (String::new(), "MISSING_HEADING".to_owned()));
}

async fn requests_that_are_none_are_refused(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    let file = || workbook(&[&["Beskrivning"], &["a"]]);
    for (query, said) in [
        ("", "kind"),
        ("kind=risks", "year"),
        ("kind=risks&year=2018&x=1", "unknown field"),
        ("kind=decisions&year=2018", "risks, control-points, control-plan"),
    ] {
        let (status, _, message) = refusal(send(&controller, query, file()).await).await;
        assert_eq!(status, 400);
        assert!(message.contains(said), "{message}");
    }
    for (header, value) in [
        (CONTENT_TYPE, "multipart/form-data; boundary=x"),
        (CONTENT_ENCODING, "gzip"),
    ] {
        let request = controller
            .request(Method::POST, &format!("/imports?{QUERY}"))
            .header(header, value);
        let answer = request.body(file()).send().await.expect("an answer");
        assert_eq!(answer.status(), 415);
    }
    for (method, path, status) in [
        (Method::GET, "/imports", 405),
        (Method::POST, "/exports/risks.csv", 405),
        (Method::GET, "/exports/nothing.csv", 404),
        (Method::GET, "/exports/risks.pdf", 404),
        (Method::GET, "/exports/risks.csv?colour=red", 400),
        (Method::GET, "/exports/risks.csv?year=many", 400),
        (Method::GET, "/exports/risks.csv?year=17", 400),
        (Method::GET, "/exports/risks.csv?treatment=PRAY", 400),
        (Method::GET, "/exports/risks.csv?delimiter=x", 400),
        (Method::GET, "/imports/template?kind=x", 400),
    ] {
        let answer = controller.request(method, path).send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{path}");
    }
}
