//! Telling the audit log of tokens that were refused.

use crate::{
    access::{Gate, Identity, LocalTokens},
    audit::{Incident, SignInFailure},
};
use uuid::Uuid;

/// Tells of a bearer token that was refused: in the log of its municipality where its signature is good, otherwise, since
/// anybody could name any municipality, in the program's own log alone.
pub(super) async fn tell(gate: &Gate, tokens: &LocalTokens, token: &str, request_id: Uuid) {
    let (municipality_id, failure, user_id) = match tokens.expired(token) {
        Some(Identity::User {
            municipality_id,
            user_id,
        }) => (Some(municipality_id), SignInFailure::Expired, Some(user_id)),
        _ => (None, SignInFailure::Invalid, None),
    };
    let incident = Incident::sign_in(failure, user_id, request_id, gate.clock().now());
    gate.incidents().tell(gate, municipality_id, incident).await;
}
