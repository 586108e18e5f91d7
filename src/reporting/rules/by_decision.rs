use super::refuse_step;
use crate::language::Term;
use crate::use_case::{Check, Problem, ProblemKind};
use chrono::NaiveDate;
use entity::{CommitteeKind, DecisionStage, ReportStatus, committee, department_report, joint_report};
use uuid::Uuid;

/// A step of a report that a recorded proposal or decision takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Move<'a> {
    /// The report.
    pub(crate) report: Reported<'a>,
    /// Where it goes.
    pub(crate) to: ReportStatus,
    /// Whether it is proposed or decided.
    pub(crate) stage: DecisionStage,
    /// The committee that proposes or decides; none when a department does.
    pub(crate) committee: Option<&'a committee::Model>,
    /// The day of the meeting, where it is known.
    pub(crate) meeting_date: Option<NaiveDate>,
    /// Whether a working committee prepares for the report's committee.
    pub(crate) prepared: bool,
    /// The content that was proposed or decided on.
    pub(crate) content_hash: Option<&'a str>,
}

/// What a proposal or decision has to know of the report that it is about: a department's, or the joint one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reported<'a> {
    /// How far it has come.
    pub(crate) status: ReportStatus,
    /// The committee that it is for.
    pub(crate) committee_id: Uuid,
    /// The hash of its frozen content.
    pub(crate) content_hash: Option<&'a str>,
}

impl<'a> From<&'a department_report::Model> for Reported<'a> {
    fn from(report: &'a department_report::Model) -> Self {
        Self {
            status: report.status,
            committee_id: report.committee_id,
            content_hash: report.content_hash.as_deref(),
        }
    }
}

impl<'a> From<&'a joint_report::Model> for Reported<'a> {
    fn from(report: &'a joint_report::Model) -> Self {
        Self {
            status: report.status,
            committee_id: report.committee_id,
            content_hash: report.content_hash.as_deref(),
        }
    }
}

impl Move<'_> {
    /// Whether the body is the report's own committee.
    fn by_own_committee(&self) -> bool {
        self.committee
            .is_some_and(|committee| committee.id == self.report.committee_id)
    }

    /// Whether the body prepares for the report's own committee.
    fn by_working_committee(&self) -> bool {
        self.committee.is_some_and(|committee| {
            committee.kind == CommitteeKind::WorkingCommittee && committee.parent_id == Some(self.report.committee_id)
        })
    }
}

/// Notes everything that keeps a proposal or decision from moving a report.
pub(crate) fn refuse_move(check: &mut Check, wanted: Move<'_>) {
    let (from, to) = (wanted.report.status, wanted.to);
    if let Err(problem) = refuse_step("reportStatus", from, to) {
        check.add(problem);
        return;
    }
    match to {
        ReportStatus::Recommended => {
            check.require(wanted.by_working_committee(), || {
                Problem::invalid("committeeId", message!("reporting-working-committee-recommends"))
            });
            require_stage(check, wanted.stage, DecisionStage::Proposal, to);
            require_content(check, wanted);
        }
        ReportStatus::Decided => {
            check.require(wanted.by_own_committee(), || {
                Problem::invalid("committeeId", message!("reporting-own-committee-decides"))
            });
            require_stage(check, wanted.stage, DecisionStage::Decision, to);
            check.require(wanted.meeting_date.is_some(), || {
                Problem::invalid("meetingDate", message!("reporting-decided-at-meeting"))
            });
            check.require(from != ReportStatus::Proposed || !wanted.prepared, || Problem {
                message: message!("reporting-prepared-first"),
                ..Problem::transition(
                    "reportStatus",
                    Term::value(from),
                    Term::value(to),
                    [ReportStatus::Recommended, ReportStatus::ReferredBack].map(Term::value),
                )
            });
            require_content(check, wanted);
        }
        ReportStatus::ReferredBack => {
            check.require(wanted.by_own_committee() || wanted.by_working_committee(), || {
                Problem::invalid("committeeId", message!("reporting-committee-refers-back"))
            });
            refuse_other_content(check, wanted.report, wanted.stage, wanted.content_hash);
        }
        ReportStatus::Draft | ReportStatus::Submitted | ReportStatus::Proposed => {
            check.add(Problem::invalid(
                "reportStatus",
                message!("reporting-moved-by-decision"),
            ));
        }
    }
}

