//! Follow-ups and what hangs on them.

mod action_extension;
mod assessment;
mod control_check;
mod corrective_action;
mod finding;
mod follow_up;
mod follow_up_performer;
mod review;
mod review_follow_up;

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        follow_up::table(),
        follow_up_performer::table(),
        assessment::table(),
        control_check::table(),
        review::table(),
        review_follow_up::table(),
        finding::table(),
        corrective_action::table(),
        action_extension::table(),
    ]
}
