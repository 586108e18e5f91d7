//! What somebody may do to a thing: one decision, for who asks before and for who does it.

use super::{Failure, Problem, Separated, Transaction};
use crate::{
    access::{Permit, Place, Reader, Right},
    graphql::Permission,
};
use uuid::Uuid;

/// Something that can be done to a thing, of which `S` is the state: all that it is decided by.
///
/// A use case asks it for leave and for what stands in the way; `can` of the API's object asks the same of what it shows.
/// What the input itself may be refused for is the use case's alone.
pub(crate) struct Act<S: 'static> {
    /// The mutation; where it takes the thing to one of several states, with the state after a dot.
    pub(crate) action: &'static str,
    /// By which right, and where.
    pub(crate) leave: fn(&S) -> (Right, Place),
    /// What the thing's state has against it.
    pub(crate) state: fn(&S) -> Result<(), Problem>,
    /// Which duties are separated there.
    pub(crate) duties: fn(&S) -> Option<Separated>,
}

impl<S> Act<S> {
    /// Leave to do it.
    ///
    /// # Errors
    /// A problem `FORBIDDEN` when the actor has no such right there.
    pub(crate) fn permit(&self, tx: &Transaction, state: &S) -> Result<Permit, Failure> {
        let (right, place) = (self.leave)(state);
        tx.permit(right, place)
    }

    /// Refuses what stands in the way.
    ///
    /// # Errors
    /// What the thing's state has against it, or that somebody else has to do it.
    pub(crate) async fn refuse(&self, tx: &Transaction, state: &S) -> Result<(), Failure> {
        (self.state)(state)?;
        match (self.duties)(state) {
            Some((duties, those)) => tx.separate(duties, &those).await,
            None => Ok(()),
        }
    }

    /// Whether the reader may do it now; `hands` are those that act as them.
    fn permission(&self, reader: &Reader, hands: &[Uuid], state: &S) -> Permission {
        let (right, place) = (self.leave)(state);
        if !reader.may(right, place) {
            return Permission::refused(self.action, "FORBIDDEN");
        }
        if let Err(problem) = (self.state)(state) {
            return Permission::refused(self.action, problem.kind.code());
        }
        let own = |those: &[Option<Uuid>]| those.iter().flatten().any(|hand| hands.contains(hand));
        match (self.duties)(state) {
            Some((_, those)) if own(&those) => Permission::refused(self.action, "SEPARATION_OF_DUTIES"),
            _ => Permission::given(self.action),
        }
    }
}

/// What a reader may do to a thing; `hands` are those that act as them ([`super::hands_of`]).
pub(crate) fn permissions<S>(reader: &Reader, hands: &[Uuid], acts: &[Act<S>], state: &S) -> Vec<Permission> {
    acts.iter().map(|act| act.permission(reader, hands, state)).collect()
}
