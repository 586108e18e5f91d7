use crate::spreadsheet::{Export, Field, Shape, Whole, items};
use entity::Language;
use serde_json::Value as Json;

/// The control years.
pub(super) static EXPORT: Export = Export {
    name: "control-years",
    title: message!("spreadsheet-control-years"),
    query: "query ExportControlYears {
        whole: controlYears { id version year phase ratingBasis riskMaximum occasions { label } } }",
    filters: &[],
    filter: None,
    shape: Shape::Whole(years),
};

static FIELDS: &[Field] = &[
    Field::plain("id", message!("spreadsheet-id")),
    Field::plain("version", message!("spreadsheet-version")),
    Field::plain("year", message!("spreadsheet-year")),
    Field::label("phase", message!("spreadsheet-phase"), "ControlYearPhase"),
    Field::label("ratingBasis", message!("spreadsheet-rating-basis"), "RatingBasis"),
    Field::plain("riskMaximum", message!("spreadsheet-risk-maximum")),
    Field::list("occasions.label", message!("spreadsheet-occasions")),
];

fn years(data: &Json, language: Language) -> Whole {
    Whole::of(FIELDS, items(&data["whole"]), language)
}
