//! The sorts of columns that recur, each with its check. A column that may be null passes its
//! check while it is.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, date_null, integer, text_null, timestamp_with_time_zone, uuid_null};

use super::NewTable;

impl NewTable {
    /// A short code.
    pub(crate) fn code(self, column: ColumnDef) -> Self {
        self.text(column, 1, 20)
    }

    /// A name, a title or the like.
    pub(crate) fn line(self, column: ColumnDef) -> Self {
        self.text(column, 1, 300)
    }

    /// Free text.
    pub(crate) fn prose(self, column: ColumnDef) -> Self {
        self.text(column, 0, 20_000)
    }

    /// A SHA-256 in hexadecimal.
    pub(crate) fn hash(self, column: ColumnDef) -> Self {
        self.text(column, 64, 64)
    }

    pub(crate) fn text(self, column: ColumnDef, shortest: u16, longest: u16) -> Self {
        let name = column.get_column_name();
        let condition = format!("length({name}) BETWEEN {shortest} AND {longest}");
        self.column(column).check(&name, condition)
    }

    /// One of a closed list of values.
    pub(crate) fn choice(self, column: ColumnDef, values: &[&str]) -> Self {
        let name = column.get_column_name();
        let condition = format!("{name} IN ('{}')", values.join("', '"));
        self.column(column).check(&name, condition)
    }

    pub(crate) fn at_least(self, column: ColumnDef, lowest: i32) -> Self {
        let name = column.get_column_name();
        let condition = format!("{name} >= {lowest}");
        self.column(column).check(&name, condition)
    }

    pub(crate) fn between(self, column: ColumnDef, lowest: i32, highest: i32) -> Self {
        let name = column.get_column_name();
        let condition = format!("{name} BETWEEN {lowest} AND {highest}");
        self.column(column).check(&name, condition)
    }

    /// The user who did something.
    pub(crate) fn user(self, column: &'static str) -> Self {
        self.reference(uuid_null(column), "user_account")
    }

    /// A date known exactly or as a period, with the words the source has for it.
    pub(crate) fn partial_date(self, prefix: &str) -> Self {
        let [earliest, latest, words] = ["earliest", "latest", "text"].map(|part| format!("{prefix}_{part}"));
        let condition = format!(
            "({earliest} IS NULL AND {latest} IS NULL AND {words} IS NULL) \
             OR ({earliest} IS NOT NULL AND {latest} IS NOT NULL AND {words} IS NOT NULL \
             AND {earliest} <= {latest})"
        );
        self.column(date_null(Alias::new(&earliest)))
            .column(date_null(Alias::new(&latest)))
            .line(text_null(Alias::new(&words)))
            .check(prefix, condition)
    }

    /// The days from and to which something holds, both included.
    pub(crate) fn validity(self) -> Self {
        self.column(date("valid_from"))
            .column(date_null("valid_to"))
            .check("validity", "valid_to >= valid_from")
    }

    /// The ground of the secrecy mark, while there is one.
    pub(crate) fn secrecy_ground(self) -> Self {
        self.line(text_null("secrecy_ground"))
    }

    /// The end of a row that changes.
    pub(crate) fn versioned(self) -> Self {
        self.at_least(integer("version"), 1).created()
    }

    /// The end of a row that does not change.
    pub(crate) fn created(self) -> Self {
        self.column(timestamp_with_time_zone("created_at"))
    }
}
