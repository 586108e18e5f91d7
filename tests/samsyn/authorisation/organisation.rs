//! A random organisation, put into the demonstration's database: departments and committees inside one another, users
//! with roles here and there and now and then, a policy, and marks and states on what is there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use entity::{
    CommitteeKind, DepartmentKind, ReportStatus, Role, UserKind, committee, corrective_action, department,
    department_report, finding, follow_up, follow_up_performer, municipality, policy_version, role_assignment,
    user_account,
};
use proptest::prelude::RngExt;
use proptest::test_runner::TestRng;
use samsyn::access::{Place, Policy, Right, Rule};
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Database, DatabaseConnection, EntityTrait, Iterable, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::api::MJOLBY;

const DEPARTMENTS: usize = 6;
const COMMITTEES: usize = 5;
const USERS: usize = 20;
const ASSIGNMENTS: usize = 80;
const RULES: usize = 90;

/// The day of the demonstration, on which the tests ask.
pub(super) const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2018, 2, 15).expect("a day");

/// What is there after an organisation was made.
pub(super) struct Organisation {
    pub(super) municipality_id: Uuid,
    /// The users that it has and those before it have not.
    pub(super) newcomers: Vec<Uuid>,
    /// The text of its policy.
    pub(super) policy: String,
    pub(super) connection: DatabaseConnection,
    names: BTreeMap<Uuid, String>,
    departments: Vec<Uuid>,
    committees: Vec<Uuid>,
    follow_ups: Vec<(Uuid, Uuid)>,
}

fn one<T: Clone>(random: &mut TestRng, of: &[T]) -> T {
    of[random.random_range(0..of.len())].clone()
}

fn now() -> DateTime<Utc> {
    TODAY.and_hms_opt(12, 0, 0).expect("noon").and_utc()
}

impl Organisation {
    /// Makes one in the demonstration's municipality, and its policy the one with this number.
    pub(super) async fn make(url: &str, number: i32, random: &mut TestRng) -> Self {
        let connection = Database::connect(url).await.expect("a connection");
        let municipality = municipality::Entity::find()
            .filter(municipality::Column::Code.eq(MJOLBY))
            .one(&connection)
            .await
            .expect("a database")
            .expect("the municipality");
        let mut made = Self {
            municipality_id: municipality.id,
            newcomers: Vec::new(),
            policy: String::new(),
            connection,
            names: BTreeMap::new(),
            departments: Vec::new(),
            committees: Vec::new(),
            follow_ups: Vec::new(),
        };
        made.make_units(number, random).await;
        made.make_users(number, random).await;
        made.move_follow_ups(random).await;
        made.assign(random).await;
        made.mark_and_report(random).await;
        made.adopt_policy(number, random).await;
        made
    }

    /// Anywhere.
    pub(super) fn place(&self, random: &mut TestRng) -> Place {
        match random.random_range(0..7) {
            0 => Place::Municipality,
            1 | 2 => Place::Department(one(random, &self.departments)),
            3 | 4 => Place::Committee(one(random, &self.committees)),
            _ => {
                let (id, department_id) = one(random, &self.follow_ups);
                Place::FollowUp { id, department_id }
            }
        }
    }

    pub(super) fn username(&self, id: Uuid) -> String {
        self.names[&id].clone()
    }

