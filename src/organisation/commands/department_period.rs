use crate::{
    access::{Permit, Right},
    graphql::{Date, NodeKind},
    organisation::{
        rules::{PLACE, refuse_reversed_period},
        store,
    },
    use_case::{Check, Failure, Problem, Transaction, UseCase, changed, cleared_or_changed, expect_version},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{committee, department, department_committee};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use uuid::Uuid;

/// A period in which a department answers to a committee.
#[derive(Clone, Debug, InputObject)]
pub struct CreateDepartmentPeriodInput {
    /// The department.
    pub department_id: ID,
    /// The committee.
    pub committee_id: ID,
    /// The first day.
    pub valid_from: Date,
    /// The last day; left out while it is open.
    pub valid_to: Option<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateDepartmentPeriodInput {
    const NAME: &'static str = "createDepartmentPeriod";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::OrganisationManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        let department_id = check.id("departmentId", NodeKind::Department, &self.department_id);
        let committee_id = check.id("committeeId", NodeKind::Committee, &self.committee_id);
        check
            .exists::<department::Entity>(tx, "departmentId", Some(department_id), NodeKind::Department)
            .await?;
        check
            .exists::<committee::Entity>(tx, "committeeId", Some(committee_id), NodeKind::Committee)
            .await?;
        let period = department_committee::Model {
            municipality_id: permit.municipality_id(),
            id: Uuid::now_v7(),
            department_id,
            committee_id,
            valid_from: self.valid_from.0,
            valid_to: self.valid_to.map(|day| day.0),
            version: 1,
            created_at: tx.now(),
        };
        refuse_reversed_period(&mut check, period.valid_from, period.valid_to);
        check.finish()?;
        refuse_overlap(tx, &period).await?;
        let row = period.into_active_model().reset_all();
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// A change of a period in which a department answers to a committee. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDepartmentPeriodInput {
    /// The period.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The first day.
    pub valid_from: MaybeUndefined<Date>,
    /// The last day; null while it is open.
    pub valid_to: MaybeUndefined<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateDepartmentPeriodInput {
    const NAME: &'static str = "updateDepartmentPeriod";
    type Subject = department_committee::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, department_committee::Model), Failure> {
        let period = tx
            .subject::<department_committee::Entity>(NodeKind::DepartmentPeriod, &self.id)
            .await?;
        Ok((tx.permit(Right::OrganisationManage, PLACE)?, period))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        period: department_committee::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&period, self.expected_version)?;
        let mut check = Check::new();
        check.not_null("validFrom", &self.valid_from);
        let mut wanted = period.clone();
        if let Some(day) = self.valid_from.value() {
            wanted.valid_from = day.0;
        }
        let valid_to = self.valid_to.map_value(|day| day.0);
        valid_to.update_to(&mut wanted.valid_to);
        refuse_reversed_period(&mut check, wanted.valid_from, wanted.valid_to);
        check.finish()?;
        refuse_overlap(tx, &wanted).await?;
        let mut change = period.clone().into_active_model();
        change.valid_from = changed(self.valid_from.map_value(|day| day.0));
        change.valid_to = cleared_or_changed(valid_to);
        Ok(tx.update(&permit, period, change).await?.id)
    }
}

async fn refuse_overlap(tx: &Transaction, period: &department_committee::Model) -> Result<(), Failure> {
    if store::overlapping_period(tx.reader(), period).await? {
        return Err(Problem::duplicate("validFrom", message!("organisation-period-overlaps")).into());
    }
    Ok(())
}
