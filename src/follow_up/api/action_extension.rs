use crate::graphql::{Date, DateTime, Row};
use async_graphql::Object;
use entity::action_extension;

/// A later due date given to a corrective action (förlängd tid).
#[derive(Clone)]
pub struct ActionExtension(Row<action_extension::Model>);

impl From<Row<action_extension::Model>> for ActionExtension {
    fn from(row: Row<action_extension::Model>) -> Self {
        Self(row)
    }
}

/// A later due date given to a corrective action (förlängd tid).
#[Object]
impl ActionExtension {
    /// The day that it was due before; null when there was none.
    async fn from_date(&self) -> Option<Date> {
        self.0.from_date.map(Date)
    }

    /// The day that it was due from then on.
    async fn to_date(&self) -> Date {
        Date(self.0.to_date)
    }

    /// Why it was put off.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The function that decided it.
    async fn decided_by(&self) -> &str {
        &self.0.decided_by_function
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}
