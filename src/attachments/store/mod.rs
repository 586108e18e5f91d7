//! Reading attachments.

mod attachment;
mod frozen;
mod loose;
mod relation;

pub(crate) use attachment::readable_attachment;
pub(super) use attachment::{AttachmentRow, attachments_by_id, files_of, stored_files};
pub(crate) use frozen::attachments_for_freezing;
pub(super) use loose::{announce, become_attachment, doom, doom_old, forget, loose};
pub(super) use relation::UploaderOf;
pub(crate) use relation::{
    AttachmentsOfAction, AttachmentsOfCheck, AttachmentsOfDocument, AttachmentsOfFinding, AttachmentsOfFollowUp,
    AttachmentsOfReview,
};
