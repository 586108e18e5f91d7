use super::store;
use crate::{
    access::Gate,
    database::StoreError,
    identity_number,
    organisation::{find_municipality, find_user},
    use_case::{ByOperator, SHORT_TEXT},
};
use entity::user_identity;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// Who somebody of an OpenID Connect provider is to be here, as the operator says.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// The municipality's code.
    pub municipality: String,
    /// The name of the user.
    pub username: String,
    /// The provider: the `iss` of its tokens.
    pub issuer: String,
    /// Who it is there: the value of the claim that the provider is set up to tell users by.
    pub subject: String,
}

/// Why nobody was linked.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// There is no such municipality.
    #[error("there is no municipality {0}: `samsyn municipality list` shows them")]
    NoMunicipality(String),
    /// There is no such user.
    #[error("there is no active user {username} in municipality {municipality}")]
    NoUser {
        /// The user's name.
        username: String,
        /// The municipality's code.
        municipality: String,
    },
    /// The subject is blank or too long.
    #[error("a subject has 1 to {SHORT_TEXT} characters")]
    Subject,
    /// The subject is what is never stored.
    #[error("the subject looks like a personal identity number, which is never stored here: configure another claim")]
    IdentityNumber,
    /// That subject is somebody here already.
    #[error("that subject signs in as a user of the municipality already: an administrator ends that link first")]
    Linked,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Links somebody of a provider to a user. In the API that takes two administrators; the first two cannot sign in before
/// they are linked, so that it is the operator who links them.
///
/// # Errors
/// When there is no such user, the subject is not acceptable or linked already, or the database fails.
pub async fn link_user(gate: &Gate, new: NewLink) -> Result<(), LinkError> {
    if new.subject.trim().is_empty() || new.subject.chars().count() > SHORT_TEXT {
        return Err(LinkError::Subject);
    }
    if identity_number::is_like_one(&new.subject) {
        return Err(LinkError::IdentityNumber);
    }
    let municipality = find_municipality(gate.database(), &new.municipality).await?;
    let Some(municipality) = municipality else {
        return Err(LinkError::NoMunicipality(new.municipality));
    };
    let Some(user) = find_user(gate.database(), &new.municipality, &new.username).await? else {
        return Err(LinkError::NoUser {
            username: new.username,
            municipality: new.municipality,
        });
    };
    let session = gate.database().write(municipality.id).await?;
    let mut change = ByOperator::begin(&session, gate, municipality.id, "user link").await?;
    // With the log locked, nobody links the subject meanwhile.
    let reader = gate.operator(municipality.id).await?;
    if store::identity(&reader, &new.issuer, &new.subject).await?.is_some() {
        return Err(LinkError::Linked);
    }
    let row = user_identity::ActiveModel {
        municipality_id: Set(municipality.id),
        id: Set(Uuid::now_v7()),
        user_id: Set(user.id),
        issuer: Set(new.issuer),
        subject: Set(new.subject),
        in_force: Set(true),
        linked_by: Set(None),
        version: Set(1),
        created_at: Set(gate.clock().now()),
    };
    change.insert(&session, row).await?;
    change.end(&session).await?;
    session.commit().await?;
    Ok(())
}
