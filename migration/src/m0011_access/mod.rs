//! Service accounts, sign-in through a provider, the policy, and what waits for a second administrator.

mod access_change;
mod policy_version;
mod service_permission;
mod service_token;
mod user_identity;

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        user_identity::table(),
        service_permission::table(),
        service_token::table(),
        policy_version::table(),
        access_change::table(),
    ]
}
