use super::{subject::attach_to, upload::refuse_closed_years};
use crate::{
    access::Permit,
    attachments::{
        rules::{Attachable, Subject, refuse_frozen, refuse_removed},
        store::{attachments_by_id, doom},
    },
    graphql::NodeKind,
    reporting::submitted_since,
    use_case::{Failure, Problem, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::attachment;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// The end of a file: its content is erased, and it is remembered that it was there.
#[derive(Clone, Debug, InputObject)]
pub struct RemoveAttachmentInput {
    /// The file.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for RemoveAttachmentInput {
    const NAME: &'static str = "removeAttachment";
    type Subject = (attachment::Model, Attachable);

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let id = NodeKind::Attachment
            .decode(&self.id)
            .map_err(|error| Problem::invalid("id", error.message()))?;
        let missing = || Problem::not_found("id", NodeKind::Attachment);
        let found = attachments_by_id(tx.reader(), vec![id]).await?;
        let (_, row) = found.into_iter().next().ok_or_else(missing)?;
        let subject = Subject::of_row(&row.attachment).ok_or_else(missing)?;
        let attachable = attach_to(tx, "id", subject).await?;
        Ok((attachable.permit.clone(), (row.attachment, attachable)))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        (file, attachable): Self::Subject,
    ) -> Result<Uuid, Failure> {
        expect_version(&file, self.expected_version)?;
        refuse_removed(file.removed_at.is_some())?;
        refuse_closed_years(tx, &attachable).await?;
        let reports = attachable.reports;
        refuse_frozen(submitted_since(tx.reader(), reports, file.created_at).await?)?;
        doom(tx.reader().session(), permit.municipality_id(), file.id).await?;
        let mut change = file.clone().into_active_model();
        change.removed_by = Set(tx.user_id());
        change.removed_at = Set(Some(tx.now()));
        Ok(tx.update(&permit, file, change).await?.id)
    }
}
