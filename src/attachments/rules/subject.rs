use crate::{graphql::NodeKind, use_case::Problem};
use entity::attachment;
use uuid::Uuid;

/// Something that files can be attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    Check(Uuid),
    CorrectiveAction(Uuid),
    Document(Uuid),
    Finding(Uuid),
    FollowUp(Uuid),
    Review(Uuid),
}

impl Subject {
    /// The thing that an id is of.
    ///
    /// # Errors
    /// A problem at `subjectId` when it is of something that nothing is attached to.
    pub(crate) fn of(kind: NodeKind, id: Uuid) -> Result<Self, Problem> {
        Ok(match kind {
            NodeKind::Check => Self::Check(id),
            NodeKind::CorrectiveAction => Self::CorrectiveAction(id),
            NodeKind::Document => Self::Document(id),
            NodeKind::Finding => Self::Finding(id),
            NodeKind::FollowUp => Self::FollowUp(id),
            NodeKind::Review => Self::Review(id),
            other => {
                return Err(Problem::invalid(
                    "subjectId",
                    message!("attachments-nothing-attached-to", other = other.words()),
                ));
            }
        })
    }

    /// The thing that a file is attached to.
    pub(crate) fn of_row(row: &attachment::Model) -> Option<Self> {
        row.control_check_id
            .map(Self::Check)
            .or_else(|| row.review_id.map(Self::Review))
            .or_else(|| row.finding_id.map(Self::Finding))
            .or_else(|| row.corrective_action_id.map(Self::CorrectiveAction))
            .or_else(|| row.document_id.map(Self::Document))
            // The follow-up is also named beside what hangs on it.
            .or_else(|| row.follow_up_id.map(Self::FollowUp))
    }

    /// The kind and the id that it has in the API.
    pub(crate) const fn parts(self) -> (NodeKind, Uuid) {
        match self {
            Self::Check(id) => (NodeKind::Check, id),
            Self::CorrectiveAction(id) => (NodeKind::CorrectiveAction, id),
            Self::Document(id) => (NodeKind::Document, id),
            Self::Finding(id) => (NodeKind::Finding, id),
            Self::FollowUp(id) => (NodeKind::FollowUp, id),
            Self::Review(id) => (NodeKind::Review, id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_attached_to_what_hangs_on_a_follow_up_and_to_documents() {
        let id = Uuid::now_v7();
        let known: Vec<NodeKind> = NodeKind::ALL
            .iter()
            .copied()
            .filter(|kind| Subject::of(*kind, id).is_ok_and(|subject| subject.parts() == (*kind, id)))
            .collect();
        assert_eq!(known.len(), 6);
        assert!(Subject::of(NodeKind::DepartmentReport, id).is_err());
    }
}
