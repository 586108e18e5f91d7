//! What takes two administrators, and the policy, in sheets.

use crate::spreadsheet::{Export, Field, Filter, Shape};

/// What of the room can be exported.
pub(crate) const EXPORTS: &[&Export] = &[&ACCESS_CHANGES, &POLICY_VERSIONS];

/// What takes two administrators, for those who keep or oversee that.
static ACCESS_CHANGES: Export = Export {
    name: "access-changes",
    title: message!("spreadsheet-access-changes"),
    query: "query ExportAccessChanges($status: AccessChangeStatus, $first: Int, $after: String) {
        list: accessChanges(status: $status, first: $first, after: $after) {
            nodes { id version status proposedBy { name } createdAt decidedBy { name } decidedAt reason
                roleAssignment { user { username } role department { code } committee { code } } }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[Filter::text("status")],
    filter: None,
    shape: Shape::List(&[
        Field::plain("id", message!("spreadsheet-id")),
        Field::plain("version", message!("spreadsheet-version")),
        Field::label("status", message!("spreadsheet-status"), "AccessChangeStatus"),
        Field::plain("roleAssignment.user.username", message!("spreadsheet-username")),
        Field::label("roleAssignment.role", message!("spreadsheet-role"), "Role"),
        Field::plain(
            "roleAssignment.department.code",
            message!("spreadsheet-department-code"),
        ),
        Field::plain("roleAssignment.committee.code", message!("spreadsheet-committee-code")),
        Field::plain("proposedBy.name", message!("spreadsheet-proposed-by")),
        Field::plain("createdAt", message!("spreadsheet-created-at")),
        Field::plain("decidedBy.name", message!("spreadsheet-decided-by")),
        Field::plain("decidedAt", message!("spreadsheet-decided-at")),
        Field::plain("reason", message!("spreadsheet-reason")),
    ]),
};

/// The versions of the policy, for those who keep or oversee it.
static POLICY_VERSIONS: Export = Export {
    name: "policy-versions",
    title: message!("spreadsheet-policy-versions"),
    query: "query ExportPolicyVersions($first: Int, $after: String) {
        list: policyVersions(first: $first, after: $after) {
            nodes { number inForce reason proposedBy { name } createdAt }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[],
    filter: None,
    shape: Shape::List(&[
        Field::plain("number", message!("spreadsheet-number")),
        Field::yes_no("inForce", message!("spreadsheet-in-force")),
        Field::plain("reason", message!("spreadsheet-reason")),
        Field::plain("proposedBy.name", message!("spreadsheet-proposed-by")),
        Field::plain("createdAt", message!("spreadsheet-created-at")),
    ]),
};
