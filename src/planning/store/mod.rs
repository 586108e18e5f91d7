//! Reading what is planned.

mod action;
mod plan;
mod point;
mod risk;
mod visible;
mod year;

pub(super) use action::{ActionsOfPlan, ActionsOfRisk};
pub(super) use plan::{
    CommitteeOfPlan, DepartmentOfPlan, DepartmentPlansOfYear, NewerVersion, OlderVersion, PointOfPlanPoint,
    PointsOfPlan, SharedPlanOfYear, YearOfPlan, newer_version, plan_exists, points_of_plan, work_has_begun,
};
pub(crate) use plan::{PlansOfCommittee, PlansOfDepartment, is_exempt, plan_point_of};
pub(super) use point::{
    DepartmentOfExemption, DepartmentOfPoint, ExemptionsOfPoint, PointFilter, PointOfExemption, PreviousPoint,
    RisksOfPoint, YearOfPoint, in_adopted_plan, point_page, risk_links,
};
pub(super) use risk::{
    DepartmentOfRisk, LevelsOfRisk, PointsOfRisk, PreviousRisk, RiskFilter, YearOfRisk, highest_judged, risk_page,
};
pub(super) use visible::{visible_exemptions, visible_years};
pub(crate) use visible::{visible_plans, visible_points, visible_risks};
pub(super) use year::{
    OccasionsOfYear, RatingScale, RiskScale, rating_levels, risk_levels, used_levels, visible_year, years,
};
pub(crate) use year::{occasion_of_year, occasions_of_year, year_by_number};
