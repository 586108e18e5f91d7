//! The control year with its scales, risks, control points and plans.

mod control_plan;
mod control_point;
mod control_year;
mod exemption;
mod plan_point;
mod rating_level;
mod reporting_occasion;
mod risk;
mod risk_control_point;
mod risk_level;

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        control_year::table(),
        reporting_occasion::table(),
        rating_level::table(),
        risk_level::table(),
        risk::table(),
        control_point::table(),
        risk_control_point::table(),
        control_plan::table(),
        plan_point::table(),
        exemption::table(),
    ]
}
