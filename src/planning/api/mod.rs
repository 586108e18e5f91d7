//! Planning in the API.

mod control_plan;
mod control_point;
mod control_year;
mod exemption;
mod filter;
mod mutation;
mod plan_point;
mod query;
mod rating_level;
mod reporting_occasion;
mod risk;
mod risk_level;

pub use control_plan::ControlPlan;
pub use control_point::ControlPoint;
pub use control_year::ControlYear;
pub use exemption::Exemption;
pub use filter::{ControlPointFilter, RiskFilter};
pub use mutation::PlanningMutation;
pub use plan_point::PlanPoint;
pub use query::PlanningQuery;
pub use rating_level::RatingLevel;
pub use reporting_occasion::ReportingOccasion;
pub use risk::Risk;
pub use risk_level::RiskLevel;
