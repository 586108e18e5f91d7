use crate::{
    access::Reader,
    database::StoreError,
    graphql::{NodeKind, Row},
    row_object,
};
use async_graphql::{ID, Object};
use entity::municipality;
use sea_orm::EntityTrait;
use uuid::Uuid;

/// A municipality (kommun): what everything belongs to, and beyond which nothing is visible.
#[derive(Clone)]
pub struct Municipality(Row<municipality::Model>);

row_object!(Municipality(municipality::Model), load: own_municipality);

/// The reader's own municipality; any other is not there.
async fn own_municipality(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, municipality::Model)>, StoreError> {
    let own = reader.municipality_id();
    if !ids.contains(&own) {
        return Ok(Vec::new());
    }
    let found = municipality::Entity::find_by_id(own).one(reader.session()).await?;
    Ok(found.map(|row| (own, row)).into_iter().collect())
}

/// A municipality (kommun): what everything belongs to, and beyond which nothing is visible.
#[Object]
impl Municipality {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Municipality.encode(self.0.id)
    }

    /// Its four-digit code (kommunkod), such as "0586".
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, such as "Mjölby kommun".
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its organisation number.
    async fn organisation_number(&self) -> Option<&String> {
        self.0.organisation_number.as_ref()
    }
}
