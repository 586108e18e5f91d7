use crate::spreadsheet::{Column, Export, Field, Filled, Filter, Line, Shape, Whole, items};
use async_graphql::MaybeUndefined;
use chrono::NaiveDate;
use entity::{ControlScope, Language};
use serde_json::Value as Json;

/// The columns of a point, after others.
macro_rules! point_columns {
    ($($first:expr),*) => {
        &[
            $($first,)*
            Column::optional("id", message!("spreadsheet-id")),
            Column::optional("version", message!("spreadsheet-version")),
            Column::optional("year", message!("spreadsheet-year")),
            Column::optional("scope", message!("spreadsheet-scope")),
            Column::optional("departmentCode", message!("spreadsheet-department-code")),
            Column::required("title", message!("spreadsheet-title")),
            Column::optional("process", message!("spreadsheet-process")),
            Column::optional("purpose", message!("spreadsheet-purpose")),
            Column::optional("scopeText", message!("spreadsheet-scope-text")),
            Column::optional("method", message!("spreadsheet-method")),
            Column::optional("schedule", message!("spreadsheet-schedule")),
            Column::optional("plannedEarliest", message!("spreadsheet-planned-earliest")),
            Column::optional("plannedLatest", message!("spreadsheet-planned-latest")),
            Column::optional("responsibleFunctions", message!("spreadsheet-responsible-functions")),
            Column::optional("risks", message!("spreadsheet-risks")),
        ]
    };
}

/// What is asked for of a point.
macro_rules! point_selection {
    () => {
        "id version year scope department { code } title process purpose scopeText method schedule
            scheduledTimes { earliest latest } responsibleFunctions risks { description }"
    };
}

/// The columns of a sheet of control points.
pub(super) static POINT_COLUMNS: &[Column] = point_columns![];

/// The columns of a sheet of a plan: those of its points, and each one's place in it.
pub(super) static PLAN_COLUMNS: &[Column] = point_columns![
    Column::optional("number", message!("spreadsheet-number")),
    Column::optional("localOwner", message!("spreadsheet-local-owner"))
];

