use sea_orm_migration::{
    prelude::*,
    schema::{boolean, boolean_null, integer_null, text, text_null, uuid, uuid_null},
};

use crate::new_table::NewTable;

/// What stays the same in every row.
const KEPT: &str = "municipality_id, id, title, method, performed_by, performed_earliest, performed_latest, \
    performed_text, population, sample_size, deviations, selection_motive, result, satisfactory, registered_by, \
    secrecy_ground, version, created_at";

/// The table as it becomes: its columns beside what is kept, and what each is of an old row.
pub(super) struct Shape {
    table: fn() -> NewTable,
    columns: &'static str,
    values: &'static str,
}

/// A check that is linked to its follow-ups.
pub(super) const LINKED: Shape = Shape {
    table: linked,
    columns: "control_point_id, for_all",
    values: "NULL, FALSE",
};

/// A check that is one follow-up's.
pub(super) const OWNED: Shape = Shape {
    table: owned,
    columns: "follow_up_id",
    values: FIRST_FOLLOW_UP,
};

const FIRST_FOLLOW_UP: &str = "(SELECT check_follow_up.follow_up_id FROM check_follow_up \
    WHERE check_follow_up.municipality_id = control_check.municipality_id \
    AND check_follow_up.control_check_id = control_check.id ORDER BY check_follow_up.follow_up_id LIMIT 1)";

fn linked() -> NewTable {
    let table = NewTable::new("control_check")
        .reference(uuid_null("control_point_id"), "control_point")
        .column(boolean("for_all"));
    kept(table).check("for_all", "NOT for_all OR control_point_id IS NOT NULL")
}

fn owned() -> NewTable {
    kept(NewTable::new("control_check").reference(uuid("follow_up_id"), "follow_up"))
}

fn kept(table: NewTable) -> NewTable {
    table
        .line(text("title"))
        .prose(text_null("method"))
        .line(text_null("performed_by"))
        .partial_date("performed")
        .at_least(integer_null("population"), 0)
        .at_least(integer_null("sample_size"), 0)
        .at_least(integer_null("deviations"), 0)
        .prose(text_null("selection_motive"))
        .prose(text_null("result"))
        .column(boolean_null("satisfactory"))
        .user("registered_by")
        .secrecy_ground()
        .versioned()
}

/// Makes the table anew, as SQLite has it: a column of a foreign key cannot be taken out of a table there. What refers to
/// the rows is looked at when the transaction ends, and the table keeps its name, so that then all is as it was.
pub(super) async fn rebuild(manager: &SchemaManager<'_>, shape: &Shape) -> Result<(), DbErr> {
    let Shape { table, columns, values } = shape;
    let connection = manager.get_connection();
    for statement in [
        "PRAGMA defer_foreign_keys = ON",
        &format!("CREATE TEMPORARY TABLE control_check_kept AS SELECT {KEPT}, {values} FROM control_check"),
        "DROP TABLE control_check",
    ] {
        connection.execute_unprepared(statement).await?;
    }
    table().create(manager).await?;
    for statement in [
        &format!("INSERT INTO control_check ({KEPT}, {columns}) SELECT * FROM control_check_kept"),
        "DROP TABLE control_check_kept",
    ] {
        connection.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// The same on PostgreSQL, where the columns alone change.
pub(super) async fn alter(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    run(
        manager,
        &[
            "ALTER TABLE control_check DROP COLUMN follow_up_id",
            "ALTER TABLE control_check ADD COLUMN control_point_id uuid, \
                ADD COLUMN for_all boolean NOT NULL DEFAULT FALSE",
            "ALTER TABLE control_check ALTER COLUMN for_all DROP DEFAULT",
            "ALTER TABLE control_check ADD CONSTRAINT control_check_control_point_id_fk \
                FOREIGN KEY (municipality_id, control_point_id) REFERENCES control_point (municipality_id, id)",
            "ALTER TABLE control_check ADD CONSTRAINT control_check_for_all_check \
                CHECK (NOT for_all OR control_point_id IS NOT NULL)",
            "CREATE INDEX control_check_control_point_id_idx ON control_check (municipality_id, control_point_id)",
        ],
    )
    .await
}

pub(super) async fn alter_back(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    run(
        manager,
        &[
            "ALTER TABLE control_check DROP COLUMN control_point_id, DROP COLUMN for_all",
            "ALTER TABLE control_check ADD COLUMN follow_up_id uuid",
            &format!("UPDATE control_check SET follow_up_id = {FIRST_FOLLOW_UP}"),
            "ALTER TABLE control_check ALTER COLUMN follow_up_id SET NOT NULL",
            "ALTER TABLE control_check ADD CONSTRAINT control_check_follow_up_id_fk \
                FOREIGN KEY (municipality_id, follow_up_id) REFERENCES follow_up (municipality_id, id)",
            "CREATE INDEX control_check_follow_up_id_idx ON control_check (municipality_id, follow_up_id)",
        ],
    )
    .await
}

async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
