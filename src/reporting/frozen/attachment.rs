use async_graphql::{ComplexObject, SimpleObject};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A file as it was attached when the report was submitted: its hash binds its content to the report. It stays for as long
/// as the report is submitted.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct FrozenAttachment {
    #[graphql(skip)]
    pub(in crate::reporting) id: Uuid,
    /// What the file is called.
    pub(in crate::reporting) file_name: String,
    /// The media type of its content.
    pub(in crate::reporting) media_type: String,
    /// How many bytes it has.
    pub(in crate::reporting) size: i32,
    /// SHA-256 of its content, in hexadecimal.
    pub(in crate::reporting) sha256: String,
}

#[ComplexObject]
impl FrozenAttachment {
    /// Where its content is, on this server: `GET` it with your token.
    async fn url(&self) -> String {
        crate::attachments::url(self.id)
    }
}
