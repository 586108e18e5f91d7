//! The use cases of reporting.

mod joint_report;
mod joint_report_status;
mod report;
mod report_gap;
mod report_status;

pub use joint_report::{CreateJointReportInput, ExplainJointGapInput, UpdateJointReportInput};
pub use joint_report_status::{
    ProposeJointReportInput, PublishJointReportInput, ReopenJointReportInput, SubmitJointReportInput,
};
pub use report::{CreateDepartmentReportInput, UpdateDepartmentReportInput};
pub use report_gap::ExplainGapInput;
pub use report_status::{
    ProposeDepartmentReportInput, PublishDepartmentReportInput, ReopenDepartmentReportInput,
    SubmitDepartmentReportInput,
};

use super::store;
use crate::{
    access::{Permit, Place, Right},
    graphql::NodeKind,
    use_case::{Duties, Failure, Problem, Transaction},
};
use async_graphql::ID;
use entity::{department_report, report_author};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// The report that an input is about, as the actor can see it.
async fn subject(tx: &Transaction, path: &str, id: &ID) -> Result<department_report::Model, Failure> {
    let id = NodeKind::DepartmentReport
        .decode(id)
        .map_err(|error| Problem::invalid(path, error.message()))?;
    let report = store::visible_report(tx.reader(), id).await?;
    Ok(report.ok_or_else(|| Problem::not_found(path, NodeKind::DepartmentReport))?)
}

/// Whether the actor, who proposes a report, is among those who have written on it.
///
/// # Errors
/// When they are, and the municipality's policy does not let them.
async fn proposes_own(tx: &Transaction, authors: Vec<Uuid>, place: Place) -> Result<bool, Failure> {
    let authors: Vec<_> = authors.into_iter().map(Some).collect();
    match tx.separate(Duties::WriteAndPropose, &authors).await {
        Ok(()) => Ok(false),
        // A small municipality may allow it in its policy; the report then shows it.
        Err(_) if tx.reader().may(Right::DepartmentReportProposeOwn, place) => Ok(true),
        Err(refusal) => Err(refusal),
    }
}

/// Remembers that the actor wrote on a report: whoever did does not propose it.
async fn record_author(tx: &mut Transaction, permit: &Permit, report_id: Uuid) -> Result<(), Failure> {
    let user_id = permit.user().id;
    if store::authors(tx.reader(), report_id).await?.contains(&user_id) {
        return Ok(());
    }
    let row = report_author::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        department_report_id: Set(report_id),
        user_id: Set(user_id),
    };
    tx.insert(permit, row).await?;
    Ok(())
}
