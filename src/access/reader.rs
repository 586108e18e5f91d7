use super::{Actor, ConfidentialReads, Place, Reach, Right};
use crate::{clock::Clock, database::Session};
use chrono::NaiveDate;
use sea_orm::{
    Condition,
    sea_query::{Expr, ExprTrait, IntoColumnRef},
};
use uuid::Uuid;

/// What one actor can see: a snapshot of the database together with the scope that every question to it stays in.
#[derive(Debug)]
pub struct Reader {
    session: Session,
    actor: Actor,
    clock: Clock,
    reads: ConfidentialReads,
}

impl Reader {
    pub(super) fn new(session: Session, actor: Actor, clock: Clock) -> Self {
        Self {
            session,
            actor,
            clock,
            reads: ConfidentialReads::default(),
        }
    }

    /// A reader that sees what its own transaction has written, for use cases.
    pub(crate) fn within_transaction(session: Session, actor: Actor, clock: Clock) -> Self {
        Self::new(session, actor, clock)
    }

    /// The session back, to commit it.
    pub(crate) fn into_session(self) -> Session {
        self.session
    }

    /// The snapshot, for the stores.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// What went into the answer of what is confidential.
    pub(crate) fn reads(&self) -> &ConfidentialReads {
        &self.reads
    }

    /// Who reads.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The municipality that everything read belongs to.
    #[must_use]
    pub fn municipality_id(&self) -> Uuid {
        self.actor.municipality_id()
    }

    /// The domain's day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    /// Everywhere the reader has `right`.
    #[must_use]
    pub fn reach(&self, right: Right) -> Reach {
        self.actor.reach(right)
    }

    /// Whether the reader has `right` at `place`.
    #[must_use]
    pub fn may(&self, right: Right, place: Place) -> bool {
        self.actor.may(right, place)
    }

    /// Whether the reader is somebody of the municipality, and not the public.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.actor.user().is_some()
    }

    /// The rows in `right`'s reach, of a statement whose rows have a department and, where the column is given, a
    /// follow-up. What is reached through committees is not in it: a committee reaches what is laid before it, which
    /// the room that knows the report decides.
    pub(crate) fn within(
        &self,
        right: Right,
        department: impl IntoColumnRef,
        follow_up: Option<impl IntoColumnRef>,
    ) -> Condition {
        let reach = self.reach(right);
        if reach.everywhere {
            return Condition::all();
        }
        let mut any = Condition::any().add(self.any_of(department, reach.departments));
        if let Some(follow_up) = follow_up {
            any = any.add(self.any_of(follow_up, reach.follow_ups));
        }
        any
    }

    /// `column IN ids`.
    pub(crate) fn any_of(&self, column: impl IntoColumnRef, ids: impl IntoIterator<Item = Uuid>) -> Condition {
        let mut ids = ids.into_iter().peekable();
        match ids.peek() {
            None => Condition::any().add(Expr::val(1).eq(0)),
            Some(_) => Condition::all().add(crate::database::any_of(&self.session, column, ids)),
        }
    }
}
