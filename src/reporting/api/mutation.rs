use super::DepartmentReport;
use crate::{
    mutations,
    reporting::commands::{
        CreateDepartmentReportInput, ExplainGapInput, ProposeDepartmentReportInput, PublishDepartmentReportInput,
        ReopenDepartmentReportInput, SubmitDepartmentReportInput, UpdateDepartmentReportInput,
    },
};

mutations! {
    /// The mutations of reporting.
    ReportingMutation {
        /// Begins a department's report at an occasion. For the department's controller.
        create_department_report(CreateDepartmentReportInput) -> CreateDepartmentReportPayload {
            /// The new report; null when it was not created.
            department_report: DepartmentReport
        }
        /// Changes a report while it is a draft. For the department's controller.
        update_department_report(UpdateDepartmentReportInput) -> UpdateDepartmentReportPayload {
            /// The changed report; null when it was not changed.
            department_report: DepartmentReport
        }
        /// Explains why a report lacks a reviewed assessment of a point. For the department's controller.
        explain_gap(ExplainGapInput) -> ExplainGapPayload {
            /// The changed report; null when it was not changed.
            department_report: DepartmentReport
        }
        /// Submits a draft, which freezes and hashes its content: `INCOMPLETE` unless every applicable point of the
        /// department's plan is reviewed at the occasion, or explained. For the department's controller.
        submit_department_report(SubmitDepartmentReportInput) -> SubmitDepartmentReportPayload {
            /// The submitted report; null when it was not submitted.
            department_report: DepartmentReport
        }
        /// Lays a submitted report before its committee. For the head of the department; never for one of its authors.
        propose_department_report(ProposeDepartmentReportInput) -> ProposeDepartmentReportPayload {
            /// The proposed report; null when it was not proposed.
            department_report: DepartmentReport
        }
        /// Makes a report that was referred back a draft again. For the department's controller.
        reopen_department_report(ReopenDepartmentReportInput) -> ReopenDepartmentReportPayload {
            /// The reopened report; null when it was not reopened.
            department_report: DepartmentReport
        }
        /// Releases a decided report to the public, once. For the registrar.
        publish_department_report(PublishDepartmentReportInput) -> PublishDepartmentReportPayload {
            /// The published report; null when it was not published.
            department_report: DepartmentReport
        }
    }
}
