use super::control_year::{check_year, year_of};
use crate::{
    access::{Permit, Right},
    graphql::NodeKind,
    planning::{
        rules::{refuse_bad_value, refuse_closed_year, refuse_off_scale, risk_place, risk_value},
        store,
    },
    use_case::{
        Check, Failure, LONG_TEXT, NAME_TEXT, Problem, Transaction, UseCase, changed, cleared_or_changed,
        expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{RiskTreatment, control_year, department, risk};
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel};
use uuid::Uuid;

/// A new risk.
#[derive(Clone, Debug, InputObject)]
pub struct CreateRiskInput {
    /// The control year.
    pub control_year_id: ID,
    /// The department whose risk it is; left out when it is the whole municipality's.
    pub department_id: Option<ID>,
    /// What may go wrong.
    pub description: String,
    /// What sort of risk it is.
    pub category: Option<String>,
    /// The process that it threatens.
    pub process: Option<String>,
    /// The goal that it threatens.
    pub goal: Option<String>,
    /// How likely it is, from 1 to the year's `riskMaximum`; left out where it is unknown.
    pub likelihood: Option<i32>,
    /// How bad it would be, from 1 to the year's `riskMaximum`; left out where it is unknown.
    pub consequence: Option<i32>,
    /// The risk value; left out: likelihood times consequence, where both are known.
    pub value: Option<i32>,
    /// How it is met.
    pub treatment: Option<RiskTreatment>,
    /// Why it was valued or treated so.
    pub motive: Option<String>,
    /// The same risk in an earlier year.
    pub previous_risk_id: Option<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

/// What an input names, as far as it is there.
#[derive(Debug)]
pub struct NamedForRisk {
    check: Check,
    year: Option<control_year::Model>,
    department_id: Option<Uuid>,
    previous_risk_id: Option<Uuid>,
}

impl CreateRiskInput {
    async fn look_through(&self, tx: &Transaction) -> Result<NamedForRisk, Failure> {
        let mut check = Check::new();
        let year = check_year(&mut check, tx, &self.control_year_id).await?;
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
        self.look_through_content(&mut check, year.as_ref().and_then(|year| year.risk_maximum));
        let previous_risk_id = check.optional_id("previousRiskId", NodeKind::Risk, self.previous_risk_id.as_ref());
        check_previous(&mut check, tx, year.as_ref(), previous_risk_id).await?;
        Ok(NamedForRisk {
            check,
            year,
            department_id: department.map(|department| department.id),
            previous_risk_id,
        })
    }

    /// Notes everything that is wrong with what it says. `maximum` is that of the year's scale.
    pub(super) fn look_through_content(&self, check: &mut Check, maximum: Option<i32>) {
        check.text("description", &self.description, LONG_TEXT);
        check.optional_text("category", self.category.as_ref(), NAME_TEXT);
        check.optional_text("process", self.process.as_ref(), NAME_TEXT);
        check.optional_text("goal", self.goal.as_ref(), LONG_TEXT);
        refuse_off_scale(check, "likelihood", self.likelihood, maximum);
        refuse_off_scale(check, "consequence", self.consequence, maximum);
        refuse_bad_value(check, self.value);
        check.optional_text("motive", self.motive.as_ref(), LONG_TEXT);
    }
}

impl NamedForRisk {
    /// What a row of a sheet names, which is known to be there.
    pub(super) fn known(year: control_year::Model, department_id: Option<Uuid>) -> Self {
        Self {
            check: Check::new(),
            year: Some(year),
            department_id,
            previous_risk_id: None,
        }
    }
}

impl UseCase for CreateRiskInput {
    const NAME: &'static str = "createRisk";
    type Subject = NamedForRisk;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, NamedForRisk), Failure> {
        let named = self.look_through(tx).await?;
        if self.department_id.is_some() && named.department_id.is_none() {
            return Err(named.check.into_failure());
        }
        Ok((tx.permit(Right::RiskWrite, risk_place(named.department_id))?, named))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, named: NamedForRisk) -> Result<Uuid, Failure> {
        named.check.finish()?;
        let row = risk::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            control_year_id: Set(named.year.map(|year| year.id).unwrap_or_default()),
            department_id: Set(named.department_id),
            description: Set(self.description),
            category: Set(self.category),
            process: Set(self.process),
            goal: Set(self.goal),
            likelihood: Set(self.likelihood),
            consequence: Set(self.consequence),
            value: Set(self.value.or_else(|| risk_value(self.likelihood, self.consequence))),
            treatment: Set(self.treatment),
            motive: Set(self.motive),
            previous_risk_id: Set(named.previous_risk_id),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// A change of a risk. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateRiskInput {
    /// The risk.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// What may go wrong.
    pub description: MaybeUndefined<String>,
    /// What sort of risk it is.
    pub category: MaybeUndefined<String>,
    /// The process that it threatens.
    pub process: MaybeUndefined<String>,
    /// The goal that it threatens.
    pub goal: MaybeUndefined<String>,
    /// How likely it is, from 1 to the year's `riskMaximum`; null where it is unknown.
    pub likelihood: MaybeUndefined<i32>,
    /// How bad it would be, from 1 to the year's `riskMaximum`; null where it is unknown.
    pub consequence: MaybeUndefined<i32>,
    /// The risk value. Left out, a value that was likelihood times consequence goes with them, and another stays.
    pub value: MaybeUndefined<i32>,
    /// How it is met.
    pub treatment: MaybeUndefined<RiskTreatment>,
    /// Why it was valued or treated so.
    pub motive: MaybeUndefined<String>,
    /// The same risk in an earlier year; null for none.
    pub previous_risk_id: MaybeUndefined<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UpdateRiskInput {
    /// Notes everything that is wrong with what it changes. `maximum` is that of the year's scale.
    pub(super) fn look_through_content(&self, check: &mut Check, maximum: Option<i32>) {
        check.text_change("description", &self.description, LONG_TEXT);
        check.optional_text_change("category", &self.category, NAME_TEXT);
        check.optional_text_change("process", &self.process, NAME_TEXT);
        check.optional_text_change("goal", &self.goal, LONG_TEXT);
        refuse_off_scale(check, "likelihood", self.likelihood.value().copied(), maximum);
        refuse_off_scale(check, "consequence", self.consequence.value().copied(), maximum);
        refuse_bad_value(check, self.value.value().copied());
        check.optional_text_change("motive", &self.motive, LONG_TEXT);
    }
}

impl UseCase for UpdateRiskInput {
    const NAME: &'static str = "updateRisk";
    type Subject = risk::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, risk::Model), Failure> {
        let visible = store::visible_risks(tx.reader());
        let risk = tx
            .visible_subject::<risk::Entity>("id", NodeKind::Risk, &self.id, visible)
            .await?;
        Ok((tx.permit(Right::RiskWrite, risk_place(risk.department_id))?, risk))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, risk: risk::Model) -> Result<Uuid, Failure> {
        expect_version(&risk, self.expected_version)?;
        let mut check = Check::new();
        let year = year_of(tx, risk.control_year_id).await?;
        check.apply(refuse_closed_year(&year));
        self.look_through_content(&mut check, year.risk_maximum);
        let previous_risk_id = check.id_change("previousRiskId", NodeKind::Risk, self.previous_risk_id);
        check_previous(&mut check, tx, Some(&year), previous_risk_id.value().copied()).await?;
        check.finish()?;
        let mut change = risk.clone().into_active_model();
        let (mut likelihood, mut consequence) = (risk.likelihood, risk.consequence);
        self.likelihood.update_to(&mut likelihood);
        self.consequence.update_to(&mut consequence);
        change.value = if self.value.is_undefined() && risk.value == risk_value(risk.likelihood, risk.consequence) {
            Set(risk_value(likelihood, consequence))
        } else {
            cleared_or_changed(self.value)
        };
        change.description = changed(self.description);
        change.category = cleared_or_changed(self.category);
        change.process = cleared_or_changed(self.process);
        change.goal = cleared_or_changed(self.goal);
        change.likelihood = Set(likelihood);
        change.consequence = Set(consequence);
        change.treatment = cleared_or_changed(self.treatment);
        change.motive = cleared_or_changed(self.motive);
        change.previous_risk_id = cleared_or_changed(previous_risk_id);
        Ok(tx.update(&permit, risk, change).await?.id)
    }
}

/// Looks for the same risk in an earlier year.
async fn check_previous(
    check: &mut Check,
    tx: &Transaction,
    year: Option<&control_year::Model>,
    id: Option<Uuid>,
) -> Result<(), Failure> {
    let visible = store::visible_risks(tx.reader());
    let previous = check
        .found::<risk::Entity>(tx, "previousRiskId", id, NodeKind::Risk, visible)
        .await?;
    if let (Some(previous), Some(year)) = (previous, year) {
        let earlier = year_of(tx, previous.control_year_id).await?;
        check.require(earlier.year < year.year, || {
            Problem::invalid(
                "previousRiskId",
                message!(
                    "planning-previous-not-earlier",
                    earlier = earlier.year,
                    year = year.year
                ),
            )
        });
    }
    Ok(())
}
