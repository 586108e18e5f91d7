use crate::{
    attachments::{
        rules::Subject,
        store::{AttachmentRow, UploaderOf, attachments_by_id},
    },
    database::StoreError,
    graphql::{DateTime, Fault, NodeKind, Result, Row},
    organisation::User,
    row_object,
};
use async_graphql::{ID, Object};
use entity::attachment;
use uuid::Uuid;

/// A file (bilaga) that is attached to a check, review, finding, corrective action, follow-up or document. It is made by
/// an upload, `POST /attachments`, and never changes. What is withheld from you has no files for you.
#[derive(Clone)]
pub struct Attachment(Row<AttachmentRow>);

row_object!(Attachment(AttachmentRow), load: attachments_by_id);

impl Attachment {
    fn content(&self) -> &attachment::Model {
        self.0.content(self.0.reader())
    }
}

/// Where the content of a file is, on this server.
pub(crate) fn url(id: Uuid) -> String {
    format!("/attachments/{}", *NodeKind::Attachment.encode(id))
}

/// A file (bilaga) that is attached to a check, review, finding, corrective action, follow-up or document. It is made by
/// an upload, `POST /attachments`, and never changes. What is withheld from you has no files for you.
#[Object]
impl Attachment {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Attachment.encode(self.0.attachment.id)
    }

    /// The global id of what it is attached to: read it with `node`.
    async fn subject_id(&self) -> Result<ID> {
        let subject = Subject::of_row(&self.0.attachment)
            .ok_or_else(|| Fault::from(StoreError::Content("an attachment has no subject".to_owned())))?;
        let (kind, id) = subject.parts();
        Ok(kind.encode(id))
    }

    /// What the file is called.
    async fn file_name(&self) -> &str {
        &self.content().file_name
    }

    /// The media type of its content, which was looked at: "application/pdf".
    async fn media_type(&self) -> &str {
        &self.content().media_type
    }

    /// How many bytes it has.
    async fn size(&self) -> i32 {
        self.content().size
    }

    /// SHA-256 of its content, in hexadecimal.
    async fn sha256(&self) -> &str {
        &self.content().sha256
    }

    /// Where its content is, on this server: `GET` it with your token. Null when it was removed.
    async fn url(&self) -> Option<String> {
        let file = &self.0.attachment;
        file.removed_at.is_none().then(|| url(file.id))
    }

    /// Who uploaded it.
    async fn uploaded_by(&self) -> Result<Option<User>> {
        Ok(self.0.one(UploaderOf).await?.map(Into::into))
    }

    /// When it was uploaded.
    async fn created_at(&self) -> DateTime {
        DateTime(self.content().created_at)
    }

    /// When it was removed, and its content erased; null while it is there.
    async fn removed_at(&self) -> Option<DateTime> {
        self.content().removed_at.map(DateTime)
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.content().version
    }
}
