//! What the operator's commands ask across municipalities. The API has no way to any of it.

use crate::database::{Database, StoreError};
use entity::{municipality, user_account};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// The codes of all municipalities, in order.
///
/// # Errors
/// When the database fails.
pub async fn municipality_codes(database: &Database) -> Result<Vec<String>, StoreError> {
    let found = municipalities(database).await?;
    Ok(found.into_iter().map(|municipality| municipality.code).collect())
}

/// All municipalities, in the order of their codes.
///
/// # Errors
/// When the database fails.
pub async fn municipalities(database: &Database) -> Result<Vec<municipality::Model>, StoreError> {
    database.municipalities().await
}

/// The active user who signs in with `username` in the municipality with `code`.
///
/// # Errors
/// When the database fails.
pub async fn find_user(
    database: &Database,
    code: &str,
    username: &str,
) -> Result<Option<user_account::Model>, StoreError> {
    let Some(municipality) = find_municipality(database, code).await? else {
        return Ok(None);
    };
    let session = database.read(municipality.id).await?;
    Ok(user_account::Entity::find()
        .filter(user_account::Column::MunicipalityId.eq(municipality.id))
        .filter(user_account::Column::Username.eq(username))
        .filter(user_account::Column::Active.eq(true))
        .one(&session)
        .await?)
}

/// The municipality with `code`.
///
/// # Errors
/// When the database fails.
pub async fn find_municipality(database: &Database, code: &str) -> Result<Option<municipality::Model>, StoreError> {
    let found = database.municipalities().await?;
    Ok(found.into_iter().find(|municipality| municipality.code == code))
}
