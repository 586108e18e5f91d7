//! What there is to do, and how it is said.

use crate::graphql::NodeKind;
use entity::WorkItemKind;
use sea_orm::Iterable;

/// A kind's place in the order in which equally urgent work is listed.
pub(super) fn rank(kind: WorkItemKind) -> i32 {
    kind as i32
}

/// The kind at a place in that order.
pub(super) fn kind_at(place: i32) -> Option<WorkItemKind> {
    WorkItemKind::iter().find(|kind| rank(*kind) == place)
}

/// The kind of thing that it is to be done to.
pub(crate) fn subject_kind(kind: WorkItemKind) -> NodeKind {
    use WorkItemKind::*;
    match kind {
        PerformCheck | Assess | AssignPerformers => NodeKind::FollowUp,
        Reassess | Review => NodeKind::Assessment,
        PlanAction | ResolveFinding | VerifyFinding => NodeKind::Finding,
        MendAction | VerifyAction => NodeKind::CorrectiveAction,
        BeginReport | BeginJointReport | WritePlan | ProposePlan | RecordPlanDecision | StartFollowUps => {
            NodeKind::ControlPlan
        }
        SubmitReport | ReopenReport | ProposeReport | RecordDecision | PublishReport => NodeKind::DepartmentReport,
        SubmitJointReport | ReopenJointReport | ProposeJointReport | RecordJointDecision | PublishJointReport => {
            NodeKind::JointReport
        }
        SendDispatch | ClarifyDispatch => NodeKind::Dispatch,
        DecideCarryOvers => NodeKind::ControlYear,
        ApproveAccessChange => NodeKind::AccessChange,
    }
}

/// What a piece of work is about, in words that are not confidential.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    /// The point, the report or the plan.
    pub(super) title: &'a str,
    /// The department's code; none for what is the whole municipality's.
    pub(super) department: Option<&'a str>,
    /// The occasion's label; of a check, when it is scheduled.
    pub(super) occasion: Option<&'a str>,
}

/// Why something is to be done.
pub(super) fn why(kind: WorkItemKind, about: About<'_>) -> String {
    use WorkItemKind::*;
    let title = about.title;
    let of = about
        .department
        .map_or_else(|| "the whole municipality".to_owned(), str::to_owned);
    let at = about
        .occasion
        .map_or_else(String::new, |occasion| format!(" at {occasion}"));
    match kind {
        PerformCheck => {
            let time = about.occasion.map_or_else(String::new, |time| format!(": {time}"));
            format!("A check of \"{title}\" of {of} is to be performed{time}.")
        }
        Assess => format!("You are to assess \"{title}\" of {of}{at}."),
        Reassess => format!("Your assessment of \"{title}\" of {of}{at} was sent back by the reviewer."),
        Review => format!("\"{title}\" of {of} is assessed{at} and waits for somebody else's review."),
        PlanAction => format!("A finding in \"{title}\" of {of} is open, and no action is planned."),
        ResolveFinding => format!("A finding in \"{title}\" of {of} has no action left that is not done."),
        VerifyFinding => {
            format!("A finding in \"{title}\" of {of} is resolved and waits for somebody else to verify it.")
        }
        MendAction => format!("A corrective action of {of} is open: {title}."),
        VerifyAction => {
            format!("A corrective action of {of} is done and waits for somebody else to verify it: {title}.")
        }
        BeginReport => format!("{of} has an adopted plan, {title}, and no report{at}."),
        SubmitReport => format!("The report \"{title}\" of {of}{at} is a draft."),
        ReopenReport => format!("The report \"{title}\" of {of}{at} was referred back."),
        ProposeReport => format!("The report \"{title}\" of {of}{at} is submitted and waits to be proposed."),
        RecordDecision => format!("The report \"{title}\" of {of}{at} lies before the committee."),
        PublishReport => format!("The report \"{title}\" of {of}{at} is decided on and not yet published."),
        BeginJointReport => format!("The shared plan, {title}, is adopted, and there is no joint report{at}."),
        SubmitJointReport => format!("The joint report \"{title}\"{at} is a draft."),
        ReopenJointReport => format!("The joint report \"{title}\"{at} was referred back."),
        ProposeJointReport => format!("The joint report \"{title}\"{at} is submitted and waits to be proposed."),
        RecordJointDecision => format!("The joint report \"{title}\"{at} lies before the executive board."),
        PublishJointReport => format!("The joint report \"{title}\"{at} is decided on and not yet published."),
        SendDispatch => format!("A decision waits to be sent to {title}."),
        ClarifyDispatch => format!("It is not known whether a decision has reached {title}."),
        DecideCarryOvers => format!("What comes along to {title} in {of} is not decided."),
        WritePlan => format!("The plan {title} of {of} is a draft."),
        ProposePlan => format!("The plan {title} of {of} is a draft with points and waits to be proposed."),
        RecordPlanDecision => format!("The plan {title} of {of} lies before the committee."),
        StartFollowUps => format!("The plan {title} of {of} is adopted and has points that are not followed up."),
        AssignPerformers => format!("Nobody is assigned to follow up \"{title}\" of {of}."),
        ApproveAccessChange => "A change of access waits for a second administrator.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_place() {
        for (place, kind) in (0..).zip(WorkItemKind::iter()) {
            assert_eq!(rank(kind), place);
            assert_eq!(kind_at(place), Some(kind));
        }
        assert_eq!(kind_at(WorkItemKind::iter().count() as i32), None);
    }

    #[test]
    fn it_is_said_what_it_is_about() {
        let about = |department, occasion| About {
            title: "Inköp",
            department,
            occasion,
        };
        assert_eq!(
            why(WorkItemKind::Assess, about(Some("KSF"), Some("Helår"))),
            "You are to assess \"Inköp\" of KSF at Helår."
        );
        assert_eq!(
            why(WorkItemKind::PerformCheck, about(Some("KSF"), Some("slutet av maj"))),
            "A check of \"Inköp\" of KSF is to be performed: slutet av maj."
        );
        assert_eq!(
            why(WorkItemKind::MendAction, about(None, None)),
            "A corrective action of the whole municipality is open: Inköp."
        );
    }
}
