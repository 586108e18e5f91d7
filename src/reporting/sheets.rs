//! The joint follow-up, reports and how complete they are, in sheets.

use crate::{
    language::value_label,
    spreadsheet::{Export, Field, Filter, Shape, Shaped, Whole, items},
};
use entity::Language;
use serde_json::Value as Json;

/// What of reporting can be exported.
pub(crate) const EXPORTS: &[&Export] = &[&JOINT_FOLLOW_UP, &JOINT_CELLS, &DEPARTMENT_REPORTS, &COMPLETENESS];

/// The joint follow-up as people know it: a row for each shared point, a column for each department.
static JOINT_FOLLOW_UP: Export = Export {
    name: "joint-follow-up",
    title: message!("spreadsheet-joint-follow-up"),
    query: "query ExportJointFollowUp($year: Int!, $occasion: String) {
        whole: jointFollowUp(year: $year, occasion: $occasion) {
            departments { code }
            points { point { title } reported expected cells { department { code } state rating { label } } } } }",
    filters: &[Filter::whole("year"), Filter::text("occasion")],
    filter: None,
    shape: Shape::Whole(matrix),
};

/// The same, a row for each department's work on a point.
static JOINT_CELLS: Export = Export {
    name: "joint-cells",
    title: message!("spreadsheet-joint-cells"),
    query: "query ExportJointCells($year: Int!, $occasion: String) {
        whole: jointFollowUp(year: $year, occasion: $occasion) {
            points { point { title } cells {
                department { code name } state followUp { number } rating { label } trend openFindings } } } }",
    filters: &[Filter::whole("year"), Filter::text("occasion")],
    filter: None,
    shape: Shape::Whole(cells),
};

static CELL_FIELDS: &[Field] = &[
    Field::plain("point.title", message!("spreadsheet-control-point")),
    Field::plain("cell.department.code", message!("spreadsheet-department-code")),
    Field::plain("cell.department.name", message!("spreadsheet-department")),
    Field::plain("cell.followUp.number", message!("spreadsheet-number")),
    Field::label("cell.state", message!("spreadsheet-status"), "JointCellState"),
    Field::plain("cell.rating.label", message!("spreadsheet-rating")),
    Field::label("cell.trend", message!("spreadsheet-trend"), "Trend"),
    Field::plain("cell.openFindings", message!("spreadsheet-open-findings")),
];

/// The departments' reports in a year, as far as somebody sees them.
static DEPARTMENT_REPORTS: Export = Export {
    name: "department-reports",
    title: message!("spreadsheet-department-reports"),
    query: "query ExportDepartmentReports($year: Int!, $occasion: String, $committeeCode: String, $first: Int,
            $after: String) {
        list: departments(first: $first, after: $after) {
            nodes { code name report(year: $year, occasion: $occasion, committeeCode: $committeeCode) {
                id version title status dated occasion { label } committee { code } case { number } publishedAt
                contentHash } }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[
        Filter::whole("year"),
        Filter::text("occasion"),
        Filter::text("committeeCode"),
    ],
    filter: None,
    shape: Shape::List(&[
        Field::plain("code", message!("spreadsheet-department-code")),
        Field::plain("name", message!("spreadsheet-department")),
        Field::plain("report.id", message!("spreadsheet-id")),
        Field::plain("report.version", message!("spreadsheet-version")),
        Field::plain("report.title", message!("spreadsheet-title")),
        Field::plain("report.occasion.label", message!("spreadsheet-occasion")),
        Field::label("report.status", message!("spreadsheet-status"), "ReportStatus"),
        Field::plain("report.dated", message!("spreadsheet-dated")),
        Field::plain("report.committee.code", message!("spreadsheet-committee-code")),
        Field::plain("report.case.number", message!("spreadsheet-case-number")),
        Field::plain("report.publishedAt", message!("spreadsheet-published-at")),
        Field::plain("report.contentHash", message!("spreadsheet-hash")),
    ]),
};

/// How far each department has come in a year.
static COMPLETENESS: Export = Export {
    name: "completeness",
    title: message!("spreadsheet-completeness"),
    query: "query ExportCompleteness($of: RollUpInput!) {
        whole: rollUp(of: $of) {
            completeness { year department { code name } expected reported started missing } } }",
    filters: &[
        Filter::wholes("years"),
        Filter::text("committeeCode"),
        Filter::text("occasion"),
        Filter::text("scope"),
    ],
    filter: Some("of"),
    shape: Shape::Whole(completeness),
};

