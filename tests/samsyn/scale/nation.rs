//! Every municipality of the country on one server: 290, of 12 departments with 25 users each.

use std::hint::black_box;
use std::time::Instant;

use chrono::{NaiveDate, Utc};
use entity::{DepartmentKind, Role, UserKind, department, policy_version, role_assignment, user_account};
use libtest_mimic::Trial;
use samsyn::access::{Actor, Identity, Place, Policy, Right};
use samsyn::organisation::{NewMunicipality, create_municipality};
use sea_orm::ActiveValue::Set;
use sea_orm::{Database, DatabaseConnection, EntityTrait};
use uuid::Uuid;

use super::count;
use crate::api::Server;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, a_check_costs_the_same_with_every_municipality_loaded]
}

const MUNICIPALITIES: usize = 290;
const DEPARTMENTS: usize = 12;
const USERS: usize = 25;

/// How often each actor is asked about, for the time.
const CHECKS: usize = 2_000;

async fn a_check_costs_the_same_with_every_municipality_loaded(server: Server) {
    let connection = Database::connect(server.database_url()).await.expect("a connection");
    let policy = Policy::shipped().await.expect("a policy").text();
    let mut everybody = Vec::new();
    for number in 0..count(MUNICIPALITIES) {
        everybody.extend(municipality(&server, &connection, number, &policy).await);
    }
    let begun = Instant::now();
    let mut actors = Vec::new();
    for (identity, department_id) in &everybody {
        let reader = server.gate().reader(identity).await.expect("a reader");
        actors.push((reader.actor().clone(), *department_id));
    }
    let signed_in = begun.elapsed() / u32::try_from(actors.len()).expect("a number");
    // Each is a controller of their own department and nobody in the next one, of their municipality or another.
    let begun = Instant::now();
    let mut allowed = 0;
    for (index, (actor, own)) in actors.iter().enumerate() {
        let next = actors[(index + 1) % actors.len()].1;
        for _ in 0..CHECKS / 2 {
            allowed += usize::from(asks(actor, *own)) + usize::from(asks(actor, next)) * 1_000_000;
        }
    }
    let checks = actors.len() * CHECKS;
    let nanoseconds = begun.elapsed().as_nanos() / u128::try_from(checks).expect("a number");
    assert_eq!(allowed, checks / 2, "one each, and none of the next department");
    eprintln!(
        "{} municipalities, {} users: {nanoseconds} ns a check, {signed_in:.1?} to read who asks",
        count(MUNICIPALITIES),
        count(MUNICIPALITIES) * DEPARTMENTS * USERS,
    );
}

fn asks(actor: &Actor, department_id: Uuid) -> bool {
    let place = Place::FollowUp {
        id: department_id,
        department_id,
    };
    black_box(actor).may(black_box(Right::EvidenceWrite), black_box(place))
}

/// Creates a municipality with a policy of its own, and answers a controller of each of its departments.
async fn municipality(
    server: &Server,
    connection: &DatabaseConnection,
    number: usize,
    policy: &str,
) -> Vec<(Identity, Uuid)> {
    let new = NewMunicipality {
        code: format!("{:04}", 9_000 + number),
        name: format!("Kommun {number}"),
        organisation_number: None,
        administrator: "administrator".to_owned(),
    };
    let municipality_id = create_municipality(server.gate(), new)
        .await
        .expect("a municipality")
        .id;
    let now = Utc::now();
    let policy = policy_version::ActiveModel {
        municipality_id: Set(municipality_id),
        id: Set(Uuid::now_v7()),
        number: Set(1),
        rules: Set(policy.to_owned()),
        reason: Set(None),
        in_force: Set(true),
        proposed_by: Set(None),
        created_at: Set(now),
    };
    insert(connection, vec![policy]).await;
    let departments: Vec<Uuid> = (0..DEPARTMENTS).map(|_| Uuid::now_v7()).collect();
    let rows = departments
        .iter()
        .enumerate()
        .map(|(index, id)| department::ActiveModel {
            municipality_id: Set(municipality_id),
            id: Set(*id),
            code: Set(format!("D{index}")),
            name: Set(format!("Förvaltning {index}")),
            name_key: Set(vec![1]),
            kind: Set(DepartmentKind::Department),
            parent_id: Set(None),
            position: Set(1),
            version: Set(1),
            created_at: Set(now),
        });
    insert(connection, rows.collect()).await;
    let users: Vec<(Uuid, Uuid)> = departments
        .iter()
        .flat_map(|department| (0..USERS).map(|_| (Uuid::now_v7(), *department)))
        .collect();
    let rows = users
        .iter()
        .enumerate()
        .map(|(index, (id, _))| user_account::ActiveModel {
            municipality_id: Set(municipality_id),
            id: Set(*id),
            username: Set(format!("user-{index}")),
            name: Set(format!("Användare {index}")),
            name_key: Set(vec![1]),
            email: Set(None),
            language: Set(None),
            kind: Set(UserKind::Person),
            active: Set(true),
            version: Set(1),
            created_at: Set(now),
        });
    insert(connection, rows.collect()).await;
    let rows = users.iter().map(|(id, department)| role_assignment::ActiveModel {
        municipality_id: Set(municipality_id),
        id: Set(Uuid::now_v7()),
        user_id: Set(*id),
        role: Set(Role::DepartmentController),
        department_id: Set(Some(*department)),
        committee_id: Set(None),
        valid_from: Set(NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day")),
        valid_to: Set(None),
        granted_by: Set(None),
        in_force: Set(true),
        version: Set(1),
        created_at: Set(now),
    });
    insert(connection, rows.collect()).await;
    users
        .into_iter()
        .step_by(USERS)
        .map(|(user_id, department)| {
            (
                Identity::User {
                    municipality_id,
                    user_id,
                },
                department,
            )
        })
        .collect()
}

async fn insert<A>(connection: &DatabaseConnection, rows: Vec<A>)
where
    A: sea_orm::ActiveModelTrait + Send,
{
    A::Entity::insert_many(rows)
        .exec_without_returning(connection)
        .await
        .expect("rows");
}
