//! The people and service accounts of the matrix: written as rows, since most of them could not be made today.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Role, UserKind, follow_up_performer, role_assignment, service_permission, service_token, user_account};
use samsyn::access::{Identity, Right};
use samsyn::graphql::NodeKind;
use samsyn::organisation::{find_municipality, find_user};
use sea_orm::{ActiveValue::Set, DatabaseConnection, EntityTrait};
use uuid::Uuid;

use crate::api::{MJOLBY, Server};

use super::operations::{Operation, Reaches};
use super::place::Place;
use super::situation::{Standing, Who};

pub(super) const MAKER: [Role; 4] = [
    Role::Coordinator,
    Role::DepartmentController,
    Role::Registrar,
    Role::Performer,
];
pub(super) const CHECKER: [Role; 2] = [Role::DepartmentHead, Role::CommitteeSecretary];
pub(super) const KEEPER: [Role; 1] = [Role::Administrator];

const STANDINGS: [Standing; 4] = [
    Standing::Holds,
    Standing::Expired,
    Standing::NotBegun,
    Standing::Disabled,
];

/// Those who ask, by how they stand; service accounts also by their permission.
pub(super) struct People {
    identities: HashMap<(Standing, Option<(Right, Reaches)>), Identity>,
    public: Uuid,
}

impl People {
    /// Makes those who ask as `who`, with what they have in `place`.
    pub(super) async fn of(server: &Server, who: Who, place: &Place, operations: &[Operation]) -> Self {
        let connection = connect(server).await;
        let municipality_id = place.row("Municipality", NodeKind::Municipality);
        let department = place.row("Department", NodeKind::Department);
        let committee = place.row("Committee", NodeKind::Committee);
        let mut identities = HashMap::new();
        for standing in STANDINGS {
            if let Some(role) = who.role() {
                let user_id = user(&connection, municipality_id, &format!("{standing:?}"), standing, false).await;
                let (department_id, committee_id) = match role {
                    Role::DepartmentController | Role::DepartmentHead | Role::Performer => (Some(department), None),
                    Role::CommitteeSecretary | Role::CommitteeMember => (None, Some(committee)),
                    _ => (None, None),
                };
                give(
                    &connection,
                    municipality_id,
                    user_id,
                    role,
                    (department_id, committee_id),
                    standing,
                )
                .await;
                if role == Role::Performer {
                    assign(
                        server,
                        municipality_id,
                        place.row("FollowUp", NodeKind::FollowUp),
                        user_id,
                    )
                    .await;
                }
                let identity = Identity::User {
                    municipality_id,
                    user_id,
                };
                identities.insert((standing, None), identity);
            }
            if who == Who::Service {
                let pairs: BTreeSet<_> = operations.iter().map(|it| (it.right, it.of as u8)).collect();
                for operation in operations {
                    let key = (standing, Some((operation.right, operation.of)));
                    if !pairs.contains(&(operation.right, operation.of as u8)) || identities.contains_key(&key) {
                        continue;
                    }
                    let reach = match operation.of {
                        Reaches::Municipality => (None, None),
                        Reaches::Committee => (None, Some(committee)),
                        Reaches::Department => (Some(department), None),
                    };
                    let identity = service(&connection, municipality_id, operation.right, reach, standing).await;
                    identities.insert(key, identity);
                }
            }
        }
        let public = find_municipality(server.database(), MJOLBY).await.expect("a database");
        let public = public.expect("a municipality").id;
        Self { identities, public }
    }

    /// Who asks.
    pub(super) fn identity(&self, who: Who, standing: Standing, operation: &Operation) -> Identity {
        let permission = (who == Who::Service).then_some((operation.right, operation.of));
        match self.identities.get(&(standing, permission)) {
            Some(identity) if standing != Standing::Nobody => identity.clone(),
            _ => Identity::Public {
                municipality_id: self.public,
            },
        }
    }
}

/// Somebody with roles that reach the whole municipality.
pub(super) async fn superuser(server: &Server, municipality: &str, username: &str, roles: &[Role]) -> (Uuid, Uuid) {
    let connection = connect(server).await;
    let administrator = find_user(server.database(), municipality, "administrator").await;
    let municipality_id = administrator
        .expect("a database")
        .expect("an administrator")
        .municipality_id;
    let user_id = user(&connection, municipality_id, username, Standing::Holds, false).await;
    for role in roles {
        give(
            &connection,
            municipality_id,
            user_id,
            *role,
            (None, None),
            Standing::Holds,
        )
        .await;
    }
    (municipality_id, user_id)
}

