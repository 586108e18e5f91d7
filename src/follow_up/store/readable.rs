use super::{
    visible_actions_by_id, visible_checks_by_id, visible_follow_ups_by_id, visible_reviews_by_id, visible_sealed,
};
use crate::{
    access::{Reader, Sealed, Secret},
    database::StoreError,
    graphql::NodeKind,
};
use entity::finding;
use uuid::Uuid;

/// Which of the things of a kind the reader may read, each with whether it is confidential: follow-ups, and what hangs
/// on them and has files. None of another kind.
pub(crate) async fn readable(reader: &Reader, kind: NodeKind, ids: Vec<Uuid>) -> Result<Vec<(Uuid, bool)>, StoreError> {
    Ok(match kind {
        NodeKind::FollowUp => {
            let found = visible_follow_ups_by_id(reader, ids).await?;
            found.into_iter().map(|(id, _)| (id, false)).collect()
        }
        NodeKind::Check => open(visible_checks_by_id(reader, ids).await?),
        NodeKind::Finding => open(visible_sealed::<finding::Entity>(reader, ids).await?),
        NodeKind::Review => open(visible_reviews_by_id(reader, ids).await?),
        NodeKind::CorrectiveAction => open(visible_actions_by_id(reader, ids).await?),
        _ => Vec::new(),
    })
}

fn open<M: Secret>(rows: Vec<(Uuid, Sealed<M>)>) -> Vec<(Uuid, bool)> {
    rows.into_iter()
        .filter_map(|(id, row)| Some((id, row.unnoted()?.ground().is_some())))
        .collect()
}
