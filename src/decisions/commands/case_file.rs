use crate::{
    access::{Permit, Place, Right},
    database::StoreError,
    decisions::{rules::CASE_NUMBER, store},
    graphql::NodeKind,
    use_case::{Check, Failure, NAME_TEXT, Problem, Transaction, UseCase, cleared_or_changed, expect_version},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::case_file;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// Notes when something is to be put into a case that is not there, or that belongs to reports which the actor cannot
/// see: the same answer.
///
/// # Errors
/// When the database fails.
pub(crate) async fn refuse_foreign_case(
    check: &mut Check,
    tx: &Transaction,
    path: &str,
    id: Option<Uuid>,
) -> Result<(), StoreError> {
    if let Some(id) = id
        && !id.is_nil()
        && store::foreign_case(tx.reader(), id).await?
    {
        check.add(Problem::not_found(path, NodeKind::CaseFile));
    }
    Ok(())
}

/// A case of the registry's.
#[derive(Clone, Debug, InputObject)]
pub struct CreateCaseFileInput {
    /// The registry's number (diarienummer), such as "KS/2016:389": taken as it is, and unique in the municipality.
    pub number: String,
    /// What the case is called.
    pub title: Option<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateCaseFileInput {
    const NAME: &'static str = "createCaseFile";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::CaseFileWrite, Place::Municipality)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.text("number", &self.number, CASE_NUMBER);
        check.optional_text("title", self.title.as_ref(), NAME_TEXT);
        let taken = store::case_by_number(tx.reader(), &self.number).await?;
        check.require(taken.is_none(), || {
            Problem::duplicate("number", message!("decisions-case-exists", number = self.number))
        });
        check.finish()?;
        let row = case_file::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            number: Set(self.number),
            title: Set(self.title),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// A change of a case. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCaseFileInput {
    /// The case.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// What the case is called; null for nothing.
    pub title: MaybeUndefined<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateCaseFileInput {
    const NAME: &'static str = "updateCaseFile";
    type Subject = case_file::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, case_file::Model), Failure> {
        let id = NodeKind::CaseFile
            .decode(&self.id)
            .map_err(|error| Problem::invalid("id", error.message()))?;
        let found = store::cases_by_id(tx.reader(), vec![id]).await?.into_iter().next();
        let (_, case) = found.ok_or_else(|| Problem::not_found("id", NodeKind::CaseFile))?;
        Ok((tx.permit(Right::CaseFileWrite, Place::Municipality)?, case))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, case: case_file::Model) -> Result<Uuid, Failure> {
        expect_version(&case, self.expected_version)?;
        let mut check = Check::new();
        check.optional_text_change("title", &self.title, NAME_TEXT);
        check.finish()?;
        let mut change = case.clone().into_active_model();
        change.title = cleared_or_changed(self.title);
        Ok(tx.update(&permit, case, change).await?.id)
    }
}
