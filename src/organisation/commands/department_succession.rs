use super::own_reach::refuse_own_reach;
use crate::{
    access::{Permit, Right},
    graphql::{Date, NodeKind},
    organisation::{
        rules::{PLACE, closes_a_circle, reaching, refuse_before_closed_year},
        store,
    },
    use_case::{Check, Failure, Problem, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::{department, department_committee, department_succession};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// That a department carries on another's work from a day on: after a merger, each of the merged ones has the same
/// successor; after a division, one has several.
#[derive(Clone, Debug, InputObject)]
pub struct CreateDepartmentSuccessionInput {
    /// The department whose work is carried on.
    pub department_id: ID,
    /// The department that carries it on.
    pub successor_id: ID,
    /// The first day that it does, after the last control year that is closed. The other department's periods with
    /// committees end the day before.
    pub valid_from: Date,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateDepartmentSuccessionInput {
    const NAME: &'static str = "createDepartmentSuccession";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::OrganisationManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        let department_id = check.id("departmentId", NodeKind::Department, &self.department_id);
        let successor_id = check.id("successorId", NodeKind::Department, &self.successor_id);
        check
            .exists::<department::Entity>(tx, "departmentId", Some(department_id), NodeKind::Department)
            .await?;
        check
            .exists::<department::Entity>(tx, "successorId", Some(successor_id), NodeKind::Department)
            .await?;
        check.finish()?;
        let successions = store::successions(tx.reader()).await?;
        let mut check = Check::new();
        check.require(!closes_a_circle(department_id, successor_id, &successions), || {
            Problem::invalid("successorId", message!("organisation-succession-circle"))
        });
        let pair =
            |row: &department_succession::Model| row.department_id == department_id && row.successor_id == successor_id;
        check.require(!successions.iter().any(pair), || {
            Problem::duplicate("successorId", message!("organisation-succession-exists"))
        });
        let closed = store::last_closed_year(tx.reader()).await?;
        check.apply(refuse_before_closed_year("validFrom", self.valid_from.0, closed));
        check.finish()?;
        let heirs = store::department_heirs(tx.reader()).await?;
        refuse_own_reach(tx, &reaching(&heirs, department_id, Some(successor_id))).await?;
        end_periods(tx, &permit, department_id, self.valid_from.0).await?;
        let row = department_succession::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            department_id: Set(department_id),
            successor_id: Set(successor_id),
            valid_from: Set(self.valid_from.0),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// Takes back a succession that was recorded wrongly.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteDepartmentSuccessionInput {
    /// The succession.
    pub id: ID,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for DeleteDepartmentSuccessionInput {
    const NAME: &'static str = "deleteDepartmentSuccession";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        // The succession itself is looked for later: when the key is repeated, it is gone.
        Ok((tx.permit(Right::OrganisationManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let succession = tx
            .subject::<department_succession::Entity>(NodeKind::DepartmentSuccession, &self.id)
            .await?;
        let closed = store::last_closed_year(tx.reader()).await?;
        refuse_before_closed_year("id", succession.valid_from, closed)?;
        let department_id = succession.department_id;
        tx.delete(&permit, succession).await?;
        Ok(department_id)
    }
}

/// A department whose work others carry on answers to nobody any more.
async fn end_periods(
    tx: &mut Transaction,
    permit: &Permit,
    id: Uuid,
    successor_from: NaiveDate,
) -> Result<(), Failure> {
    let Some(last_day) = successor_from.pred_opt() else {
        return Ok(());
    };
    for period in store::periods_lasting(tx.reader(), id, successor_from).await? {
        if period.valid_from > last_day {
            tx.delete::<department_committee::Model, _>(permit, period).await?;
            continue;
        }
        let mut change = period.clone().into_active_model();
        change.valid_to = Set(Some(last_day));
        tx.update(permit, period, change).await?;
    }
    Ok(())
}
