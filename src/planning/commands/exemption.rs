use super::control_year::year_of;
use crate::{
    access::{Permit, Right},
    follow_up::show_central_checks,
    graphql::NodeKind,
    planning::{
        rules::{PLACE, refuse_closed_year},
        store,
    },
    use_case::{Check, Failure, LONG_TEXT, Problem, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use entity::{ControlScope, control_point, department, exemption};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// A department's exemption from a shared control point.
#[derive(Clone, Debug, InputObject)]
pub struct CreateExemptionInput {
    /// The shared control point.
    pub control_point_id: ID,
    /// The department that it does not apply to.
    pub department_id: ID,
    /// Why it does not apply.
    pub reason: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateExemptionInput {
    const NAME: &'static str = "createExemption";
    type Subject = control_point::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, control_point::Model), Failure> {
        let point = tx
            .visible_subject::<control_point::Entity>(
                "controlPointId",
                NodeKind::ControlPoint,
                &self.control_point_id,
                store::visible_points(tx.reader()),
            )
            .await?;
        Ok((tx.permit(Right::ControlYearManage, PLACE)?, point))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, point: control_point::Model) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.apply(refuse_closed_year(&year_of(tx, point.control_year_id).await?));
        check.require(point.scope == ControlScope::Shared, || {
            Problem::invalid("controlPointId", message!("planning-only-shared-exempted"))
        });
        let department_id = check.id("departmentId", NodeKind::Department, &self.department_id);
        check
            .exists::<department::Entity>(tx, "departmentId", Some(department_id), NodeKind::Department)
            .await?;
        check.text("reason", &self.reason, LONG_TEXT);
        let taken = store::is_exempt(tx.reader(), point.id, department_id).await?;
        check.require(!taken, || {
            Problem::duplicate("departmentId", message!("planning-exempt-already"))
        });
        check.finish()?;
        let row = exemption::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            control_point_id: Set(point.id),
            department_id: Set(department_id),
            reason: Set(self.reason),
            decided_by: Set(tx.user_id()),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// The end of an exemption: the point applies to the department again.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteExemptionInput {
    /// The exemption.
    pub id: ID,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for DeleteExemptionInput {
    const NAME: &'static str = "deleteExemption";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        // The exemption itself is looked for later: when the key is repeated, it is gone.
        Ok((tx.permit(Right::ControlYearManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let visible = store::visible_exemptions(tx.reader());
        let exemption = tx
            .visible_subject::<exemption::Entity>("id", NodeKind::Exemption, &self.id, visible)
            .await?;
        let point_id = exemption.control_point_id;
        if let Some(point) = tx.reader().by_id::<control_point::Entity>(point_id).await? {
            refuse_closed_year(&year_of(tx, point.control_year_id).await?)?;
        }
        let department_id = exemption.department_id;
        tx.delete(&permit, exemption).await?;
        show_central_checks(tx, &permit, point_id, department_id).await?;
        Ok(point_id)
    }
}
