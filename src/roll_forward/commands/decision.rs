use crate::{
    access::{Permit, Reader, visible_rows_by_id},
    database::{StoreError, TenantTable},
    follow_up::{carry_action, carry_finding},
    graphql::NodeKind,
    planning::{Destination, carry_point, carry_risk, open_year, visible_points, visible_risks},
    roll_forward::{
        rules::{deciding, destination, refuse_decided},
        store,
    },
    use_case::{Check, Failure, LONG_TEXT, NAME_TEXT, Problem, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{CarryOverKind, CarryOverStatus, carry_over, control_point, department, risk};
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel};
use uuid::Uuid;

/// Something of the year before that comes along, as it is or with a change.
#[derive(Clone, Debug, InputObject)]
pub struct AcceptCarryOverInput {
    /// What is proposed to come along.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The department that it lands on, where that is another one than proposed, or none was.
    pub department_id: Option<ID>,
    /// What it is called from now on, where that is something else: the title of a point, finding or action, the
    /// description of a risk. The rest is changed as usual once it is there.
    pub title: Option<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl AcceptCarryOverInput {
    fn department(&self) -> Result<Option<Uuid>, Problem> {
        let decoded = self.department_id.as_ref().map(|id| NodeKind::Department.decode(id));
        decoded
            .transpose()
            .map_err(|error| Problem::invalid("departmentId", error.message()))
    }
}

impl UseCase for AcceptCarryOverInput {
    const NAME: &'static str = "acceptCarryOver";
    type Subject = carry_over::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, carry_over::Model), Failure> {
        let row = proposal(tx, &self.id).await?;
        let (right, place) = deciding(row.kind, self.department()?.or(row.department_id));
        Ok((tx.permit(right, place)?, row))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, row: carry_over::Model) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        let year = open_year(tx, row.control_year_id).await?;
        let named = self.department()?;
        let mut check = Check::new();
        check.optional_text("title", self.title.as_ref(), NAME_TEXT);
        check
            .found::<department::Entity>(tx, "departmentId", named, NodeKind::Department, Condition::all())
            .await?;
        check.finish()?;
        let department_id = destination(row.from_department_id, row.department_id, named)?;
        let status = if self.title.is_some() || department_id != row.department_id {
            CarryOverStatus::Changed
        } else {
            CarryOverStatus::Accepted
        };
        refuse_decided(row.status, status)?;
        let to = Destination {
            year,
            department_id,
            title: self.title,
        };
        let mut change = row.clone().into_active_model();
        match row.kind {
            CarryOverKind::Risk => {
                let source = source::<risk::Entity>(tx.reader(), row.risk_id, visible_risks(tx.reader())).await?;
                let source = source.ok_or_else(|| Problem::not_found("id", NodeKind::Risk))?;
                change.new_risk_id = Set(Some(carry_risk(tx, &permit, source, to).await?.id));
            }
            CarryOverKind::ControlPoint => {
                let visible = visible_points(tx.reader());
                let source = source::<control_point::Entity>(tx.reader(), row.control_point_id, visible).await?;
                let source = source.ok_or_else(|| Problem::not_found("id", NodeKind::ControlPoint))?;
                change.new_control_point_id = Set(Some(carry_point(tx, &permit, source, to).await?.id));
            }
            CarryOverKind::Finding => {
                let id = row.finding_id.unwrap_or_default();
                change.new_finding_id = Set(Some(carry_finding(tx, &permit, id, to).await?.id));
            }
            CarryOverKind::CorrectiveAction => {
                let id = row.corrective_action_id.unwrap_or_default();
                change.new_corrective_action_id = Set(Some(carry_action(tx, &permit, id, to).await?.id));
            }
        }
        change.department_id = Set(department_id);
        change.status = Set(status);
        change.reason = Set(None);
        change.decided_by = Set(tx.user_id());
        change.decided_at = Set(Some(tx.now()));
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

/// Something of the year before that stays there.
#[derive(Clone, Debug, InputObject)]
pub struct DropCarryOverInput {
    /// What is proposed to come along.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// Why it does not come along.
    pub reason: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for DropCarryOverInput {
    const NAME: &'static str = "dropCarryOver";
    type Subject = carry_over::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, carry_over::Model), Failure> {
        let row = proposal(tx, &self.id).await?;
        let (right, place) = deciding(row.kind, row.department_id);
        Ok((tx.permit(right, place)?, row))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, row: carry_over::Model) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        open_year(tx, row.control_year_id).await?;
        refuse_decided(row.status, CarryOverStatus::Dropped)?;
        let mut check = Check::new();
        check.text("reason", &self.reason, LONG_TEXT);
        check.finish()?;
        let mut change = row.clone().into_active_model();
        change.status = Set(CarryOverStatus::Dropped);
        change.reason = Set(Some(self.reason));
        change.decided_by = Set(tx.user_id());
        change.decided_at = Set(Some(tx.now()));
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

async fn proposal(tx: &Transaction, id: &ID) -> Result<carry_over::Model, Failure> {
    tx.visible_subject::<carry_over::Entity>("id", NodeKind::CarryOver, id, store::visible(tx.reader()))
        .await
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
