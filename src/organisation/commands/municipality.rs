use crate::{
    access::Gate,
    audit,
    collation::sort_key,
    database::StoreError,
    graphql::YEARS,
    identity_number,
    use_case::{ByOperator, NAME_TEXT},
};
use chrono::NaiveDate;
use entity::{Role, StringList, UserKind, municipality, role_assignment, user_account};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// A municipality and its first administrator, as the operator creates them.
#[derive(Clone, Debug)]
pub struct NewMunicipality {
    /// The municipality's four-digit code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its organisation number.
    pub organisation_number: Option<String>,
    /// The name that the first administrator signs in with.
    pub administrator: String,
}

/// Why no municipality was created.
#[derive(Debug, thiserror::Error)]
pub enum CreateMunicipalityError {
    /// The code is not one.
    #[error("\"{0}\" is not a municipality's code: it has four digits, such as 0586")]
    Code(String),
    /// The name is blank or too long.
    #[error("a municipality's name has 1 to 300 characters")]
    Name,
    /// The administrator's name is what is never stored.
    #[error("{0} looks like a personal identity number, which is never stored here: use another name")]
    IdentityNumber(String),
    /// There is one with that code.
    #[error("there is a municipality {0} already")]
    Exists(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Creates a tenant with its first administrator, who creates everything else through the API. Nothing in the API can
/// do this: it is the operator's command.
///
/// # Errors
/// When the code or the name is not acceptable, or the municipality is there already.
pub async fn create_municipality(
    gate: &Gate,
    new: NewMunicipality,
) -> Result<municipality::Model, CreateMunicipalityError> {
    if new.code.len() != 4 || !new.code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CreateMunicipalityError::Code(new.code));
    }
    if new.name.trim().is_empty() || new.name.chars().count() > NAME_TEXT {
        return Err(CreateMunicipalityError::Name);
    }
    if identity_number::is_like_one(&new.administrator) {
        return Err(CreateMunicipalityError::IdentityNumber(new.administrator));
    }
    let now = gate.clock().now();
    let session = gate.database().write_as_owner().await?;
    let taken = municipality::Entity::find()
        .filter(municipality::Column::Code.eq(&new.code))
        .one(&session)
        .await
        .map_err(StoreError::from)?;
    if taken.is_some() {
        return Err(CreateMunicipalityError::Exists(new.code));
    }
    let municipality = municipality::ActiveModel {
        id: Set(Uuid::now_v7()),
        code: Set(new.code),
        name: Set(new.name),
        organisation_number: Set(new.organisation_number),
        host_names: Set(StringList(Vec::new())),
        created_at: Set(now),
    };
    let municipality = municipality.insert(&session).await.map_err(StoreError::from)?;
    audit::lay_out(&session, municipality.id).await?;
    let mut founding = ByOperator::begin(&session, gate, municipality.id, "municipality create").await?;
    founding.created(&municipality)?;
    let administrator = user_account::ActiveModel {
        municipality_id: Set(municipality.id),
        id: Set(Uuid::now_v7()),
        name: Set(new.administrator.clone()),
        name_key: Set(sort_key(&new.administrator)),
        username: Set(new.administrator),
        email: Set(None),
        language: Set(None),
        kind: Set(UserKind::Person),
        active: Set(true),
        version: Set(1),
        created_at: Set(now),
    };
    let administrator = founding.insert(&session, administrator).await?;
    let role = role_assignment::ActiveModel {
        municipality_id: Set(municipality.id),
        id: Set(Uuid::now_v7()),
        user_id: Set(administrator.id),
        role: Set(Role::Administrator),
        department_id: Set(None),
        committee_id: Set(None),
        // From the first year that a municipality can record: what happened before it was founded here is recorded too.
        valid_from: Set(NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1).unwrap_or_default()),
        valid_to: Set(None),
        granted_by: Set(None),
        in_force: Set(true),
        version: Set(1),
        created_at: Set(now),
    };
    founding.insert(&session, role).await?;
    founding.end(&session).await?;
    session.commit().await?;
    Ok(municipality)
}
