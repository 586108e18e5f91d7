//! What is done to an assessment, and by whom.

use super::LifeCycle;
use crate::{
    access::{Place, Right},
    follow_up::store::FollowUpRow,
    planning::refuse_closed_year,
    use_case::{Act, Duties, Problem, Separated},
};
use entity::{FollowUpStatus, assessment, control_year};

/// An assessment with all that decides what may be done to it.
#[derive(Clone, Debug)]
pub struct AssessmentState {
    pub(in crate::follow_up) assessment: assessment::Model,
    pub(in crate::follow_up) year: control_year::Model,
    /// Where its follow-up is carried out.
    pub(in crate::follow_up) place: Place,
    /// The department that its follow-up is in.
    pub(in crate::follow_up) department: Place,
}

impl AssessmentState {
    pub(in crate::follow_up) fn new(
        assessment: assessment::Model,
        follow_up: &FollowUpRow,
        year: control_year::Model,
    ) -> Self {
        Self {
            assessment,
            year,
            place: follow_up.place(),
            department: follow_up.department(),
        }
    }
}

/// What is done to an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::follow_up) enum AssessmentAct {
    /// It is worked on.
    Update,
    /// It is made.
    Assess,
    /// Somebody else finds it right.
    Review,
    /// Somebody else has it made anew.
    SendBack,
}

impl AssessmentAct {
    /// All that is done to one.
    pub(in crate::follow_up) const ALL: [Self; 4] = [Self::Update, Self::Assess, Self::Review, Self::SendBack];
}

impl Act for AssessmentAct {
    type State = AssessmentState;

    fn action(self) -> String {
        let mutation = match self {
            Self::Update => "updateAssessment",
            Self::Assess => "assessFollowUp",
            Self::Review => "reviewAssessment",
            Self::SendBack => "sendBackAssessment",
        };
        mutation.to_owned()
    }

    fn leave(self, state: &AssessmentState) -> (Right, Place) {
        match self {
            Self::Update | Self::Assess => (Right::AssessmentAssess, state.place),
            Self::Review | Self::SendBack => (Right::AssessmentReview, state.department),
        }
    }

    fn check(self, state: &AssessmentState) -> Result<(), Problem> {
        refuse_closed_year(&state.year)?;
        let status = state.assessment.status;
        match self {
            Self::Update if status == FollowUpStatus::InProgress => Ok(()),
            Self::Update => Err(Problem::invalid("id", message!("follow-up-assessment-made"))),
            Self::Assess => status.refuse_unless_followed_by("assessmentId", FollowUpStatus::Assessed),
            Self::Review => status.refuse_unless_followed_by("id", FollowUpStatus::Reviewed),
            Self::SendBack => status.refuse_unless_followed_by("id", FollowUpStatus::InProgress),
        }
    }

    fn duties(self, state: &AssessmentState) -> Option<Separated> {
        match self {
            Self::Update | Self::Assess => None,
            Self::Review | Self::SendBack => Some((Duties::AssessAndReview, vec![state.assessment.assessed_by])),
        }
    }
}
