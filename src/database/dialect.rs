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

/// The last day of a calendar year, which is a number.
pub(crate) fn last_day_of_year(connection: &impl ConnectionTrait, year: impl IntoColumnRef) -> SimpleExpr {
    let year = [Expr::col(year)];
    match connection.get_database_backend() {
        DbBackend::Postgres => Expr::cust_with_exprs("make_date($1, 12, 31)", year),
        _ => Expr::cust_with_exprs("printf('%04d-12-31', ?)", year),
    }
}

/// The ids of a group's rows as one text, for [`ids_in_text`]; a row without one adds nothing.
pub(crate) fn ids_as_text(connection: &impl ConnectionTrait, id: impl Into<SimpleExpr>) -> SimpleExpr {
    let column = [id.into()];
    match connection.get_database_backend() {
        DbBackend::Postgres => Expr::cust_with_exprs("string_agg(CAST($1 AS text), ',')", column),
        _ => Expr::cust_with_exprs("group_concat(hex(?), ',')", column),
    }
}

/// The ids in a text that [`ids_as_text`] made.
pub(crate) fn ids_in_text(text: Option<String>) -> Vec<Uuid> {
    let text = text.unwrap_or_default();
    text.split(',').filter_map(|id| Uuid::try_parse(id).ok()).collect()
}
