use crate::spreadsheet::{Column, Export, Field, Filled, Filter, Line, Shape};
use async_graphql::MaybeUndefined;
use entity::RiskTreatment;

/// The columns of a sheet of risks.
pub(super) static COLUMNS: &[Column] = &[
    Column::optional("id", message!("spreadsheet-id")),
    Column::optional("version", message!("spreadsheet-version")),
    Column::optional("year", message!("spreadsheet-year")),
    Column::optional("departmentCode", message!("spreadsheet-department-code")),
    Column::required("description", message!("spreadsheet-description")),
    Column::optional("category", message!("spreadsheet-category")),
    Column::optional("process", message!("spreadsheet-process")),
    Column::optional("goal", message!("spreadsheet-goal")),
    Column::optional("likelihood", message!("spreadsheet-likelihood")),
    Column::optional("consequence", message!("spreadsheet-consequence")),
    Column::optional("value", message!("spreadsheet-risk-value")),
    Column::shown("level", message!("spreadsheet-risk-level")),
    Column::optional("treatment", message!("spreadsheet-treatment")),
    Column::optional("motive", message!("spreadsheet-motive")),
    Column::shown("points", message!("spreadsheet-points-of-risk")),
];

/// The risks that somebody sees.
pub(super) static EXPORT: Export = Export {
    name: "risks",
    title: message!("spreadsheet-risks"),
    query: "query ExportRisks($filter: RiskFilter, $first: Int, $after: String) {
        list: risks(filter: $filter, first: $first, after: $after) {
            nodes { id version year department { code } description category process goal likelihood consequence value
                level { label } treatment motive points { title } }
            pageInfo { hasNextPage endCursor } } }",
    filters: &[
        Filter::whole("year"),
        Filter::text("departmentCode"),
        Filter::text("treatment"),
    ],
    filter: Some("filter"),
    shape: Shape::List(&[
        Field::plain("id", message!("spreadsheet-id")),
        Field::plain("version", message!("spreadsheet-version")),
        Field::plain("year", message!("spreadsheet-year")),
        Field::plain("department.code", message!("spreadsheet-department-code")),
        Field::plain("description", message!("spreadsheet-description")),
        Field::plain("category", message!("spreadsheet-category")),
        Field::plain("process", message!("spreadsheet-process")),
        Field::plain("goal", message!("spreadsheet-goal")),
        Field::plain("likelihood", message!("spreadsheet-likelihood")),
        Field::plain("consequence", message!("spreadsheet-consequence")),
        Field::plain("value", message!("spreadsheet-risk-value")),
        Field::plain("level.label", message!("spreadsheet-risk-level")),
        Field::label("treatment", message!("spreadsheet-treatment"), "RiskTreatment"),
        Field::plain("motive", message!("spreadsheet-motive")),
        Field::plain("points.title", message!("spreadsheet-points-of-risk")),
    ]),
};

/// What a row says of a risk. What is undefined has no column, or could not be read.
#[derive(Clone, Debug)]
pub(crate) struct RiskRow {
    /// Which row of the sheet it is, from 0.
    pub(crate) number: u32,
    /// The risk that it is, by its global id.
    pub(crate) id: MaybeUndefined<String>,
    /// The version that was exported.
    pub(crate) version: MaybeUndefined<i32>,
    /// The calendar year.
    pub(crate) year: MaybeUndefined<i32>,
    /// The code of the department whose risk it is.
    pub(crate) department_code: MaybeUndefined<String>,
    /// What may go wrong.
    pub(crate) description: MaybeUndefined<String>,
    /// What sort of risk it is.
    pub(crate) category: MaybeUndefined<String>,
    /// The process that it threatens.
    pub(crate) process: MaybeUndefined<String>,
    /// The goal that it threatens.
    pub(crate) goal: MaybeUndefined<String>,
    /// How likely it is.
    pub(crate) likelihood: MaybeUndefined<i32>,
    /// How bad it would be.
    pub(crate) consequence: MaybeUndefined<i32>,
    /// The risk value.
    pub(crate) value: MaybeUndefined<i32>,
    /// How it is met.
    pub(crate) treatment: MaybeUndefined<RiskTreatment>,
    /// Why it was valued or treated so.
    pub(crate) motive: MaybeUndefined<String>,
}

impl RiskRow {
    /// The rows of a sheet.
    pub(super) fn all(filled: &mut Filled) -> Vec<Self> {
        filled.each(Self::of)
    }

    fn of(line: &mut Line<'_>) -> Self {
        Self {
            number: line.number(),
            id: line.text("id"),
            version: line.whole("version"),
            year: line.whole("year"),
            department_code: line.text("departmentCode"),
            description: line.text("description"),
            category: line.text("category"),
            process: line.text("process"),
            goal: line.text("goal"),
            likelihood: line.whole("likelihood"),
            consequence: line.whole("consequence"),
            value: line.whole("value"),
            treatment: line.choice("treatment"),
            motive: line.text("motive"),
        }
    }
}
