//! Reading secrecy marks.

use super::rules::Subject;
use crate::{
    access::{Place, Reader, Right, rows_by_id},
    database::StoreError,
    decisions::visible_document,
    follow_up::{visible_check_evidence, visible_follow_ups},
};
use entity::{
    assessment, control_check, corrective_action, document, finding, follow_up, review, review_follow_up, secrecy_event,
};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

/// What is marked, as the row that it is.
#[derive(Clone, Debug)]
pub enum Marked {
    /// An assessment.
    Assessment(assessment::Model),
    /// A check.
    Check(control_check::Model),
    /// A corrective action.
    CorrectiveAction(corrective_action::Model),
    /// A document.
    Document(document::Model),
    /// A finding.
    Finding(finding::Model),
    /// A review.
    Review(review::Model),
}

impl Marked {
    /// The ground that it is marked on.
    pub(super) fn ground(&self) -> Option<&String> {
        match self {
            Self::Assessment(row) => row.secrecy_ground.as_ref(),
            Self::Check(row) => row.secrecy_ground.as_ref(),
            Self::CorrectiveAction(row) => row.secrecy_ground.as_ref(),
            Self::Document(row) => row.secrecy_ground.as_ref(),
            Self::Finding(row) => row.secrecy_ground.as_ref(),
            Self::Review(row) => row.secrecy_ground.as_ref(),
        }
    }
}

/// The row of something that can be marked, if the reader can see that it is there.
pub(super) async fn visible_subject(reader: &Reader, subject: Subject) -> Result<Option<Marked>, StoreError> {
    let (_, id) = subject.parts();
    Ok(match subject {
        Subject::Assessment(_) => {
            let row = reader.by_id::<assessment::Entity>(id).await?;
            match row {
                Some(row) if sees_one_of(reader, [row.follow_up_id]).await? => Some(Marked::Assessment(row)),
                _ => None,
            }
        }
        Subject::Check(_) => {
            let visible = visible_check_evidence(reader, control_check::Column::CreatedAt);
            let row = reader.visible_by_id::<control_check::Entity>(id, visible).await?;
            row.map(Marked::Check)
        }
        Subject::Finding(_) => {
            let row = reader.by_id::<finding::Entity>(id).await?;
            match row {
                Some(row) if sees_one_of(reader, [row.follow_up_id]).await? => Some(Marked::Finding(row)),
                _ => None,
            }
        }
        Subject::CorrectiveAction(_) => {
            let row = reader.by_id::<corrective_action::Entity>(id).await?;
            match row {
                Some(row) if sees_action(reader, &row).await? => Some(Marked::CorrectiveAction(row)),
                _ => None,
            }
        }
        Subject::Review(_) => {
            let row = reader.by_id::<review::Entity>(id).await?;
            match row {
                Some(row) if sees_one_of(reader, follow_ups_of_review(reader, id).await?).await? => {
                    Some(Marked::Review(row))
                }
                _ => None,
            }
        }
        Subject::Document(_) => visible_document(reader, id).await?.map(Marked::Document),
    })
}

/// Whether the reader sees one of these follow-ups.
async fn sees_one_of(reader: &Reader, ids: impl IntoIterator<Item = Uuid>) -> Result<bool, StoreError> {
    let found = reader
        .find::<follow_up::Entity>()
        .filter(reader.any_of(follow_up::Column::Id.as_column_ref(), ids))
        .filter(visible_follow_ups(reader))
        .limit(1)
        .one(reader.session())
        .await?;
    Ok(found.is_some())
}

/// Whether the reader sees an action: through its follow-up, or where it has none as they see plans.
async fn sees_action(reader: &Reader, action: &corrective_action::Model) -> Result<bool, StoreError> {
    match action.follow_up_id {
        Some(id) => sees_one_of(reader, [id]).await,
        None => {
            let place = action.department_id.map_or(Place::Municipality, Place::Department);
            Ok(reader.may(Right::ControlPlanRead, place))
        }
    }
}

async fn follow_ups_of_review(reader: &Reader, id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let rows = reader
        .find::<review_follow_up::Entity>()
        .filter(review_follow_up::Column::ReviewId.eq(id))
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| row.follow_up_id).collect())
}

/// Secrecy events, for those who set and lift marks.
pub(super) async fn events_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, secrecy_event::Model)>, StoreError> {
    if !reader.may(Right::SecrecyMarkWrite, Place::Municipality) {
        return Ok(Vec::new());
    }
    rows_by_id::<secrecy_event::Entity>(reader, ids).await
}
