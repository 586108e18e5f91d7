//! Sheets in and out: imports with a dry run, exports of every list, and files that are no sheets.

mod bad_files;
mod exports;
mod large;
mod plans;
mod risks;

use std::io::{Cursor, Write};

use libtest_mimic::Trial;
use reqwest::{Method, Response};
use rust_xlsxwriter::Workbook;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server};
use crate::harness::Suite;

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    [
        risks::trials(suite),
        plans::trials(suite),
        exports::trials(suite),
        bad_files::trials(suite),
        large::trials(suite),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The control year 2018, in preparation, with risks of 1 to 5; answers its id.
async fn year_2018(server: &Server) -> Json {
    let coordinator = server.user("coordinator").await;
    let input = json!({ "year": 2018, "ratingBasis": "RESULT", "ratingRequired": false, "riskMaximum": 5 });
    coordinator.done("createControlYear", "controlYear { id }", input).await["controlYear"]["id"].take()
}

/// A workbook with one sheet of texts.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (number, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row.iter()) {
            sheet.write_string(number, column, *cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// CSV as Swedish Excel writes it.
fn csv(rows: &[&[&str]]) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    file.write_all("\u{feff}".as_bytes()).expect("room");
    for row in rows {
        writeln!(file, "{}", row.join(";")).expect("room");
    }
    file.into_inner()
}

/// What somebody gets who imports a file.
async fn send(client: &Client, query: &str, file: impl Into<reqwest::Body>) -> Response {
    let request = client.request(Method::POST, &format!("/imports?{query}"));
    request.body(file).send().await.expect("an answer")
}

/// The status and the report of an import.
async fn import(client: &Client, query: &str, file: impl Into<reqwest::Body>) -> (u16, Json) {
    let answer = send(client, query, file).await;
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

/// How many were created, changed and unchanged by an import that has to succeed.
async fn imported(client: &Client, query: &str, file: impl Into<reqwest::Body>) -> (u64, u64, u64) {
    let (status, report) = import(client, query, file).await;
    assert_eq!((status, &report["problems"]), (200, &json!([])), "{report:#}");
    counts(&report)
}

fn counts(report: &Json) -> (u64, u64, u64) {
    let count = |name: &str| report[name].as_u64().unwrap_or_else(|| panic!("no {name}: {report:#}"));
    (count("created"), count("changed"), count("unchanged"))
}

/// The cell and the code of each problem.
fn problems(report: &Json) -> Vec<(String, String)> {
    let problems = report["problems"]
        .as_array()
        .unwrap_or_else(|| panic!("no report: {report:#}"));
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    problems
        .iter()
        .map(|it| (text(&it["cell"]), text(&it["code"])))
        .collect()
}

/// An export that has to succeed.
async fn exported(client: &Client, path: &str) -> Vec<u8> {
    let answer = client
        .request(Method::GET, &format!("/exports/{path}"))
        .send()
        .await
        .expect("an answer");
    let status = answer.status();
    let bytes = answer.bytes().await.expect("content");
    assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&bytes));
    bytes.to_vec()
}

/// An export as rows of texts.
async fn exported_rows(client: &Client, path: &str) -> Vec<Vec<String>> {
    rows(&exported(client, path).await)
}

/// The rows of CSV with semicolons.
fn rows(content: &[u8]) -> Vec<Vec<String>> {
    let content = content.strip_prefix("\u{feff}".as_bytes()).expect("a mark");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(content);
    let records = reader.records().map(|record| record.expect("a row"));
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// A column of rows, by its heading.
fn column(rows: &[Vec<String>], heading: &str) -> Vec<String> {
    let headings = rows.first().expect("headings");
    let place = headings
        .iter()
        .position(|it| it == heading)
        .unwrap_or_else(|| panic!("no {heading}: {headings:?}"));
    rows[1..].iter().map(|row| row[place].clone()).collect()
}

/// How many events of an action are in the log.
async fn events(server: &Server, action: &str) -> usize {
    let query = "query($actions: [String!], $after: String) { auditEvents(filter: { actions: $actions }, first: 100,
        after: $after) { nodes { payload } pageInfo { hasNextPage endCursor } } }";
    let auditor = server.user("auditor").await;
    let (mut count, mut after) = (0, Json::Null);
    loop {
        let data = auditor
            .data(query, json!({ "actions": [action], "after": after }))
            .await;
        let page = &data["auditEvents"];
        count += page["nodes"].as_array().map_or(0, Vec::len);
        if page["pageInfo"]["hasNextPage"] != true {
            return count;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}