fn require_stage(check: &mut Check, stage: DecisionStage, wanted: DecisionStage, to: ReportStatus) {
    check.require(stage == wanted, || {
        Problem::invalid(
            "stage",
            message!(
                "reporting-stage-of-move",
                stage = Term::value(wanted),
                status = Term::value(to)
            ),
        )
    });
}

/// The decision is bound to the content that was submitted.
fn require_content(check: &mut Check, wanted: Move<'_>) {
    refuse_other_content(check, wanted.report, DecisionStage::Decision, wanted.content_hash);
}

/// Notes when something is decided without saying on which content, or proposed or decided on other content than the
/// report has.
pub(crate) fn refuse_other_content(
    check: &mut Check,
    report: Reported<'_>,
    stage: DecisionStage,
    content_hash: Option<&str>,
) {
    match content_hash {
        None => check.require(stage != DecisionStage::Decision, || {
            Problem::invalid("reportContentHash", message!("reporting-say-content"))
        }),
        hash => check.require(hash == report.content_hash, || {
            Problem::new(
                ProblemKind::Conflict { current_version: None },
                "reportContentHash",
                message!("reporting-other-content"),
            )
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::use_case::Failure;
    use chrono::DateTime;

    const HASH: &str = "aa";

    fn report(status: ReportStatus, committee_id: Uuid) -> Reported<'static> {
        Reported {
            status,
            committee_id,
            content_hash: Some(HASH),
        }
    }

    fn committee(kind: CommitteeKind, parent_id: Option<Uuid>) -> committee::Model {
        committee::Model {
            municipality_id: Uuid::nil(),
            id: Uuid::now_v7(),
            code: String::new(),
            name: String::new(),
            name_key: Vec::new(),
            kind,
            parent_id,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn paths(wanted: Move<'_>) -> Vec<String> {
        let mut check = Check::new();
        refuse_move(&mut check, wanted);
        match check.finish() {
            Ok(()) => Vec::new(),
            Err(Failure::Problems(problems)) => problems.into_iter().flat_map(|problem| problem.path).collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_working_committee_recommends_and_the_committee_decides() {
        let board = committee(CommitteeKind::ExecutiveBoard, None);
        let working = committee(CommitteeKind::WorkingCommittee, Some(board.id));
        let proposed = report(ReportStatus::Proposed, board.id);
        let recommend = Move {
            report: proposed,
            to: ReportStatus::Recommended,
            stage: DecisionStage::Proposal,
            committee: Some(&working),
            meeting_date: None,
            prepared: true,
            content_hash: Some(HASH),
        };
        assert!(paths(recommend).is_empty());
        let other = Move {
            committee: Some(&board),
            stage: DecisionStage::Decision,
            content_hash: Some("bb"),
            ..recommend
        };
        assert_eq!(paths(other), ["committeeId", "stage", "reportContentHash"]);

        let recommended = report(ReportStatus::Recommended, board.id);
        let decide = Move {
            report: recommended,
            to: ReportStatus::Decided,
            stage: DecisionStage::Decision,
            committee: Some(&board),
            meeting_date: NaiveDate::from_ymd_opt(2018, 2, 14),
            ..recommend
        };
        assert!(paths(decide).is_empty());
        assert_eq!(
            paths(Move {
                meeting_date: None,
                ..decide
            }),
            ["meetingDate"]
        );
        assert_eq!(
            paths(Move {
                content_hash: None,
                ..decide
            }),
            ["reportContentHash"]
        );
        let skipped = Move {
            report: proposed,
            ..decide
        };
        assert_eq!(paths(skipped), ["reportStatus"]);
        assert!(
            paths(Move {
                prepared: false,
                ..skipped
            })
            .is_empty()
        );
    }

    #[test]
    fn either_refers_back_and_no_other_does() {
        let board = committee(CommitteeKind::ExecutiveBoard, None);
        let working = committee(CommitteeKind::WorkingCommittee, Some(board.id));
        let stranger = committee(CommitteeKind::Committee, None);
        let report = report(ReportStatus::Submitted, board.id);
        for (by, allowed) in [(&board, true), (&working, true), (&stranger, false)] {
            let wanted = Move {
                report,
                to: ReportStatus::ReferredBack,
                stage: DecisionStage::Decision,
                committee: Some(by),
                meeting_date: None,
                prepared: true,
                content_hash: Some(HASH),
            };
            assert_eq!(paths(wanted).is_empty(), allowed);
            let unsaid = Move {
                content_hash: None,
                ..wanted
            };
            assert!(paths(unsaid).contains(&"reportContentHash".to_owned()));
        }
    }
}
