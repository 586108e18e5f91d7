//! The joint report on its way from the first draft to the public.

use super::{
    arm::{Arm, column, has, in_department, same},
    reports::{at_occasions, not_by, told},
};
use crate::{
    access::{Place, Reader, Right},
    reporting::visible_joint_reports,
};
use entity::{
    ControlScope, ReportStatus, WorkItemKind, control_plan, joint_report, joint_report_author, reporting_occasion,
};
use sea_orm::{
    ColumnTrait, Condition, JoinType,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;

const INNER: JoinType = JoinType::InnerJoin;

pub(super) fn arms(reader: &Reader, user_id: Uuid) -> Vec<SelectStatement> {
    use joint_report::Column;
    let at = |status: ReportStatus| Condition::all().add(Column::Status.eq(status));
    let within = |right: Right| in_department(reader, right, Column::DepartmentId.as_column_ref());
    let mut arms = Vec::new();
    if reader.may(Right::JointReportWrite, Place::Municipality) {
        arms.push(begin(reader));
        arms.push(report(reader, WorkItemKind::SubmitJointReport, at(ReportStatus::Draft)));
        arms.push(report(
            reader,
            WorkItemKind::ReopenJointReport,
            at(ReportStatus::ReferredBack),
        ));
    }
    if has(reader, Right::DepartmentReportPropose) {
        let condition = at(ReportStatus::Submitted)
            .add(within(Right::DepartmentReportPropose))
            .add(proposable(reader, user_id));
        arms.push(report(reader, WorkItemKind::ProposeJointReport, condition));
    }
    if has(reader, Right::DecisionRecord) {
        let laid = Condition::all()
            .add(Column::Status.is_in([ReportStatus::Proposed, ReportStatus::Recommended]))
            .add(super::of_committees(
                reader,
                Right::DecisionRecord,
                Column::CommitteeId.as_column_ref(),
            ));
        arms.push(report(reader, WorkItemKind::RecordJointDecision, laid));
    }
    if has(reader, Right::DepartmentReportPublish) {
        let condition = at(ReportStatus::Decided)
            .add(within(Right::DepartmentReportPublish))
            .add(Column::PublishedAt.is_null());
        arms.push(report(reader, WorkItemKind::PublishJointReport, condition));
    }
    arms
}

/// Joint reports that the reader is to take a step further.
fn report(reader: &Reader, kind: WorkItemKind, condition: Condition) -> SelectStatement {
    use joint_report::Column;
    let arm = Arm::from(reader, joint_report::Entity);
    // In a closed year, decisions still move, and what was decided is published.
    let arm = match kind {
        WorkItemKind::RecordJointDecision | WorkItemKind::PublishJointReport => arm,
        _ => arm.in_open_year(Column::ControlYearId),
    };
    arm.join(
        INNER,
        reporting_occasion::Entity,
        reporting_occasion::Column::Id,
        Column::OccasionId,
    )
    .of_department(Column::DepartmentId)
    .filter(condition)
    .filter(visible_joint_reports(reader))
    .selecting(kind, told(column(Column::Id), column(Column::Title)))
}

/// Occasions of a year under way whose shared plan is adopted, and that have no joint report.
fn begin(reader: &Reader) -> SelectStatement {
    use joint_report::Column as Report;
    let begun = Query::select()
        .expr(Expr::cust("1"))
        .from(joint_report::Entity)
        .and_where(Report::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Report::OccasionId, reporting_occasion::Column::Id))
        .to_owned();
    let shared = Condition::all().add(control_plan::Column::Scope.eq(ControlScope::Shared));
    at_occasions(reader, WorkItemKind::BeginJointReport, shared, begun)
}

/// The joint reports that the reader did not write on, and those where the policy lets them propose their own.
fn proposable(reader: &Reader, user_id: Uuid) -> Condition {
    use joint_report_author::Column;
    let own = Query::select()
        .expr(Expr::cust("1"))
        .from(joint_report_author::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(Column::JointReportId, joint_report::Column::Id))
        .and_where(Column::UserId.eq(user_id))
        .to_owned();
    not_by(reader, own, joint_report::Column::DepartmentId)
}
