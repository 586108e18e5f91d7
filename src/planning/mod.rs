//! The control year with its reporting occasions and scales, risks, control plans and the points in them.

mod api;
mod commands;
mod rules;
mod sheets;
mod store;

pub use api::{
    ControlPlan, ControlPoint, ControlPointFilter, ControlYear, Exemption, PlanPoint, PlanningMutation, PlanningQuery,
    RatingLevel, ReportingOccasion, Risk, RiskFilter, RiskLevel,
};
pub use commands::{
    AddPlanPointInput, AdvanceControlYearInput, ChangeControlPlanStatusInput, CreateControlPlanInput,
    CreateControlPointInput, CreateControlYearInput, CreateExemptionInput, CreateReportingOccasionInput,
    CreateRiskInput, DeleteExemptionInput, RatingLevelInput, RemovePlanPointInput, ReviseControlPlanInput,
    RiskLevelInput, SetRatingScaleInput, SetRiskScaleInput, UpdateControlPlanInput, UpdateControlPointInput,
    UpdateControlYearInput, UpdatePlanPointInput, UpdateReportingOccasionInput, UpdateRiskInput,
};
pub(crate) use commands::{Destination, Looked, carry_point, carry_risk, open_year, plan_landed_in, year_of};
pub(crate) use rules::{day_within, first_day, organisation_day, parse_year, refuse_closed_year, writing};
pub(crate) use sheets::{Counts, EXPORTS, Import, ImportKind, Target};
pub(crate) use store::{
    PlansOfCommittee, PlansOfDepartment, TimesOfPoint, applies_to, counts_here, departments_with_point, exempting,
    follow_up_reported_to, is_exempt, occasion_of_year, occasions_of_year, organisation_day_at, organisation_day_sql,
    plan_point_of, planned_points, present, reported_first, reported_to, risks_of_year, successor_of_point,
    successor_of_risk, visible_plans, visible_points, visible_risks, year_by_number,
};
