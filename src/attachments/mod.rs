//! Files that are attached to things: what may be uploaded, where its bytes are, and who gets them.
//!
//! The bytes are in the file store (`objects`), the rest in the database. An upload is announced there before its bytes
//! are stored, and becomes an attachment when they are: what is announced and becomes nothing is removed again (`sweep`),
//! so that no attachment is ever without bytes, and no bytes are kept that nothing refers to.

mod api;
mod commands;
mod content;
mod incoming;
mod objects;
mod rules;
mod store;
mod sweep;
mod verify;

pub(crate) use api::url;
pub use api::{Attachment, AttachmentMutation};
pub use commands::RemoveAttachmentInput;
pub(crate) use commands::{BeginUpload, KeepUpload};
pub(crate) use content::refuse_other_content;
pub(crate) use incoming::{Incoming, ReceiveError};
pub(crate) use objects::ObjectKey;
pub use objects::{AttachmentSettings, Objects, ObjectsError, S3Settings};
pub use rules::Attachable;
pub(crate) use rules::{FileKind, Reported, Subject, refuse_bad_name};
pub(crate) use store::{
    AttachmentsOfAction, AttachmentsOfCheck, AttachmentsOfDocument, AttachmentsOfFinding, AttachmentsOfFollowUp,
    AttachmentsOfReview, attachments_for_freezing, readable_attachment,
};
pub(crate) use sweep::keep_sweeping;
pub use sweep::{SweepError, sweep};
pub(crate) use verify::verify;
