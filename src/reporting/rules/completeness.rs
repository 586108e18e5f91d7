use crate::{
    language::Message,
    use_case::{Problem, ProblemKind},
};
use entity::FollowUpStatus;
use uuid::Uuid;

/// A point of a department's plan, and how far it has come at an occasion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reporting) struct PlannedPoint {
    pub(in crate::reporting) number: i32,
    pub(in crate::reporting) title: String,
    pub(in crate::reporting) exempt: bool,
    /// Whether it counts in the department's report to another committee.
    pub(in crate::reporting) elsewhere: bool,
    /// The state of its assessment at the occasion; none when none was begun.
    pub(in crate::reporting) status: Option<FollowUpStatus>,
    /// Why it is reported without a reviewed assessment.
    pub(in crate::reporting) explanation: Option<String>,
}

impl PlannedPoint {
    /// Whether its follow-up lacks a reviewed assessment that it should have.
    pub(in crate::reporting) fn is_unreviewed(&self) -> bool {
        !self.exempt && !self.elsewhere && self.status != Some(FollowUpStatus::Reviewed)
    }

    fn line(&self) -> Message {
        let state = match self.status {
            None | Some(FollowUpStatus::NotStarted) => message!("reporting-point-not-begun"),
            Some(FollowUpStatus::InProgress) => message!("reporting-point-in-progress"),
            Some(FollowUpStatus::Assessed) => message!("reporting-point-assessed"),
            Some(FollowUpStatus::Reviewed) => message!("reporting-point-reviewed"),
        };
        message!(
            "reporting-missing-point",
            number = self.number,
            title = self.title,
            state
        )
    }
}

/// A report is submitted when every point of the plan that applies is reviewed, or explained.
///
/// # Errors
/// A problem `INCOMPLETE` with a line for each point that is neither.
pub(in crate::reporting) fn refuse_incomplete(points: &[PlannedPoint]) -> Result<(), Problem> {
    let mut missing: Vec<Message> = points
        .iter()
        .filter(|point| point.is_unreviewed() && point.explanation.is_none())
        .map(PlannedPoint::line)
        .collect();
    if points.is_empty() {
        missing.push(message!("reporting-missing-plan"));
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(Problem::new(
        ProblemKind::Incomplete { missing },
        "id",
        message!("reporting-report-incomplete"),
    ))
}

/// A department that has not reported everything at an occasion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::reporting) struct Unreported {
    pub(in crate::reporting) department_id: Uuid,
    /// Its code.
    pub(in crate::reporting) code: String,
    /// The points that it has not reported.
    pub(in crate::reporting) points: Vec<String>,
}

/// A joint report is submitted when every department has reported every shared point that applies to it, or its absence
/// is explained.
///
/// # Errors
/// A problem `INCOMPLETE` with a line for each department and point.
pub(in crate::reporting) fn refuse_incomplete_joint(
    points: usize,
    unreported: &[Unreported],
    explained: &[Uuid],
) -> Result<(), Problem> {
    let open = unreported.iter().filter(|of| !explained.contains(&of.department_id));
    let mut missing: Vec<Message> = open
        .flat_map(|of| {
            of.points
                .iter()
                .map(|point| message!("reporting-missing-of-department", code = of.code, point))
        })
        .collect();
    if points == 0 {
        missing.push(message!("reporting-missing-shared-plan"));
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(Problem::new(
        ProblemKind::Incomplete { missing },
        "id",
        message!("reporting-joint-incomplete"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(number: i32, status: Option<FollowUpStatus>) -> PlannedPoint {
        PlannedPoint {
            number,
            title: format!("Point {number}"),
            exempt: false,
            elsewhere: false,
            status,
            explanation: None,
        }
    }

    #[test]
    fn what_is_neither_reviewed_nor_exempt_nor_elsewhere_nor_explained_is_missing() {
        let points = [
            point(1, Some(FollowUpStatus::Reviewed)),
            point(2, Some(FollowUpStatus::Assessed)),
            point(3, None),
            PlannedPoint {
                exempt: true,
                ..point(4, None)
            },
            PlannedPoint {
                elsewhere: true,
                ..point(6, None)
            },
            PlannedPoint {
                explanation: Some("The system was replaced.".to_owned()),
                ..point(5, Some(FollowUpStatus::InProgress))
            },
        ];
        let ProblemKind::Incomplete { missing } = refuse_incomplete(&points).unwrap_err().kind else {
            panic!("of another kind");
        };
        let missing: Vec<_> = missing.iter().map(Message::in_english).collect();
        assert_eq!(
            missing,
            ["2. Point 2: assessed, not yet reviewed", "3. Point 3: not begun"]
        );
        assert!(refuse_incomplete(&points[..1]).is_ok());
        assert!(refuse_incomplete(&[]).is_err());
    }

    #[test]
    fn a_joint_report_lacks_nobody_who_is_not_explained() {
        let [late, explained] = [(); 2].map(|()| Uuid::now_v7());
        let of = |department_id: Uuid, code: &str| Unreported {
            department_id,
            code: code.to_owned(),
            points: vec!["1. Inköp".to_owned()],
        };
        let unreported = [of(late, "SBF"), of(explained, "KFF")];
        let ProblemKind::Incomplete { missing } =
            refuse_incomplete_joint(1, &unreported, &[explained]).unwrap_err().kind
        else {
            panic!("of another kind");
        };
        let missing: Vec<_> = missing.iter().map(Message::in_english).collect();
        assert_eq!(missing, ["SBF: 1. Inköp"]);
        assert!(refuse_incomplete_joint(1, &unreported, &[explained, late]).is_ok());
        assert!(refuse_incomplete_joint(0, &[], &[]).is_err());
    }
}
