use crate::{access::rows_by_id, graphql::Row, row_object};
use async_graphql::Object;
use entity::rating_level;

/// A level of the municipality's own rating scale (bedömningsskala) in one control year. Scales differ between years,
/// and may mean different things: the year's `ratingBasis` tells what is measured.
#[derive(Clone)]
pub struct RatingLevel(Row<rating_level::Model>);

row_object!(RatingLevel(rating_level::Model), load: rows_by_id::<rating_level::Entity>);

/// A level of the municipality's own rating scale (bedömningsskala) in one control year. Scales differ between years,
/// and may mean different things: the year's `ratingBasis` tells what is measured.
#[Object]
impl RatingLevel {
    /// Its code, unique in the year, such as "G".
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is called, such as "Fungerar väl".
    async fn label(&self) -> Option<&String> {
        self.0.label.as_ref()
    }

    /// Its place on the scale: 1 is the best.
    async fn rank(&self) -> i32 {
        self.0.rank
    }

    /// The colour that it is shown in, as the municipality wrote it.
    async fn colour(&self) -> Option<&String> {
        self.0.colour.as_ref()
    }
}
