use super::{
    Identity, Invariant, Place, Policy, Reader, Right, Rule,
    actor::{ActingUser, Actor},
    grant, with_those_above,
};
use crate::{clock::Clock, database::StoreError};
use chrono::NaiveDate;
use entity::{Role, department, role_assignment, service_permission, user_account};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use std::sync::Arc;
use uuid::Uuid;

/// Why somebody may or may not do something.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Whether they may: the answer of the very check that decides it.
    pub allowed: bool,
    /// Whether they may sign in at all.
    pub active: bool,
    /// Each role and each permission that they have had, have or will have, and what it comes to.
    pub grounds: Vec<Ground>,
}

/// What one role or permission comes to.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Whose it is.
    pub held: Held,
    /// What it comes to.
    pub verdict: Verdict,
    /// The rule of the policy by which it allows.
    pub rule: Option<Rule>,
    /// What keeps any policy from allowing it.
    pub invariant: Option<Invariant>,
}

/// A role or a permission.
#[derive(Clone, Debug)]
pub enum Held {
    /// A role assignment of a person.
    Role(role_assignment::Model),
    /// A permission of a service account.
    Permission(service_permission::Model),
}

/// What a role or a permission comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
#[graphql(name = "AccessVerdict")]
pub enum Verdict {
    /// It allows it.
    Allows,
    /// The policy gives the role no such right, or the permission is another.
    NoRule,
    /// Its first day is to come.
    NotBegun,
    /// Its last day has passed.
    Expired,
    /// It is not in force: no second administrator has approved it.
    NotInForce,
    /// It holds somewhere else.
    Elsewhere,
}

impl Explanation {
    /// Why the user may or may not use `right` at `place`; `None` when there is no such user.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        reader: &Reader,
        policy: &Arc<Policy>,
        user_id: Uuid,
        right: Right,
        place: Place,
    ) -> Result<Option<Self>, StoreError> {
        let Some(user) = reader.by_id::<user_account::Entity>(user_id).await? else {
            return Ok(None);
        };
        let asked = Question {
            today: reader.today(),
            policy,
            right,
            place,
            above: above(reader, right, place).await?,
            assigned: assigned(reader, place, user_id).await?,
        };
        let mut grounds = Vec::new();
        let roles = reader
            .find::<role_assignment::Entity>()
            .filter(role_assignment::Column::UserId.eq(user_id))
            .order_by_asc(role_assignment::Column::Id);
        for row in roles.all(reader.session()).await? {
            grounds.push(asked.of_role(row));
        }
        let permissions = reader
            .find::<service_permission::Entity>()
            .filter(service_permission::Column::UserId.eq(user_id))
            .order_by_asc(service_permission::Column::Id);
        for row in permissions.all(reader.session()).await? {
            grounds.push(asked.of_permission(row));
        }
        Ok(Some(Self {
            allowed: decide(reader, policy, user_id, right, place).await?,
            active: user.active,
            grounds,
        }))
    }
}

/// The answer of the check itself.
async fn decide(
    reader: &Reader,
    policy: &Arc<Policy>,
    user_id: Uuid,
    right: Right,
    place: Place,
) -> Result<bool, StoreError> {
    let municipality_id = reader.municipality_id();
    let identity = Identity::User {
        municipality_id,
        user_id,
    };
    let holder = grant::holder(reader.session(), &identity, reader.today(), Clock::default().now()).await?;
    Ok(holder.is_some_and(|holder| {
        let user = ActingUser {
            id: holder.id,
            username: holder.username,
            name: holder.name,
            language: holder.language,
        };
        Actor::user_of(
            municipality_id,
            user,
            holder.grants,
            (holder.policy, Arc::clone(policy)),
        )
        .may(right, place)
    }))
}

struct Question<'a> {
    today: NaiveDate,
    policy: &'a Policy,
    right: Right,
    place: Place,
    /// The department asked about, and those from which it is reached; or the committee, and the body it prepares for.
    above: Vec<Uuid>,
    /// Whether the follow-up asked about is assigned to the user.
    assigned: bool,
}

