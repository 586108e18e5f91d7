//! Reading cases, decisions and documents.

mod case_file;
mod decision;
mod document;
mod record;

pub(crate) use case_file::cases_by_id;
use case_file::open_cases;
pub(super) use case_file::{ReviewsOfCase, case_by_number, foreign_case};
pub use decision::DecisionRow;
pub(super) use decision::{
    CaseOfDecision, CommitteeOfDecision, DecisionsOfCase, DepartmentOfDecision, JointReportOfDecision, PlanOfDecision,
    ReportOfDecision, decisions_by_id,
};
pub(crate) use decision::{DecisionsOfJointReport, DecisionsOfPlan, DecisionsOfReport};
pub(super) use document::{CaseOfDocument, ReportOfDocument, documents_by_id};
pub(crate) use document::{DocumentsOfCase, DocumentsOfReport, readable_documents, visible_document};

pub(super) use record::{
    CorrectedRecord, CorrectingRecord, CorrectionBy, DecisionOfDispatch, DispatchRow, DispatchesOfDecision,
    NotesOfDecision, dispatch_with_decision, dispatches_by_id, joint_report_id, latest_statuses,
};

use crate::{
    access::Reader,
    reporting::{visible_joint_reports, visible_reports},
};
use entity::{department_report, joint_report};
use sea_orm::{
    ColumnTrait,
    sea_query::{Expr, ExprTrait, Query},
};

/// That a joint report which the reader can see has in `theirs` what the row has in `ours`.
fn of_visible_joint_report<C: ColumnTrait>(reader: &Reader, theirs: joint_report::Column, ours: C) -> Expr {
    let report = Query::select()
        .expr(Expr::cust("1"))
        .from(joint_report::Entity)
        .and_where(joint_report::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(theirs.as_column_ref()).equals(ours.as_column_ref()))
        .cond_where(visible_joint_reports(reader))
        .to_owned();
    Expr::exists(report)
}

/// That a report which the reader can see has in `theirs` what the row has in `ours`.
fn of_visible_report<C: ColumnTrait>(reader: &Reader, theirs: department_report::Column, ours: C) -> Expr {
    let report = Query::select()
        .expr(Expr::cust("1"))
        .from(department_report::Entity)
        .and_where(department_report::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(theirs.as_column_ref()).equals(ours.as_column_ref()))
        .cond_where(visible_reports(reader))
        .to_owned();
    Expr::exists(report)
}
