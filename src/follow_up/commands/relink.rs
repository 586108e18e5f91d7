use crate::{
    access::Permit,
    follow_up::store,
    use_case::{Failure, Transaction},
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use std::collections::HashMap;
use uuid::Uuid;

/// Moves the follow-ups of a plan's points to the same control points in the version that replaces it. Those whose
/// point is not in the new version keep their place in the old one.
///
/// # Errors
/// When the database fails.
pub(crate) async fn relink(
    tx: &mut Transaction,
    permit: &Permit,
    old_plan_id: Uuid,
    new_plan_id: Uuid,
) -> Result<(), Failure> {
    let points = store::points_of_plan(tx.reader(), new_plan_id).await?;
    let points: HashMap<Uuid, Uuid> = points.into_iter().map(|row| (row.control_point_id, row.id)).collect();
    for follow_up in store::follow_ups_of_plan(tx.reader(), old_plan_id).await? {
        if let Some(plan_point) = points.get(&follow_up.control_point_id) {
            let mut change = follow_up.clone().into_active_model();
            change.plan_point_id = Set(*plan_point);
            tx.update(permit, follow_up, change).await?;
        }
    }
    Ok(())
}
