//! The rules of secrecy marks.

use crate::{graphql::NodeKind, language::Message, use_case::Problem};
use uuid::Uuid;

/// Why a mark is there that nobody set: what it comes from was marked. Kept in English, and told in the reader's language.
pub(super) const CARRIES_ON: Message = message!("secrecy-carries-on");

/// Something that can be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Assessment(Uuid),
    Check(Uuid),
    CorrectiveAction(Uuid),
    Document(Uuid),
    Finding(Uuid),
    Review(Uuid),
}

impl Subject {
    /// The thing that an id is of.
    ///
    /// # Errors
    /// A problem at `subjectId` when it is of something that cannot be marked.
    pub(super) fn of(kind: NodeKind, id: Uuid) -> Result<Self, Problem> {
        Ok(match kind {
            NodeKind::Assessment => Self::Assessment(id),
            NodeKind::Check => Self::Check(id),
            NodeKind::CorrectiveAction => Self::CorrectiveAction(id),
            NodeKind::Document => Self::Document(id),
            NodeKind::Finding => Self::Finding(id),
            NodeKind::Review => Self::Review(id),
            other => {
                return Err(Problem::invalid(
                    "subjectId",
                    message!("secrecy-not-markable", other = other.words()),
                ));
            }
        })
    }

    /// The kind and the id that it has in the API.
    pub(super) fn parts(self) -> (NodeKind, Uuid) {
        match self {
            Self::Assessment(id) => (NodeKind::Assessment, id),
            Self::Check(id) => (NodeKind::Check, id),
            Self::CorrectiveAction(id) => (NodeKind::CorrectiveAction, id),
            Self::Document(id) => (NodeKind::Document, id),
            Self::Finding(id) => (NodeKind::Finding, id),
            Self::Review(id) => (NodeKind::Review, id),
        }
    }
}

/// A mark that says what is marked already is not set again; another ground replaces the old one.
///
/// # Errors
/// A problem `DUPLICATE` when it is marked on that ground.
pub(super) fn refuse_same_mark(present: Option<&String>, ground: &str) -> Result<(), Problem> {
    if present.is_some_and(|present| present == ground) {
        return Err(Problem::duplicate("ground", message!("secrecy-marked-already")));
    }
    Ok(())
}

/// The ground of the mark that is lifted.
///
/// # Errors
/// A problem `INVALID` when there is no mark.
pub(super) fn lifted_ground(present: Option<String>) -> Result<String, Problem> {
    present.ok_or_else(|| Problem::invalid("subjectId", message!("secrecy-not-marked")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_confidential_is_marked() {
        let id = Uuid::now_v7();
        let marked: Vec<NodeKind> = NodeKind::ALL
            .iter()
            .copied()
            .filter(|kind| Subject::of(*kind, id).is_ok_and(|subject| subject.parts() == (*kind, id)))
            .collect();
        assert_eq!(marked.len(), 6);
        assert!(Subject::of(NodeKind::User, id).is_err());
    }

    #[test]
    fn a_mark_is_set_once_and_lifted_once() {
        let ground = "OSL 18 kap. 8 §".to_owned();
        assert!(refuse_same_mark(None, &ground).is_ok());
        assert!(refuse_same_mark(Some(&"OSL 21 kap. 7 §".to_owned()), &ground).is_ok());
        assert!(refuse_same_mark(Some(&ground), &ground).is_err());
        assert_eq!(lifted_ground(Some(ground.clone())), Ok(ground));
        assert!(lifted_ground(None).is_err());
    }
}
