//! When points are to be checked.

use crate::{
    access::{Reader, keyed, referring},
    database::StoreError,
    relation,
};
use entity::{control_point, scheduled_time};
use sea_orm::QueryOrder;
use uuid::Uuid;

/// The times at which points are to be checked, the earliest first, each with its point's id.
pub(in crate::planning) async fn times_of_points(
    reader: &Reader,
    points: Vec<Uuid>,
) -> Result<Vec<(Uuid, scheduled_time::Model)>, StoreError> {
    use scheduled_time::Column;
    let rows = referring::<scheduled_time::Entity>(reader, Column::ControlPointId, points)
        .order_by_asc(Column::Earliest)
        .all(reader.session())
        .await?;
    Ok(keyed(rows, Column::ControlPointId))
}

/// The times at which a point is to be checked, the earliest first.
pub(in crate::planning) async fn times_of_point(
    reader: &Reader,
    point_id: Uuid,
) -> Result<Vec<scheduled_time::Model>, StoreError> {
    let found = times_of_points(reader, vec![point_id]).await?;
    Ok(found.into_iter().map(|(_, time)| time).collect())
}

relation! {
    /// The times at which a point is to be checked, the earliest first.
    TimesOfPoint: control_point::Model => scheduled_time::Model,
    |point| Some(point.id), times_of_points
}
