//! What is in a case, in sheets.

use crate::spreadsheet::{Export, Field, Filter, Shape, Whole, items};
use entity::Language;
use serde_json::Value as Json;

/// What of cases can be exported.
pub(crate) const EXPORTS: &[&Export] = &[&DOCUMENTS, &DECISIONS];

/// The documents of a case; what is withheld with its ground alone.
static DOCUMENTS: Export = Export {
    name: "case-documents",
    title: message!("spreadsheet-case-documents"),
    query: "query ExportCaseDocuments($number: String!) {
        whole: caseFile(number: $number) {
            documents { id kind title dated registrationNumber secrecyGround withheld { ground } } } }",
    filters: &[Filter::text("number")],
    filter: None,
    shape: Shape::Whole(documents),
};

/// The decisions of a case.
static DECISIONS: Export = Export {
    name: "case-decisions",
    title: message!("spreadsheet-case-decisions"),
    query: "query ExportCaseDecisions($number: String!) {
        whole: caseFile(number: $number) {
            decisions { id stage body meetingDate meetingPeriod { text } section decisionNumber statedAs
                items { text } recipients { name } } } }",
    filters: &[Filter::text("number")],
    filter: None,
    shape: Shape::Whole(decisions),
};

static DOCUMENT_FIELDS: &[Field] = &[
    Field::plain("id", message!("spreadsheet-id")),
    Field::plain("registrationNumber", message!("spreadsheet-registration-number")),
    Field::plain("kind", message!("spreadsheet-kind")),
    Field::plain("title", message!("spreadsheet-title")),
    Field::plain("dated", message!("spreadsheet-dated")),
    Field::either("withheld.ground", "secrecyGround", message!("spreadsheet-withheld")),
];

static DECISION_FIELDS: &[Field] = &[
    Field::plain("id", message!("spreadsheet-id")),
    Field::label("stage", message!("spreadsheet-stage"), "DecisionStage"),
    Field::plain("body", message!("spreadsheet-body")),
    Field::plain("meetingDate", message!("spreadsheet-meeting-date")),
    Field::plain("meetingPeriod.text", message!("spreadsheet-meeting-period")),
    Field::plain("section", message!("spreadsheet-section")),
    Field::plain("decisionNumber", message!("spreadsheet-decision-number")),
    Field::plain("statedAs", message!("spreadsheet-stated-as")),
    Field::plain("items.text", message!("spreadsheet-decision-items")),
    Field::plain("recipients.name", message!("spreadsheet-recipients")),
];

fn documents(data: &Json, language: Language) -> Whole {
    Whole::of(DOCUMENT_FIELDS, items(&data["whole"]["documents"]), language)
}

fn decisions(data: &Json, language: Language) -> Whole {
    Whole::of(DECISION_FIELDS, items(&data["whole"]["decisions"]), language)
}
