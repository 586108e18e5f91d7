use crate::{
    access::{Permit, Right},
    graphql::{NodeKind, YEARS},
    planning::{
        rules::{ControlYearAct, ControlYearState, PLACE, RISK_MAXIMUM, refuse_closed_year, refuse_narrow_maximum},
        store,
    },
    use_case::{Act, Check, Failure, Problem, Transaction, UseCase, changed, cleared_or_changed, expect_version},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{ControlYearPhase, RatingBasis, control_year};
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel};
use uuid::Uuid;

/// The control year that something belongs to, which has to be open for it to change.
///
/// # Errors
/// A problem `INVALID` when it is closed.
pub(crate) async fn open_year(tx: &Transaction, control_year_id: Uuid) -> Result<control_year::Model, Failure> {
    let year = year_of(tx, control_year_id).await?;
    refuse_closed_year(&year)?;
    Ok(year)
}

/// The control year that something belongs to, open or closed.
pub(crate) async fn year_of(tx: &Transaction, control_year_id: Uuid) -> Result<control_year::Model, Failure> {
    let found = tx.reader().by_id::<control_year::Entity>(control_year_id).await?;
    Ok(found.ok_or_else(|| Problem::not_found("", NodeKind::ControlYear))?)
}

/// Looks for the open control year that the input names as `controlYearId`.
pub(super) async fn check_year(
    check: &mut Check,
    tx: &Transaction,
    id: &ID,
) -> Result<Option<control_year::Model>, Failure> {
    let id = check.id("controlYearId", NodeKind::ControlYear, id);
    let year = check
        .found::<control_year::Entity>(tx, "controlYearId", Some(id), NodeKind::ControlYear, Condition::all())
        .await?;
    if let Some(year) = &year {
        check.apply(refuse_closed_year(year));
    }
    Ok(year)
}

/// A new control year.
#[derive(Clone, Debug, InputObject)]
pub struct CreateControlYearInput {
    /// The calendar year, 1900 to 2200; each can be created once.
    pub year: i32,
    /// What its rating scale measures.
    pub rating_basis: RatingBasis,
    /// Whether a follow-up can be assessed only with a rating.
    #[graphql(default = true)]
    pub rating_required: bool,
    /// The highest likelihood, and the highest consequence, that a risk can have: 1 to 100. Left out where the
    /// municipality has no such scale.
    pub risk_maximum: Option<i32>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateControlYearInput {
    const NAME: &'static str = "createControlYear";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::ControlYearManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        check.number("year", Some(self.year), YEARS);
        check.number("riskMaximum", self.risk_maximum, RISK_MAXIMUM);
        let taken = store::year_by_number(tx.reader(), self.year).await?;
        check.require(taken.is_none(), || {
            Problem::duplicate("year", message!("planning-year-exists", year = self.year))
        });
        check.finish()?;
        let row = control_year::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            year: Set(self.year),
            phase: Set(ControlYearPhase::Preparing),
            rating_basis: Set(self.rating_basis),
            rating_required: Set(self.rating_required),
            risk_maximum: Set(self.risk_maximum),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// A change of a control year. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateControlYearInput {
    /// The control year.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// What its rating scale measures.
    pub rating_basis: MaybeUndefined<RatingBasis>,
    /// Whether a follow-up can be assessed only with a rating.
    pub rating_required: MaybeUndefined<bool>,
    /// The highest likelihood, and the highest consequence, that a risk can have: 1 to 100; null for no such scale.
    pub risk_maximum: MaybeUndefined<i32>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateControlYearInput {
    const NAME: &'static str = "updateControlYear";
    type Subject = ControlYearState;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ControlYearState), Failure> {
        let state = year_state(tx, &self.id).await?;
        Ok((ControlYearAct::Update.permit(tx, &state)?, state))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, state: ControlYearState) -> Result<Uuid, Failure> {
        expect_version(&state.year, self.expected_version)?;
        ControlYearAct::Update.refuse(tx, &state).await?;
        let year = state.year;
        let mut check = Check::new();
        check.not_null("ratingBasis", &self.rating_basis);
        check.not_null("ratingRequired", &self.rating_required);
        let maximum = self.risk_maximum.value().copied();
        check.number("riskMaximum", maximum, RISK_MAXIMUM);
        if maximum.is_some() {
            let judged = store::highest_judged(tx.reader(), year.id).await?;
            let levels = store::risk_levels(tx.reader(), year.id).await?;
            let highest = levels.iter().map(|level| level.from_value).max();
            refuse_narrow_maximum(&mut check, "riskMaximum", maximum, judged, highest);
        }
        check.finish()?;
        let mut change = year.clone().into_active_model();
        change.rating_basis = changed(self.rating_basis);
        change.rating_required = changed(self.rating_required);
        change.risk_maximum = cleared_or_changed(self.risk_maximum);
        Ok(tx.update(&permit, year, change).await?.id)
    }
}

/// A control year's next phase. It only moves forward, one phase at a time.
#[derive(Clone, Debug, InputObject)]
pub struct AdvanceControlYearInput {
    /// The control year.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The phase that follows the present one.
    pub to: ControlYearPhase,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for AdvanceControlYearInput {
    const NAME: &'static str = "advanceControlYear";
    type Subject = ControlYearState;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ControlYearState), Failure> {
        let state = year_state(tx, &self.id).await?;
        Ok((ControlYearAct::Advance(self.to).permit(tx, &state)?, state))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, state: ControlYearState) -> Result<Uuid, Failure> {
        expect_version(&state.year, self.expected_version)?;
        ControlYearAct::Advance(self.to).refuse(tx, &state).await?;
        let year = state.year;
        let mut change = year.clone().into_active_model();
        change.phase = Set(self.to);
        Ok(tx.update(&permit, year, change).await?.id)
    }
}

/// The year that an input is about, with what decides about it.
async fn year_state(tx: &Transaction, id: &ID) -> Result<ControlYearState, Failure> {
    let year = tx.subject::<control_year::Entity>(NodeKind::ControlYear, id).await?;
    let occasions = store::occasions_of_year(tx.reader(), year.id).await?.len();
    Ok(ControlYearState { year, occasions })
}
