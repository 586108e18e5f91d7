use super::Attachment;
use crate::{attachments::commands::RemoveAttachmentInput, mutations};

mutations! {
    /// The mutations of attachments. One is made by an upload: `POST /attachments`.
    AttachmentMutation {
        /// Removes a file, for who may attach files where it is: its content is erased. Not while a submitted report has it.
        remove_attachment(RemoveAttachmentInput) -> RemoveAttachmentPayload {
            /// The removed file; null when it was not removed.
            attachment: Attachment
        }
    }
}
