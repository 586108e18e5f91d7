//! What is done about the control points, in sheets.

use crate::spreadsheet::{Export, Field, Filter, Shape};

/// What of the room can be exported.
pub(crate) const EXPORTS: &[&Export] = &[&FOLLOW_UPS, &ASSESSMENTS, &CHECKS, &FINDINGS, &ACTIONS];

/// By what follow-ups are chosen, and what they have several of with them.
const FOLLOW_UP_FILTERS: &[Filter] = &[
    Filter::whole("year"),
    Filter::text("departmentCode"),
    Filter::text("pointId"),
    Filter::texts("status"),
    Filter::text("scope"),
];

/// The follow-ups that somebody sees.
static FOLLOW_UPS: Export = Export {
    name: "follow-ups",
    title: message!("spreadsheet-follow-ups"),
    query: "query ExportFollowUps($filter: FollowUpFilter, $first: Int, $after: String) {
        list: followUps(filter: $filter, first: $first, after: $after) {
            nodes { id version year department { code name } number point { title scope } status rating { label } trend conclusion
                performers { name } }
            pageInfo { hasNextPage endCursor } } }",
    filters: FOLLOW_UP_FILTERS,
    filter: Some("filter"),
    shape: Shape::List(&[
        Field::plain("id", message!("spreadsheet-id")),
        Field::plain("version", message!("spreadsheet-version")),
        Field::plain("year", message!("spreadsheet-year")),
        Field::plain("department.code", message!("spreadsheet-department-code")),
        Field::plain("department.name", message!("spreadsheet-department")),
        Field::plain("number", message!("spreadsheet-number")),
        Field::plain("point.title", message!("spreadsheet-control-point")),
        Field::label("point.scope", message!("spreadsheet-scope"), "ControlScope"),
        Field::label("status", message!("spreadsheet-status"), "FollowUpStatus"),
        Field::plain("rating.label", message!("spreadsheet-rating")),
        Field::label("trend", message!("spreadsheet-trend"), "Trend"),
        Field::plain("conclusion", message!("spreadsheet-conclusion")),
        Field::plain("performers.name", message!("spreadsheet-performers")),
    ]),
};

/// The assessments of the follow-ups that somebody sees.
static ASSESSMENTS: Export = Export {
    name: "assessments",
    title: message!("spreadsheet-assessments"),
    query: "query ExportAssessments($filter: FollowUpFilter, $first: Int, $after: String) {
        list: followUps(filter: $filter, first: $first, after: $after) {
            nodes { year department { code } number point { title } assessments { id occasion { label } status rating { label }
                progressPercent conclusion assessedBy { name } assessedAt reviewedBy { name } reviewedAt sentBackReason
                secrecyGround withheld { ground } } }
            pageInfo { hasNextPage endCursor } } }",
    filters: FOLLOW_UP_FILTERS,
    filter: Some("filter"),
    shape: Shape::Each("assessments", &[
        Field::plain("row.id", message!("spreadsheet-id")),
        Field::plain("year", message!("spreadsheet-year")),
        Field::plain("department.code", message!("spreadsheet-department-code")),
        Field::plain("number", message!("spreadsheet-number")),
        Field::plain("point.title", message!("spreadsheet-control-point")),
        Field::plain("row.occasion.label", message!("spreadsheet-occasion")),
        Field::label("row.status", message!("spreadsheet-status"), "FollowUpStatus"),
        Field::plain("row.rating.label", message!("spreadsheet-rating")),
        Field::plain("row.progressPercent", message!("spreadsheet-progress")),
        Field::plain("row.conclusion", message!("spreadsheet-conclusion")),
        Field::plain("row.assessedBy.name", message!("spreadsheet-assessed-by")),
        Field::plain("row.assessedAt", message!("spreadsheet-assessed-at")),
        Field::plain("row.reviewedBy.name", message!("spreadsheet-reviewed-by")),
        Field::plain("row.reviewedAt", message!("spreadsheet-reviewed-at")),
        Field::plain("row.sentBackReason", message!("spreadsheet-sent-back-reason")),
        Field::either("row.withheld.ground", "row.secrecyGround", message!("spreadsheet-withheld")),
    ]),
};

