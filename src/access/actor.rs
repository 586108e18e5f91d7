use super::{
    Denied, Permit, Place, Policy, Reach, Right,
    grant::{Grant, Source, Target},
};
use entity::Language;
use std::sync::Arc;
use uuid::Uuid;

/// Somebody who asks, as they are at this moment: who they are and what their role assignments reach.
#[derive(Clone, Debug)]
pub struct Actor {
    municipality_id: Uuid,
    user: Option<ActingUser>,
    grants: Vec<Grant>,
    policy: Arc<Policy>,
    policy_number: i32,
}

/// The user behind an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActingUser {
    /// The user's id.
    pub id: Uuid,
    /// The name that they sign in with.
    pub username: String,
    /// The name that is shown.
    pub name: String,
    /// The language that they have chosen, if any.
    pub language: Option<Language>,
}

impl Actor {
    pub(super) fn user_of(
        municipality_id: Uuid,
        user: ActingUser,
        grants: Vec<Grant>,
        policy: (i32, Arc<Policy>),
    ) -> Self {
        Self {
            municipality_id,
            user: Some(user),
            grants,
            policy: policy.1,
            policy_number: policy.0,
        }
    }

    pub(super) fn public_of(municipality_id: Uuid, policy: Arc<Policy>) -> Self {
        Self {
            municipality_id,
            user: None,
            grants: Vec::new(),
            policy,
            policy_number: 0,
        }
    }

    /// The municipality that they belong to: nothing of another is ever visible to them.
    #[must_use]
    pub fn municipality_id(&self) -> Uuid {
        self.municipality_id
    }

    /// The user, or `None` for the public.
    #[must_use]
    pub fn user(&self) -> Option<&ActingUser> {
        self.user.as_ref()
    }

    /// The user's id, or `None` for the public.
    #[must_use]
    pub fn user_id(&self) -> Option<Uuid> {
        self.user.as_ref().map(|user| user.id)
    }

    /// The language that the user has chosen, if any.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.user.as_ref().and_then(|user| user.language)
    }

    /// The policy in force in their municipality.
    #[must_use]
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// The number of that policy; 0 is the one that the program ships with.
    #[must_use]
    pub fn policy_number(&self) -> i32 {
        self.policy_number
    }

    /// Whether they have `right` at `place`.
    #[must_use]
    pub fn may(&self, right: Right, place: Place) -> bool {
        self.holding(right).any(|target| match (target, place) {
            (Target::Municipality, _) => true,
            (Target::Department(held), Place::Department(id)) => held == id,
            (Target::Department(held), Place::FollowUp { department_id, .. }) => held == department_id,
            (Target::FollowUp(held), Place::FollowUp { id, .. }) => held == id,
            (Target::Committee { id: held, .. }, Place::Committee(id)) => held == id,
            _ => false,
        })
    }

    /// Leave to use `right` at `place`.
    ///
    /// # Errors
    /// When they have no such right there.
    pub fn permit(&self, right: Right, place: Place) -> Result<Permit, Denied> {
        match &self.user {
            Some(user) if self.may(right, place) => Ok(Permit::new(self.municipality_id, user.clone(), Some(right))),
            _ => Err(Denied { right }),
        }
    }

    /// Leave to change what is the user's own, which takes no right; `None` for the public.
    #[must_use]
    pub fn own(&self) -> Option<Permit> {
        let user = self.user.clone()?;
        Some(Permit::new(self.municipality_id, user, None))
    }

    /// Everywhere they have `right`.
    #[must_use]
    pub fn reach(&self, right: Right) -> Reach {
        let mut reach = Reach::default();
        for target in self.holding(right) {
            match target {
                Target::Municipality => reach.everywhere = true,
                Target::Department(id) => _ = reach.departments.insert(id),
                Target::FollowUp(id) => _ = reach.follow_ups.insert(id),
                Target::Committee { id, executive_board } => {
                    reach.committees.insert(id);
                    // The executive board oversees the other committees (kommunallagen 6 kap. 1 §).
                    reach.every_committee |= executive_board;
                }
            }
        }
        reach
    }

    fn holding(&self, right: Right) -> impl Iterator<Item = Target> {
        self.grants
            .iter()
            .filter(move |grant| match grant.source {
                Source::Role(role) => self.policy.allows(role, right),
                Source::Permission(permission) => permission == right,
            })
            // Confidential reading takes two administrators, and a succession one.
            .filter(move |grant| !(grant.succeeded && right.reads_confidential()))
            .map(|grant| grant.target)
    }
}