/// Assigns a follow-up to somebody.
pub(super) async fn assign(server: &Server, municipality_id: Uuid, follow_up_id: Uuid, user_id: Uuid) {
    let row = follow_up_performer::ActiveModel {
        municipality_id: Set(municipality_id),
        follow_up_id: Set(follow_up_id),
        user_id: Set(user_id),
    };
    let connection = connect(server).await;
    let insert = follow_up_performer::Entity::insert(row);
    insert
        .exec_without_returning(&connection)
        .await
        .expect("an assigned follow-up");
}

async fn connect(server: &Server) -> DatabaseConnection {
    sea_orm::Database::connect(server.database_url())
        .await
        .expect("a connection")
}

fn long_ago() -> DateTime<Utc> {
    DateTime::from_timestamp(1_450_000_000, 0).unwrap_or_default()
}

fn period(standing: Standing) -> (NaiveDate, Option<NaiveDate>) {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    match standing {
        Standing::Expired => (day("2016-01-01"), Some(day("2018-02-14"))),
        Standing::NotBegun => (day("2018-02-16"), None),
        _ => (day("2016-01-01"), None),
    }
}

async fn user(
    db: &DatabaseConnection,
    municipality_id: Uuid,
    username: &str,
    standing: Standing,
    service: bool,
) -> Uuid {
    let id = Uuid::now_v7();
    let row = user_account::ActiveModel {
        municipality_id: Set(municipality_id),
        id: Set(id),
        username: Set(username.to_owned()),
        name: Set(username.to_owned()),
        name_key: Set(samsyn::collation::sort_key(username)),
        email: Set(None),
        language: Set(None),
        kind: Set(if service { UserKind::Service } else { UserKind::Person }),
        active: Set(standing != Standing::Disabled),
        version: Set(1),
        created_at: Set(long_ago()),
    };
    let insert = user_account::Entity::insert(row);
    insert.exec_without_returning(db).await.expect("a user");
    id
}

async fn give(
    db: &DatabaseConnection,
    municipality_id: Uuid,
    user_id: Uuid,
    role: Role,
    reach: (Option<Uuid>, Option<Uuid>),
    standing: Standing,
) {
    let (valid_from, valid_to) = period(standing);
    let row = role_assignment::ActiveModel {
        municipality_id: Set(municipality_id),
        id: Set(Uuid::now_v7()),
        user_id: Set(user_id),
        role: Set(role),
        department_id: Set(reach.0),
        committee_id: Set(reach.1),
        valid_from: Set(valid_from),
        valid_to: Set(valid_to),
        granted_by: Set(None),
        in_force: Set(true),
        version: Set(1),
        created_at: Set(long_ago()),
    };
    let insert = role_assignment::Entity::insert(row);
    insert.exec_without_returning(db).await.expect("a role");
}

async fn service(
    db: &DatabaseConnection,
    municipality_id: Uuid,
    right: Right,
    reach: (Option<Uuid>, Option<Uuid>),
    standing: Standing,
) -> Identity {
    let name = format!("{right} {standing:?} {}", Uuid::now_v7());
    let user_id = user(db, municipality_id, &name, standing, true).await;
    let (valid_from, valid_to) = period(standing);
    let permission = service_permission::ActiveModel {
        municipality_id: Set(municipality_id),
        id: Set(Uuid::now_v7()),
        user_id: Set(user_id),
        permission: Set(right.to_string()),
        department_id: Set(reach.0),
        committee_id: Set(reach.1),
        valid_from: Set(valid_from),
        valid_to: Set(valid_to),
        in_force: Set(true),
        granted_by: Set(None),
        version: Set(1),
        created_at: Set(long_ago()),
    };
    let insert = service_permission::Entity::insert(permission);
    insert.exec_without_returning(db).await.expect("a permission");
    let token_hash = format!("{0}{0}", user_id.simple());
    let token = service_token::ActiveModel {
        municipality_id: Set(municipality_id),
        id: Set(Uuid::now_v7()),
        user_id: Set(user_id),
        name: Set("matrix".to_owned()),
        token_hash: Set(token_hash.clone()),
        hint: Set("0000".to_owned()),
        expires_at: Set(Utc::now() + chrono::TimeDelta::days(1)),
        revoked_at: Set(None),
        last_used_at: Set(None),
        in_force: Set(true),
        issued_by: Set(None),
        version: Set(1),
        created_at: Set(long_ago()),
    };
    let insert = service_token::Entity::insert(token);
    insert.exec_without_returning(db).await.expect("a token");
    Identity::Service {
        municipality_id,
        token_hash,
    }
}
