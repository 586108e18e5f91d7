use crate::{
    access::{Reader, join},
    attachments::rules::Subject,
    database::StoreError,
    decisions::readable_documents,
    follow_up::{readable, visible_check_evidence, visible_evidence, visible_review_evidence},
    graphql::NodeKind,
};
use entity::{attachment, control_check, follow_up, review};
use sea_orm::{
    ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use std::collections::HashMap;
use uuid::Uuid;

/// A file that somebody may read.
#[derive(Clone, Debug)]
pub(crate) struct AttachmentRow {
    pub(crate) attachment: attachment::Model,
    /// Whether what it is attached to is confidential, where that is not known by the way to it: then that it is read is
    /// noted.
    pub(crate) confidential: bool,
}

impl AttachmentRow {
    /// A file that was reached through what it is attached to, where it is noted that somebody read that.
    pub(super) fn through_subject(attachment: attachment::Model) -> Self {
        Self {
            attachment,
            confidential: false,
        }
    }

    /// The file, for the answer: that it is read is noted in the reader when it is confidential.
    pub(crate) fn content(&self, reader: &Reader) -> &attachment::Model {
        if self.confidential {
            reader.reads().note("attachment", self.attachment.id);
        }
        &self.attachment
    }
}

/// The files of what the reader may read, in the order in which they were uploaded. Who sees a follow-up through a report
/// alone sees what was there when the report was last submitted. The public sees none: a report is published with what it
/// says, and nobody has looked through its files for that.
pub(in crate::attachments) fn attachment_rows(reader: &Reader) -> Select<attachment::Entity> {
    use attachment::Column;
    let left = JoinType::LeftJoin;
    let select = join::<_, follow_up::Entity>(reader.find(), left, Column::FollowUpId, follow_up::Column::Id);
    let select = join::<_, control_check::Entity>(select, left, Column::ControlCheckId, control_check::Column::Id);
    let select = join::<_, review::Entity>(select, left, Column::ReviewId, review::Column::Id);
    let elsewhere = Condition::all()
        .add(Column::FollowUpId.is_null())
        .add(Column::ControlCheckId.is_null())
        .add(Column::ReviewId.is_null());
    let of_follow_up = Condition::all()
        .add(Column::FollowUpId.is_not_null())
        .add(visible_evidence(reader, Column::CreatedAt));
    let of_check = Condition::all()
        .add(Column::ControlCheckId.is_not_null())
        .add(visible_check_evidence(reader, Column::CreatedAt));
    let of_review = Condition::all()
        .add(Column::ReviewId.is_not_null())
        .add(visible_review_evidence(reader, Column::CreatedAt));
    let internal = Expr::val(i32::from(reader.is_internal())).eq(1);
    select
        .filter(internal)
        .filter(
            Condition::any()
                .add(elsewhere)
                .add(of_follow_up)
                .add(of_check)
                .add(of_review),
        )
        .order_by_asc(Column::Id)
}

/// Files by id, those of what the reader may read; those that were removed too.
pub(in crate::attachments) async fn attachments_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, AttachmentRow)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = attachment_rows(reader)
        .filter(reader.any_of(attachment::Column::Id.as_column_ref(), ids))
        .all(reader.session())
        .await?;
    let mut subjects: HashMap<NodeKind, Vec<Uuid>> = HashMap::new();
    for (kind, id) in rows.iter().filter_map(Subject::of_row).map(Subject::parts) {
        subjects.entry(kind).or_default().push(id);
    }
    let mut readable_subjects = HashMap::new();
    for (kind, ids) in subjects {
        let found = match kind {
            NodeKind::Document => readable_documents(reader, ids).await?,
            kind => readable(reader, kind, ids).await?,
        };
        readable_subjects.extend(found.into_iter().map(|(id, confidential)| ((kind, id), confidential)));
    }
    Ok(rows
        .into_iter()
        .filter_map(|attachment| {
            let subject = Subject::of_row(&attachment)?.parts();
            let confidential = *readable_subjects.get(&subject)?;
            let id = attachment.id;
            Some((
                id,
                AttachmentRow {
                    attachment,
                    confidential,
                },
            ))
        })
        .collect())
}

/// The file with this id, if it is there and the reader may read what it is attached to.
pub(crate) async fn readable_attachment(reader: &Reader, id: Uuid) -> Result<Option<AttachmentRow>, StoreError> {
    let found = attachments_by_id(reader, vec![id]).await?.into_iter().next();
    Ok(found
        .map(|(_, row)| row)
        .filter(|row| row.attachment.removed_at.is_none()))
}

/// The files that are attached to something, whether the reader sees them or not: for rules that count all.
pub(in crate::attachments) async fn files_of(
    reader: &Reader,
    subject: Subject,
) -> Result<Vec<attachment::Model>, StoreError> {
    use attachment::Column;
    let (_, id) = subject.parts();
    let of = match subject {
        Subject::Check(_) => Column::ControlCheckId.eq(id).into(),
        Subject::CorrectiveAction(_) => Column::CorrectiveActionId.eq(id).into(),
        Subject::Document(_) => Column::DocumentId.eq(id).into(),
        Subject::Finding(_) => Column::FindingId.eq(id).into(),
        Subject::FollowUp(_) => own_of_follow_up().add(Column::FollowUpId.eq(id)),
        Subject::Review(_) => Column::ReviewId.eq(id).into(),
    };
    let of: Condition = of;
    Ok(reader
        .find::<attachment::Entity>()
        .filter(of)
        .filter(Column::RemovedAt.is_null())
        .all(reader.session())
        .await?)
}

/// That a file is a follow-up's own, and not of what hangs on it.
pub(super) fn own_of_follow_up() -> Condition {
    use attachment::Column;
    Condition::all()
        .add(Column::ControlCheckId.is_null())
        .add(Column::FindingId.is_null())
        .add(Column::CorrectiveActionId.is_null())
}

/// How many files are looked at at once where all of a municipality's are.
const BATCH: u64 = 500;

/// The next of a municipality's files whose content has to be there, for the operator, after the one with the id `after`.
pub(in crate::attachments) async fn stored_files(
    reader: &Reader,
    after: Option<Uuid>,
) -> Result<Vec<attachment::Model>, StoreError> {
    use attachment::Column;
    let mut select = reader
        .find::<attachment::Entity>()
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::Id)
        .limit(BATCH);
    if let Some(id) = after {
        select = select.filter(Column::Id.gt(id));
    }
    Ok(select.all(reader.session()).await?)
}
