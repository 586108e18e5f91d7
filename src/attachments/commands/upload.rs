use super::subject::attach_to;
use crate::{
    access::Permit,
    attachments::{
        rules::{Attachable, FileKind, Subject, refuse_many},
        store::{announce, become_attachment, files_of},
    },
    planning::open_year,
    use_case::{Failure, Problem, ProblemKind, Transaction, UseCase},
};
use entity::attachment;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// Announces an upload, by somebody who may attach files to something: before any of it is received.
#[derive(Clone, Debug)]
pub(crate) struct BeginUpload {
    /// The id that the attachment will have.
    pub(crate) id: Uuid,
    /// What it is attached to.
    pub(crate) subject: Subject,
}

impl UseCase for BeginUpload {
    const NAME: &'static str = "uploadAttachment";
    type Subject = Attachable;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Attachable), Failure> {
        let attachable = attach_to(tx, "subjectId", self.subject).await?;
        Ok((attachable.permit.clone(), attachable))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, attachable: Attachable) -> Result<Uuid, Failure> {
        refuse_closed_years(tx, &attachable).await?;
        refuse_many(files_of(tx.reader(), self.subject).await?.len())?;
        announce(tx.reader().session(), permit.municipality_id(), self.id).await?;
        Ok(self.id)
    }
}

/// Makes an upload an attachment, now that its bytes are in the file store. What let it begin is asked anew: it may have
/// ended meanwhile.
#[derive(Clone, Debug)]
pub(crate) struct KeepUpload {
    /// The id that was announced.
    pub(crate) id: Uuid,
    /// What it is attached to.
    pub(crate) subject: Subject,
    /// What the file is called.
    pub(crate) file_name: String,
    /// What kind of file it is.
    pub(crate) kind: FileKind,
    /// How many bytes it has.
    pub(crate) size: i32,
    /// SHA-256 of its content, in hexadecimal.
    pub(crate) sha256: String,
}

impl UseCase for KeepUpload {
    const NAME: &'static str = "uploadAttachment";
    type Subject = Attachable;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Attachable), Failure> {
        let attachable = attach_to(tx, "subjectId", self.subject).await?;
        Ok((attachable.permit.clone(), attachable))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, attachable: Attachable) -> Result<Uuid, Failure> {
        refuse_closed_years(tx, &attachable).await?;
        let there = files_of(tx.reader(), self.subject).await?;
        refuse_many(there.len())?;
        if there.iter().any(|file| file.sha256 == self.sha256) {
            return Err(Problem::duplicate("", message!("attachments-attached-already")).into());
        }
        let municipality_id = permit.municipality_id();
        if !become_attachment(tx.reader().session(), municipality_id, self.id).await? {
            let message = message!("attachments-upload-too-slow");
            return Err(Problem::new(ProblemKind::Conflict { current_version: None }, "", message).into());
        }
        let own = |of: fn(Uuid) -> Subject| {
            let (_, id) = self.subject.parts();
            Set((self.subject == of(id)).then_some(id))
        };
        let row = attachment::ActiveModel {
            municipality_id: Set(municipality_id),
            id: Set(self.id),
            follow_up_id: Set(attachable.follow_up_id),
            control_check_id: own(Subject::Check),
            review_id: own(Subject::Review),
            finding_id: own(Subject::Finding),
            corrective_action_id: own(Subject::CorrectiveAction),
            document_id: own(Subject::Document),
            file_name: Set(self.file_name),
            media_type: Set(self.kind.media_type().to_owned()),
            size: Set(self.size),
            sha256: Set(self.sha256),
            uploaded_by: Set(tx.user_id()),
            removed_by: Set(None),
            removed_at: Set(None),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// What belongs to a closed year gets no files any more, where nothing else about it moves either.
pub(super) async fn refuse_closed_years(tx: &Transaction, attachable: &Attachable) -> Result<(), Failure> {
    for year in &attachable.open_years {
        open_year(tx, *year).await?;
    }
    Ok(())
}
