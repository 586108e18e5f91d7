//! Pages over a total order, continued by the values of the last row (keyset), not by a number of rows to skip: what
//! is inserted or removed meanwhile neither repeats a row nor loses one.

use super::{Session, StoreError};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::NaiveDate;
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryResult, QueryTrait, Select,
    sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr, Value},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One part of a list's order, ascending and never null. The last part makes the order total.
#[derive(Clone, Debug)]
pub struct SortKey {
    expression: SimpleExpr,
    kind: KeyKind,
}

#[derive(Clone, Copy, Debug)]
enum KeyKind {
    Number,
    Long,
    Bytes,
    Date,
    Id,
}

/// A sort key's value in one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum KeyValue {
    #[serde(rename = "n")]
    Number(i32),
    #[serde(rename = "l")]
    Long(i64),
    #[serde(rename = "b")]
    Bytes(String),
    #[serde(rename = "d")]
    Date(NaiveDate),
    #[serde(rename = "i")]
    Id(Uuid),
}

impl SortKey {
    /// By a number.
    pub fn number(expression: impl Into<SimpleExpr>) -> Self {
        Self::of(expression, KeyKind::Number)
    }

    /// By a number that may be large.
    pub fn long(expression: impl Into<SimpleExpr>) -> Self {
        Self::of(expression, KeyKind::Long)
    }

    /// By a stored sort key of a name.
    pub fn bytes(expression: impl Into<SimpleExpr>) -> Self {
        Self::of(expression, KeyKind::Bytes)
    }

    /// By a date.
    pub fn date(expression: impl Into<SimpleExpr>) -> Self {
        Self::of(expression, KeyKind::Date)
    }

    /// By an id, which also is the order in which rows were made.
    pub fn id(expression: impl Into<SimpleExpr>) -> Self {
        Self::of(expression, KeyKind::Id)
    }

    fn of(expression: impl Into<SimpleExpr>, kind: KeyKind) -> Self {
        Self {
            expression: expression.into(),
            kind,
        }
    }

    fn read(&self, row: &QueryResult, name: &str) -> Result<KeyValue, DbErr> {
        Ok(match self.kind {
            KeyKind::Number => KeyValue::Number(row.try_get("", name)?),
            KeyKind::Long => KeyValue::Long(row.try_get("", name)?),
            KeyKind::Bytes => KeyValue::Bytes(URL_SAFE_NO_PAD.encode(row.try_get::<Vec<u8>>("", name)?)),
            KeyKind::Date => KeyValue::Date(row.try_get("", name)?),
            KeyKind::Id => KeyValue::Id(row.try_get("", name)?),
        })
    }
}

impl KeyValue {
    /// The value as a parameter, if it is of the kind that the order has there.
    fn parameter(&self, kind: KeyKind) -> Option<Value> {
        match (self, kind) {
            (Self::Number(number), KeyKind::Number) => Some((*number).into()),
            (Self::Long(number), KeyKind::Long) => Some((*number).into()),
            (Self::Bytes(text), KeyKind::Bytes) => URL_SAFE_NO_PAD.decode(text).ok().map(Value::from),
            (Self::Date(date), KeyKind::Date) => Some((*date).into()),
            (Self::Id(id), KeyKind::Id) => Some((*id).into()),
            _ => None,
        }
    }
}

/// Where a page begins: the place of one row in one list's order. Opaque to clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

/// The text is not a cursor of this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a cursor of this list and order: use one exactly as an answer of the same list gave it")]
pub struct CursorError;

impl Cursor {
    /// A client's text, to be understood by the list that it is used on.
    #[must_use]
    pub fn from_client(text: String) -> Self {
        Self(text)
    }

    /// The text for clients.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }

    fn of(list: &str, keys: &[KeyValue]) -> Result<Self, StoreError> {
        let json = serde_json::to_vec(&(list, keys)).map_err(|error| StoreError::Content(error.to_string()))?;
        Ok(Self(URL_SAFE_NO_PAD.encode(json)))
    }

    fn parameters(&self, list: &str, order: &[SortKey]) -> Result<Vec<Value>, CursorError> {
        let json = URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| CursorError)?;
        let (of, values): (String, Vec<KeyValue>) = serde_json::from_slice(&json).map_err(|_| CursorError)?;
        if of != list || values.len() != order.len() {
            return Err(CursorError);
        }
        values
            .iter()
            .zip(order)
            .map(|(value, key)| value.parameter(key.kind).ok_or(CursorError))
            .collect()
    }
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many rows at most.
    pub limit: u64,
    /// The rows after this one.
    pub after: Option<Cursor>,
    /// The rows before this one.
    pub before: Option<Cursor>,
    /// The last rows of what is left, instead of the first.
    pub backward: bool,
}

impl Page {
    /// The same page of the list read from its other end: keys ascend, and a list whose newest comes first is read from its
    /// end. The slice, and what is wrong with the page, are to be turned back.
    pub(crate) fn turned(&self) -> Self {
        Self {
            limit: self.limit,
            after: self.before.clone(),
            before: self.after.clone(),
            backward: !self.backward,
        }
    }
}

