//! More departments for Mjölby than the demonstration has, each with the shared points followed up and assessed: put into
//! the database at once, since making them one by one through the API is not what is tested.

use chrono::{NaiveDate, Utc};
use entity::{
    ControlPlanStatus, ControlScope, DepartmentKind, FindingStatus, FollowUpStatus, Role, Severity, assessment,
    committee, control_plan, control_point, control_year, department, department_committee, finding, follow_up,
    plan_point, rating_level, reporting_occasion, role_assignment, user_account,
};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, Database, DatabaseConnection, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::api::Server;
use crate::audit::Log;

/// A department that was added.
#[derive(Clone, Debug)]
pub(crate) struct Added {
    pub(crate) code: String,
    pub(crate) id: Uuid,
    pub(crate) assessments: Vec<Uuid>,
}

/// Adds departments that answer to the board, with their plans in force, each with a finding and an assessment of each
/// shared point by the performer of UTB. The controller of UTB has that role in all of them.
pub(crate) async fn add(server: &Server, number: usize, status: FollowUpStatus) -> Vec<Added> {
    let connection = Database::connect(server.database_url()).await.expect("a connection");
    let municipality_id = Log::of(server).await.municipality.id;
    let now = Utc::now();
    let first_day = NaiveDate::from_ymd_opt(2015, 1, 1).expect("a day");
    let year = one::<control_year::Entity>(&connection, control_year::Column::Year.eq(2017), municipality_id).await;
    let board = one::<committee::Entity>(&connection, committee::Column::Code.eq("KS"), municipality_id).await;
    let of_year = reporting_occasion::Column::ControlYearId.eq(year.id);
    let occasion = one::<reporting_occasion::Entity>(&connection, of_year, municipality_id).await;
    let green = rating_level::Column::ControlYearId
        .eq(year.id)
        .and(rating_level::Column::Code.eq("GREEN"));
    let rating = one::<rating_level::Entity>(&connection, green, municipality_id).await;
    let user = |name: &'static str| user_account::Column::Username.eq(name);
    let performer = one::<user_account::Entity>(&connection, user("performer-utb"), municipality_id).await;
    let controller = one::<user_account::Entity>(&connection, user("controller-utb"), municipality_id).await;
    let shared = control_point::Entity::find()
        .filter(control_point::Column::MunicipalityId.eq(municipality_id))
        .filter(control_point::Column::Scope.eq(ControlScope::Shared))
        .all(&connection)
        .await
        .expect("points");
    let mut rows = Rows::default();
    let mut added = Vec::new();
    for index in 0..number {
        let (id, plan_id) = (Uuid::now_v7(), Uuid::now_v7());
        let code = format!("M{index}");
        rows.departments.push(department::ActiveModel {
            municipality_id: Set(municipality_id),
            id: Set(id),
            code: Set(code.clone()),
            name: Set(format!("Förvaltning {index}")),
            name_key: Set(vec![1]),
            kind: Set(DepartmentKind::Department),
            parent_id: Set(None),
            position: Set(100),
            version: Set(1),
            created_at: Set(now),
        });
        rows.periods.push(department_committee::ActiveModel {
            municipality_id: Set(municipality_id),
            id: Set(Uuid::now_v7()),
            department_id: Set(id),
            committee_id: Set(board.id),
            valid_from: Set(first_day),
            valid_to: Set(None),
            version: Set(1),
            created_at: Set(now),
        });
        rows.roles.push(role_assignment::ActiveModel {
            municipality_id: Set(municipality_id),
            id: Set(Uuid::now_v7()),
            user_id: Set(controller.id),
            role: Set(Role::DepartmentController),
            department_id: Set(Some(id)),
            committee_id: Set(None),
            valid_from: Set(first_day),
            valid_to: Set(None),
            granted_by: Set(None),
            in_force: Set(true),
            version: Set(1),
            created_at: Set(now),
        });
        rows.plans.push(control_plan::ActiveModel {
            municipality_id: Set(municipality_id),
            id: Set(plan_id),
            control_year_id: Set(year.id),
            scope: Set(ControlScope::Department),
            committee_id: Set(board.id),
            department_id: Set(Some(id)),
            status: Set(ControlPlanStatus::Adopted),
            plan_version: Set(1),
            valid_from: Set(Some(first_day)),
            adopted_on: Set(Some(first_day)),
            supersedes_id: Set(None),
            proposed_by: Set(None),
            version: Set(1),
            created_at: Set(now),
        });
        let mut assessments = Vec::new();
        for (place, point) in (1..).zip(&shared) {
            let (place_id, follow_up_id, assessment_id) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
            rows.places.push(plan_point::ActiveModel {
                municipality_id: Set(municipality_id),
                id: Set(place_id),
                control_plan_id: Set(plan_id),
                control_point_id: Set(point.id),
                number: Set(place),
                local_owner: Set(None),
                created_at: Set(now),
            });
            rows.follow_ups.push(follow_up::ActiveModel {
                municipality_id: Set(municipality_id),
                id: Set(follow_up_id),
                control_year_id: Set(year.id),
                control_point_id: Set(point.id),
                department_id: Set(id),
                plan_point_id: Set(place_id),
                version: Set(1),
                created_at: Set(now),
            });
            rows.assessments.push(assessment::ActiveModel {
                municipality_id: Set(municipality_id),
                id: Set(assessment_id),
                follow_up_id: Set(follow_up_id),
                occasion_id: Set(occasion.id),
                status: Set(status),
                rating_level_id: Set(Some(rating.id)),
                progress_percent: Set(None),
                conclusion: Set(Some("Fungerar".to_owned())),
                stated_trend: Set(None),
                assessed_by: Set(Some(performer.id)),
                assessed_at: Set(Some(now)),
                reviewed_by: Set((status == FollowUpStatus::Reviewed).then_some(controller.id)),
                reviewed_at: Set((status == FollowUpStatus::Reviewed).then_some(now)),
                sent_back_reason: Set(None),
                secrecy_ground: Set(None),
                version: Set(1),
                created_at: Set(now),
            });
            rows.findings.push(finding_of(municipality_id, follow_up_id));
            assessments.push(assessment_id);
        }
        added.push(Added { code, id, assessments });
    }
    rows.insert(&connection).await;
    added
}

