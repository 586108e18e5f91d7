use sea_orm::sea_query::{ArrayType, Expr, ExprTrait, IntoColumnRef, SimpleExpr, Value};
use sea_orm::{ConnectionTrait, DbBackend};
use uuid::Uuid;

/// `column IN ids`, in the form that each database answers fastest.
///
/// PostgreSQL takes one array parameter: the statement's text is then the same for every number of ids, so that it
/// is prepared once. SQLite has no arrays; its statements are cheap to prepare.
pub fn any_of(
    connection: &impl ConnectionTrait,
    column: impl IntoColumnRef,
    ids: impl IntoIterator<Item = Uuid>,
) -> SimpleExpr {
    let column = Expr::col(column);
    match connection.get_database_backend() {
        DbBackend::Postgres => {
            let ids = ids.into_iter().map(Value::from).collect();
            let array = Value::Array(ArrayType::Uuid, Some(Box::new(ids)));
            Expr::cust_with_exprs("$1 = ANY($2)", [column, Expr::val(array)])
        }
        _ => column.is_in(ids),
    }
}
