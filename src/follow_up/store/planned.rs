//! What was planned, as far as the reader sees it.

use crate::{access::Reader, database::StoreError, planning};
use entity::{control_plan, control_point, risk};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

/// The control point with this id, if the reader sees it.
pub(crate) async fn visible_point(reader: &Reader, id: Uuid) -> Result<Option<control_point::Model>, StoreError> {
    Ok(reader
        .find::<control_point::Entity>()
        .filter(control_point::Column::Id.eq(id))
        .filter(planning::visible_points(reader))
        .one(reader.session())
        .await?)
}

/// The control plan with this id, if the reader sees it.
pub(crate) async fn visible_plan(reader: &Reader, id: Uuid) -> Result<Option<control_plan::Model>, StoreError> {
    Ok(reader
        .find::<control_plan::Entity>()
        .filter(control_plan::Column::Id.eq(id))
        .filter(planning::visible_plans(reader))
        .one(reader.session())
        .await?)
}

/// The risk with this id, if the reader sees it.
pub(crate) async fn visible_risk(reader: &Reader, id: Uuid) -> Result<Option<risk::Model>, StoreError> {
    Ok(reader
        .find::<risk::Entity>()
        .filter(risk::Column::Id.eq(id))
        .filter(planning::visible_risks(reader))
        .one(reader.session())
        .await?)
}
