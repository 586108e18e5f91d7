//! A stub of the room that plans: just enough to follow up what was planned.

mod api;
mod store;

pub use api::{ControlPlan, ControlPoint, ControlYear, RatingLevel, ReportingOccasion, Risk};
pub(crate) use store::{
    is_exempt, occasion_of_year, open_year, parse_year, plan_point_of, refuse_closed_year, visible_plans,
    visible_points, visible_risks, year_by_number,
};
