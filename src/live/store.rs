use crate::database::{Database, StoreError};
use entity::outbox_event::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

/// The number of the last event of a municipality; `None` when there is none.
pub(super) async fn last_event(database: &Database, municipality_id: Uuid) -> Result<Option<i64>, StoreError> {
    let session = database.read(municipality_id).await?;
    let last: Option<Option<i64>> = Entity::find()
        .select_only()
        .column_as(Column::Sequence.max(), "last")
        .filter(Column::MunicipalityId.eq(municipality_id))
        .into_tuple()
        .one(&session)
        .await?;
    Ok(last.flatten())
}
