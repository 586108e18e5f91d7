//! Reading follow-ups and what hangs on them.

mod acted_on;
mod assessment;
mod carried_on;
mod carry;
mod check;
mod confidential;
mod corrective_action;
mod finding;
mod follow_up;
mod hands;
mod planned;
mod readable;
mod review;
mod scope;

pub(crate) use acted_on::acted_on;
pub(crate) use assessment::{AssessmentRow, AssessmentsOfFollowUp, latest_assessment};
pub(super) use assessment::{
    AssessorOf, FollowUpOfAssessment, ReviewerOf, assessment_at, rating_scale, visible_assessments,
};
pub(super) use carried_on::{ActionCarriedTo, CameAlong, FindingCarriedTo, action_came_along, finding_came_along};
pub(crate) use carried_on::{action_lives, action_not_dropped, carried_on_actions, finding_lives};
pub(super) use carry::{CarriedFinding, ground_of_action, successor_of_finding};
pub(crate) use carry::{open_findings, unverified_actions};
pub(crate) use check::{CheckOfFinding, ChecksOfFollowUp, visible_check_evidence, visible_checks_by_id};
pub(super) use check::{FollowUpsOfCheck, central_checks_to_show, departments_of_check, follow_ups_of_check};
pub(crate) use confidential::visible_findings_by_id;
pub(super) use confidential::{Confidential, visible_sealed};
pub(super) use corrective_action::{
    ActionFilter, CarriedFrom, DepartmentOfAction, ExtensionsOfAction, FindingOfAction, FollowUpOfAction, PlanOfAction,
    RiskOfAction, action_page, actions_of_finding,
};
pub(crate) use corrective_action::{
    ActionRow, ActionsOfFinding, ActionsOfFollowUp, actions_of_plans, actions_of_risks, ground_of_action_row,
    overdue_action_rows, visible_actions_by_id, year_of_action,
};
pub(super) use finding::{FindingFilter, FindingOrder, FollowUpOfFinding, finding_page};
pub(crate) use finding::{FindingsOfFollowUp, FindingsOfReview};
pub use follow_up::FollowUpRow;
pub(crate) use follow_up::{
    DepartmentOfFollowUp, FollowUpsOfPoint, PerformersOfFollowUp, PreviousFollowUp, follow_up_rows, follow_ups_of_plan,
    visible_follow_up, visible_follow_ups_by_id,
};
pub(super) use follow_up::{
    FollowUpFilter, HandsOfReader, YearOfFollowUp, every_follow_up_of_point, follow_up_of, follow_up_page,
    performer_rows, points_of_plan,
};
pub(crate) use hands::{actions_done_earlier, findings_done_earlier, findings_with_earlier_action};
pub(super) use hands::{hands_on_action, hands_on_finding};
pub(super) use planned::{visible_plan, visible_point, visible_risk};
pub(crate) use readable::readable;
pub(super) use review::{CaseOfReview, FollowUpsOfReview, follow_ups_of_review, visible_reviews_by_id};
pub(crate) use review::{ReviewOfFinding, ReviewsOfFollowUp, reviews_of_cases, visible_review_evidence};
pub(crate) use scope::{
    open as readable_to, visible_assessments as assessments_seen, visible_evidence, visible_follow_ups,
};
