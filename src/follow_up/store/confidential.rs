use super::scope::{readable, visible_assessments, visible_evidence};
use crate::secret_tables;
use crate::{
    access::{Reader, Sealed, join},
    database::{StoreError, TenantTable},
};
use entity::{assessment, finding, follow_up};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, JoinType, ModelTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

/// A table of what hangs on one follow-up and may be confidential.
pub(crate) trait Confidential: TenantTable {
    /// The column of the follow-up.
    const FOLLOW_UP: Self::Column;
    /// The column of the ground that it is confidential on.
    const GROUND: Self::Column;

    /// The rows that the reader sees, over the table's columns and those of the joined `follow_up`.
    fn visible(reader: &Reader) -> Condition;
}

macro_rules! confidential {
    ($($table:ident: $visible:expr),+ $(,)?) => {
        $(
            impl Confidential for $table::Entity {
                const FOLLOW_UP: Self::Column = $table::Column::FollowUpId;
                const GROUND: Self::Column = $table::Column::SecrecyGround;

                fn visible(reader: &Reader) -> Condition {
                    $visible(reader)
                }
            }
        )+
    };
}

secret_tables! { control_check, finding, review }

confidential! {
    assessment: visible_assessments,
    finding: |reader| visible_evidence(reader, finding::Column::CreatedAt),
}

/// The municipality's rows of a table, each joined with its follow-up, and whether the reader may see its content.
pub(super) fn sealed<E: Confidential>(reader: &Reader) -> Select<E> {
    join::<E, follow_up::Entity>(reader.find(), JoinType::InnerJoin, E::FOLLOW_UP, follow_up::Column::Id)
        .column_as(readable(reader, E::GROUND), Sealed::<()>::READABLE)
}

/// Those of `ids` that the reader sees, each with its id.
pub(crate) async fn visible_sealed<E: Confidential>(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<E::Model>)>, StoreError>
where
    E::Model: ModelTrait<Entity = E> + FromQueryResult,
{
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sealed::<E>(reader)
        .filter(reader.any_of(E::ID.as_column_ref(), ids))
        .filter(E::visible(reader))
        .into_model::<Sealed<E::Model>>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| (row.outside(E::id_of), row)).collect())
}

/// What the reader may see before what is withheld from them; otherwise in the order given.
pub(super) fn sealed_last<M>(rows: Vec<(Uuid, Sealed<M>)>) -> Vec<(Uuid, Sealed<M>)> {
    let mut rows = rows;
    rows.sort_by_key(|(_, row)| !row.is_readable());
    rows
}

/// Those of the findings with these ids that the reader sees, each with its id.
pub(crate) async fn visible_findings_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<finding::Model>)>, StoreError> {
    visible_sealed::<finding::Entity>(reader, ids).await
}
