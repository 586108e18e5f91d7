use crate::{access::rows_by_id, graphql::Row, row_object};
use async_graphql::Object;
use entity::risk_level;

/// A level of the municipality's own risk scale (riskskala) in one control year.
#[derive(Clone)]
pub struct RiskLevel(Row<risk_level::Model>);

row_object!(RiskLevel(risk_level::Model), load: rows_by_id::<risk_level::Entity>);

/// A level of the municipality's own risk scale (riskskala) in one control year.
#[Object]
impl RiskLevel {
    /// What risks from the threshold upwards are called, such as "Hög".
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// The risk value from which it holds, up to the next level's.
    async fn from_value(&self) -> i32 {
        self.0.from_value
    }

    /// The colour that it is shown in, as the municipality wrote it.
    async fn colour(&self) -> Option<&String> {
        self.0.colour.as_ref()
    }
}
