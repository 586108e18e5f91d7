use super::{
    ActionRow, FollowUpRow, hands_on_action, hands_on_finding, visible_actions_by_id, visible_follow_up, visible_sealed,
};
use crate::{
    access::{Place, Reader, Sealed},
    database::StoreError,
    graphql::NodeKind,
    use_case::{ActedOn, Duties},
};
use entity::{assessment, finding};
use uuid::Uuid;

/// Where something of a follow-up is acted on, and whose hands have been on it. `None` when it is of another kind, or
/// the reader does not see its content.
pub(crate) async fn acted_on(reader: &Reader, kind: NodeKind, id: Uuid) -> Result<Option<ActedOn>, StoreError> {
    match kind {
        NodeKind::FollowUp => {
            let row = visible_follow_up(reader, id).await?;
            Ok(row.map(|row| ActedOn {
                place: row.place(),
                duties: None,
            }))
        }
        NodeKind::Assessment => {
            let Some(row) = content(visible_sealed::<assessment::Entity>(reader, vec![id]).await?) else {
                return Ok(None);
            };
            let duties = (Duties::AssessAndReview, vec![row.assessed_by]);
            on_follow_up(reader, row.follow_up_id, duties).await
        }
        NodeKind::Finding => {
            let Some(row) = content(visible_sealed::<finding::Entity>(reader, vec![id]).await?) else {
                return Ok(None);
            };
            let those = hands_on_finding(reader, &row).await?;
            on_follow_up(reader, row.follow_up_id, (Duties::ResolveAndVerify, those)).await
        }
        NodeKind::CorrectiveAction => {
            let found: Option<ActionRow> = content(visible_actions_by_id(reader, vec![id]).await?);
            let Some(ActionRow { action, .. }) = found else {
                return Ok(None);
            };
            let duties = (Duties::CarryOutAndVerify, hands_on_action(reader, &action).await?);
            match action.follow_up_id {
                Some(id) => on_follow_up(reader, id, duties).await,
                None => Ok(Some(ActedOn {
                    place: action.department_id.map_or(Place::Municipality, Place::Department),
                    duties: Some(duties),
                })),
            }
        }
        _ => Ok(None),
    }
}

async fn on_follow_up(
    reader: &Reader,
    id: Uuid,
    duties: (Duties, Vec<Option<Uuid>>),
) -> Result<Option<ActedOn>, StoreError> {
    let row: Option<FollowUpRow> = visible_follow_up(reader, id).await?;
    Ok(row.map(|row| ActedOn {
        place: row.place(),
        duties: Some(duties),
    }))
}

fn content<M: Clone>(found: Vec<(Uuid, Sealed<M>)>) -> Option<M> {
    found.first().and_then(|(_, row)| row.unnoted().cloned())
}
