use crate::{
    organisation::{rules::refuse_own_unit, store},
    use_case::{Failure, Transaction},
};
use uuid::Uuid;

/// Refuses a change of the organisation that would give the actor a wider reach: one that touches a unit in which they
/// hold a role, now or later.
pub(super) async fn refuse_own_reach(tx: &Transaction, reaches: &[Uuid]) -> Result<(), Failure> {
    if let Some(actor) = tx.user_id() {
        let held = store::units_held(tx.reader(), actor, tx.today()).await?;
        refuse_own_unit(&held, reaches)?;
    }
    Ok(())
}
