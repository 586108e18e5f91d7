//! Large counts, and what safety costs. At a tenth by default; whole, and in an optimised build, by `tests/heavy`. What is
//! measured is printed and not asserted: a machine that is busy is no failure.

mod audit_log;
mod cost;
mod departments;
mod kills;
mod nation;

use libtest_mimic::Trial;

use crate::api::Server;
use crate::harness::{HEAVY, Suite};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    [
        audit_log::trials(suite),
        cost::trials(suite),
        departments::trials(suite),
        kills::trials(suite),
        nation::trials(suite),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A count, or a tenth of it.
fn count(whole: usize) -> usize {
    if *HEAVY { whole } else { whole / 10 }
}
