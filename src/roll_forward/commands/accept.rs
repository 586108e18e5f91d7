use super::acceptance::{Changes, NewYear, accept, permitted, proposal};
use crate::{
    access::Permit,
    graphql::NodeKind,
    organisation::landings_on,
    planning::{first_day, open_year},
    use_case::{Check, Failure, NAME_TEXT, Problem, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{carry_over, department};
use sea_orm::Condition;
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
        Ok((permitted(tx, &row, self.department()?)?, row))
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
        let landings = landings_on(tx.reader(), first_day(&year)).await?;
        let changes = Changes {
            department_id: named,
            title: self.title,
        };
        accept(tx, &permit, row, &NewYear { year, landings }, changes).await
    }
}
