use super::{covering, subject};
use crate::{
    access::{Permit, Right},
    decisions::refuse_foreign_case,
    follow_up::store,
    graphql::{Date, NodeKind, PartialDateColumns, PartialDateInput},
    planning::open_year,
    use_case::{
        Check, Failure, LONG_TEXT, NAME_TEXT, Problem, ProblemKind, SHORT_TEXT, Transaction, UseCase, changed,
        cleared_or_changed, expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{follow_up, review, review_follow_up};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// The most follow-ups that one review concerns.
const MOST_FOLLOW_UPS: usize = 100;

/// A review by others, such as the municipal auditors.
#[derive(Clone, Debug, InputObject)]
pub struct RegisterReviewInput {
    /// The follow-ups that it concerns: at least one.
    pub follow_up_ids: Vec<ID>,
    /// What the review is called.
    pub title: String,
    /// Who reviewed, such as "PwC".
    pub reviewer: String,
    /// When it was performed.
    pub performed_on: Option<PartialDateInput>,
    /// Whether it was announced beforehand. Left out: not stated.
    pub announced: Option<bool>,
    /// The starting conditions (förutsättningar).
    pub conditions: Option<String>,
    /// What it covered, in words.
    pub scope_text: Option<String>,
    /// The date of its report.
    pub dated: Option<Date>,
    /// The report's number in the registry.
    pub registration_number: Option<String>,
    /// The registry's case.
    pub case_file_id: Option<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for RegisterReviewInput {
    const NAME: &'static str = "registerReview";
    type Subject = Vec<follow_up::Model>;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        if self.follow_up_ids.len() > MOST_FOLLOW_UPS {
            let message = message!("follow-up-review-too-wide", most = MOST_FOLLOW_UPS);
            return Err(Problem::new(ProblemKind::Limit, "followUpIds", message).into());
        }
        let mut follow_ups: Vec<follow_up::Model> = Vec::new();
        for (index, id) in self.follow_up_ids.iter().enumerate() {
            let row = subject::follow_up(tx, &format!("followUpIds.{index}"), id).await?;
            if !follow_ups.iter().any(|found| found.id == row.follow_up.id) {
                follow_ups.push(row.follow_up);
            }
        }
        Ok((permit(tx, &follow_ups)?, follow_ups))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        follow_ups: Vec<follow_up::Model>,
    ) -> Result<Uuid, Failure> {
        open_years(tx, &follow_ups).await?;
        let mut check = Check::new();
        check.text("title", &self.title, NAME_TEXT);
        check.text("reviewer", &self.reviewer, SHORT_TEXT);
        check.past_time("performedOn", self.performed_on.as_ref(), tx.today());
        check.optional_text("conditions", self.conditions.as_ref(), LONG_TEXT);
        check.optional_text("scopeText", self.scope_text.as_ref(), LONG_TEXT);
        check.optional_text("registrationNumber", self.registration_number.as_ref(), SHORT_TEXT);
        let case_file_id = check.optional_id("caseFileId", NodeKind::CaseFile, self.case_file_id.as_ref());
        refuse_foreign_case(&mut check, tx, "caseFileId", case_file_id).await?;
        check.finish()?;
        let performed = PartialDateColumns::from(self.performed_on);
        let row = review::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            title: Set(self.title),
            reviewer: Set(self.reviewer),
            performed_earliest: performed.earliest,
            performed_latest: performed.latest,
            performed_text: performed.text,
            announced: Set(self.announced),
            conditions: Set(self.conditions),
            scope_text: Set(self.scope_text),
            dated: Set(self.dated.map(|day| day.0)),
            registration_number: Set(self.registration_number),
            case_file_id: Set(case_file_id),
            registered_by: Set(tx.user_id()),
            secrecy_ground: Set(None),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        let id = tx.insert(&permit, row).await?.id;
        for follow_up in follow_ups {
            let concerns = review_follow_up::ActiveModel {
                municipality_id: Set(permit.municipality_id()),
                review_id: Set(id),
                follow_up_id: Set(follow_up.id),
            };
            tx.insert(&permit, concerns).await?;
        }
        Ok(id)
    }
}

/// A change of a review. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateReviewInput {
    /// The review.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// What the review is called.
    pub title: MaybeUndefined<String>,
    /// Who reviewed.
    pub reviewer: MaybeUndefined<String>,
    /// When it was performed; null when unknown.
    pub performed_on: MaybeUndefined<PartialDateInput>,
    /// Whether it was announced beforehand; null when not stated.
    pub announced: MaybeUndefined<bool>,
    /// The starting conditions (förutsättningar); null when unknown.
    pub conditions: MaybeUndefined<String>,
    /// What it covered, in words; null when unknown.
    pub scope_text: MaybeUndefined<String>,
    /// The date of its report; null when unknown.
    pub dated: MaybeUndefined<Date>,
    /// The report's number in the registry; null for none.
    pub registration_number: MaybeUndefined<String>,
    /// The registry's case; null for none.
    pub case_file_id: MaybeUndefined<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateReviewInput {
    const NAME: &'static str = "updateReview";
    type Subject = (review::Model, Vec<follow_up::Model>);

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let row = subject::review(tx, "id", &self.id).await?;
        let follow_ups = store::follow_ups_of_review(tx.reader(), row.id).await?;
        Ok((permit(tx, &follow_ups)?, (row, follow_ups)))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        (row, follow_ups): Self::Subject,
    ) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        open_years(tx, &follow_ups).await?;
        let mut check = Check::new();
        check.text_change("title", &self.title, NAME_TEXT);
        check.text_change("reviewer", &self.reviewer, SHORT_TEXT);
        check.past_time("performedOn", self.performed_on.value(), tx.today());
        check.optional_text_change("conditions", &self.conditions, LONG_TEXT);
        check.optional_text_change("scopeText", &self.scope_text, LONG_TEXT);
        check.optional_text_change("registrationNumber", &self.registration_number, SHORT_TEXT);
        let case_file_id = check.id_change("caseFileId", NodeKind::CaseFile, self.case_file_id);
        let moved_to = case_file_id.value().copied().filter(|id| row.case_file_id != Some(*id));
        refuse_foreign_case(&mut check, tx, "caseFileId", moved_to).await?;
        check.finish()?;
        let performed = PartialDateColumns::from(self.performed_on);
        let mut change = row.clone().into_active_model();
        change.title = changed(self.title);
        change.reviewer = changed(self.reviewer);
        change.performed_earliest = performed.earliest;
        change.performed_latest = performed.latest;
        change.performed_text = performed.text;
        change.announced = cleared_or_changed(self.announced);
        change.conditions = cleared_or_changed(self.conditions);
        change.scope_text = cleared_or_changed(self.scope_text);
        change.dated = cleared_or_changed(self.dated.map_value(|day| day.0));
        change.registration_number = cleared_or_changed(self.registration_number);
        change.case_file_id = cleared_or_changed(case_file_id);
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

/// Leave to write in each of the follow-ups that a review concerns.
pub(super) fn permit(tx: &Transaction, follow_ups: &[follow_up::Model]) -> Result<Permit, Failure> {
    let mut permit = None;
    for follow_up in follow_ups {
        permit = Some(tx.permit(Right::EvidenceWrite, covering::place(follow_up))?);
    }
    let message = message!("follow-up-review-of-nothing");
    permit.ok_or_else(|| Problem::invalid("followUpIds", message).into())
}

async fn open_years(tx: &Transaction, follow_ups: &[follow_up::Model]) -> Result<(), Failure> {
    for year in covering::years(follow_ups) {
        open_year(tx, year).await?;
    }
    Ok(())
}
