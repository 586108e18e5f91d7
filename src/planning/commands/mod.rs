//! The use cases of planning.

mod carry;
mod control_plan;
mod control_plan_status;
mod control_point;
mod control_year;
mod exemption;
mod import_points;
mod import_risks;
mod plan_point;
mod rating_scale;
mod reporting_occasion;
mod risk;
mod risk_scale;
mod schedule;
mod shared_points;
mod sheet;

pub(crate) use carry::{Destination, carry_point, carry_risk, plan_landed_in};
pub use control_plan::{CreateControlPlanInput, ReviseControlPlanInput, UpdateControlPlanInput};
pub use control_plan_status::ChangeControlPlanStatusInput;
pub use control_point::{CreateControlPointInput, UpdateControlPointInput};
pub use control_year::{AdvanceControlYearInput, CreateControlYearInput, UpdateControlYearInput};
pub(crate) use control_year::{open_year, year_of};
pub use exemption::{CreateExemptionInput, DeleteExemptionInput};
pub(crate) use import_points::{ImportControlPlan, ImportControlPoints, look_at_points};
pub(crate) use import_risks::{ImportRisks, look_at_risks};
pub use plan_point::{AddPlanPointInput, RemovePlanPointInput, UpdatePlanPointInput};
pub use rating_scale::{RatingLevelInput, SetRatingScaleInput};
pub use reporting_occasion::{CreateReportingOccasionInput, UpdateReportingOccasionInput};
pub use risk::{CreateRiskInput, UpdateRiskInput};
pub use risk_scale::{RiskLevelInput, SetRiskScaleInput};
pub(crate) use sheet::Looked;

use super::rules::LAST_NUMBER;
use crate::use_case::Check;

/// The most characters of a code or a colour of a scale or an occasion.
const CODE_TEXT: usize = 20;

/// Looks through the colour that a level is shown in.
fn check_colour(check: &mut Check, index: usize, colour: Option<&String>) {
    check.optional_text(&format!("levels.{index}.colour"), colour, CODE_TEXT);
}
