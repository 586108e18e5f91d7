//! What people read, in Swedish and in English, by `Accept-Language`.

mod labels;
mod negotiation;
mod refusals;
mod request_errors;
mod user_errors;
mod work;

use libtest_mimic::Trial;
use serde_json::Value as Json;

use crate::api::Server;
use crate::harness::Suite;

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    [
        labels::trials(suite),
        negotiation::trials(suite),
        refusals::trials(suite),
        request_errors::trials(suite),
        user_errors::trials(suite),
        work::trials(suite),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The message of the first of an answer's errors.
fn message(answer: &Json) -> &str {
    let message = answer["errors"][0]["message"].as_str();
    message.unwrap_or_else(|| panic!("no error: {answer:#}"))
}
