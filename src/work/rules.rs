//! What there is to do, and how it is said.

use async_graphql::Enum;

/// Something that somebody has to do.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum WorkItemKind {
    /// Assess a follow-up at an occasion (bedöma).
    Assess,
    /// Review an assessment that somebody else made (granska).
    Review,
    /// Carry out a corrective action (åtgärda).
    MendAction,
    /// Finish and submit a department report (lämna in).
    SubmitReport,
    /// Lay a submitted report before its committee (föreslå).
    ProposeReport,
    /// Record what the committee proposes or decides about a report (protokollföra).
    RecordDecision,
    /// Release a decided report to the public (publicera).
    PublishReport,
}

impl WorkItemKind {
    /// Every kind, in the order in which equally urgent work is listed.
    pub(super) const ALL: [Self; 7] = [
        Self::Assess,
        Self::Review,
        Self::MendAction,
        Self::SubmitReport,
        Self::ProposeReport,
        Self::RecordDecision,
        Self::PublishReport,
    ];

    /// Its place in that order.
    pub(super) const fn rank(self) -> i32 {
        self as i32
    }

    /// The kind at a place in that order.
    pub(super) fn at(rank: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.rank() == rank)
    }
}

/// Why something is to be done. `about` is the point or report, `department` its code, `occasion` its label.
pub(super) fn why(kind: WorkItemKind, about: &str, department: &str, occasion: Option<&str>) -> String {
    let at = occasion.map_or_else(String::new, |occasion| format!(" at {occasion}"));
    match kind {
        WorkItemKind::Assess => format!("You are to assess \"{about}\" of {department}{at}."),
        WorkItemKind::Review => {
            format!("\"{about}\" of {department} is assessed{at} and waits for somebody else's review.")
        }
        WorkItemKind::MendAction => format!("A corrective action of {department} is open: {about}."),
        WorkItemKind::SubmitReport => format!("The report \"{about}\" of {department}{at} is a draft."),
        WorkItemKind::ProposeReport => {
            format!("The report \"{about}\" of {department}{at} is submitted and waits to be proposed.")
        }
        WorkItemKind::RecordDecision => {
            format!("The report \"{about}\" of {department}{at} lies before the committee.")
        }
        WorkItemKind::PublishReport => {
            format!("The report \"{about}\" of {department}{at} is decided on and not yet published.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_place() {
        for (place, kind) in (0..).zip(WorkItemKind::ALL) {
            assert_eq!(kind.rank(), place);
            assert_eq!(WorkItemKind::at(place), Some(kind));
        }
        assert_eq!(WorkItemKind::at(7), None);
    }

    #[test]
    fn it_is_said_what_it_is_about() {
        assert_eq!(
            why(WorkItemKind::Assess, "Inköp", "KSF", Some("Helår")),
            "You are to assess \"Inköp\" of KSF at Helår."
        );
        assert_eq!(
            why(WorkItemKind::MendAction, "Inköp", "KSF", None),
            "A corrective action of KSF is open: Inköp."
        );
    }
}
