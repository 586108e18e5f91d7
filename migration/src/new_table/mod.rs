//! A table on the drawing board: keyed by municipality, with every constraint and index named
//! after it. Released steps are built with it, so what it makes of their columns must not change.
//!
//! All constraints go into CREATE TABLE, the only place where SQLite takes foreign keys. Indexes
//! are written as SQL because SeaORM's builder knows no expressions in them; the text is the same
//! for both databases.

mod columns;

use std::borrow::Cow;

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{pk_uuid, uuid};

pub(crate) struct NewTable {
    name: &'static str,
    statement: TableCreateStatement,
    references: Vec<String>,
    indexes: Vec<String>,
    /// The columns that a key or an index begins with, after the municipality.
    leading: Vec<String>,
}

impl NewTable {
    /// The one table that belongs to no municipality: its own.
    pub(crate) fn municipality() -> Self {
        Self::bare("municipality").column(pk_uuid("id"))
    }

    /// A table whose rows have an `id` of their own.
    pub(crate) fn new(name: &'static str) -> Self {
        Self::keyed_by(name, &["id"]).column(uuid("id"))
    }

    /// A table whose rows are told apart, within the municipality, by these columns.
    pub(crate) fn keyed_by(name: &'static str, columns: &[&'static str]) -> Self {
        let mut key = Index::create();
        key.name(format!("{name}_pk")).col("municipality_id");
        for column in columns {
            key.col(*column);
        }
        let mut municipality = ForeignKey::create();
        municipality
            .name(format!("{name}_municipality_id_fk"))
            .from(name, "municipality_id")
            .to("municipality", "id");

        let mut table = Self::bare(name).column(uuid("municipality_id"));
        table.statement.primary_key(&mut key);
        table.statement.foreign_key(&mut municipality);
        table.leads_with(columns);
        table
    }

    fn bare(name: &'static str) -> Self {
        Self {
            name,
            statement: Table::create().table(name).take(),
            references: Vec::new(),
            indexes: Vec::new(),
            leading: Vec::new(),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn column(mut self, column: ColumnDef) -> Self {
        self.statement.col(column);
        self
    }

    pub(crate) fn check(mut self, name: &str, condition: impl Into<Cow<'static, str>>) -> Self {
        let name = format!("{}_{name}_check", self.name);
        self.statement.check((name, Expr::cust(condition)));
        self
    }

    /// A reference to a row of the same municipality, with an index to find the referring rows.
    ///
    /// The row referred to cannot be removed. That is checked at the end of a statement (NO ACTION), not row by row
    /// (RESTRICT): SQLite could not drop a table whose rows refer to each other otherwise.
    pub(crate) fn reference(mut self, column: ColumnDef, target: &'static str) -> Self {
        let name = column.get_column_name();
        self.statement.foreign_key(
            ForeignKey::create()
                .name(format!("{}_{name}_fk", self.name))
                .from(self.name, ("municipality_id", Alias::new(&name)))
                .to(target, ("municipality_id", "id")),
        );
        self.references.push(name);
        self.column(column)
    }

    /// At most one row of the municipality has the same values in these columns.
    pub(crate) fn unique(mut self, name: &str, columns: &[&str]) -> Self {
        let name = format!("{}_{name}_key", self.name);
        self.add_index("UNIQUE INDEX", &name, columns);
        self
    }

    /// [`Self::unique`] among the rows that a condition holds for.
    pub(crate) fn unique_where(mut self, name: &str, columns: &[&str], condition: &str) -> Self {
        let name = format!("{}_{name}_key", self.name);
        self.add_index("UNIQUE INDEX", &name, columns);
        if let Some(index) = self.indexes.last_mut() {
            *index = format!("{index} WHERE {condition}");
        }
        self
    }

    /// An index of the municipality's rows over these columns.
    pub(crate) fn index(mut self, name: &str, columns: &[&str]) -> Self {
        let name = format!("{}_{name}_idx", self.name);
        self.add_index("INDEX", &name, columns);
        self
    }

    fn add_index(&mut self, kind: &str, name: &str, columns: &[&str]) {
        let table = self.name;
        let list = columns.join(", ");
        self.indexes
            .push(format!("CREATE {kind} {name} ON {table} (municipality_id, {list})"));
        self.leads_with(columns);
    }

    fn leads_with(&mut self, columns: &[&str]) {
        self.leading.extend(columns.first().map(|column| (*column).to_owned()));
    }

    pub(crate) async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let mut table = self;
        for column in std::mem::take(&mut table.references) {
            if !table.leading.contains(&column) {
                table = table.index(&column, &[&column]);
            }
        }
        manager.create_table(table.statement).await?;
        for index in &table.indexes {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }

    pub(crate) async fn drop(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(self.name).take()).await
    }
}
