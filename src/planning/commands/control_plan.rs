use super::{
    control_year::{check_year, year_of},
    shared_points,
};
use crate::{
    access::Permit,
    graphql::{Date, NodeKind},
    organisation::department_committee_within,
    planning::{
        rules::{first_day, refuse_closed_year, refuse_department_of_shared, refuse_past_draft, writing},
        store,
    },
    use_case::{Check, Failure, Problem, Transaction, UseCase, cleared_or_changed, expect_version},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::NaiveDate;
use entity::{ControlPlanStatus, ControlScope, committee, control_plan, control_year, department};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, Condition, IntoActiveModel};
use uuid::Uuid;

/// A new control plan, a draft. A department's has the points of the shared plan from the beginning, once that is
/// adopted; others have none yet.
#[derive(Clone, Debug, InputObject)]
pub struct CreateControlPlanInput {
    /// The control year.
    pub control_year_id: ID,
    /// Whether it is the year's shared plan, or one of a department or committee.
    pub scope: ControlScope,
    /// The committee whose plan it is.
    pub committee_id: ID,
    /// The department that it is for, which answers to the committee in that year; left out for the shared plan and
    /// for a committee's own plan.
    pub department_id: Option<ID>,
    /// The first day that it holds; left out: the day that it is adopted.
    pub valid_from: Option<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

/// What an input names, as far as it is there.
#[derive(Debug)]
pub struct NamedForPlan {
    check: Check,
    year: Option<control_year::Model>,
    committee_id: Uuid,
    department_id: Option<Uuid>,
}

impl CreateControlPlanInput {
    async fn look_through(&self, tx: &Transaction) -> Result<NamedForPlan, Failure> {
        let mut check = Check::new();
        let year = check_year(&mut check, tx, &self.control_year_id).await?;
        let committee_id = check.id("committeeId", NodeKind::Committee, &self.committee_id);
        let committee = check
            .found::<committee::Entity>(
                tx,
                "committeeId",
                Some(committee_id),
                NodeKind::Committee,
                Condition::all(),
            )
            .await?;
        let department_id = check.optional_id("departmentId", NodeKind::Department, self.department_id.as_ref());
        let department = check
            .found::<department::Entity>(
                tx,
                "departmentId",
                department_id,
                NodeKind::Department,
                Condition::all(),
            )
            .await?;
        refuse_department_of_shared(&mut check, self.scope, self.department_id.is_some());
        if let (Some(year), Some(committee), Some(department)) = (&year, &committee, &department) {
            refuse_foreign_committee(&mut check, tx, year, committee, department).await?;
        }
        if let Some(year) = &year {
            let present = store::latest_plan(tx.reader(), year.id, self.scope, committee_id, department_id).await?;
            check.require(present.is_none(), || {
                Problem::duplicate("", message!("planning-plan-exists"))
            });
        }
        Ok(NamedForPlan {
            check,
            year,
            committee_id,
            department_id: department.map(|department| department.id),
        })
    }
}

impl UseCase for CreateControlPlanInput {
    const NAME: &'static str = "createControlPlan";
    type Subject = NamedForPlan;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, NamedForPlan), Failure> {
        let named = self.look_through(tx).await?;
        if self.department_id.is_some() && named.department_id.is_none() {
            return Err(named.check.into_failure());
        }
        let (right, place) = writing(self.scope, named.department_id);
        Ok((tx.permit(right, place)?, named))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, named: NamedForPlan) -> Result<Uuid, Failure> {
        named.check.finish()?;
        let Some(year) = named.year else {
            return Err(Problem::not_found("controlYearId", NodeKind::ControlYear).into());
        };
        let valid_from = self.valid_from.map(|day| day.0);
        let whose = (self.scope, named.committee_id, named.department_id);
        Ok(new_plan(tx, &permit, &year, whose, valid_from).await?.id)
    }
}

/// The first draft of a plan, with the points that it has from the beginning.
pub(super) async fn new_plan(
    tx: &mut Transaction,
    permit: &Permit,
    year: &control_year::Model,
    (scope, committee_id, department_id): (ControlScope, Uuid, Option<Uuid>),
    valid_from: Option<NaiveDate>,
) -> Result<control_plan::Model, Failure> {
    let row = control_plan::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        id: Set(Uuid::now_v7()),
        control_year_id: Set(year.id),
        scope: Set(scope),
        committee_id: Set(committee_id),
        department_id: Set(department_id),
        status: Set(ControlPlanStatus::Draft),
        plan_version: Set(1),
        valid_from: Set(valid_from),
        adopted_on: Set(None),
        supersedes_id: Set(None),
        proposed_by: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    };
    let plan = tx.insert(permit, row).await?;
    if plan.department_id.is_some() {
        shared_points::take_in(tx, permit, &plan).await?;
    }
    Ok(plan)
}

