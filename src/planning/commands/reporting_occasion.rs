use super::{
    CODE_TEXT, LAST_NUMBER,
    control_year::{check_year, year_of},
};
use crate::{
    access::{Permit, Right},
    graphql::{Date, NodeKind},
    planning::{
        rules::{PLACE, refuse_closed_year},
        store,
    },
    use_case::{Check, Failure, NAME_TEXT, Problem, Transaction, UseCase, changed, cleared_or_changed, expect_version},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::reporting_occasion;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A new reporting occasion.
#[derive(Clone, Debug, InputObject)]
pub struct CreateReportingOccasionInput {
    /// The control year.
    pub control_year_id: ID,
    /// Its code, unique in the year, such as "T1": at most 20 characters.
    pub code: String,
    /// What it is called, such as "Tertial 1".
    pub label: String,
    /// Its place among the year's occasions, unique in the year: 0 to 10,000. The last one is the annual one.
    pub position: i32,
    /// The day that reports are due.
    pub due_on: Option<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateReportingOccasionInput {
    const NAME: &'static str = "createReportingOccasion";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::ControlYearManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        let year = check_year(&mut check, tx, &self.control_year_id).await?;
        let control_year_id = year.map(|year| year.id).unwrap_or_default();
        check.text("code", &self.code, CODE_TEXT);
        check.text("label", &self.label, NAME_TEXT);
        check.number("position", Some(self.position), 0..=LAST_NUMBER);
        let others = store::occasions_of_year(tx.reader(), control_year_id).await?;
        check.require(others.iter().all(|other| other.code != self.code), || {
            Problem::duplicate("code", message!("planning-occasion-exists", code = self.code))
        });
        refuse_taken_position(&mut check, &others, self.position);
        check.finish()?;
        let row = reporting_occasion::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            control_year_id: Set(control_year_id),
            code: Set(self.code),
            label: Set(self.label),
            position: Set(self.position),
            due_on: Set(self.due_on.map(|day| day.0)),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// A change of a reporting occasion. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateReportingOccasionInput {
    /// The reporting occasion.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// What it is called.
    pub label: MaybeUndefined<String>,
    /// Its place among the year's occasions, unique in the year: 0 to 10,000. The last one is the annual one.
    pub position: MaybeUndefined<i32>,
    /// The day that reports are due; null for none.
    pub due_on: MaybeUndefined<Date>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateReportingOccasionInput {
    const NAME: &'static str = "updateReportingOccasion";
    type Subject = reporting_occasion::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, reporting_occasion::Model), Failure> {
        let occasion = tx
            .subject::<reporting_occasion::Entity>(NodeKind::ReportingOccasion, &self.id)
            .await?;
        Ok((tx.permit(Right::ControlYearManage, PLACE)?, occasion))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        occasion: reporting_occasion::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&occasion, self.expected_version)?;
        let mut check = Check::new();
        check.apply(refuse_closed_year(&year_of(tx, occasion.control_year_id).await?));
        check.text_change("label", &self.label, NAME_TEXT);
        check.not_null("position", &self.position);
        if let Some(position) = self.position.value().copied() {
            check.number("position", Some(position), 0..=LAST_NUMBER);
            let mut others = store::occasions_of_year(tx.reader(), occasion.control_year_id).await?;
            others.retain(|other| other.id != occasion.id);
            refuse_taken_position(&mut check, &others, position);
        }
        check.finish()?;
        let mut change = occasion.clone().into_active_model();
        change.label = changed(self.label);
        change.position = changed(self.position);
        change.due_on = cleared_or_changed(self.due_on.map_value(|day| day.0));
        Ok(tx.update(&permit, occasion, change).await?.id)
    }
}

fn refuse_taken_position(check: &mut Check, others: &[reporting_occasion::Model], position: i32) {
    if let Some(other) = others.iter().find(|other| other.position == position) {
        check.add(Problem::duplicate(
            "position",
            message!("planning-position-taken", code = other.code, position),
        ));
    }
}
