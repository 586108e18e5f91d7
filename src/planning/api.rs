use crate::{
    access::rows_by_id,
    graphql::{NodeKind, Row},
    row_object,
};
use async_graphql::{ID, Object};
use entity::{control_plan, control_point, control_year, rating_level, reporting_occasion, risk};

macro_rules! stub {
    ($object:ident, $table:ident) => {
        /// A stub.
        #[derive(Clone)]
        pub struct $object(Row<$table::Model>);

        row_object!($object($table::Model), load: rows_by_id::<$table::Entity>);

        /// A stub.
        #[Object]
        impl $object {
            /// Its global id.
            pub(crate) async fn id(&self) -> ID {
                NodeKind::$object.encode(self.0.id)
            }
        }
    };
}

stub!(ControlPlan, control_plan);
stub!(ControlPoint, control_point);
stub!(ControlYear, control_year);
stub!(ReportingOccasion, reporting_occasion);
stub!(Risk, risk);

/// A stub.
#[derive(Clone)]
pub struct RatingLevel(Row<rating_level::Model>);

row_object!(RatingLevel(rating_level::Model), load: rows_by_id::<rating_level::Entity>);

/// A stub.
#[Object]
impl RatingLevel {
    /// Its code.
    async fn code(&self) -> &str {
        &self.0.code
    }
}