impl<M> Slice<M> {
    /// A slice of a turned page, turned back.
    pub(crate) fn turned(mut self) -> Self {
        self.rows.reverse();
        Self {
            rows: self.rows,
            has_previous: self.has_next,
            has_next: self.has_previous,
        }
    }
}

impl PageError {
    /// Names the argument of a turned page as the client did.
    pub(crate) fn turned(self) -> Self {
        match self {
            Self::Cursor { argument, source } => Self::Cursor {
                argument: if argument == "after" { "before" } else { "after" },
                source,
            },
            other => other,
        }
    }
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Slice<M> {
    /// The rows in the list's order, each with its cursor.
    pub rows: Vec<(Cursor, M)>,
    /// Whether there are rows before these.
    pub has_previous: bool,
    /// Whether there are rows after these.
    pub has_next: bool,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// `after` or `before` is no cursor of this list.
    #[error("`{argument}` {source}")]
    Cursor {
        /// The argument.
        argument: &'static str,
        /// What is wrong with it.
        source: CursorError,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The page of `select` that is wanted. `list` names the list and its order in the cursors.
pub(crate) async fn page<E, M>(
    session: &Session,
    select: Select<E>,
    list: &str,
    order: &[SortKey],
    page: &Page,
) -> Result<Slice<M>, PageError>
where
    E: EntityTrait,
    M: FromQueryResult,
{
    page_of(session, select.into_query(), list, order, page).await
}

/// [`page`], and how many rows there are in all when that is wanted.
pub(crate) async fn counted_page<E, M>(
    session: &Session,
    select: Select<E>,
    list: &str,
    order: &[SortKey],
    wanted: &Page,
    total: bool,
) -> Result<(Slice<M>, i32), PageError>
where
    E: EntityTrait,
    M: FromQueryResult,
{
    let total = if total {
        count(session, select.clone()).await?
    } else {
        0
    };
    Ok((page(session, select, list, order, wanted).await?, total))
}

/// [`page`] of a statement that is not of one table, such as a union.
pub(crate) async fn page_of<M: FromQueryResult>(
    session: &Session,
    mut select: SelectStatement,
    list: &str,
    order: &[SortKey],
    page: &Page,
) -> Result<Slice<M>, PageError> {
    for (argument, cursor, forward) in [("after", &page.after, true), ("before", &page.before, false)] {
        if let Some(cursor) = cursor {
            let values = cursor
                .parameters(list, order)
                .map_err(|source| PageError::Cursor { argument, source })?;
            select.and_where(beyond(order, values, forward));
        }
    }
    let direction = if page.backward { Order::Desc } else { Order::Asc };
    for (number, key) in order.iter().enumerate() {
        select
            .expr_as(key.expression.clone(), Alias::new(format!("k{number}")))
            .order_by_expr(key.expression.clone(), direction.clone());
    }
    let statement = session.get_database_backend().build(select.limit(page.limit + 1));
    let found = session.query_all_raw(statement).await.map_err(StoreError::from)?;
    let more = found.len() as u64 > page.limit;
    let mut rows = found
        .iter()
        .take(usize::try_from(page.limit).unwrap_or(usize::MAX))
        .map(|row| keyed(row, list, order))
        .collect::<Result<Vec<_>, StoreError>>()?;
    if page.backward {
        rows.reverse();
    }
    Ok(Slice {
        rows,
        has_previous: if page.backward { more } else { page.after.is_some() },
        has_next: if page.backward { page.before.is_some() } else { more },
    })
}

/// How many rows `select` has.
pub(crate) async fn count<E: EntityTrait>(session: &Session, select: Select<E>) -> Result<i32, StoreError> {
    count_of(session, select.into_query()).await
}

/// [`count`] of a statement that is not of one table.
pub(crate) async fn count_of(session: &Session, select: SelectStatement) -> Result<i32, StoreError> {
    let counted = Query::select()
        .expr_as(Expr::cust("COUNT(*)"), "total")
        .from_subquery(select, Alias::new("counted"))
        .to_owned();
    let statement = session.get_database_backend().build(&counted);
    let total: i64 = match session.query_one_raw(statement).await? {
        Some(row) => row.try_get("", "total")?,
        None => 0,
    };
    Ok(i32::try_from(total).unwrap_or(i32::MAX))
}

/// Rows beyond the place that `values` tell, as one comparison of rows, which an index answers whole.
fn beyond(order: &[SortKey], values: Vec<Value>, forward: bool) -> SimpleExpr {
    let left = Expr::tuple(order.iter().map(|key| key.expression.clone()));
    let right = Expr::tuple(values.into_iter().map(Expr::val));
    if forward { left.gt(right) } else { left.lt(right) }
}

fn keyed<M: FromQueryResult>(row: &QueryResult, list: &str, order: &[SortKey]) -> Result<(Cursor, M), StoreError> {
    let keys = order
        .iter()
        .enumerate()
        .map(|(number, key)| key.read(row, &format!("k{number}")))
        .collect::<Result<Vec<_>, DbErr>>()?;
    Ok((Cursor::of(list, &keys)?, M::from_query_result(row, "")?))
}