    async fn make_units(&mut self, number: i32, random: &mut TestRng) {
        let of_municipality = department::Column::MunicipalityId.eq(self.municipality_id);
        let there = department::Entity::find()
            .filter(of_municipality)
            .order_by_asc(department::Column::Id)
            .all(&self.connection);
        self.departments = there.await.expect("departments").iter().map(|row| row.id).collect();
        let of_municipality = committee::Column::MunicipalityId.eq(self.municipality_id);
        let there = committee::Entity::find()
            .filter(of_municipality)
            .order_by_asc(committee::Column::Id)
            .all(&self.connection);
        self.committees = there.await.expect("committees").iter().map(|row| row.id).collect();
        for index in 0..DEPARTMENTS {
            let parent_id = random.random_bool(0.7).then(|| one(random, &self.departments));
            let row = department::ActiveModel {
                municipality_id: Set(self.municipality_id),
                id: Set(Uuid::now_v7()),
                code: Set(format!("D{number}-{index}")),
                name: Set(format!("Enhet {number}-{index}")),
                name_key: Set(vec![1]),
                kind: Set(if parent_id.is_some() {
                    DepartmentKind::Section
                } else {
                    DepartmentKind::Department
                }),
                parent_id: Set(parent_id),
                position: Set(1),
                version: Set(1),
                created_at: Set(now()),
            };
            self.departments
                .push(row.insert(&self.connection).await.expect("a department").id);
        }
        let kinds: Vec<CommitteeKind> = CommitteeKind::iter().collect();
        for index in 0..COMMITTEES {
            let row = committee::ActiveModel {
                municipality_id: Set(self.municipality_id),
                id: Set(Uuid::now_v7()),
                code: Set(format!("C{number}-{index}")),
                name: Set(format!("Nämnd {number}-{index}")),
                name_key: Set(vec![1]),
                kind: Set(one(random, &kinds)),
                parent_id: Set(random.random_bool(0.8).then(|| one(random, &self.committees))),
                version: Set(1),
                created_at: Set(now()),
            };
            self.committees
                .push(row.insert(&self.connection).await.expect("a committee").id);
        }
    }

    async fn make_users(&mut self, number: i32, random: &mut TestRng) {
        for index in 0..USERS {
            let username = format!("user-{number}-{index}");
            let row = user_account::ActiveModel {
                municipality_id: Set(self.municipality_id),
                id: Set(Uuid::now_v7()),
                username: Set(username.clone()),
                name: Set(username.clone()),
                name_key: Set(vec![u8::try_from(random.random_range(0..200)).expect("a byte")]),
                email: Set(None),
                language: Set(None),
                kind: Set(UserKind::Person),
                active: Set(true),
                version: Set(1),
                created_at: Set(now()),
            };
            let id = row.insert(&self.connection).await.expect("a user").id;
            self.newcomers.push(id);
            self.names.insert(id, username);
        }
    }

    /// Gives some follow-ups to other departments, and to some users.
    async fn move_follow_ups(&mut self, random: &mut TestRng) {
        let of_municipality = follow_up::Column::MunicipalityId.eq(self.municipality_id);
        let rows = follow_up::Entity::find()
            .filter(of_municipality)
            .order_by_asc(follow_up::Column::Id)
            .all(&self.connection);
        let rows = rows.await.expect("follow-ups");
        let mut taken: BTreeSet<_> = rows
            .iter()
            .map(|row| (row.control_point_id, row.department_id))
            .collect();
        for row in rows {
            let mut department_id = row.department_id;
            let other = one(random, &self.departments);
            if random.random_bool(0.3) && taken.insert((row.control_point_id, other)) {
                department_id = other;
                let change = follow_up::ActiveModel {
                    municipality_id: Unchanged(self.municipality_id),
                    id: Unchanged(row.id),
                    department_id: Set(other),
                    ..Default::default()
                };
                change.update(&self.connection).await.expect("a follow-up");
            }
            self.follow_ups.push((row.id, department_id));
            for _ in 0..random.random_range(0..3) {
                let performer = follow_up_performer::ActiveModel {
                    municipality_id: Set(self.municipality_id),
                    follow_up_id: Set(row.id),
                    user_id: Set(one(random, &self.newcomers)),
                };
                // The same again is refused, and changes nothing.
                drop(performer.insert(&self.connection).await);
            }
        }
    }

    async fn assign(&self, random: &mut TestRng) {
        let roles: Vec<Role> = Role::iter().collect();
        let around = |random: &mut TestRng| {
            let begin = TODAY - Days::new(30);
            begin + Days::new(random.random_range(0..60))
        };
        for _ in 0..ASSIGNMENTS {
            let (department_id, committee_id) = match random.random_range(0..5) {
                0 => (None, None),
                1 | 2 => (Some(one(random, &self.departments)), None),
                _ => (None, Some(one(random, &self.committees))),
            };
            let ends = around(random);
            // Half of them on the day itself or beside it, where a comparison that is off by one shows.
            let valid_from = match random.random_range(0..6) {
                0 => TODAY,
                1 => TODAY + Days::new(1),
                _ => ends.min(TODAY) - Days::new(random.random_range(0..30)),
            };
            let valid_to = match random.random_range(0..6) {
                0 => Some(TODAY.max(valid_from)),
                1 => Some((TODAY - Days::new(1)).max(valid_from)),
                2 => Some(ends.max(valid_from)),
                _ => None,
            };
            let row = role_assignment::ActiveModel {
                municipality_id: Set(self.municipality_id),
                id: Set(Uuid::now_v7()),
                user_id: Set(one(random, &self.newcomers)),
                role: Set(one(random, &roles)),
                department_id: Set(department_id),
                committee_id: Set(committee_id),
                valid_from: Set(valid_from),
                valid_to: Set(valid_to),
                granted_by: Set(None),
                in_force: Set(random.random_bool(0.9)),
                version: Set(1),
                created_at: Set(now()),
            };
            row.insert(&self.connection).await.expect("an assignment");
        }
    }

