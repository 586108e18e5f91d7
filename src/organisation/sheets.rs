//! The organisation and its users, in sheets.

use crate::spreadsheet::{Export, Field, Filter, Shape};

/// What of the room can be exported.
pub(crate) const EXPORTS: &[&Export] = &[&DEPARTMENTS, &COMMITTEES, &USERS, &ROLES];

/// The departments of the municipality.
static DEPARTMENTS: Export = Export {
    name: "departments",
    title: message!("spreadsheet-departments"),
    query: "query ExportDepartments($on: Date, $first: Int, $after: String) {
        list: departments(on: $on, first: $first, after: $after) {
            nodes { id version code name kind parent { code } position committees { code } }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[Filter::text("on")],
    filter: None,
    shape: Shape::List(&[
        Field::plain("id", message!("spreadsheet-id")),
        Field::plain("version", message!("spreadsheet-version")),
        Field::plain("code", message!("spreadsheet-code")),
        Field::plain("name", message!("spreadsheet-name")),
        Field::label("kind", message!("spreadsheet-kind"), "DepartmentKind"),
        Field::plain("parent.code", message!("spreadsheet-parent")),
        Field::plain("position", message!("spreadsheet-position")),
        Field::plain("committees.code", message!("spreadsheet-committees")),
    ]),
};

/// The committees of the municipality.
static COMMITTEES: Export = Export {
    name: "committees",
    title: message!("spreadsheet-committees"),
    query: "query ExportCommittees($first: Int, $after: String) {
        list: committees(first: $first, after: $after) {
            nodes { id version code name kind parent { code } departments { code } }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[],
    filter: None,
    shape: Shape::List(&[
        Field::plain("id", message!("spreadsheet-id")),
        Field::plain("version", message!("spreadsheet-version")),
        Field::plain("code", message!("spreadsheet-code")),
        Field::plain("name", message!("spreadsheet-name")),
        Field::label("kind", message!("spreadsheet-kind"), "CommitteeKind"),
        Field::plain("parent.code", message!("spreadsheet-parent")),
        Field::plain("departments.code", message!("spreadsheet-departments")),
    ]),
};

/// The users that somebody sees: for most, they themself.
static USERS: Export = Export {
    name: "users",
    title: message!("spreadsheet-users"),
    query: "query ExportUsers($active: Boolean, $kind: UserKind, $first: Int, $after: String) {
        list: users(active: $active, kind: $kind, first: $first, after: $after) {
            nodes { id version username name email kind active language }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[Filter::truth("active"), Filter::text("kind")],
    filter: None,
    shape: Shape::List(&[
        Field::plain("id", message!("spreadsheet-id")),
        Field::plain("version", message!("spreadsheet-version")),
        Field::plain("username", message!("spreadsheet-username")),
        Field::plain("name", message!("spreadsheet-name")),
        Field::plain("email", message!("spreadsheet-email")),
        Field::label("kind", message!("spreadsheet-kind"), "UserKind"),
        Field::yes_no("active", message!("spreadsheet-active")),
        Field::label("language", message!("spreadsheet-language"), "Language"),
    ]),
};

/// The role assignments of the users that somebody sees.
static ROLES: Export = Export {
    name: "role-assignments",
    title: message!("spreadsheet-role-assignments"),
    query: "query ExportRoleAssignments($active: Boolean, $kind: UserKind, $first: Int, $after: String) {
        list: users(active: $active, kind: $kind, first: $first, after: $after) {
            nodes { username name roleAssignments { id version role department { code } committee { code } validFrom validTo inForce } }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[
        Filter::truth("active"),
        Filter::text("kind"),
    ],
    filter: None,
    shape: Shape::Each("roleAssignments", &[
        Field::plain("row.id", message!("spreadsheet-id")),
        Field::plain("row.version", message!("spreadsheet-version")),
        Field::plain("username", message!("spreadsheet-username")),
        Field::plain("name", message!("spreadsheet-name")),
        Field::label("row.role", message!("spreadsheet-role"), "Role"),
        Field::plain("row.department.code", message!("spreadsheet-department-code")),
        Field::plain("row.committee.code", message!("spreadsheet-committee-code")),
        Field::plain("row.validFrom", message!("spreadsheet-valid-from")),
        Field::plain("row.validTo", message!("spreadsheet-valid-to")),
        Field::yes_no("row.inForce", message!("spreadsheet-in-force")),
    ]),
};
