use super::{
    central_check::show,
    covering::{permit_of_check, years_of_check},
    subject,
};
use crate::{
    access::{Permit, Right},
    follow_up::{
        rules::{Counts, refuse_impossible_counts},
        store::FollowUpRow,
    },
    graphql::{PartialDateColumns, PartialDateInput},
    planning::open_year,
    use_case::{
        Check, Failure, LONG_TEXT, NAME_TEXT, SHORT_TEXT, Transaction, UseCase, changed, cleared_or_changed,
        expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::NaiveDate;
use entity::{control_check, follow_up};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// What a check says.
#[derive(Clone, Debug, InputObject)]
pub struct CheckContent {
    /// What was checked.
    pub title: String,
    /// How it was checked.
    pub method: Option<String>,
    /// The function that performed it, perhaps another department's, such as "Ekonomiavdelningen".
    pub performed_by: Option<String>,
    /// When it was performed.
    pub performed_on: Option<PartialDateInput>,
    /// How many there were to check. Left out: not stated, which is not none.
    pub population: Option<i32>,
    /// How many were checked: at most the population.
    pub sample_size: Option<i32>,
    /// How many of them deviated: at most the sample. Left out: not stated, which is not none.
    pub deviations: Option<i32>,
    /// Why those were chosen.
    pub selection_motive: Option<String>,
    /// The result in words.
    pub result: Option<String>,
    /// Whether the result was satisfactory.
    pub satisfactory: Option<bool>,
}

impl CheckContent {
    /// Notes everything that is wrong with it.
    pub(super) fn look_through(&self, check: &mut Check, today: NaiveDate) {
        check.text("title", &self.title, NAME_TEXT);
        check.optional_text("method", self.method.as_ref(), LONG_TEXT);
        check.optional_text("performedBy", self.performed_by.as_ref(), SHORT_TEXT);
        check.past_time("performedOn", self.performed_on.as_ref(), today);
        check.optional_text("selectionMotive", self.selection_motive.as_ref(), LONG_TEXT);
        check.optional_text("result", self.result.as_ref(), LONG_TEXT);
        let counts = Counts {
            population: self.population,
            sample_size: self.sample_size,
            deviations: self.deviations,
        };
        refuse_impossible_counts(check, counts);
    }
}

/// Stores a check that shows in no follow-up yet: one follow-up's own, or one of a shared point that was performed centrally,
/// for every department or for some.
pub(super) async fn insert_check(
    tx: &mut Transaction,
    permit: &Permit,
    content: CheckContent,
    central: Option<(Uuid, bool)>,
) -> Result<Uuid, Failure> {
    let performed = PartialDateColumns::from(content.performed_on);
    let row = control_check::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        id: Set(Uuid::now_v7()),
        control_point_id: Set(central.map(|(point_id, _)| point_id)),
        for_all: Set(central.is_some_and(|(_, for_all)| for_all)),
        title: Set(content.title),
        method: Set(content.method),
        performed_by: Set(content.performed_by),
        performed_earliest: performed.earliest,
        performed_latest: performed.latest,
        performed_text: performed.text,
        population: Set(content.population),
        sample_size: Set(content.sample_size),
        deviations: Set(content.deviations),
        selection_motive: Set(content.selection_motive),
        result: Set(content.result),
        satisfactory: Set(content.satisfactory),
        registered_by: Set(tx.user_id()),
        secrecy_ground: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    };
    Ok(tx.insert(permit, row).await?.id)
}

/// A check that was performed.
#[derive(Clone, Debug, InputObject)]
pub struct RegisterCheckInput {
    /// The follow-up that it is a part of.
    pub follow_up_id: ID,
    /// What it says.
    #[graphql(flatten)]
    pub content: CheckContent,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for RegisterCheckInput {
    const NAME: &'static str = "registerCheck";
    type Subject = FollowUpRow;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, FollowUpRow), Failure> {
        let row = subject::follow_up(tx, "followUpId", &self.follow_up_id).await?;
        Ok((tx.permit(Right::EvidenceWrite, row.place())?, row))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, row: FollowUpRow) -> Result<Uuid, Failure> {
        open_year(tx, row.follow_up.control_year_id).await?;
        let mut check = Check::new();
        self.content.look_through(&mut check, tx.today());
        check.finish()?;
        let id = insert_check(tx, &permit, self.content, None).await?;
        show(tx, &permit, id, row.follow_up.id).await?;
        Ok(id)
    }
}

/// A change of a check. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCheckInput {
    /// The check.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// What was checked.
    pub title: MaybeUndefined<String>,
    /// How it was checked; null when unknown.
    pub method: MaybeUndefined<String>,
    /// The function that performed it; null when unknown.
    pub performed_by: MaybeUndefined<String>,
    /// When it was performed; null when unknown.
    pub performed_on: MaybeUndefined<PartialDateInput>,
    /// How many there were to check; null when not stated.
    pub population: MaybeUndefined<i32>,
    /// How many were checked: at most the population; null when not stated.
    pub sample_size: MaybeUndefined<i32>,
    /// How many of them deviated: at most the sample; null when not stated.
    pub deviations: MaybeUndefined<i32>,
    /// Why those were chosen; null when unknown.
    pub selection_motive: MaybeUndefined<String>,
    /// The result in words; null for none.
    pub result: MaybeUndefined<String>,
    /// Whether the result was satisfactory; null when not stated.
    pub satisfactory: MaybeUndefined<bool>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateCheckInput {
    const NAME: &'static str = "updateCheck";
    type Subject = (control_check::Model, Vec<follow_up::Model>);

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let (row, follow_ups) = subject::check(tx, "id", &self.id).await?;
        let permit = permit_of_check(tx, &row, &follow_ups).await?;
        Ok((permit, (row, follow_ups)))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        (row, follow_ups): Self::Subject,
    ) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        for year in years_of_check(tx, &row, &follow_ups).await? {
            open_year(tx, year).await?;
        }
        let mut check = Check::new();
        check.text_change("title", &self.title, NAME_TEXT);
        check.optional_text_change("method", &self.method, LONG_TEXT);
        check.optional_text_change("performedBy", &self.performed_by, SHORT_TEXT);
        check.past_time("performedOn", self.performed_on.value(), tx.today());
        check.optional_text_change("selectionMotive", &self.selection_motive, LONG_TEXT);
        check.optional_text_change("result", &self.result, LONG_TEXT);
        let mut counts = Counts {
            population: row.population,
            sample_size: row.sample_size,
            deviations: row.deviations,
        };
        self.population.update_to(&mut counts.population);
        self.sample_size.update_to(&mut counts.sample_size);
        self.deviations.update_to(&mut counts.deviations);
        refuse_impossible_counts(&mut check, counts);
        check.finish()?;
        let performed = PartialDateColumns::from(self.performed_on);
        let mut change = row.clone().into_active_model();
        change.title = changed(self.title);
        change.method = cleared_or_changed(self.method);
        change.performed_by = cleared_or_changed(self.performed_by);
        change.performed_earliest = performed.earliest;
        change.performed_latest = performed.latest;
        change.performed_text = performed.text;
        change.population = cleared_or_changed(self.population);
        change.sample_size = cleared_or_changed(self.sample_size);
        change.deviations = cleared_or_changed(self.deviations);
        change.selection_motive = cleared_or_changed(self.selection_motive);
        change.result = cleared_or_changed(self.result);
        change.satisfactory = cleared_or_changed(self.satisfactory);
        Ok(tx.update(&permit, row, change).await?.id)
    }
}
