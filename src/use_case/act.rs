//! What somebody may do to a thing: one decision, for who asks before and for who does it.

use super::{Failure, Problem, ProblemKind, Separated, Transaction};
use crate::{
    access::{Permit, Place, Reader, Right},
    graphql::Permission,
};
use std::future::Future;
use uuid::Uuid;

/// Something that can be done to a thing.
///
/// A use case asks it for leave and for what stands in the way; `can` of the API's object asks the same of what it shows.
/// What the input itself may be refused for is the use case's alone.
pub(crate) trait Act: Copy + Send + Sync + 'static {
    /// The thing, with all that it is decided by.
    type State: Sync;

    /// The mutation; where it takes the thing to one of several states, with the state after a dot.
    fn action(self) -> String;

    /// By which right, and where.
    fn leave(self, state: &Self::State) -> (Right, Place);

    /// Refuses what the thing's state has against it.
    fn check(self, state: &Self::State) -> Result<(), Problem>;

    /// Which duties are separated there.
    fn duties(self, state: &Self::State) -> Option<Separated> {
        let _ = state;
        None
    }

    /// Leave to do it.
    ///
    /// # Errors
    /// A problem `FORBIDDEN` when the actor has no such right there.
    fn permit(self, tx: &Transaction, state: &Self::State) -> Result<Permit, Failure> {
        let (right, place) = self.leave(state);
        tx.permit(right, place)
    }

    /// Refuses what stands in the way.
    ///
    /// # Errors
    /// What the thing's state has against it, or that somebody else has to do it.
    fn refuse(self, tx: &Transaction, state: &Self::State) -> impl Future<Output = Result<(), Failure>> + Send {
        async move {
            self.check(state)?;
            match self.duties(state) {
                Some((duties, those)) => tx.separate(duties, &those).await,
                None => Ok(()),
            }
        }
    }
}

/// What a reader may do to a thing; `hands` are those that act as them ([`super::hands_of`]).
pub(crate) fn permissions<A: Act>(reader: &Reader, hands: &[Uuid], acts: &[A], state: &A::State) -> Vec<Permission> {
    let permission = |act: &A| permission(reader, hands, *act, state);
    acts.iter().map(permission).collect()
}

fn permission<A: Act>(reader: &Reader, hands: &[Uuid], act: A, state: &A::State) -> Permission {
    let (right, place) = act.leave(state);
    if !reader.may(right, place) {
        return Permission::refused(act.action(), ProblemKind::Forbidden.code());
    }
    if let Err(problem) = act.check(state) {
        return Permission::refused(act.action(), problem.kind.code());
    }
    let own = |those: &[Option<Uuid>]| those.iter().flatten().any(|hand| hands.contains(hand));
    match act.duties(state) {
        Some((_, those)) if own(&those) => Permission::refused(act.action(), ProblemKind::SeparationOfDuties.code()),
        _ => Permission::given(act.action()),
    }
}
