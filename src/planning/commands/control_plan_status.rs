use super::{control_year::year_of, shared_points};
use crate::{
    access::Permit,
    follow_up,
    graphql::{Date, NodeKind},
    planning::{
        rules::{moving, next_statuses, refuse_bad_adoption, refuse_closed_year, refuse_empty_plan, refuse_step},
        store,
    },
    use_case::{Check, Failure, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{ControlPlanStatus, ControlScope, control_plan};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A control plan's next state: `DRAFT` -> `PROPOSED` -> `ADOPTED` -> `CLOSED`, or `PROPOSED` -> `DRAFT` when it is
/// referred back.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeControlPlanStatusInput {
    /// The control plan.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The state that it goes to.
    pub to: ControlPlanStatus,
    /// The date of the committee's decision, for a plan that becomes `ADOPTED`. It is the first day that the plan
    /// holds, unless the plan has another.
    pub adopted_on: Option<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl ChangeControlPlanStatusInput {
    async fn visible_plan(&self, tx: &Transaction) -> Result<control_plan::Model, Failure> {
        let visible = store::visible_plans(tx.reader());
        tx.visible_subject::<control_plan::Entity>("id", NodeKind::ControlPlan, &self.id, visible)
            .await
    }
}

impl UseCase for ChangeControlPlanStatusInput {
    const NAME: &'static str = "changeControlPlanStatus";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        // A plan that was referred back is out of the committee's sight: when the key is repeated, it still has to be
        // found here.
        let plan = tx
            .subject::<control_plan::Entity>(NodeKind::ControlPlan, &self.id)
            .await?;
        let (right, place) = moving(&plan, self.to);
        if !tx.reader().may(right, place) {
            self.visible_plan(tx).await?;
        }
        Ok((tx.permit(right, place)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let plan = self.visible_plan(tx).await?;
        expect_version(&plan, self.expected_version)?;
        let mut check = Check::new();
        check.apply(refuse_closed_year(&year_of(tx, plan.control_year_id).await?));
        check.apply(refuse_step(plan.status, self.to, next_statuses(plan.status)));
        let adopted_on = self.adopted_on.map(|day| day.0);
        refuse_bad_adoption(&mut check, self.to, adopted_on, tx.today());
        check.finish()?;
        if self.to == ControlPlanStatus::Proposed {
            refuse_empty_plan(store::points_of_plan(tx.reader(), plan.id).await?.len())?;
        }
        let superseded = plan.supersedes_id;
        let mut change = plan.clone().into_active_model();
        change.status = Set(self.to);
        match self.to {
            ControlPlanStatus::Proposed => change.proposed_by = Set(tx.user_id()),
            ControlPlanStatus::Draft => change.proposed_by = Set(None),
            ControlPlanStatus::Adopted => {
                change.adopted_on = Set(adopted_on);
                change.valid_from = Set(plan.valid_from.or(adopted_on));
            }
            ControlPlanStatus::Closed => {}
        }
        let plan = tx.update(&permit, plan, change).await?;
        if self.to == ControlPlanStatus::Adopted {
            if let Some(superseded) = superseded {
                close_superseded(tx, &permit, superseded).await?;
                follow_up::relink(tx, &permit, superseded, plan.id).await?;
            }
            if plan.scope == ControlScope::Shared {
                shared_points::spread(tx, &permit, &plan).await?;
            }
        }
        Ok(plan.id)
    }
}

/// The version before is in force no longer.
async fn close_superseded(tx: &mut Transaction, permit: &Permit, id: Uuid) -> Result<(), Failure> {
    let before = tx.reader().by_id::<control_plan::Entity>(id).await?;
    if let Some(before) = before.filter(|plan| plan.status == ControlPlanStatus::Adopted) {
        let mut change = before.clone().into_active_model();
        change.status = Set(ControlPlanStatus::Closed);
        tx.update(permit, before, change).await?;
    }
    Ok(())
}
