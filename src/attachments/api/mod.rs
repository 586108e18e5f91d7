//! Attachments in the API. They are uploaded and downloaded beside it: see `server::attachments`.

mod attachment;
mod mutation;

pub use attachment::Attachment;
pub(crate) use attachment::url;
pub use mutation::AttachmentMutation;
