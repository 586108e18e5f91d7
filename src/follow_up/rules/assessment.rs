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

/// It is worked on.
pub(in crate::follow_up) const UPDATE: Act<AssessmentState> = Act {
    action: "updateAssessment",
    leave: |state| (Right::AssessmentAssess, state.place),
    state: |state| {
        refuse_closed_year(&state.year)?;
        match state.assessment.status {
            FollowUpStatus::InProgress => Ok(()),
            _ => Err(Problem::invalid("id", message!("follow-up-assessment-made"))),
        }
    },
    duties: |_| None,
};

/// It is made.
pub(in crate::follow_up) const ASSESS: Act<AssessmentState> = Act {
    action: "assessFollowUp",
    leave: |state| (Right::AssessmentAssess, state.place),
    state: |state| follows(state, "assessmentId", FollowUpStatus::Assessed),
    duties: |_| None,
};

/// Somebody else finds it right.
pub(in crate::follow_up) const REVIEW: Act<AssessmentState> = Act {
    action: "reviewAssessment",
    leave: |state| (Right::AssessmentReview, state.department),
    state: |state| follows(state, "id", FollowUpStatus::Reviewed),
    duties: assessor,
};

/// Somebody else has it made anew.
pub(in crate::follow_up) const SEND_BACK: Act<AssessmentState> = Act {
    action: "sendBackAssessment",
    leave: |state| (Right::AssessmentReview, state.department),
    state: |state| follows(state, "id", FollowUpStatus::InProgress),
    duties: assessor,
};

/// All that is done to an assessment.
pub(in crate::follow_up) const ALL: [Act<AssessmentState>; 4] = [UPDATE, ASSESS, REVIEW, SEND_BACK];

fn follows(state: &AssessmentState, path: &str, to: FollowUpStatus) -> Result<(), Problem> {
    refuse_closed_year(&state.year)?;
    state.assessment.status.refuse_unless_followed_by(path, to)
}

#[allow(clippy::unnecessary_wraps, reason = "other acts have no duties that are separated")]
fn assessor(state: &AssessmentState) -> Option<Separated> {
    Some((Duties::AssessAndReview, vec![state.assessment.assessed_by]))
}
