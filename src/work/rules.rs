//! What there is to do, and how it is said.

use crate::{
    graphql::NodeKind,
    language::{AsArgument, Message},
};
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
pub(super) fn why(kind: WorkItemKind, about: About<'_>) -> Message {
    use WorkItemKind::*;
    let title = about.title;
    let of = about
        .department
        .map_or_else(|| message!("work-whole-municipality").as_argument(), str::as_argument);
    let at = about.occasion.map_or_else(
        || "".as_argument(),
        |occasion| message!("work-at-occasion", occasion).as_argument(),
    );
    match kind {
        PerformCheck => match about.occasion {
            Some(time) => message!("work-perform-check-at", title, of, time),
            None => message!("work-perform-check", title, of),
        },
        Assess => message!("work-assess", title, of, at),
        Reassess => message!("work-reassess", title, of, at),
        Review => message!("work-review", title, of, at),
        PlanAction => message!("work-plan-action", title, of),
        ResolveFinding => message!("work-resolve-finding", title, of),
        VerifyFinding => message!("work-verify-finding", title, of),
        MendAction => message!("work-mend-action", of, title),
        VerifyAction => message!("work-verify-action", of, title),
        BeginReport => message!("work-begin-report", of, title, at),
        SubmitReport => message!("work-submit-report", title, of, at),
        ReopenReport => message!("work-reopen-report", title, of, at),
        ProposeReport => message!("work-propose-report", title, of, at),
        RecordDecision => message!("work-record-decision", title, of, at),
        PublishReport => message!("work-publish-report", title, of, at),
        BeginJointReport => message!("work-begin-joint-report", title, at),
        SubmitJointReport => message!("work-submit-joint-report", title, at),
        ReopenJointReport => message!("work-reopen-joint-report", title, at),
        ProposeJointReport => message!("work-propose-joint-report", title, at),
        RecordJointDecision => message!("work-record-joint-decision", title, at),
        PublishJointReport => message!("work-publish-joint-report", title, at),
        SendDispatch => message!("work-send-dispatch", title),
        ClarifyDispatch => message!("work-clarify-dispatch", title),
        DecideCarryOvers => message!("work-decide-carry-overs", title, of),
        WritePlan => message!("work-write-plan", title, of),
        ProposePlan => message!("work-propose-plan", title, of),
        RecordPlanDecision => message!("work-record-plan-decision", title, of),
        StartFollowUps => message!("work-start-follow-ups", title, of),
        AssignPerformers => message!("work-assign-performers", title, of),
        ApproveAccessChange => message!("work-approve-access-change"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::Language;

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
        let said = |kind, department, occasion, language| {
            let about = About {
                title: "Inköp",
                department,
                occasion,
            };
            why(kind, about).in_language(language)
        };
        assert_eq!(
            said(WorkItemKind::Assess, Some("KSF"), Some("Helår"), Language::En),
            "You are to assess \"Inköp\" of KSF at Helår."
        );
        assert_eq!(
            said(
                WorkItemKind::PerformCheck,
                Some("KSF"),
                Some("slutet av maj"),
                Language::En
            ),
            "A check of \"Inköp\" of KSF is to be performed: slutet av maj."
        );
        assert_eq!(
            said(WorkItemKind::MendAction, None, None, Language::En),
            "A corrective action of the whole municipality is open: Inköp."
        );
        assert_eq!(
            said(WorkItemKind::Assess, Some("KSF"), Some("Helår"), Language::Sv),
            "Du ska bedöma ”Inköp” för KSF vid Helår."
        );
        assert_eq!(
            said(WorkItemKind::MendAction, None, None, Language::Sv),
            "En åtgärd för hela kommunen är öppen: Inköp."
        );
    }
}
