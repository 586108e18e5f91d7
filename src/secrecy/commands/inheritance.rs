use crate::{
    access::Permit,
    secrecy::rules::CARRIES_ON,
    use_case::{Failure, Transaction},
};
use entity::{Language, secrecy_event};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// What carries on something confidential.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Inherits {
    /// A finding.
    Finding(Uuid),
    /// A corrective action.
    CorrectiveAction(Uuid),
}

/// Notes that something is marked because it carries on what was: the row itself has the ground already.
///
/// # Errors
/// When the database fails.
pub(crate) async fn inherit_mark(
    tx: &mut Transaction,
    permit: &Permit,
    subject: Inherits,
    ground: String,
) -> Result<(), Failure> {
    let (finding_id, corrective_action_id) = match subject {
        Inherits::Finding(id) => (Some(id), None),
        Inherits::CorrectiveAction(id) => (None, Some(id)),
    };
    let event = secrecy_event::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        id: Set(Uuid::now_v7()),
        finding_id: Set(finding_id),
        control_check_id: Set(None),
        review_id: Set(None),
        corrective_action_id: Set(corrective_action_id),
        assessment_id: Set(None),
        document_id: Set(None),
        marked: Set(true),
        ground: Set(ground),
        reason: Set(Some(CARRIES_ON.in_language(Language::En))),
        recorded_by: Set(tx.user_id()),
        occurred_at: Set(tx.now()),
    };
    tx.insert(permit, event).await?;
    Ok(())
}
