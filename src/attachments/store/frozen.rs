use crate::{access::Reader, attachments::rules::Subject, database::StoreError};
use entity::attachment;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder};
use uuid::Uuid;

/// The files of follow-ups, of what hangs on them, and of the checks and reviews that they have, each with the id of what it is
/// attached to, in the order in which they were uploaded: for a report that is submitted, whoever may read them.
pub(crate) async fn attachments_for_freezing(
    reader: &Reader,
    follow_ups: Vec<Uuid>,
    checks: Vec<Uuid>,
    reviews: Vec<Uuid>,
) -> Result<Vec<(Uuid, attachment::Model)>, StoreError> {
    use attachment::Column;
    let of = Condition::any()
        .add(reader.any_of(Column::FollowUpId.as_column_ref(), follow_ups))
        .add(reader.any_of(Column::ControlCheckId.as_column_ref(), checks))
        .add(reader.any_of(Column::ReviewId.as_column_ref(), reviews));
    let rows = reader
        .find::<attachment::Entity>()
        .filter(of)
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((Subject::of_row(&row)?.parts().1, row)))
        .collect())
}
