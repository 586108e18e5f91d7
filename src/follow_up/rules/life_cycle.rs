use crate::{
    language::{Message, Term},
    use_case::Problem,
};
use async_graphql::{InputType, resolver_utils::EnumType};
use entity::{
    CorrectiveActionStatus::{self, Cancelled, Done, Ongoing, Planned, Verified},
    FindingStatus::{self, Accepted, ActionPlanned, Open, Resolved},
    FollowUpStatus::{self, Assessed, InProgress, NotStarted, Reviewed},
};

/// Something that goes through states: which may follow which.
pub(in crate::follow_up) trait LifeCycle: EnumType + InputType {
    /// The states that may follow this one.
    fn followers(self) -> &'static [Self];

    /// That `to` may follow this state.
    ///
    /// # Errors
    /// A problem `ILLEGAL_TRANSITION` at `path` with the states that may.
    fn refuse_unless_followed_by(self, path: &str, to: Self) -> Result<(), Problem> {
        let allowed = self.followers();
        if allowed.contains(&to) {
            return Ok(());
        }
        let names = allowed.iter().copied().map(Term::value);
        Err(Problem::transition(path, Term::value(self), Term::value(to), names))
    }
}

impl LifeCycle for FollowUpStatus {
    fn followers(self) -> &'static [Self] {
        match self {
            NotStarted => &[InProgress],
            InProgress => &[Assessed],
            Assessed => &[Reviewed, InProgress],
            Reviewed => &[],
        }
    }
}

impl LifeCycle for FindingStatus {
    fn followers(self) -> &'static [Self] {
        match self {
            Open => &[ActionPlanned, Accepted],
            ActionPlanned => &[Resolved, Accepted],
            Resolved => &[Self::Verified, Open],
            Self::Verified | Accepted => &[],
        }
    }
}

impl LifeCycle for CorrectiveActionStatus {
    fn followers(self) -> &'static [Self] {
        match self {
            Planned => &[Ongoing, Cancelled],
            Ongoing => &[Done, Cancelled],
            Done => &[Verified, Ongoing],
            Verified | Cancelled => &[],
        }
    }
}

/// The findings that are not dealt with: what comes along to the next year.
pub(in crate::follow_up) const NOT_DEALT_WITH: [FindingStatus; 3] = [Open, ActionPlanned, Resolved];

/// The actions that nobody has verified or cancelled: what comes along to the next year.
pub(in crate::follow_up) const UNFINISHED: [CorrectiveActionStatus; 3] = [Planned, Ongoing, Done];

/// A finding that is dealt with stays in its year.
///
/// # Errors
/// A problem `INVALID` when it is.
pub(in crate::follow_up) fn refuse_dealt_with(status: FindingStatus) -> Result<(), Problem> {
    refuse_ended(status, &NOT_DEALT_WITH, |status| {
        message!("follow-up-finding-dealt-with", status)
    })
}

/// An action that is finished stays in its year.
///
/// # Errors
/// A problem `INVALID` when it is.
pub(in crate::follow_up) fn refuse_finished(status: CorrectiveActionStatus) -> Result<(), Problem> {
    refuse_ended(status, &UNFINISHED, |status| {
        message!("follow-up-action-finished", status)
    })
}

/// What is wrong with going on with something that has come along to a later year; the year is told where the actor sees
/// what it became.
pub(in crate::follow_up) fn carried_on(path: &str, what: Carried, year: Option<i32>) -> Problem {
    let message = match (what, year) {
        (Carried::Finding, Some(year)) => message!("follow-up-finding-carried-to", year = year.to_string()),
        (Carried::Finding, None) => message!("follow-up-finding-carried-on"),
        (Carried::Action, Some(year)) => message!("follow-up-action-carried-to", year = year.to_string()),
        (Carried::Action, None) => message!("follow-up-action-carried-on"),
    };
    Problem::invalid(path, message)
}

/// What comes along to a later year and has a life cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::follow_up) enum Carried {
    /// A finding.
    Finding,
    /// A corrective action.
    Action,
}

fn refuse_ended<S>(status: S, open: &[S], message: fn(Term) -> Message) -> Result<(), Problem>
where
    S: EnumType + InputType,
{
    if open.contains(&status) {
        return Ok(());
    }
    Err(Problem::invalid("id", message(Term::value(status))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::use_case::ProblemKind;
    use sea_orm::Iterable;
    use std::fmt::Debug;

    /// Asks for every pair of states, and holds the answers against the steps that there are.
    fn every_pair<S: LifeCycle + Iterable + Debug>(steps: &[(S, S)]) {
        for from in S::iter() {
            for to in S::iter() {
                let answer = from.refuse_unless_followed_by("to", to);
                if steps.contains(&(from, to)) {
                    assert_eq!(answer, Ok(()), "{from:?} -> {to:?}");
                    continue;
                }
                let problem = answer.unwrap_err();
                let allowed = steps.iter().filter(|step| step.0 == from);
                let expected = ProblemKind::IllegalTransition {
                    from: Term::value(from).name().to_owned(),
                    allowed: allowed.map(|step| Term::value(step.1).name().to_owned()).collect(),
                };
                assert_eq!(problem.kind, expected, "{from:?} -> {to:?}");
            }
        }
    }

    #[test]
    fn an_assessment_is_made_and_then_reviewed() {
        every_pair(&[
            (NotStarted, InProgress),
            (InProgress, Assessed),
            (Assessed, Reviewed),
            (Assessed, InProgress),
        ]);
    }

    #[test]
    fn a_finding_is_mended_and_verified_or_accepted() {
        every_pair(&[
            (Open, ActionPlanned),
            (Open, Accepted),
            (ActionPlanned, Resolved),
            (ActionPlanned, Accepted),
            (Resolved, FindingStatus::Verified),
            (Resolved, Open),
        ]);
    }

    #[test]
    fn an_action_is_done_and_verified_or_cancelled() {
        every_pair(&[
            (Planned, Ongoing),
            (Planned, Cancelled),
            (Ongoing, Done),
            (Ongoing, Cancelled),
            (Done, Verified),
            (Done, Ongoing),
        ]);
    }
}
