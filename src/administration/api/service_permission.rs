use super::AccessChange;
use crate::{
    access::Right,
    administration::store,
    graphql::{Date, NodeKind, Result, Row},
    organisation::{Committee, Department, User},
    row_object,
};
use async_graphql::{ID, Object};
use entity::service_permission;

/// One thing that a service account may do, in a department, for a committee, or in the whole municipality.
#[derive(Clone)]
pub struct ServicePermission(Row<service_permission::Model>);

row_object!(ServicePermission(service_permission::Model), load: store::overseen::<service_permission::Entity>);

/// One thing that a service account may do, in a department, for a committee, or in the whole municipality.
#[Object]
impl ServicePermission {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::ServicePermission.encode(self.0.id)
    }

    /// The service account.
    async fn user(&self) -> Result<User> {
        Ok(self.0.must(store::UserOfPermission).await?.into())
    }

    /// What it may do; null when it is a right of another version of the program, which gives nothing in this one.
    async fn right(&self) -> Option<Right> {
        self.0.permission.parse().ok()
    }

    /// The department that it holds in.
    async fn department(&self) -> Result<Option<Department>> {
        Ok(self.0.one(store::DepartmentOfPermission).await?.map(Into::into))
    }

    /// The committee that it holds for.
    async fn committee(&self) -> Result<Option<Committee>> {
        Ok(self.0.one(store::CommitteeOfPermission).await?.map(Into::into))
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
        Ok(self.0.one(store::ChangeOfPermission).await?.map(Into::into))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
