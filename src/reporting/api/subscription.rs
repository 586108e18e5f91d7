use super::{
    DepartmentReport, JointFollowUp,
    query::{joint_follow_up_of, report_by_code},
    report_arguments::report_key,
};
use crate::{
    access::Right,
    graphql::{Caller, ErrorCode, Look, RequestError, Result, reader, unauthenticated},
    planning::parse_year,
};
use async_graphql::{Context, Object, SimpleObject};

/// The joint follow-up as it has become.
#[derive(Clone, SimpleObject)]
pub struct JointFollowUpEvent {
    /// Names the event: pass it back as `after` to go on from it.
    event_id: String,
    /// The joint follow-up as it is now; null when the year or its occasions are not there.
    joint_follow_up: Option<JointFollowUp>,
}

/// A department's report as it has become.
#[derive(Clone, SimpleObject)]
pub struct DepartmentReportEvent {
    /// Names the event: pass it back as `after` to go on from it.
    event_id: String,
    /// The report as it is now; null when there is none yet that is visible to you.
    department_report: Option<DepartmentReport>,
}

/// The subscriptions of reporting.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReportingSubscription;

#[Object]
impl ReportingSubscription {
    /// The joint follow-up, now and whenever what you select of it has changed. Ends with `FORBIDDEN` when it is not, or
    /// no longer, visible to you.
    async fn joint_follow_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The control year, 1900 to 2200.")] year: i32,
        #[graphql(desc = "The reporting occasion's code; left out: the year's last, annual one.")] occasion: Option<
            String,
        >,
        #[graphql(desc = "The `eventId` of the last event that you have: what you know by it is not sent again.")]
        after: Option<String>,
    ) -> Result<JointFollowUpEvent> {
        let year = parse_year(year)?;
        let look = Look::of(ctx, after.as_deref())?;
        let caller = Caller::of(ctx)?;
        let reader = caller.reader().await?;
        if !JointFollowUp::is_open_to(&reader) {
            return Err(match reader.is_internal() {
                true => caller.forbidden("jointFollowUp", Right::JointFollowUpRead),
                false => unauthenticated(message!("reporting-sign-in-for-joint")),
            }
            .into());
        }
        Ok(JointFollowUpEvent {
            event_id: look.event_id(),
            joint_follow_up: joint_follow_up_of(&reader, year, occasion.as_deref()).await?,
        })
    }

    /// A department's report, now and whenever what you select of it has changed. Ends with `FORBIDDEN` when it is no
    /// longer visible to you.
    async fn department_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The department's code, such as \"KSF\".")] department_code: String,
        #[graphql(desc = "The control year, 1900 to 2200.")] year: i32,
        #[graphql(desc = "The reporting occasion's code; left out: the year's last, annual one.")] occasion: Option<
            String,
        >,
        #[graphql(desc = "The committee's code: only needed where the department reports to several committees.")]
        committee_code: Option<String>,
        #[graphql(desc = "The `eventId` of the last event that you have: what you know by it is not sent again.")]
        after: Option<String>,
    ) -> Result<DepartmentReportEvent> {
        let key = report_key(year, occasion, committee_code)?;
        let look = Look::of(ctx, after.as_deref())?;
        let reader = reader(ctx).await?;
        let report = report_by_code(&reader, &department_code, key).await?;
        if look.has_lost(report.is_some()) {
            return Err(RequestError::new(ErrorCode::Forbidden, message!("reporting-out-of-sight")).into());
        }
        Ok(DepartmentReportEvent {
            event_id: look.event_id(),
            department_report: report,
        })
    }
}
