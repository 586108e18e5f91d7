//! Reading rows of the reader's municipality, and of no other.

use super::Reader;
use crate::database::{StoreError, Tenant, TenantTable, reference};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType, ModelTrait,
    QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use uuid::Uuid;

impl Reader {
    /// The municipality's rows of a table: what every statement on tenant data starts from.
    pub(crate) fn find<E: Tenant>(&self) -> Select<E> {
        E::find().filter(E::MUNICIPALITY.eq(self.municipality_id()))
    }

    /// One row by its id.
    pub(crate) async fn by_id<E: TenantTable>(&self, id: Uuid) -> Result<Option<E::Model>, StoreError> {
        self.visible_by_id::<E>(id, Condition::all()).await
    }

    /// One row by its id, if it is among those that `visible` lets the reader see.
    pub(crate) async fn visible_by_id<E: TenantTable>(
        &self,
        id: Uuid,
        visible: Condition,
    ) -> Result<Option<E::Model>, StoreError> {
        let select = self.find::<E>().filter(E::ID.eq(id)).filter(visible);
        Ok(select.one(self.session()).await?)
    }
}

/// The rows with these ids, each with its id: the load of a relation to one.
pub(crate) async fn rows_by_id<E: TenantTable>(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, E::Model)>, StoreError> {
    visible_rows_by_id::<E>(reader, ids, Condition::all()).await
}

/// [`rows_by_id`], of the rows that `visible` lets the reader see.
pub(crate) async fn visible_rows_by_id<E: TenantTable>(
    reader: &Reader,
    ids: Vec<Uuid>,
    visible: Condition,
) -> Result<Vec<(Uuid, E::Model)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = reader
        .find::<E>()
        .filter(reader.any_of(E::ID.as_column_ref(), ids))
        .filter(visible)
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| (E::id_of(&row), row)).collect())
}

/// The rows that refer to these ids in `by`, in the order in which they were made, each with the id: the load of a
/// relation to many.
pub(crate) async fn rows_referring<E: TenantTable>(
    reader: &Reader,
    by: E::Column,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, E::Model)>, StoreError> {
    let rows = referring::<E>(reader, by, ids)
        .order_by_asc(E::ID)
        .all(reader.session())
        .await?;
    Ok(keyed(rows, by))
}

/// The statement behind [`rows_referring`], for those that want another order.
pub(crate) fn referring<E: TenantTable>(reader: &Reader, by: E::Column, ids: Vec<Uuid>) -> Select<E> {
    let select = reader
        .find::<E>()
        .filter(reader.any_of(by.as_column_ref(), ids.iter().copied()));
    if ids.is_empty() { select.limit(0) } else { select }
}

/// Each row with what it refers to in `by`.
pub(crate) fn keyed<M: ModelTrait>(rows: Vec<M>, by: <M::Entity as EntityTrait>::Column) -> Vec<(Uuid, M)> {
    rows.into_iter()
        .filter_map(|row| Some((reference(&row, by)?, row)))
        .collect()
}

/// Joins another table of the same municipality, where its `theirs` is this one's `ours`.
pub(crate) fn join<E: Tenant, J: Tenant>(
    select: Select<E>,
    kind: JoinType,
    ours: E::Column,
    theirs: J::Column,
) -> Select<E> {
    let mut select = select;
    let same_municipality = Expr::col(J::MUNICIPALITY.as_column_ref()).equals(E::MUNICIPALITY.as_column_ref());
    let same_row = Expr::col(theirs.as_column_ref()).equals(ours.as_column_ref());
    QueryTrait::query(&mut select).join(kind, J::default(), same_municipality.and(same_row));
    select
}

/// Joins another table of the same municipality to one that is joined already, where its `theirs` is that one's `ours`.
pub(crate) fn join_joined<E: Tenant, V: Tenant, J: Tenant>(
    select: Select<E>,
    kind: JoinType,
    ours: V::Column,
    theirs: J::Column,
) -> Select<E> {
    let mut select = select;
    let same_municipality = Expr::col(J::MUNICIPALITY.as_column_ref()).equals(V::MUNICIPALITY.as_column_ref());
    let same_row = Expr::col(theirs.as_column_ref()).equals(ours.as_column_ref());
    QueryTrait::query(&mut select).join(kind, J::default(), same_municipality.and(same_row));
    select
}

/// Adds a joined table's columns, each with `prefix` before its name, so that its row comes in the same statement.
pub(crate) fn with_columns<E: EntityTrait, J: EntityTrait>(select: Select<E>, prefix: &str) -> Select<E> {
    J::Column::iter().fold(select, |select, column| {
        select.column_as(column, format!("{prefix}{}", column.as_str()))
    })
}

/// 1 in the rows where `condition` holds, otherwise 0.
pub(crate) fn flag(condition: Condition) -> SimpleExpr {
    if condition.is_empty() {
        return Expr::cust("1");
    }
    Expr::case(condition, Expr::cust("1")).finally(Expr::cust("0")).into()
}

/// A row of a relation through another table, with the key of the parent that it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Keyed<M> {
    key: Uuid,
    row: M,
}

impl<M> Keyed<M> {
    /// The name of the column that holds the key.
    pub(crate) const KEY: &'static str = "parent_key";

    /// The key and the row.
    pub(crate) fn pair(self) -> (Uuid, M) {
        (self.key, self.row)
    }
}

impl<M: FromQueryResult> FromQueryResult for Keyed<M> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            key: row.try_get(prefix, Self::KEY)?,
            row: M::from_query_result(row, prefix)?,
        })
    }
}
