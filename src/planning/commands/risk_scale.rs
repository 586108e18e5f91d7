use super::check_colour;
use crate::{
    access::{Permit, Right},
    graphql::NodeKind,
    planning::{
        rules::{PLACE, RISK_MAXIMUM, refuse_bad_length, refuse_closed_year, refuse_narrow_maximum, refuse_repetition},
        store,
    },
    use_case::{Check, Failure, NAME_TEXT, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{control_year, risk_level};
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel};
use uuid::Uuid;

/// One level of a risk scale.
#[derive(Clone, Debug, InputObject)]
pub struct RiskLevelInput {
    /// What risks from the threshold upwards are called, such as "Hög".
    pub label: String,
    /// The risk value from which it holds, unique on the scale: 0 to the square of the maximum.
    pub from_value: i32,
    /// The colour that it is shown in, such as "red": at most 20 characters.
    pub colour: Option<String>,
}

/// A control year's whole risk scale.
#[derive(Clone, Debug, InputObject)]
pub struct SetRiskScaleInput {
    /// The control year.
    pub control_year_id: ID,
    /// The version of the year that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The highest likelihood, and the highest consequence, that a risk can have: 1 to 100.
    pub maximum: i32,
    /// The levels, in any order: 1 to 20.
    pub levels: Vec<RiskLevelInput>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for SetRiskScaleInput {
    const NAME: &'static str = "setRiskScale";
    type Subject = control_year::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, control_year::Model), Failure> {
        let year = tx
            .visible_subject::<control_year::Entity>(
                "controlYearId",
                NodeKind::ControlYear,
                &self.control_year_id,
                Condition::all(),
            )
            .await?;
        Ok((tx.permit(Right::ControlYearManage, PLACE)?, year))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, year: control_year::Model) -> Result<Uuid, Failure> {
        expect_version(&year, self.expected_version)?;
        let mut check = Check::new();
        check.apply(refuse_closed_year(&year));
        check.number("maximum", Some(self.maximum), RISK_MAXIMUM);
        let judged = store::highest_judged(tx.reader(), year.id).await?;
        refuse_narrow_maximum(&mut check, "maximum", Some(self.maximum), judged, None);
        refuse_bad_length(&mut check, self.levels.len());
        let highest = self.maximum.saturating_mul(self.maximum);
        for (index, level) in self.levels.iter().enumerate() {
            check.text(&format!("levels.{index}.label"), &level.label, NAME_TEXT);
            check.number(
                &format!("levels.{index}.fromValue"),
                Some(level.from_value),
                0..=highest,
            );
            check_colour(&mut check, index, level.colour.as_ref());
        }
        let thresholds: Vec<i32> = self.levels.iter().map(|level| level.from_value).collect();
        refuse_repetition(&mut check, "levels", "fromValue", &thresholds);
        check.finish()?;
        let mut present = store::risk_levels(tx.reader(), year.id).await?;
        let mut changed = year.risk_maximum != Some(self.maximum) || present.len() != self.levels.len();
        for level in self.levels {
            match present
                .iter()
                .position(|present| present.from_value == level.from_value)
            {
                Some(place) => {
                    let before = present.swap_remove(place);
                    changed |= before.label != level.label || before.colour != level.colour;
                    let mut change = before.clone().into_active_model();
                    change.label = Set(level.label);
                    change.colour = Set(level.colour);
                    tx.update(&permit, before, change).await?;
                }
                None => {
                    changed = true;
                    let row = risk_level::ActiveModel {
                        municipality_id: Set(permit.municipality_id()),
                        id: Set(Uuid::now_v7()),
                        control_year_id: Set(year.id),
                        label: Set(level.label),
                        from_value: Set(level.from_value),
                        colour: Set(level.colour),
                        created_at: Set(tx.now()),
                    };
                    tx.insert(&permit, row).await?;
                }
            }
        }
        for gone in present {
            tx.delete(&permit, gone).await?;
        }
        if !changed {
            return Ok(year.id);
        }
        let mut change = year.clone().into_active_model();
        change.risk_maximum = Set(Some(self.maximum));
        // Also where only the levels changed: who read the scale before has to read it again.
        change.version = Set(year.version + 1);
        Ok(tx.update(&permit, year, change).await?.id)
    }
}
