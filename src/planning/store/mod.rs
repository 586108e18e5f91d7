//! Reading what is planned.

mod action;
mod carry;
mod counting;
mod in_force;
mod plan;
mod point;
mod risk;
mod schedule;
mod sheet;
mod visible;
mod year;

pub(super) use action::{ActionsOfPlan, ActionsOfRisk};
pub(super) use carry::{
    exemptions_of_point, place_of_point, points_of_risk, successors_of_points, successors_of_risks,
};
pub(crate) use carry::{planned_points, risks_of_year, successor_of_point, successor_of_risk};
pub(crate) use counting::{counts_here, follow_up_reported_to, reported_first, reported_to};
pub(crate) use in_force::present;
pub(super) use plan::{
    CommitteeOfPlan, DepartmentOfPlan, DepartmentPlansOfYear, NewerVersion, OlderVersion, PointOfPlanPoint,
    PointsOfPlan, SharedPlanOfYear, YearOfPlan, begun, latest_plan, newer_version, open_department_plans,
    places_of_plans, points_of_plan, shared_plan_in_force,
};
pub(crate) use plan::{
    PlansOfCommittee, PlansOfDepartment, applies_to, departments_with_point, exempting, is_exempt, plan_point_of,
};
pub(super) use point::{
    DepartmentOfExemption, DepartmentOfPoint, ExemptionsOfPoint, PointFilter, PointOfExemption, PreviousPoint,
    RisksOfPoint, YearOfPoint, in_adopted_plan, point_page, risk_links, visible_risks_of_points,
};
pub(super) use risk::{
    DepartmentOfRisk, LevelsOfRisk, PointsOfRisk, PreviousRisk, RiskFilter, YearOfRisk, highest_judged, risk_page,
};
pub(crate) use schedule::TimesOfPoint;
pub(super) use schedule::{times_of_point, times_of_points};
pub(super) use sheet::{
    departments_by_code, latest_plans, points_in_adopted_plans, points_of_departments, risks_of_departments,
    visible_points_by_id, visible_risks_by_id, visible_risks_of_year,
};
pub(super) use visible::{visible_exemptions, visible_years};
pub(crate) use visible::{visible_plans, visible_points, visible_risks};
pub(super) use year::{
    OccasionsOfYear, RatingScale, RiskScale, rating_levels, risk_levels, used_levels, visible_year, years,
};
pub(crate) use year::{occasion_of_year, occasions_of_year, organisation_day_at, organisation_day_sql, year_by_number};
