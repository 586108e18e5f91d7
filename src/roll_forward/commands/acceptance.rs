//! How one thing comes along, by itself or with others.

use crate::{
    access::{Permit, Reader, visible_rows_by_id},
    database::{StoreError, TenantTable},
    follow_up::{carry_action, carry_finding, readable},
    graphql::NodeKind,
    organisation::Landing,
    planning::{Destination, carry_point, carry_risk, first_day, visible_points, visible_risks},
    roll_forward::{
        rules::{belonging_to, deciding, destination, refuse_decided, refuse_gone, source_of},
        store,
    },
    use_case::{Failure, Problem, Transaction},
};
use async_graphql::ID;
use entity::{CarryOverKind, CarryOverStatus, carry_over, control_point, control_year, risk};
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The year that things come along to, and where the work of departments goes on when it begins.
pub(super) struct NewYear {
    pub(super) year: control_year::Model,
    pub(super) landings: HashMap<Uuid, Landing>,
}

/// With which changes something comes along.
#[derive(Default)]
pub(super) struct Changes {
    /// The department that it lands on, where that is another than proposed.
    pub(super) department_id: Option<Uuid>,
    /// What it is called from then on.
    pub(super) title: Option<String>,
}

/// The proposal that an input names, as far as the actor sees it.
pub(super) async fn proposal(tx: &Transaction, id: &ID) -> Result<carry_over::Model, Failure> {
    tx.visible_subject::<carry_over::Entity>("id", NodeKind::CarryOver, id, store::visible(tx.reader()))
        .await
}

/// Leave to let something come along, to the department that is named or else to the one that is proposed. Nobody takes
/// from others what they could not decide on where it belongs so far.
pub(super) fn permitted(tx: &Transaction, row: &carry_over::Model, named: Option<Uuid>) -> Result<Permit, Failure> {
    if named.is_some() {
        let (right, place) = deciding(row.kind, belonging_to(row));
        tx.permit(right, place)?;
    }
    let (right, place) = deciding(row.kind, named.or(row.department_id));
    tx.permit(right, place)
}

/// What the proposals are about, as far as the actor can read it: nobody decides on what they cannot.
pub(super) async fn readable_sources<'a>(
    tx: &Transaction,
    proposals: impl Iterator<Item = &'a carry_over::Model> + Clone,
) -> Result<HashSet<Uuid>, StoreError> {
    let reader = tx.reader();
    let of = |kind: CarryOverKind| -> Vec<Uuid> {
        let rows = proposals.clone().filter(|row| row.kind == kind);
        rows.filter_map(source_of).collect()
    };
    let risks = visible_rows_by_id::<risk::Entity>(reader, of(CarryOverKind::Risk), visible_risks(reader)).await?;
    let points = of(CarryOverKind::ControlPoint);
    let points = visible_rows_by_id::<control_point::Entity>(reader, points, visible_points(reader)).await?;
    let findings = readable(reader, NodeKind::Finding, of(CarryOverKind::Finding)).await?;
    let actions = of(CarryOverKind::CorrectiveAction);
    let actions = readable(reader, NodeKind::CorrectiveAction, actions).await?;
    let ids = risks.into_iter().map(|(id, _)| id);
    let ids = ids.chain(points.into_iter().map(|(id, _)| id));
    Ok(ids
        .chain(findings.into_iter().chain(actions).map(|(id, _)| id))
        .collect())
}

/// Lets something come along.
pub(super) async fn accept(
    tx: &mut Transaction,
    permit: &Permit,
    row: carry_over::Model,
    to: &NewYear,
    changes: Changes,
) -> Result<Uuid, Failure> {
    let department_id = destination(row.from_department_id, row.department_id, changes.department_id)?;
    let status = if changes.title.is_some() || department_id != row.department_id {
        CarryOverStatus::Changed
    } else {
        CarryOverStatus::Accepted
    };
    refuse_decided(row.status, status)?;
    refuse_gone(department_id, &to.landings, first_day(&to.year))?;
    let to = Destination {
        year: to.year.clone(),
        department_id,
        title: changes.title,
    };
    let mut change = row.clone().into_active_model();
    match row.kind {
        CarryOverKind::Risk => {
            let source = source::<risk::Entity>(tx.reader(), row.risk_id, visible_risks(tx.reader())).await?;
            let source = source.ok_or_else(|| Problem::not_found("id", NodeKind::Risk))?;
            change.new_risk_id = Set(Some(carry_risk(tx, permit, source, to).await?.id));
        }
        CarryOverKind::ControlPoint => {
            let visible = visible_points(tx.reader());
            let source = source::<control_point::Entity>(tx.reader(), row.control_point_id, visible).await?;
            let source = source.ok_or_else(|| Problem::not_found("id", NodeKind::ControlPoint))?;
            change.new_control_point_id = Set(Some(carry_point(tx, permit, source, to).await?.id));
        }
        CarryOverKind::Finding => {
            let id = row.finding_id.unwrap_or_default();
            change.new_finding_id = Set(Some(carry_finding(tx, permit, id, to).await?.id));
        }
        CarryOverKind::CorrectiveAction => {
            let id = row.corrective_action_id.unwrap_or_default();
            change.new_corrective_action_id = Set(Some(carry_action(tx, id, to).await?.id));
        }
    }
    change.department_id = Set(department_id);
    change.status = Set(status);
    change.reason = Set(None);
    change.decided_by = Set(tx.user_id());
    change.decided_at = Set(Some(tx.now()));
    Ok(tx.update(permit, row, change).await?.id)
}

/// What would come along, as far as the actor sees it: nobody carries on what they cannot read.
async fn source<E: TenantTable>(
    reader: &Reader,
    id: Option<Uuid>,
    visible: Condition,
) -> Result<Option<E::Model>, StoreError> {
    let found = visible_rows_by_id::<E>(reader, id.into_iter().collect(), visible).await?;
    Ok(found.into_iter().next().map(|(_, row)| row))
}
