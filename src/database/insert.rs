use super::{Session, StoreError};
use sea_orm::{ActiveModelTrait, EntityTrait};

/// Rows in one statement: with up to 30 columns they stay below the 32,766 values that SQLite takes.
const ROWS_AT_ONCE: usize = 1_000;

/// Stores rows, many in a statement.
///
/// # Errors
/// When the database refuses one.
pub(crate) async fn insert_all<A>(session: &Session, rows: Vec<A>) -> Result<(), StoreError>
where
    A: ActiveModelTrait + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<A> = rows.by_ref().take(ROWS_AT_ONCE).collect();
        <A::Entity as EntityTrait>::insert_many(some)
            .exec_without_returning(session)
            .await?;
    }
    Ok(())
}
