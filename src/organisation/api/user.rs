use super::RoleAssignment;
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::{Place, Reader, Right, rows_by_id},
    administration::{
        IdentitiesOfUser, PermissionsOfUser, ServicePermission, ServiceToken, TokensOfUser, UserIdentity,
    },
    database::StoreError,
    graphql::{NodeKind, Result, Row, objects},
    organisation::store,
    row_object,
};
use async_graphql::{ID, Object};
use entity::{Language, UserKind, user_account};
use uuid::Uuid;

/// Somebody who can sign in. Shown by the name of a function where the municipality names people so.
#[derive(Clone)]
pub struct User(Row<user_account::Model>);

row_object!(User(user_account::Model), load: visible_users);

/// Users, for those who may see users, and for the user themself.
async fn visible_users(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, user_account::Model)>, StoreError> {
    let everybody = !reader.reach(Right::UserRead).is_empty();
    let own = reader.actor().user_id();
    let ids = ids.into_iter().filter(|id| everybody || own == Some(*id)).collect();
    rows_by_id::<user_account::Entity>(reader, ids).await
}

impl User {
    /// Whether the reader may see more than who it is.
    fn is_open(&self) -> bool {
        let reader = self.0.reader();
        reader.actor().user_id() == Some(self.0.id) || reader.may(Right::UserRead, Place::Municipality)
    }
}

/// Somebody who can sign in. Shown by the name of a function where the municipality names people so.
#[Object]
impl User {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::User.encode(self.0.id)
    }

    /// The name that they sign in with.
    async fn username(&self) -> &str {
        &self.0.username
    }

    /// The name that is shown, such as a function.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Their e-mail address, for themself and for those who keep or oversee users.
    async fn email(&self) -> Option<&String> {
        self.0.email.as_ref().filter(|_| self.is_open())
    }

    /// The language that they chose to be written to in, for themself and for those who keep or oversee users; null when
    /// they chose none: then it is that of the installation.
    async fn language(&self) -> Option<Language> {
        self.0.language.filter(|_| self.is_open())
    }

    /// Whether they may sign in.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// The roles that they have had, have or will have, for themself and for those who keep or oversee users; empty
    /// for others.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn role_assignments(&self) -> Result<Vec<RoleAssignment>> {
        if !self.is_open() {
            return Ok(Vec::new());
        }
        Ok(objects(self.0.many(store::RolesOfUser).await?))
    }

    /// Whether it is a person or a system.
    async fn kind(&self) -> UserKind {
        self.0.kind
    }

    /// The links to OpenID Connect providers that they sign in by, ended ones too. For those who keep or oversee users;
    /// empty for others.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn identities(&self) -> Result<Vec<UserIdentity>> {
        Ok(objects(self.0.many(IdentitiesOfUser).await?))
    }

    /// What a service account may do, has been able to, or will be. For those who keep or oversee users; empty for
    /// others, and for persons.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn permissions(&self) -> Result<Vec<ServicePermission>> {
        Ok(objects(self.0.many(PermissionsOfUser).await?))
    }

    /// The tokens of a service account, ended ones too. For those who keep or oversee users; empty for others, and for
    /// persons.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn tokens(&self) -> Result<Vec<ServiceToken>> {
        Ok(objects(self.0.many(TokensOfUser).await?))
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
