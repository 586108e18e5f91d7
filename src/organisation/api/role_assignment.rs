use super::{Committee, Department, User};
use crate::{
    access::{Place, Reader, Right, rows_by_id},
    administration::{AccessChange, ChangeOfRole},
    database::StoreError,
    graphql::{Date, NodeKind, Result, Row},
    organisation::store,
    row_object,
};
use async_graphql::{ID, Object};
use entity::{Role, role_assignment};
use uuid::Uuid;

/// A role that a user has for a period: in a department, in a committee or in the whole municipality.
#[derive(Clone)]
pub struct RoleAssignment(Row<role_assignment::Model>);

row_object!(RoleAssignment(role_assignment::Model), load: visible_roles);

/// Role assignments, for those who keep or oversee users, and for the user themself.
async fn visible_roles(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, role_assignment::Model)>, StoreError> {
    let everybody = reader.may(Right::UserRead, Place::Municipality);
    let own = reader.actor().user_id();
    let mut found = rows_by_id::<role_assignment::Entity>(reader, ids).await?;
    found.retain(|(_, role)| everybody || own == Some(role.user_id));
    Ok(found)
}

/// A role that a user has for a period: in a department, in a committee or in the whole municipality.
#[Object]
impl RoleAssignment {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::RoleAssignment.encode(self.0.id)
    }

    /// Who has it.
    async fn user(&self) -> Result<User> {
        Ok(self.0.must(store::UserOfRole).await?.into())
    }

    /// The role.
    async fn role(&self) -> Role {
        self.0.role
    }

    /// The department that it holds in, for the roles in a department.
    async fn department(&self) -> Result<Option<Department>> {
        Ok(self.0.one(store::DepartmentOfRole).await?.map(Into::into))
    }

    /// The committee that it holds in, for the roles in a committee.
    async fn committee(&self) -> Result<Option<Committee>> {
        Ok(self.0.one(store::CommitteeOfRole).await?.map(Into::into))
    }

    /// The first day.
    async fn valid_from(&self) -> Date {
        Date(self.0.valid_from)
    }

    /// The last day; null while it is open.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// Whether it holds in its period: one that reads confidential content does not before a second administrator has
    /// approved it.
    async fn in_force(&self) -> bool {
        self.0.in_force
    }

    /// What it waits, or waited, for where it takes two administrators. For those who keep or oversee users and policy;
    /// null for others.
    async fn access_change(&self) -> Result<Option<AccessChange>> {
        Ok(self.0.one(ChangeOfRole).await?.map(Into::into))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