/// A department's plan is one of a committee that it answers to.
async fn refuse_foreign_committee(
    check: &mut Check,
    tx: &Transaction,
    year: &control_year::Model,
    committee: &committee::Model,
    department: &department::Model,
) -> Result<(), Failure> {
    let last = NaiveDate::from_ymd_opt(year.year, 12, 31).unwrap_or_default();
    let answers = department_committee_within(tx.reader(), department, committee.id, first_day(year), last).await?;
    check.require(answers, || {
        Problem::invalid(
            "committeeId",
            message!(
                "planning-department-of-other-committee",
                department = department.name,
                committee = committee.name,
                year = year.year
            ),
        )
    });
    Ok(())
}

/// A change of a draft of a control plan. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateControlPlanInput {
    /// The control plan.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The first day that it holds; null: the day that it is adopted.
    pub valid_from: MaybeUndefined<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateControlPlanInput {
    const NAME: &'static str = "updateControlPlan";
    type Subject = control_plan::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, control_plan::Model), Failure> {
        written_plan(tx, "id", &self.id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, plan: control_plan::Model) -> Result<Uuid, Failure> {
        expect_version(&plan, self.expected_version)?;
        let mut check = Check::new();
        check.apply(refuse_closed_year(&year_of(tx, plan.control_year_id).await?));
        check.apply(refuse_past_draft("id", &plan));
        check.finish()?;
        let mut change = plan.clone().into_active_model();
        change.valid_from = cleared_or_changed(self.valid_from.map_value(|day| day.0));
        Ok(tx.update(&permit, plan, change).await?.id)
    }
}

/// The revision of an adopted control plan: a new version, which supersedes it when it is adopted.
#[derive(Clone, Debug, InputObject)]
pub struct ReviseControlPlanInput {
    /// The adopted control plan.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for ReviseControlPlanInput {
    const NAME: &'static str = "reviseControlPlan";
    type Subject = control_plan::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, control_plan::Model), Failure> {
        written_plan(tx, "id", &self.id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, plan: control_plan::Model) -> Result<Uuid, Failure> {
        expect_version(&plan, self.expected_version)?;
        let mut check = Check::new();
        check.apply(refuse_closed_year(&year_of(tx, plan.control_year_id).await?));
        check.require(plan.status == ControlPlanStatus::Adopted, || {
            Problem::invalid("id", message!("planning-only-adopted-revised"))
        });
        if let Some(newer) = store::newer_version(tx.reader(), plan.id).await? {
            check.add(Problem::duplicate(
                "id",
                message!("planning-revision-exists", version = newer.plan_version),
            ));
        }
        check.finish()?;
        let points = store::points_of_plan(tx.reader(), plan.id).await?;
        let revision = control_plan::Model {
            id: Uuid::now_v7(),
            status: ControlPlanStatus::Draft,
            plan_version: plan.plan_version + 1,
            valid_from: None,
            adopted_on: None,
            supersedes_id: Some(plan.id),
            proposed_by: None,
            version: 1,
            created_at: tx.now(),
            ..plan
        };
        let revision = tx.insert(&permit, revision.into_active_model().reset_all()).await?;
        for point in points {
            let mut copy = point.into_active_model().reset_all();
            copy.id = Set(Uuid::now_v7());
            copy.control_plan_id = Set(revision.id);
            copy.created_at = Set(tx.now());
            tx.insert(&permit, copy).await?;
        }
        Ok(revision.id)
    }
}

/// The plan that the input names at `path`, with leave to write it.
pub(super) async fn written_plan(
    tx: &Transaction,
    path: &str,
    id: &ID,
) -> Result<(Permit, control_plan::Model), Failure> {
    let visible = store::visible_plans(tx.reader());
    let plan = tx
        .visible_subject::<control_plan::Entity>(path, NodeKind::ControlPlan, id, visible)
        .await?;
    let (right, place) = writing(plan.scope, plan.department_id);
    Ok((tx.permit(right, place)?, plan))
}