/// The control points that somebody sees.
pub(super) static POINTS: Export = Export {
    name: "control-points",
    title: message!("spreadsheet-control-points"),
    query: concat!(
        "query ExportControlPoints($filter: ControlPointFilter, $first: Int, $after: String) {
        list: controlPoints(filter: $filter, first: $first, after: $after) {
            nodes { ",
        point_selection!(),
        " } pageInfo { hasNextPage endCursor } } }"
    ),
    filters: &[
        Filter::whole("year"),
        Filter::text("scope"),
        Filter::text("departmentCode"),
    ],
    filter: Some("filter"),
    shape: Shape::Made(POINT_FIELDS, with_one_time),
};

/// A department's plan with its points.
pub(super) static CONTROL_PLAN: Export = Export {
    name: "control-plan",
    title: message!("spreadsheet-control-plan"),
    query: concat!(
        "query ExportControlPlan($departmentCode: String!, $year: Int!, $committeeCode: String) {
        whole: department(code: $departmentCode) {
            plan: controlPlan(year: $year, committeeCode: $committeeCode) { points { number localOwner point { ",
        point_selection!(),
        " } } } } }"
    ),
    filters: &[
        Filter::text("departmentCode"),
        Filter::whole("year"),
        Filter::text("committeeCode"),
    ],
    filter: None,
    shape: Shape::Whole(plan),
};

/// The shared plan with its points.
pub(super) static SHARED_PLAN: Export = Export {
    name: "shared-plan",
    title: message!("spreadsheet-shared-plan"),
    query: concat!(
        "query ExportSharedPlan($year: Int!) {
        whole: controlYear(year: $year) {
            plan: sharedPlan { points { number localOwner point { ",
        point_selection!(),
        " } } } } }"
    ),
    filters: &[Filter::whole("year")],
    filter: None,
    shape: Shape::Whole(plan),
};

static POINT_FIELDS: &[Field] = &[
    Field::plain("id", message!("spreadsheet-id")),
    Field::plain("version", message!("spreadsheet-version")),
    Field::plain("year", message!("spreadsheet-year")),
    Field::label("scope", message!("spreadsheet-scope"), "ControlScope"),
    Field::plain("department.code", message!("spreadsheet-department-code")),
    Field::plain("title", message!("spreadsheet-title")),
    Field::plain("process", message!("spreadsheet-process")),
    Field::plain("purpose", message!("spreadsheet-purpose")),
    Field::plain("scopeText", message!("spreadsheet-scope-text")),
    Field::plain("method", message!("spreadsheet-method")),
    Field::list("schedule", message!("spreadsheet-schedule")),
    Field::plain("planned.earliest", message!("spreadsheet-planned-earliest")),
    Field::plain("planned.latest", message!("spreadsheet-planned-latest")),
    Field::list("responsibleFunctions", message!("spreadsheet-responsible-functions")),
    Field::list("risks.description", message!("spreadsheet-risks")),
];

static PLACE_FIELDS: &[Field] = &[
    Field::plain("number", message!("spreadsheet-number")),
    Field::plain("localOwner", message!("spreadsheet-local-owner")),
];

/// A point with the time that it is planned for, where there is one alone: several do not fit a row.
fn with_one_time(point: &Json) -> Json {
    let mut point = point.clone();
    if let [one] = items(&point["scheduledTimes"]) {
        let one = one.clone();
        point["planned"] = one;
    }
    point
}

fn plan(data: &Json, language: Language) -> Whole {
    let places = items(&data["whole"]["plan"]["points"]);
    let points: Vec<Json> = places.iter().map(|place| with_one_time(&place["point"])).collect();
    let (mut whole, of_points) = (
        Whole::of(PLACE_FIELDS, places, language),
        Whole::of(POINT_FIELDS, &points, language),
    );
    whole.headings.extend(of_points.headings);
    for (row, of_point) in whole.rows.iter_mut().zip(of_points.rows) {
        row.extend(of_point);
    }
    whole
}

/// What a row says of a control point, and of its place in a plan. What is undefined has no column, or could not be read.
#[derive(Clone, Debug)]
pub(crate) struct PointRow {
    /// Which row of the sheet it is, from 0.
    pub(crate) row: u32,
    /// Its number in the plan.
    pub(crate) number: MaybeUndefined<i32>,
    /// The function that answers for it in the plan.
    pub(crate) local_owner: MaybeUndefined<String>,
    /// The point that it is, by its global id.
    pub(crate) id: MaybeUndefined<String>,
    /// The version that was exported.
    pub(crate) version: MaybeUndefined<i32>,
    /// The calendar year.
    pub(crate) year: MaybeUndefined<i32>,
    /// Whether all departments share it.
    pub(crate) scope: MaybeUndefined<ControlScope>,
    /// The code of the department whose own point it is.
    pub(crate) department_code: MaybeUndefined<String>,
    /// What is controlled.
    pub(crate) title: MaybeUndefined<String>,
    /// The process that it belongs to.
    pub(crate) process: MaybeUndefined<String>,
    /// Why it is controlled.
    pub(crate) purpose: MaybeUndefined<String>,
    /// What the control covers.
    pub(crate) scope_text: MaybeUndefined<String>,
    /// How it is controlled.
    pub(crate) method: MaybeUndefined<String>,
    /// How often or when.
    pub(crate) schedule: MaybeUndefined<Vec<String>>,
    /// The first day of the one time that it is planned for.
    pub(crate) planned_earliest: MaybeUndefined<NaiveDate>,
    /// The last day of that time.
    pub(crate) planned_latest: MaybeUndefined<NaiveDate>,
    /// The functions responsible.
    pub(crate) responsible_functions: MaybeUndefined<Vec<String>>,
    /// The risks that it answers to, by their ids or what they say.
    pub(crate) risks: MaybeUndefined<Vec<String>>,
}

impl PointRow {
    /// The rows of a sheet.
    pub(super) fn all(filled: &mut Filled) -> Vec<Self> {
        filled.each(Self::of)
    }

    fn of(line: &mut Line<'_>) -> Self {
        Self {
            row: line.number(),
            number: line.whole("number"),
            local_owner: line.text("localOwner"),
            id: line.text("id"),
            version: line.whole("version"),
            year: line.whole("year"),
            scope: line.choice("scope"),
            department_code: line.text("departmentCode"),
            title: line.text("title"),
            process: line.text("process"),
            purpose: line.text("purpose"),
            scope_text: line.text("scopeText"),
            method: line.text("method"),
            schedule: line.list("schedule"),
            planned_earliest: line.day("plannedEarliest"),
            planned_latest: line.day("plannedLatest"),
            responsible_functions: line.list("responsibleFunctions"),
            risks: line.list("risks"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_point_of_several_times_shows_none_of_them() {
        let time = json!({ "earliest": "2018-05-01", "latest": "2018-05-31" });
        let one = with_one_time(&json!({ "scheduledTimes": [time] }));
        assert_eq!(one["planned"]["latest"], "2018-05-31");
        assert!(with_one_time(&json!({ "scheduledTimes": [time, time] }))["planned"].is_null());
    }
}