/// The checks that show in the follow-ups that somebody sees: one that is in several, in each.
static CHECKS: Export = Export {
    name: "checks",
    title: message!("spreadsheet-checks"),
    query: "query ExportChecks($filter: FollowUpFilter, $first: Int, $after: String) {
        list: followUps(filter: $filter, first: $first, after: $after) {
            nodes { year department { code } number point { title } checks { id title method performedBy performedOn { text }
                population sampleSize deviations selectionMotive result satisfactory secrecyGround withheld { ground } } }
            pageInfo { hasNextPage endCursor } } }",
    filters: FOLLOW_UP_FILTERS,
    filter: Some("filter"),
    shape: Shape::Each("checks", &[
        Field::plain("row.id", message!("spreadsheet-id")),
        Field::plain("year", message!("spreadsheet-year")),
        Field::plain("department.code", message!("spreadsheet-department-code")),
        Field::plain("number", message!("spreadsheet-number")),
        Field::plain("point.title", message!("spreadsheet-control-point")),
        Field::plain("row.title", message!("spreadsheet-title")),
        Field::plain("row.method", message!("spreadsheet-method")),
        Field::plain("row.performedBy", message!("spreadsheet-performed-by")),
        Field::plain("row.performedOn.text", message!("spreadsheet-performed-on")),
        Field::plain("row.population", message!("spreadsheet-population")),
        Field::plain("row.sampleSize", message!("spreadsheet-sample-size")),
        Field::plain("row.deviations", message!("spreadsheet-deviations")),
        Field::plain("row.selectionMotive", message!("spreadsheet-selection-motive")),
        Field::plain("row.result", message!("spreadsheet-result")),
        Field::yes_no("row.satisfactory", message!("spreadsheet-satisfactory")),
        Field::either("row.withheld.ground", "row.secrecyGround", message!("spreadsheet-withheld")),
    ]),
};

/// The findings that somebody sees; what is withheld with its ground alone.
static FINDINGS: Export = Export {
    name: "findings",
    title: message!("spreadsheet-findings"),
    query: "query ExportFindings($filter: FindingFilter, $first: Int, $after: String) {
        list: findings(filter: $filter, first: $first, after: $after) {
            nodes { id version followUp { year department { code } number point { title } } title area severity effort status
                description affected population acceptedReason reopenedReason actions { title }
                secrecyGround withheld { ground } }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[
        Filter::whole("year"),
        Filter::text("departmentCode"),
        Filter::texts("severity"),
        Filter::texts("status"),
        Filter::text("area"),
    ],
    filter: Some("filter"),
    shape: Shape::List(&[
        Field::plain("id", message!("spreadsheet-id")),
        Field::plain("version", message!("spreadsheet-version")),
        Field::plain("followUp.year", message!("spreadsheet-year")),
        Field::plain("followUp.department.code", message!("spreadsheet-department-code")),
        Field::plain("followUp.number", message!("spreadsheet-number")),
        Field::plain("followUp.point.title", message!("spreadsheet-control-point")),
        Field::plain("title", message!("spreadsheet-title")),
        Field::plain("area", message!("spreadsheet-area")),
        Field::label("severity", message!("spreadsheet-severity"), "Severity"),
        Field::label("effort", message!("spreadsheet-effort"), "Effort"),
        Field::label("status", message!("spreadsheet-status"), "FindingStatus"),
        Field::plain("description", message!("spreadsheet-description")),
        Field::plain("affected", message!("spreadsheet-affected")),
        Field::plain("population", message!("spreadsheet-population")),
        Field::plain("acceptedReason", message!("spreadsheet-accepted-reason")),
        Field::plain("reopenedReason", message!("spreadsheet-reopened-reason")),
        Field::plain("actions.title", message!("spreadsheet-actions")),
        Field::either("withheld.ground", "secrecyGround", message!("spreadsheet-withheld")),
    ]),
};

/// The corrective actions that somebody sees; what is withheld with its ground alone.
static ACTIONS: Export = Export {
    name: "corrective-actions",
    title: message!("spreadsheet-corrective-actions"),
    query: "query ExportCorrectiveActions($filter: CorrectiveActionFilter, $first: Int, $after: String) {
        list: correctiveActions(filter: $filter, first: $first, after: $after) {
            nodes { id version title description status origin department { code } responsibleFunction dueOn originalDueOn overdue
                doneOn { text } cancelledReason finding { title } followUp { year number point { title } }
                secrecyGround withheld { ground } }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[
        Filter::whole("year"),
        Filter::text("departmentCode"),
        Filter::texts("status"),
        Filter::truth("overdue"),
    ],
    filter: Some("filter"),
    shape: Shape::List(&[
        Field::plain("id", message!("spreadsheet-id")),
        Field::plain("version", message!("spreadsheet-version")),
        Field::plain("followUp.year", message!("spreadsheet-year")),
        Field::plain("department.code", message!("spreadsheet-department-code")),
        Field::plain("title", message!("spreadsheet-title")),
        Field::plain("description", message!("spreadsheet-description")),
        Field::label("status", message!("spreadsheet-status"), "CorrectiveActionStatus"),
        Field::label("origin", message!("spreadsheet-origin"), "CorrectiveActionOrigin"),
        Field::plain("responsibleFunction", message!("spreadsheet-responsible-function")),
        Field::plain("dueOn", message!("spreadsheet-due-on")),
        Field::plain("originalDueOn", message!("spreadsheet-original-due-on")),
        Field::yes_no("overdue", message!("spreadsheet-overdue")),
        Field::plain("doneOn.text", message!("spreadsheet-done-on")),
        Field::plain("cancelledReason", message!("spreadsheet-cancelled-reason")),
        Field::plain("finding.title", message!("spreadsheet-finding")),
        Field::plain("followUp.number", message!("spreadsheet-number")),
        Field::plain("followUp.point.title", message!("spreadsheet-control-point")),
        Field::either("withheld.ground", "secrecyGround", message!("spreadsheet-withheld")),
    ]),
};
