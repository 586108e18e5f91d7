use super::{DepartmentReport, JointReport};
use crate::{
    mutations,
    reporting::commands::{
        CreateDepartmentReportInput, CreateJointReportInput, ExplainGapInput, ExplainJointGapInput,
        ProposeDepartmentReportInput, ProposeJointReportInput, PublishDepartmentReportInput, PublishJointReportInput,
        ReopenDepartmentReportInput, ReopenJointReportInput, SubmitDepartmentReportInput, SubmitJointReportInput,
        UpdateDepartmentReportInput, UpdateJointReportInput,
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
        /// Begins the joint report at an occasion. For the coordinator.
        create_joint_report(CreateJointReportInput) -> CreateJointReportPayload {
            /// The new report; null when it was not created.
            joint_report: JointReport
        }
        /// Changes a joint report while it is a draft. For the coordinator.
        update_joint_report(UpdateJointReportInput) -> UpdateJointReportPayload {
            /// The changed report; null when it was not changed.
            joint_report: JointReport
        }
        /// Explains why a department has not reported everything at a joint report's occasion. For the coordinator.
        explain_joint_gap(ExplainJointGapInput) -> ExplainJointGapPayload {
            /// The changed report; null when it was not changed.
            joint_report: JointReport
        }
        /// Submits a draft of a joint report, which freezes and hashes its content: `INCOMPLETE` unless every department
        /// has reported every shared point that applies to it, or its absence is explained. For the coordinator.
        submit_joint_report(SubmitJointReportInput) -> SubmitJointReportPayload {
            /// The submitted report; null when it was not submitted.
            joint_report: JointReport
        }
        /// Lays a submitted joint report before the executive board. For the head of the department that compiles it; never
        /// for one of its authors.
        propose_joint_report(ProposeJointReportInput) -> ProposeJointReportPayload {
            /// The proposed report; null when it was not proposed.
            joint_report: JointReport
        }
        /// Makes a joint report that was referred back a draft again. For the coordinator.
        reopen_joint_report(ReopenJointReportInput) -> ReopenJointReportPayload {
            /// The reopened report; null when it was not reopened.
            joint_report: JointReport
        }
        /// Releases a decided joint report to the public, once. For the registrar.
        publish_joint_report(PublishJointReportInput) -> PublishJointReportPayload {
            /// The published report; null when it was not published.
            joint_report: JointReport
        }
    }
}
