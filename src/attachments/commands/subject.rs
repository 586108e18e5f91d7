use crate::{
    attachments::rules::{Attachable, Subject},
    decisions::documented,
    follow_up::attachable,
    use_case::{Failure, Transaction},
};

/// Leave to attach files to something, or remove them, for who sees it and writes there. What is withheld from the actor
/// is not there.
pub(super) async fn attach_to(tx: &Transaction, path: &str, subject: Subject) -> Result<Attachable, Failure> {
    let (kind, id) = subject.parts();
    match subject {
        Subject::Document(_) => documented(tx, path, id).await,
        _ => attachable(tx, path, kind, id).await,
    }
}
