use super::{CODE_TEXT, LAST_NUMBER, check_colour};
use crate::{
    access::{Permit, Right},
    graphql::NodeKind,
    planning::{
        rules::{PLACE, refuse_bad_length, refuse_closed_year, refuse_repetition},
        store,
    },
    use_case::{Check, Failure, NAME_TEXT, Problem, Transaction, UseCase, expect_version},
};
use async_graphql::{ID, InputObject};
use entity::{control_year, rating_level};
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel};
use uuid::Uuid;

/// One level of a rating scale.
#[derive(Clone, Debug, InputObject)]
pub struct RatingLevelInput {
    /// Its code, unique on the scale, such as "G": at most 20 characters.
    pub code: String,
    /// What it is called, such as "Fungerar väl".
    pub label: Option<String>,
    /// The colour that it is shown in, such as "green": at most 20 characters.
    pub colour: Option<String>,
}

/// A control year's whole rating scale. A level keeps its identity by its code.
#[derive(Clone, Debug, InputObject)]
pub struct SetRatingScaleInput {
    /// The control year.
    pub control_year_id: ID,
    /// The version of the year that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The levels, best first: 1 to 20.
    pub levels: Vec<RatingLevelInput>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for SetRatingScaleInput {
    const NAME: &'static str = "setRatingScale";
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
        refuse_bad_length(&mut check, self.levels.len());
        for (index, level) in self.levels.iter().enumerate() {
            check.text(&format!("levels.{index}.code"), &level.code, CODE_TEXT);
            check.optional_text(&format!("levels.{index}.label"), level.label.as_ref(), NAME_TEXT);
            check_colour(&mut check, index, level.colour.as_ref());
        }
        let codes: Vec<&str> = self.levels.iter().map(|level| level.code.as_str()).collect();
        refuse_repetition(&mut check, "levels", "code", &codes);
        let present = store::rating_levels(tx.reader(), year.id).await?;
        let (kept, gone): (Vec<_>, Vec<_>) = present
            .into_iter()
            .partition(|level| codes.contains(&level.code.as_str()));
        refuse_used(&mut check, tx, &gone).await?;
        check.finish()?;
        if gone.is_empty() && same(&self.levels, &kept) {
            return Ok(year.id);
        }
        for level in gone {
            tx.delete(&permit, level).await?;
        }
        let mut kept = step_aside(tx, &permit, kept, &self.levels).await?;
        for (level, rank) in self.levels.into_iter().zip(1..) {
            match kept.iter().position(|kept| kept.code == level.code) {
                Some(place) => {
                    let before = kept.swap_remove(place);
                    let mut change = before.clone().into_active_model();
                    change.label = Set(level.label);
                    change.rank = Set(rank);
                    change.colour = Set(level.colour);
                    tx.update(&permit, before, change).await?;
                }
                None => {
                    let row = rating_level::ActiveModel {
                        municipality_id: Set(permit.municipality_id()),
                        id: Set(Uuid::now_v7()),
                        control_year_id: Set(year.id),
                        code: Set(level.code),
                        label: Set(level.label),
                        rank: Set(rank),
                        colour: Set(level.colour),
                        created_at: Set(tx.now()),
                    };
                    tx.insert(&permit, row).await?;
                }
            }
        }
        Ok(tx.touch(&permit, year).await?.id)
    }
}

/// A level that an assessment has been given stays on the scale: what was judged keeps its meaning.
async fn refuse_used(check: &mut Check, tx: &Transaction, gone: &[rating_level::Model]) -> Result<(), Failure> {
    if gone.is_empty() {
        return Ok(());
    }
    let used = store::used_levels(tx.reader(), gone.iter().map(|level| level.id).collect()).await?;
    for level in gone.iter().filter(|level| used.contains(&level.id)) {
        check.add(Problem::invalid(
            "levels",
            message!("planning-level-in-use", level = level.code),
        ));
    }
    Ok(())
}

fn same(wanted: &[RatingLevelInput], present: &[rating_level::Model]) -> bool {
    wanted.len() == present.len()
        && wanted.iter().zip(present).all(|(wanted, present)| {
            wanted.code == present.code && wanted.label == present.label && wanted.colour == present.colour
        })
}

/// Moves the levels whose rank changes to ranks beyond all others: no two may have the same at any moment.
async fn step_aside(
    tx: &mut Transaction,
    permit: &Permit,
    kept: Vec<rating_level::Model>,
    wanted: &[RatingLevelInput],
) -> Result<Vec<rating_level::Model>, Failure> {
    let mut moved = Vec::with_capacity(kept.len());
    for level in kept {
        let stays = wanted
            .iter()
            .zip(1..)
            .any(|(wanted, rank)| wanted.code == level.code && level.rank == rank);
        if stays {
            moved.push(level);
            continue;
        }
        let mut change = level.clone().into_active_model();
        change.rank = Set(LAST_NUMBER + level.rank);
        moved.push(tx.update(permit, level, change).await?);
    }
    Ok(moved)
}