impl Question<'_> {
    fn of_role(&self, row: role_assignment::Model) -> Ground {
        let given = self.policy.allows(row.role, self.right);
        let reaches = match row.role {
            Role::Performer => {
                self.assigned && (row.department_id.is_none() || self.reaches(&row.department_id, &None))
            }
            _ => self.reaches(&row.department_id, &row.committee_id),
        };
        let verdict = self.verdict(row.in_force, (row.valid_from, row.valid_to), given, reaches);
        let rule = Rule {
            role: row.role,
            right: self.right,
        };
        let forbids = |invariant: &Invariant| !invariant.allows(row.role, self.right);
        Ground {
            verdict,
            rule: given.then_some(rule),
            invariant: Invariant::ALL.into_iter().find(forbids),
            held: Held::Role(row),
        }
    }

    fn of_permission(&self, row: service_permission::Model) -> Ground {
        let given = row.permission == self.right.to_string();
        let reaches = self.reaches(&row.department_id, &row.committee_id);
        Ground {
            verdict: self.verdict(row.in_force, (row.valid_from, row.valid_to), given, reaches),
            rule: None,
            invariant: None,
            held: Held::Permission(row),
        }
    }

    fn verdict(&self, in_force: bool, period: (NaiveDate, Option<NaiveDate>), given: bool, reaches: bool) -> Verdict {
        if !given {
            Verdict::NoRule
        } else if !in_force {
            Verdict::NotInForce
        } else if period.0 > self.today {
            Verdict::NotBegun
        } else if period.1.is_some_and(|last| last < self.today) {
            Verdict::Expired
        } else if reaches {
            Verdict::Allows
        } else {
            Verdict::Elsewhere
        }
    }

    fn reaches(&self, department_id: &Option<Uuid>, committee_id: &Option<Uuid>) -> bool {
        match (self.place, department_id, committee_id) {
            (_, None, None) => true,
            (Place::Department(_) | Place::FollowUp { .. }, Some(id), _) => self.above.contains(id),
            (Place::Committee(_), None, Some(id)) => self.above.contains(id),
            _ => false,
        }
    }
}

/// What is asked about and all from which it is reached.
async fn above(reader: &Reader, right: Right, place: Place) -> Result<Vec<Uuid>, StoreError> {
    use entity::{CommitteeKind, committee};
    match place {
        Place::Municipality => Ok(Vec::new()),
        Place::Department(id) | Place::FollowUp { department_id: id, .. } => {
            let rows = reader.find::<department::Entity>().all(reader.session()).await?;
            let mut heirs: Vec<_> = rows.into_iter().map(|row| (row.id, row.parent_id)).collect();
            if !right.reads_confidential() {
                heirs.extend(successions(reader).await?);
            }
            Ok(with_those_above(&heirs, id))
        }
        Place::Committee(id) => {
            let rows = reader.find::<committee::Entity>().all(reader.session()).await?;
            // Only a working committee is reached from above.
            let parent = |row: &committee::Model| row.parent_id.filter(|_| row.kind == CommitteeKind::WorkingCommittee);
            let parents: Vec<_> = rows.iter().map(|row| (row.id, parent(row))).collect();
            Ok(with_those_above(&parents, id))
        }
    }
}

/// Each department whose work another carries on today, with that one.
async fn successions(reader: &Reader) -> Result<Vec<(Uuid, Option<Uuid>)>, StoreError> {
    use entity::department_succession::{Column, Entity};
    let rows = reader
        .find::<Entity>()
        .filter(Column::ValidFrom.lte(reader.today()))
        .all(reader.session())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.department_id, Some(row.successor_id)))
        .collect())
}

/// Whether the follow-up that is asked about is assigned to somebody.
async fn assigned(reader: &Reader, place: Place, user_id: Uuid) -> Result<bool, StoreError> {
    use entity::follow_up_performer::{Column, Entity};
    let Place::FollowUp { id, .. } = place else {
        return Ok(false);
    };
    let found = reader
        .find::<Entity>()
        .filter(Column::FollowUpId.eq(id))
        .filter(Column::UserId.eq(user_id))
        .one(reader.session())
        .await?;
    Ok(found.is_some())
}