fn finding_of(municipality_id: Uuid, follow_up_id: Uuid) -> finding::ActiveModel {
    finding::ActiveModel {
        municipality_id: Set(municipality_id),
        id: Set(Uuid::now_v7()),
        follow_up_id: Set(follow_up_id),
        control_check_id: Set(None),
        review_id: Set(None),
        area: Set(Some("Rutiner".to_owned())),
        severity: Set(Some(Severity::Low)),
        severity_rank: Set(1),
        effort: Set(None),
        severity_basis: Set(None),
        status: Set(FindingStatus::Open),
        title: Set("Rutinen är inte dokumenterad".to_owned()),
        description: Set(None),
        affected: Set(None),
        population: Set(None),
        accepted_by: Set(None),
        accepted_reason: Set(None),
        reopened_reason: Set(None),
        resolved_by: Set(None),
        verified_by: Set(None),
        registered_by: Set(None),
        secrecy_ground: Set(None),
        version: Set(1),
        created_at: Set(Utc::now()),
    }
}

#[derive(Default)]
struct Rows {
    departments: Vec<department::ActiveModel>,
    periods: Vec<department_committee::ActiveModel>,
    roles: Vec<role_assignment::ActiveModel>,
    plans: Vec<control_plan::ActiveModel>,
    places: Vec<plan_point::ActiveModel>,
    follow_ups: Vec<follow_up::ActiveModel>,
    assessments: Vec<assessment::ActiveModel>,
    findings: Vec<finding::ActiveModel>,
}

impl Rows {
    async fn insert(self, connection: &DatabaseConnection) {
        insert(connection, self.departments).await;
        insert(connection, self.periods).await;
        insert(connection, self.roles).await;
        insert(connection, self.plans).await;
        insert(connection, self.places).await;
        insert(connection, self.follow_ups).await;
        insert(connection, self.assessments).await;
        insert(connection, self.findings).await;
    }
}

/// Rows in portions that a statement's parameters suffice for.
async fn insert<A: sea_orm::ActiveModelTrait + Clone + Send>(connection: &DatabaseConnection, rows: Vec<A>) {
    for portion in rows.chunks(500) {
        A::Entity::insert_many(portion.to_vec())
            .exec_without_returning(connection)
            .await
            .expect("rows");
    }
}

async fn one<E: samsyn::database::TenantTable>(
    connection: &DatabaseConnection,
    condition: impl sea_orm::sea_query::IntoCondition,
    municipality_id: Uuid,
) -> E::Model {
    E::find()
        .filter(E::MUNICIPALITY.eq(municipality_id))
        .filter(condition.into_condition())
        .one(connection)
        .await
        .expect("a database")
        .expect("a row")
}
