use super::subject;
use crate::{
    access::{Permit, Right},
    follow_up::{
        rules::{
            assessment::{AssessmentAct, AssessmentState},
            refuse_impossible_progress,
        },
        store::{self, FollowUpRow},
    },
    graphql::NodeKind,
    planning::open_year,
    use_case::{Act, Check, Failure, LONG_TEXT, Problem, Transaction, UseCase, cleared_or_changed, expect_version},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{FollowUpStatus, Trend, assessment, control_year, reporting_occasion};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// An assessment of a follow-up at a reporting occasion, to be begun.
#[derive(Clone, Debug, InputObject)]
pub struct BeginAssessmentInput {
    /// The follow-up.
    pub follow_up_id: ID,
    /// The occasion: one of the follow-up's year, at which it has no assessment yet.
    pub occasion_id: ID,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for BeginAssessmentInput {
    const NAME: &'static str = "beginAssessment";
    type Subject = FollowUpRow;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, FollowUpRow), Failure> {
        let row = subject::follow_up(tx, "followUpId", &self.follow_up_id).await?;
        Ok((tx.permit(Right::AssessmentAssess, row.place())?, row))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, row: FollowUpRow) -> Result<Uuid, Failure> {
        let follow_up = row.follow_up;
        open_year(tx, follow_up.control_year_id).await?;
        let occasion_id = subject::decoded(NodeKind::ReportingOccasion, "occasionId", &self.occasion_id)?;
        let occasion = tx.reader().by_id::<reporting_occasion::Entity>(occasion_id).await?;
        let occasion = occasion.ok_or_else(|| Problem::not_found("occasionId", NodeKind::ReportingOccasion))?;
        if occasion.control_year_id != follow_up.control_year_id {
            return Err(Problem::invalid("occasionId", message!("follow-up-occasion-of-other-year")).into());
        }
        if store::assessment_at(tx.reader(), follow_up.id, occasion_id).await? {
            return Err(Problem::duplicate(
                "occasionId",
                message!("follow-up-assessment-exists", occasion = occasion.label),
            )
            .into());
        }
        let row = assessment::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            follow_up_id: Set(follow_up.id),
            occasion_id: Set(occasion_id),
            status: Set(FollowUpStatus::InProgress),
            rating_level_id: Set(None),
            progress_percent: Set(None),
            conclusion: Set(None),
            stated_trend: Set(None),
            assessed_by: Set(None),
            assessed_at: Set(None),
            reviewed_by: Set(None),
            reviewed_at: Set(None),
            sent_back_reason: Set(None),
            secrecy_ground: Set(None),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// A change of an assessment that is in progress. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateAssessmentInput {
    /// The assessment.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The code of a level on the year's rating scale; null for none.
    pub rating_code: MaybeUndefined<String>,
    /// How much of the work is done, 0 to 100; null while it is unknown.
    pub progress_percent: MaybeUndefined<i32>,
    /// The conclusion, as far as it is drawn; null for none.
    pub conclusion: MaybeUndefined<String>,
    /// The development since the year before in the assessor's own judgement; null to leave it to the ratings.
    pub stated_trend: MaybeUndefined<Trend>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateAssessmentInput {
    const NAME: &'static str = "updateAssessment";
    type Subject = AssessmentState;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let state = subject::assessment(tx, "id", &self.id).await?;
        Ok((AssessmentAct::Update.permit(tx, &state)?, state))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, state: AssessmentState) -> Result<Uuid, Failure> {
        expect_version(&state.assessment, self.expected_version)?;
        AssessmentAct::Update.refuse(tx, &state).await?;
        let AssessmentState {
            assessment: row, year, ..
        } = state;
        let mut check = Check::new();
        let rating = check_rating(tx, &mut check, &year, self.rating_code).await?;
        refuse_impossible_progress(&mut check, self.progress_percent.value().copied());
        check.optional_text_change("conclusion", &self.conclusion, LONG_TEXT);
        check.finish()?;
        let mut change = row.clone().into_active_model();
        change.rating_level_id = cleared_or_changed(rating);
        change.progress_percent = cleared_or_changed(self.progress_percent);
        change.conclusion = cleared_or_changed(self.conclusion);
        change.stated_trend = cleared_or_changed(self.stated_trend);
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

/// The assessment of a follow-up at an occasion, made: somebody else reviews it next.
#[derive(Clone, Debug, InputObject)]
pub struct AssessFollowUpInput {
    /// The assessment, which is in progress.
    pub assessment_id: ID,
    /// The version of the assessment that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The code of a level on the year's rating scale. Left out, what the assessment has stays; in the end it has to
    /// have one where the year requires it.
    pub rating_code: MaybeUndefined<String>,
    /// How much of the work is done, 0 to 100. Left out, what the assessment has stays.
    pub progress_percent: MaybeUndefined<i32>,
    /// The conclusion.
    pub conclusion: String,
    /// The development since the year before in the assessor's own judgement. Left out, what the assessment has stays.
    pub stated_trend: MaybeUndefined<Trend>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for AssessFollowUpInput {
    const NAME: &'static str = "assessFollowUp";
    type Subject = AssessmentState;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let state = subject::assessment(tx, "assessmentId", &self.assessment_id).await?;
        Ok((AssessmentAct::Assess.permit(tx, &state)?, state))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, state: AssessmentState) -> Result<Uuid, Failure> {
        expect_version(&state.assessment, self.expected_version)?;
        AssessmentAct::Assess.refuse(tx, &state).await?;
        let AssessmentState {
            assessment: row, year, ..
        } = state;
        let mut check = Check::new();
        check.text("conclusion", &self.conclusion, LONG_TEXT);
        refuse_impossible_progress(&mut check, self.progress_percent.value().copied());
        let given = self.rating_code.is_value();
        let rating = check_rating(tx, &mut check, &year, self.rating_code).await?;
        let mut rated = row.rating_level_id;
        rating.update_to(&mut rated);
        check.require(given || rated.is_some() || !year.rating_required, || {
            Problem::invalid("ratingCode", message!("follow-up-rating-required", year = year.year))
        });
        check.finish()?;
        let mut change = row.clone().into_active_model();
        change.status = Set(FollowUpStatus::Assessed);
        change.rating_level_id = cleared_or_changed(rating);
        change.progress_percent = cleared_or_changed(self.progress_percent);
        change.conclusion = Set(Some(self.conclusion));
        change.stated_trend = cleared_or_changed(self.stated_trend);
        change.assessed_by = Set(tx.user_id());
        change.assessed_at = Set(Some(tx.now()));
        Ok(tx.update(&permit, row, change).await?.id)
    }
}

/// The level with the code on the year's scale; notes when there is none.
async fn check_rating(
    tx: &Transaction,
    check: &mut Check,
    year: &control_year::Model,
    code: MaybeUndefined<String>,
) -> Result<MaybeUndefined<Uuid>, Failure> {
    let code = match code {
        MaybeUndefined::Undefined => return Ok(MaybeUndefined::Undefined),
        MaybeUndefined::Null => return Ok(MaybeUndefined::Null),
        MaybeUndefined::Value(code) => code,
    };
    let scale = store::rating_scale(tx.reader(), year.id).await?;
    if let Some(level) = scale.iter().find(|level| level.code == code) {
        return Ok(MaybeUndefined::Value(level.id));
    }
    let codes: Vec<&str> = scale.iter().map(|level| level.code.as_str()).collect();
    let message = if codes.is_empty() {
        message!("follow-up-scale-without-levels", year = year.year)
    } else {
        message!("follow-up-scale-levels", year = year.year, levels = codes.join(", "))
    };
    check.add(Problem::invalid("ratingCode", message));
    Ok(MaybeUndefined::Undefined)
}
