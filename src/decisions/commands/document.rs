use super::refuse_foreign_case;
use crate::{
    access::{Permit, Place, Right},
    attachments::{Attachable, Reported},
    decisions::store,
    graphql::{Date, NodeKind},
    reporting::visible_report,
    use_case::{
        Check, Failure, NAME_TEXT, Problem, SHORT_TEXT, Transaction, UseCase, changed, cleared_or_changed,
        expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::document;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A document of a case or of a report, or of both.
#[derive(Clone, Debug, InputObject)]
pub struct RecordDocumentInput {
    /// The case that it is filed in.
    pub case_file_id: Option<ID>,
    /// The report that it belongs to.
    pub report_id: Option<ID>,
    /// What kind of document it is: missiv, plan, rapport, bilaga.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The date that it bears.
    pub dated: Option<Date>,
    /// The registry's number of it.
    pub registration_number: Option<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for RecordDocumentInput {
    const NAME: &'static str = "recordDocument";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::DocumentWrite, Place::Municipality)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.text("kind", &self.kind, SHORT_TEXT);
        check.text("title", &self.title, NAME_TEXT);
        check.optional_text("registrationNumber", self.registration_number.as_ref(), SHORT_TEXT);
        let case_file_id = check.optional_id("caseFileId", NodeKind::CaseFile, self.case_file_id.as_ref());
        let report_id = check.optional_id("reportId", NodeKind::DepartmentReport, self.report_id.as_ref());
        refuse_foreign_case(&mut check, tx, "caseFileId", case_file_id).await?;
        if let Some(id) = report_id
            && !id.is_nil()
            && visible_report(tx.reader(), id).await?.is_none()
        {
            check.add(Problem::not_found("reportId", NodeKind::DepartmentReport));
        }
        check.require(case_file_id.is_some() || report_id.is_some(), || {
            Problem::invalid("caseFileId", message!("decisions-document-belongs"))
        });
        check.finish()?;
        let row = document::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            case_file_id: Set(case_file_id),
            department_report_id: Set(report_id),
            kind: Set(self.kind),
            title: Set(self.title),
            dated: Set(self.dated.map(|day| day.0)),
            registration_number: Set(self.registration_number),
            registered_by: Set(tx.user_id()),
            secrecy_ground: Set(None),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// Leave to attach files to a document: for who records documents. One that is withheld from the actor is not there.
pub(crate) async fn documented(tx: &Transaction, path: &str, id: Uuid) -> Result<Attachable, Failure> {
    let found = store::documents_by_id(tx.reader(), vec![id]).await?;
    let document = found.first().and_then(|(_, row)| row.unnoted());
    let document = document.ok_or_else(|| Problem::not_found(path, NodeKind::Document))?;
    Ok(Attachable {
        permit: tx.permit(Right::DocumentWrite, Place::Municipality)?,
        follow_up_id: None,
        open_years: Vec::new(),
        reports: document.department_report_id.map(Reported::One).into_iter().collect(),
    })
}

/// A change of a document. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDocumentInput {
    /// The document.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// What kind of document it is.
    pub kind: MaybeUndefined<String>,
    /// Its title.
    pub title: MaybeUndefined<String>,
    /// The date that it bears; null for none.
    pub dated: MaybeUndefined<Date>,
    /// The registry's number of it; null for none.
    pub registration_number: MaybeUndefined<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateDocumentInput {
    const NAME: &'static str = "updateDocument";
    type Subject = document::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, document::Model), Failure> {
        let id = NodeKind::Document
            .decode(&self.id)
            .map_err(|error| Problem::invalid("id", error.message()))?;
        let document = store::visible_document(tx.reader(), id).await?;
        let document = document.ok_or_else(|| Problem::not_found("id", NodeKind::Document))?;
        Ok((tx.permit(Right::DocumentWrite, Place::Municipality)?, document))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, document: document::Model) -> Result<Uuid, Failure> {
        expect_version(&document, self.expected_version)?;
        let mut check = Check::new();
        check.text_change("kind", &self.kind, SHORT_TEXT);
        check.text_change("title", &self.title, NAME_TEXT);
        check.optional_text_change("registrationNumber", &self.registration_number, SHORT_TEXT);
        check.finish()?;
        let mut change = document.clone().into_active_model();
        change.kind = changed(self.kind);
        change.title = changed(self.title);
        change.dated = cleared_or_changed(self.dated.map_value(|day| day.0));
        change.registration_number = cleared_or_changed(self.registration_number);
        Ok(tx.update(&permit, document, change).await?.id)
    }
}
