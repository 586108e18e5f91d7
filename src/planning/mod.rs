//! The control year with its reporting occasions and scales, risks, control plans and the points in them.

mod api;
mod commands;
mod rules;
mod store;

pub use api::{
    ControlPlan, ControlPoint, ControlPointFilter, ControlYear, Exemption, PlanPoint, PlanningMutation, PlanningQuery,
    RatingLevel, ReportingOccasion, Risk, RiskFilter, RiskLevel,
};
pub(crate) use commands::open_year;
pub use commands::{
    AddPlanPointInput, AdvanceControlYearInput, ChangeControlPlanStatusInput, CreateControlPlanInput,
    CreateControlPointInput, CreateControlYearInput, CreateExemptionInput, CreateReportingOccasionInput,
    CreateRiskInput, DeleteExemptionInput, RatingLevelInput, RemovePlanPointInput, ReviseControlPlanInput,
    RiskLevelInput, SetRatingScaleInput, SetRiskScaleInput, UpdateControlPlanInput, UpdateControlPointInput,
    UpdateControlYearInput, UpdateReportingOccasionInput, UpdateRiskInput,
};
pub(crate) use rules::{day_within, parse_year};
pub(crate) use store::{
    PlansOfCommittee, PlansOfDepartment, is_exempt, occasion_of_year, occasions_of_year, plan_point_of, visible_plans,
    visible_points, visible_risks, year_by_number,
};
