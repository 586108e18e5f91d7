//! What comes along from one year to the next, in a sheet.

use crate::spreadsheet::{Export, Field, Filter, Shape};

/// What of the room can be exported.
pub(crate) const EXPORTS: &[&Export] = &[&CARRY_OVERS];

/// What is proposed to come along, as far as somebody sees it.
static CARRY_OVERS: Export = Export {
    name: "carry-overs",
    title: message!("spreadsheet-carry-overs"),
    query: "query ExportCarryOvers($filter: CarryOverFilter, $first: Int, $after: String) {
        list: carryOvers(filter: $filter, first: $first, after: $after) {
            nodes { id controlYear { year } kind status fromDepartment { code } department { code } risk { description }
                controlPoint { title } finding { title } correctiveAction { title } reason decidedBy { name } decidedAt }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[
        Filter::whole("year"),
        Filter::text("kind"),
        Filter::texts("status"),
        Filter::text("departmentCode"),
    ],
    filter: Some("filter"),
    shape: Shape::List(&[
        Field::plain("id", message!("spreadsheet-id")),
        Field::plain("controlYear.year", message!("spreadsheet-year")),
        Field::label("kind", message!("spreadsheet-kind"), "CarryOverKind"),
        Field::label("status", message!("spreadsheet-status"), "CarryOverStatus"),
        Field::plain("fromDepartment.code", message!("spreadsheet-from-department")),
        Field::plain("department.code", message!("spreadsheet-department-code")),
        Field::plain("risk.description", message!("spreadsheet-risk")),
        Field::plain("controlPoint.title", message!("spreadsheet-control-point")),
        Field::plain("finding.title", message!("spreadsheet-finding")),
        Field::plain("correctiveAction.title", message!("spreadsheet-corrective-action")),
        Field::plain("reason", message!("spreadsheet-reason")),
        Field::plain("decidedBy.name", message!("spreadsheet-decided-by")),
        Field::plain("decidedAt", message!("spreadsheet-decided-at")),
    ]),
};
