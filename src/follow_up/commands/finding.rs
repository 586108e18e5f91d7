use super::subject;
use crate::{
    access::{Permit, Right},
    follow_up::{
        rules::{refuse_impossible_extent, refuse_two_sources, severity_rank},
        store::FollowUpRow,
    },
    graphql::NodeKind,
    planning::open_year,
    use_case::{
        Check, Failure, LONG_TEXT, NAME_TEXT, SHORT_TEXT, Transaction, UseCase, changed, cleared_or_changed,
        expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{Effort, FindingStatus, Severity, finding};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// Something that a check or a review found wanting.
#[derive(Clone, Debug, InputObject)]
pub struct RegisterFindingInput {
    /// The follow-up.
    pub follow_up_id: ID,
    /// The check that found it: one that shows in the follow-up. Not together with a review.
    pub check_id: Option<ID>,
    /// The review that found it: one that concerns the follow-up. Not together with a check.
    pub review_id: Option<ID>,
    /// The area that it is in.
    pub area: Option<String>,
    /// How serious it is. Left out: unknown.
    pub severity: Option<Severity>,
    /// How much work it takes to mend. Left out: unknown.
    pub effort: Option<Effort>,
    /// Where that classification comes from.
    pub severity_basis: Option<String>,
    /// What is wrong, in short.
    pub title: String,
    /// What is wrong, in full.
    pub description: Option<String>,
    /// How many are affected, such as 6 of 110 servers. Left out: not stated, which is not none.
    pub affected: Option<i32>,
    /// How many there are in all.
    pub population: Option<i32>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for RegisterFindingInput {
    const NAME: &'static str = "registerFinding";
    type Subject = FollowUpRow;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, FollowUpRow), Failure> {
        let row = subject::follow_up(tx, "followUpId", &self.follow_up_id).await?;
        Ok((tx.permit(Right::EvidenceWrite, row.place())?, row))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, row: FollowUpRow) -> Result<Uuid, Failure> {
        open_year(tx, row.follow_up.control_year_id).await?;
        let mut check = Check::new();
        let check_id = check.optional_id("checkId", NodeKind::Check, self.check_id.as_ref());
        let review_id = check.optional_id("reviewId", NodeKind::Review, self.review_id.as_ref());
        check_sources(tx, &mut check, check_id, review_id, &row).await?;
        refuse_two_sources(&mut check, check_id.is_some(), review_id.is_some());
        check.optional_text("area", self.area.as_ref(), SHORT_TEXT);
        check.optional_text("severityBasis", self.severity_basis.as_ref(), LONG_TEXT);
        check.text("title", &self.title, NAME_TEXT);
        check.optional_text("description", self.description.as_ref(), LONG_TEXT);
        refuse_impossible_extent(&mut check, self.affected, self.population);
        check.finish()?;
        let row = finding::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            follow_up_id: Set(row.follow_up.id),
            control_check_id: Set(check_id),
            review_id: Set(review_id),
            area: Set(self.area),
            severity: Set(self.severity),
            severity_rank: Set(severity_rank(self.severity)),
            effort: Set(self.effort),
            severity_basis: Set(self.severity_basis),
            status: Set(FindingStatus::Open),
            title: Set(self.title),
            description: Set(self.description),
            affected: Set(self.affected),
            population: Set(self.population),
            accepted_by: Set(None),
            accepted_reason: Set(None),
            reopened_reason: Set(None),
            resolved_by: Set(None),
            verified_by: Set(None),
            registered_by: Set(tx.user_id()),
            secrecy_ground: Set(None),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// A change of a finding. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateFindingInput {
    /// The finding.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The check that found it; null for none.
    pub check_id: MaybeUndefined<ID>,
    /// The review that found it; null for none.
    pub review_id: MaybeUndefined<ID>,
    /// The area that it is in; null for none.
    pub area: MaybeUndefined<String>,
    /// How serious it is; null when unknown.
    pub severity: MaybeUndefined<Severity>,
    /// How much work it takes to mend; null when unknown.
    pub effort: MaybeUndefined<Effort>,
    /// Where that classification comes from; null when unknown.
    pub severity_basis: MaybeUndefined<String>,
    /// What is wrong, in short.
    pub title: MaybeUndefined<String>,
    /// What is wrong, in full; null for nothing more than the title.
    pub description: MaybeUndefined<String>,
    /// How many are affected; null when not stated.
    pub affected: MaybeUndefined<i32>,
    /// How many there are in all; null when not stated.
    pub population: MaybeUndefined<i32>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateFindingInput {
    const NAME: &'static str = "updateFinding";
    type Subject = (finding::Model, FollowUpRow);

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let (row, follow_up) = subject::evidence::<finding::Entity>(tx, NodeKind::Finding, "id", &self.id).await?;
        let permit = tx.permit(Right::EvidenceWrite, follow_up.place())?;
        Ok((permit, (row, follow_up)))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        (row, follow_up): Self::Subject,
    ) -> Result<Uuid, Failure> {
        expect_version(&row, self.expected_version)?;
        open_year(tx, follow_up.follow_up.control_year_id).await?;
        let mut wanted = row.clone();
        let mut check = Check::new();
        let check_id = check.id_change("checkId", NodeKind::Check, self.check_id);
        let review_id = check.id_change("reviewId", NodeKind::Review, self.review_id);
        let (new_check, new_review) = (check_id.value().copied(), review_id.value().copied());
        check_sources(tx, &mut check, new_check, new_review, &follow_up).await?;
        check_id.update_to(&mut wanted.control_check_id);
        review_id.update_to(&mut wanted.review_id);
        refuse_two_sources(
            &mut check,
            wanted.control_check_id.is_some(),
            wanted.review_id.is_some(),
        );
        check.optional_text_change("area", &self.area, SHORT_TEXT);
        check.optional_text_change("severityBasis", &self.severity_basis, LONG_TEXT);
        check.text_change("title", &self.title, NAME_TEXT);
        check.optional_text_change("description", &self.description, LONG_TEXT);
        self.affected.update_to(&mut wanted.affected);
        self.population.update_to(&mut wanted.population);
        refuse_impossible_extent(&mut check, wanted.affected, wanted.population);
        check.finish()?;
        self.severity.update_to(&mut wanted.severity);
        let mut change = row.clone().into_active_model();
        change.control_check_id = cleared_or_changed(check_id);
        change.review_id = cleared_or_changed(review_id);
        change.area = cleared_or_changed(self.area);
        change.severity_rank = Set(severity_rank(wanted.severity));
        change.severity = cleared_or_changed(self.severity);
        change.effort = cleared_or_changed(self.effort);
        change.severity_basis = cleared_or_changed(self.severity_basis);
        change.title = changed(self.title);
        change.description = cleared_or_changed(self.description);
        change.affected = cleared_or_changed(self.affected);
        change.population = cleared_or_changed(self.population);
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

/// Notes when what found something does not concern the follow-up.
async fn check_sources(
    tx: &Transaction,
    check: &mut Check,
    check_id: Option<Uuid>,
    review_id: Option<Uuid>,
    follow_up: &FollowUpRow,
) -> Result<(), Failure> {
    subject::check_check(tx, check, "checkId", check_id, follow_up).await?;
    subject::check_review(tx, check, "reviewId", review_id, follow_up).await
}
