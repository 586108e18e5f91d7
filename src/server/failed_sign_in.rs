//! Telling the audit log of tokens that were refused.

use crate::{
    access::{Gate, Identity, RefusedToken},
    audit::Incident,
};
use uuid::Uuid;

/// Tells of a bearer token that was refused: in the log of its municipality where its signature is good, otherwise, since
/// anybody could name any municipality, in the program's own log alone.
pub(super) async fn tell(gate: &Gate, refused: &RefusedToken, request_id: Uuid) {
    let Some(failure) = refused.refusal.failure() else {
        tracing::error!(error = ?refused.refusal, "nobody can be signed in");
        return;
    };
    let (municipality_id, user_id) = match &refused.claimed {
        Some(Identity::User {
            municipality_id,
            user_id,
        }) => (Some(*municipality_id), Some(*user_id)),
        Some(Identity::External { municipality_id, .. }) => (Some(*municipality_id), None),
        // The token of a service account has no signature: anybody can make one up.
        Some(Identity::Service { .. } | Identity::Public { .. }) | None => (None, None),
    };
    let incident = Incident::sign_in(failure, user_id, request_id, gate.clock().now());
    gate.incidents().tell(gate, municipality_id, incident).await;
}