    /// Marks some findings and actions, moves some reports, and has some findings registered after their submission.
    async fn mark_and_report(&self, random: &mut TestRng) {
        let ground = |random: &mut TestRng| random.random_bool(0.3).then(|| "18 kap. 8 § OSL".to_owned());
        let of_municipality = finding::Column::MunicipalityId.eq(self.municipality_id);
        let rows = finding::Entity::find()
            .filter(of_municipality)
            .order_by_asc(finding::Column::Id)
            .all(&self.connection);
        for row in rows.await.expect("findings") {
            let change = finding::ActiveModel {
                municipality_id: Unchanged(self.municipality_id),
                id: Unchanged(row.id),
                secrecy_ground: Set(ground(random)),
                created_at: Set(now() + TimeDelta::days(random.random_range(-20..20))),
                ..Default::default()
            };
            change.update(&self.connection).await.expect("a finding");
        }
        let of_municipality = corrective_action::Column::MunicipalityId.eq(self.municipality_id);
        let rows = corrective_action::Entity::find()
            .filter(of_municipality)
            .order_by_asc(corrective_action::Column::Id)
            .all(&self.connection);
        for row in rows.await.expect("actions") {
            let department_id = match row.follow_up_id {
                None => row.department_id,
                Some(id) => self
                    .follow_ups
                    .iter()
                    .find(|(known, _)| *known == id)
                    .map(|(_, department)| *department),
            };
            let change = corrective_action::ActiveModel {
                municipality_id: Unchanged(self.municipality_id),
                id: Unchanged(row.id),
                department_id: Set(department_id),
                secrecy_ground: Set(ground(random)),
                created_at: Set(now() + TimeDelta::days(random.random_range(-20..20))),
                ..Default::default()
            };
            change.update(&self.connection).await.expect("an action");
        }
        let statuses: Vec<ReportStatus> = ReportStatus::iter().collect();
        let of_municipality = department_report::Column::MunicipalityId.eq(self.municipality_id);
        let rows = department_report::Entity::find()
            .filter(of_municipality)
            .order_by_asc(department_report::Column::Id)
            .all(&self.connection);
        for row in rows.await.expect("reports") {
            let status = one(random, &statuses);
            let published = status == ReportStatus::Decided && random.random_bool(0.5);
            let change = department_report::ActiveModel {
                municipality_id: Unchanged(self.municipality_id),
                id: Unchanged(row.id),
                status: Set(status),
                content_hash: Set(Some("0".repeat(64))),
                submitted_at: Set(Some(now() + TimeDelta::days(random.random_range(-20..20)))),
                published_at: Set(published.then(now)),
                ..Default::default()
            };
            change.update(&self.connection).await.expect("a report");
        }
    }

    async fn adopt_policy(&mut self, number: i32, random: &mut TestRng) {
        let roles: Vec<Role> = Role::iter().collect();
        let rules = (0..RULES).map(|_| Rule {
            role: one(random, &roles),
            right: one(random, &Right::ALL),
        });
        self.policy = Policy::of(rules.collect::<Vec<_>>()).text();
        let row = policy_version::ActiveModel {
            municipality_id: Set(self.municipality_id),
            id: Set(Uuid::now_v7()),
            number: Set(number),
            rules: Set(self.policy.clone()),
            reason: Set(None),
            in_force: Set(true),
            proposed_by: Set(None),
            created_at: Set(now()),
        };
        row.insert(&self.connection).await.expect("a policy");
    }
}
