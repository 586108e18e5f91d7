use super::{LAST_NUMBER, control_plan::written_plan, control_year::year_of};
use crate::{
    access::{Permit, Reader},
    database::StoreError,
    graphql::NodeKind,
    planning::{
        rules::{refuse_closed_year, refuse_past_draft, work_has_begun},
        store,
    },
    use_case::{
        Check, Failure, Problem, SHORT_TEXT, Transaction, UseCase, changed, cleared_or_changed, expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{ControlScope, control_plan, control_point, plan_point};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A control point for a draft of a control plan.
#[derive(Clone, Debug, InputObject)]
pub struct AddPlanPointInput {
    /// The control plan.
    pub control_plan_id: ID,
    /// The version of the plan that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The control point, of the plan's year: a shared one, or one of the plan's own department.
    pub control_point_id: ID,
    /// Its number in the plan, from 1; each is given once.
    pub number: i32,
    /// The function that answers for it here, where it is another than the point's own.
    pub local_owner: Option<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for AddPlanPointInput {
    const NAME: &'static str = "addPlanPoint";
    type Subject = control_plan::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, control_plan::Model), Failure> {
        written_plan(tx, "controlPlanId", &self.control_plan_id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, plan: control_plan::Model) -> Result<Uuid, Failure> {
        expect_version(&plan, self.expected_version)?;
        let mut check = open_draft(tx, &plan).await?;
        let point_id = check.id("controlPointId", NodeKind::ControlPoint, &self.control_point_id);
        let visible = store::visible_points(tx.reader());
        let point = check
            .found::<control_point::Entity>(tx, "controlPointId", Some(point_id), NodeKind::ControlPoint, visible)
            .await?;
        if let Some(point) = &point {
            refuse_unfitting(&mut check, tx.reader(), &plan, point).await?;
        }
        check.number("number", Some(self.number), 1..=LAST_NUMBER);
        check.optional_text("localOwner", self.local_owner.as_ref(), SHORT_TEXT);
        let places = store::points_of_plan(tx.reader(), plan.id).await?;
        check.require(places.iter().all(|place| place.number != self.number), || {
            Problem::duplicate("number", message!("planning-number-taken", number = self.number))
        });
        check.require(places.iter().all(|place| place.control_point_id != point_id), || {
            Problem::duplicate("controlPointId", message!("planning-point-in-plan"))
        });
        check.finish()?;
        give_place(tx, &permit, plan.id, point_id, (self.number, self.local_owner)).await?;
        Ok(tx.touch(&permit, plan).await?.id)
    }
}

/// Gives a point a place in a plan, with its number and who answers for it there.
pub(super) async fn give_place(
    tx: &mut Transaction,
    permit: &Permit,
    control_plan_id: Uuid,
    control_point_id: Uuid,
    (number, local_owner): (i32, Option<String>),
) -> Result<(), Failure> {
    let row = plan_point::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        id: Set(Uuid::now_v7()),
        control_plan_id: Set(control_plan_id),
        control_point_id: Set(control_point_id),
        number: Set(number),
        local_owner: Set(local_owner),
        created_at: Set(tx.now()),
    };
    tx.insert(permit, row).await?;
    Ok(())
}

/// A control point that a draft of a control plan shall not have any more.
#[derive(Clone, Debug, InputObject)]
pub struct RemovePlanPointInput {
    /// The control plan.
    pub control_plan_id: ID,
    /// The version of the plan that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The control point.
    pub control_point_id: ID,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for RemovePlanPointInput {
    const NAME: &'static str = "removePlanPoint";
    type Subject = control_plan::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, control_plan::Model), Failure> {
        written_plan(tx, "controlPlanId", &self.control_plan_id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, plan: control_plan::Model) -> Result<Uuid, Failure> {
        expect_version(&plan, self.expected_version)?;
        let mut check = open_draft(tx, &plan).await?;
        let point_id = check.id("controlPointId", NodeKind::ControlPoint, &self.control_point_id);
        let places = store::points_of_plan(tx.reader(), plan.id).await?;
        let place = places.into_iter().find(|place| place.control_point_id == point_id);
        match &place {
            Some(place) => {
                refuse_shared(&mut check, tx, &plan, point_id).await?;
                let begun = store::begun(tx.reader(), vec![place.control_point_id]).await?;
                check.require(
                    !work_has_begun(&begun, place.control_point_id, plan.department_id),
                    || Problem::invalid("controlPointId", message!("planning-point-followed-up")),
                );
            }
            None if point_id.is_nil() => {}
            None => check.add(Problem::not_found(
                "controlPointId",
                message!("planning-no-such-point-in-plan"),
            )),
        }
        check.finish()?;
        if let Some(place) = place {
            tx.delete(&permit, place).await?;
        }
        Ok(tx.touch(&permit, plan).await?.id)
    }
}

/// A change of a control point's place in a draft of a control plan. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdatePlanPointInput {
    /// The control plan.
    pub control_plan_id: ID,
    /// The version of the plan that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The control point.
    pub control_point_id: ID,
    /// Its number in the plan, from 1; each is given once.
    pub number: MaybeUndefined<i32>,
    /// The function that answers for it here; null where it is the point's own.
    pub local_owner: MaybeUndefined<String>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdatePlanPointInput {
    const NAME: &'static str = "updatePlanPoint";
    type Subject = control_plan::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, control_plan::Model), Failure> {
        written_plan(tx, "controlPlanId", &self.control_plan_id).await
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, plan: control_plan::Model) -> Result<Uuid, Failure> {
        expect_version(&plan, self.expected_version)?;
        let mut check = open_draft(tx, &plan).await?;
        let point_id = check.id("controlPointId", NodeKind::ControlPoint, &self.control_point_id);
        check.not_null("number", &self.number);
        let number = self.number.value().copied();
        check.number("number", number, 1..=LAST_NUMBER);
        check.optional_text_change("localOwner", &self.local_owner, SHORT_TEXT);
        let (place, others): (Vec<_>, Vec<_>) = store::points_of_plan(tx.reader(), plan.id)
            .await?
            .into_iter()
            .partition(|place| place.control_point_id == point_id);
        if let Some(number) = number {
            check.require(others.iter().all(|place| place.number != number), || {
                Problem::duplicate("number", message!("planning-other-number-taken", number))
            });
        }
        check.require(point_id.is_nil() || !place.is_empty(), || {
            Problem::not_found("controlPointId", message!("planning-no-such-point-in-plan"))
        });
        check.finish()?;
        for place in place {
            let mut change = place.clone().into_active_model();
            change.number = changed(self.number);
            change.local_owner = cleared_or_changed(self.local_owner.clone());
            tx.update(&permit, place, change).await?;
        }
        Ok(tx.touch(&permit, plan).await?.id)
    }
}

/// Notes when a point is one of the shared plan in force, which a department's plan always has.
async fn refuse_shared(
    check: &mut Check,
    tx: &Transaction,
    plan: &control_plan::Model,
    point_id: Uuid,
) -> Result<(), Failure> {
    if plan.department_id.is_none() {
        return Ok(());
    }
    if let Some(shared) = store::shared_plan_in_force(tx.reader(), plan.control_year_id).await? {
        let places = store::points_of_plan(tx.reader(), shared.id).await?;
        check.require(places.iter().all(|place| place.control_point_id != point_id), || {
            Problem::invalid("controlPointId", message!("planning-shared-point-in-plan"))
        });
    }
    Ok(())
}

/// A check that has found whether the plan's points can change at all.
async fn open_draft(tx: &Transaction, plan: &control_plan::Model) -> Result<Check, Failure> {
    let mut check = Check::new();
    check.apply(refuse_closed_year(&year_of(tx, plan.control_year_id).await?));
    check.apply(refuse_past_draft("controlPlanId", plan));
    Ok(check)
}

/// Notes when a point has no place in a plan: it is of another year, of another department, or the plan's department
/// is exempt from it.
pub(super) async fn refuse_unfitting(
    check: &mut Check,
    reader: &Reader,
    plan: &control_plan::Model,
    point: &control_point::Model,
) -> Result<(), StoreError> {
    check.require(point.control_year_id == plan.control_year_id, || {
        Problem::invalid("controlPointId", message!("planning-point-of-other-year"))
    });
    if point.scope == ControlScope::Department {
        let own = plan.scope == ControlScope::Department && point.department_id == plan.department_id;
        check.require(own, || {
            Problem::invalid("controlPointId", message!("planning-point-of-other-department"))
        });
    } else if let Some(department_id) = plan.department_id {
        let exempt = store::is_exempt(reader, point.id, department_id).await?;
        check.require(!exempt, || {
            Problem::invalid("controlPointId", message!("planning-plan-exempt"))
        });
    }
    Ok(())
}
