//! The use cases of attachments.

mod remove;
mod subject;
mod upload;

pub use remove::RemoveAttachmentInput;
pub(crate) use upload::{BeginUpload, KeepUpload};
