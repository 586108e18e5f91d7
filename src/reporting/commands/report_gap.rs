use super::{record_author, subject};
use crate::{
    access::{Permit, Place, Right},
    graphql::NodeKind,
    planning::open_year,
    reporting::{
        rules::{PlannedPoint, refuse_changed_content},
        store,
    },
    use_case::{Check, Failure, LONG_TEXT, Problem, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{FollowUpStatus, department_report, report_gap};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// Why a report may be submitted without a reviewed assessment of a point. An explanation given before is replaced.
#[derive(Clone, Debug, InputObject)]
pub struct ExplainGapInput {
    /// The report, which is a draft.
    pub report_id: ID,
    /// The version of the report that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The point of the department's plan, not reviewed at the report's occasion.
    pub control_point_id: ID,
    /// Why it was not followed up in time.
    pub explanation: String,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ExplainGapInput {
    const NAME: &'static str = "explainGap";
    type Subject = department_report::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, department_report::Model), Failure> {
        let report = subject(tx, "reportId", &self.report_id).await?;
        let permit = tx.permit(Right::DepartmentReportWrite, Place::Department(report.department_id))?;
        Ok((permit, report))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        report: department_report::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&report, self.expected_version)?;
        refuse_changed_content(report.status)?;
        open_year(tx, report.control_year_id).await?;
        let mut check = Check::new();
        check.text("explanation", &self.explanation, LONG_TEXT);
        let point_id = check.id("controlPointId", NodeKind::ControlPoint, &self.control_point_id);
        let points = store::planned_points(tx.reader(), &report).await?;
        check.require(
            point_id.is_nil() || points.iter().any(|(id, _)| *id == point_id),
            || Problem::not_found("controlPointId", message!("reporting-no-such-point-in-plan")),
        );
        let reviewed = |point: &PlannedPoint| point.status == Some(FollowUpStatus::Reviewed);
        check.require(
            !points.iter().any(|(id, point)| *id == point_id && reviewed(point)),
            || Problem::invalid("controlPointId", message!("reporting-no-gap")),
        );
        check.require(
            !points.iter().any(|(id, point)| *id == point_id && point.elsewhere),
            || Problem::invalid("controlPointId", message!("reporting-counts-elsewhere")),
        );
        check.finish()?;
        match store::explained_gap(tx.reader(), report.id, point_id).await? {
            Some(gap) => {
                let mut change = gap.clone().into_active_model();
                change.explanation = Set(self.explanation);
                tx.update(&permit, gap, change).await?;
            }
            None => {
                let row = report_gap::ActiveModel {
                    municipality_id: Set(permit.municipality_id()),
                    id: Set(Uuid::now_v7()),
                    department_report_id: Set(report.id),
                    control_point_id: Set(point_id),
                    explanation: Set(self.explanation),
                    created_at: Set(tx.now()),
                };
                tx.insert(&permit, row).await?;
            }
        }
        record_author(tx, &permit, report.id).await?;
        // A gap is a part of the report: its version counts on, so that two writers notice each other.
        let mut change = report.clone().into_active_model();
        change.version = Set(report.version + 1);
        Ok(tx.update(&permit, report, change).await?.id)
    }
}
