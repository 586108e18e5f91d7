use super::attachment::{AttachmentRow, attachment_rows, own_of_follow_up};
use crate::{
    access::{Reader, Sealed, rows_by_id},
    database::{StoreError, reference},
    follow_up::{ActionRow, FollowUpRow},
    relation,
};
use entity::{attachment, control_check, document, finding, review, user_account};
use sea_orm::{ColumnTrait, Condition, QueryFilter};
use uuid::Uuid;

/// The files of what the reader may read, which they refer to in `by`, each with its id.
async fn files(
    reader: &Reader,
    by: attachment::Column,
    ids: Vec<Uuid>,
    also: Condition,
) -> Result<Vec<(Uuid, AttachmentRow)>, StoreError> {
    if ids.is_empty() || !reader.is_internal() {
        return Ok(Vec::new());
    }
    let rows = attachment_rows(reader)
        .filter(reader.any_of(by.as_column_ref(), ids))
        .filter(attachment::Column::RemovedAt.is_null())
        .filter(also)
        .all(reader.session())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((reference(&row, by)?, AttachmentRow::through_subject(row))))
        .collect())
}

relation! {
    /// The files of a follow-up's own.
    AttachmentsOfFollowUp: FollowUpRow => AttachmentRow,
    |row| Some(row.follow_up.id),
    |reader, keys| files(reader, attachment::Column::FollowUpId, keys, own_of_follow_up())
}

relation! {
    /// The files of a check, for who may read it.
    AttachmentsOfCheck: Sealed<control_check::Model> => AttachmentRow,
    |row| row.unnoted().map(|check| check.id),
    |reader, keys| files(reader, attachment::Column::ControlCheckId, keys, Condition::all())
}

relation! {
    /// The files of a review, for who may read it.
    AttachmentsOfReview: Sealed<review::Model> => AttachmentRow,
    |row| row.unnoted().map(|review| review.id),
    |reader, keys| files(reader, attachment::Column::ReviewId, keys, Condition::all())
}

relation! {
    /// The files of a finding, for who may read it.
    AttachmentsOfFinding: Sealed<finding::Model> => AttachmentRow,
    |row| row.unnoted().map(|finding| finding.id),
    |reader, keys| files(reader, attachment::Column::FindingId, keys, Condition::all())
}

relation! {
    /// The files of an action, for who may read it.
    AttachmentsOfAction: Sealed<ActionRow> => AttachmentRow,
    |row| row.unnoted().map(|row| row.action.id),
    |reader, keys| files(reader, attachment::Column::CorrectiveActionId, keys, Condition::all())
}

relation! {
    /// The files of a document, for who may read it.
    AttachmentsOfDocument: Sealed<document::Model> => AttachmentRow,
    |row| row.unnoted().map(|document| document.id),
    |reader, keys| files(reader, attachment::Column::DocumentId, keys, Condition::all())
}

relation! {
    /// The user who uploaded a file.
    UploaderOf: AttachmentRow => user_account::Model,
    |row| row.attachment.uploaded_by, rows_by_id::<user_account::Entity>
}