static COMPLETENESS_FIELDS: &[Field] = &[
    Field::plain("year", message!("spreadsheet-year")),
    Field::plain("department.code", message!("spreadsheet-department-code")),
    Field::plain("department.name", message!("spreadsheet-department")),
    Field::plain("expected", message!("spreadsheet-expected")),
    Field::plain("reported", message!("spreadsheet-reported")),
    Field::plain("started", message!("spreadsheet-started")),
    Field::plain("missing", message!("spreadsheet-missing")),
];

fn completeness(data: &Json, language: Language) -> Whole {
    Whole::of(COMPLETENESS_FIELDS, items(&data["whole"]["completeness"]), language)
}

fn cells(data: &Json, language: Language) -> Whole {
    let points = items(&data["whole"]["points"]).iter();
    let rows = points.flat_map(|of| {
        let cells = items(&of["cells"]).iter();
        cells.map(|cell| serde_json::json!({ "point": of["point"], "cell": cell }))
    });
    Whole::of(CELL_FIELDS, &rows.collect::<Vec<Json>>(), language)
}

fn matrix(data: &Json, language: Language) -> Whole {
    let departments: Vec<&str> = items(&data["whole"]["departments"])
        .iter()
        .filter_map(|department| department["code"].as_str())
        .collect();
    let mut headings = vec![
        message!("spreadsheet-control-point").in_language(language),
        message!("spreadsheet-reported").in_language(language),
        message!("spreadsheet-expected").in_language(language),
    ];
    headings.extend(departments.iter().map(|code| (*code).to_owned()));
    let rows = items(&data["whole"]["points"]).iter().map(|point| {
        let number = |name: &str| point[name].as_i64().map_or(Shaped::Empty, Shaped::Whole);
        let title = point["point"]["title"].as_str().unwrap_or_default();
        let mut row = vec![Shaped::Text(title.to_owned()), number("reported"), number("expected")];
        row.extend(departments.iter().map(|code| {
            let mut cells = items(&point["cells"]).iter();
            let cell = cells.find(|cell| cell["department"]["code"] == **code);
            cell.map_or(Shaped::Empty, |cell| Shaped::Text(stands(cell, language)))
        }));
        row
    });
    Whole {
        rows: rows.collect(),
        headings,
    }
}

/// How a cell stands: its rating where it has one.
fn stands(cell: &Json, language: Language) -> String {
    let state = cell["state"].as_str().unwrap_or_default();
    let state = value_label(language, "JointCellState", state).unwrap_or_else(|| state.to_owned());
    match cell["rating"]["label"].as_str() {
        Some(rating) => format!("{state}: {rating}"),
        None => state,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_matrix_has_a_column_for_each_department() {
        let cell = |code: &str, state: &str, rating: Json| json!({ "department": { "code": code }, "state": state, "rating": rating });
        let data = json!({ "whole": {
            "departments": [{ "code": "KSF" }, { "code": "UTB" }],
            "points": [{ "point": { "title": "Inköp" }, "reported": 1, "expected": 2, "cells": [
                cell("UTB", "MISSING", Json::Null), cell("KSF", "REPORTED", json!({ "label": "Grön" }))] }],
        } });
        let whole = matrix(&data, Language::Sv);
        assert_eq!(whole.headings[3..], ["KSF", "UTB"]);
        let text = |text: &str| Shaped::Text(text.to_owned());
        assert_eq!(whole.rows[0][..3], [text("Inköp"), Shaped::Whole(1), Shaped::Whole(2)]);
        let Shaped::Text(reported) = &whole.rows[0][3] else {
            panic!("no text");
        };
        assert!(reported.ends_with(": Grön"), "{reported}");
        assert!(matrix(&json!({ "whole": null }), Language::En).rows.is_empty());
    }
}
