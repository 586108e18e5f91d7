//! The wall between municipalities on PostgreSQL: row-level security, for a role that the server works as.
//!
//! A statement that forgets its municipality finds nothing behind it, whatever the program does. SQLite has no such
//! thing: there the program's own scope is the only one.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// What the server may do with the rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grants {
    /// Read and write them.
    Full,
    /// Read them, and add to them: what is there stays as it is.
    Append,
}

impl Grants {
    const fn sql(self) -> &'static str {
        match self {
            Self::Full => "SELECT, INSERT, UPDATE, DELETE",
            Self::Append => "SELECT, INSERT",
        }
    }
}

/// Makes the role that the server works as when it is not there, and lets whoever migrates act as it. Roles are shared by
/// all databases of a server, so that another migration may make it at the same moment.
const ROLE: &str = "
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'samsyn_app') THEN
        BEGIN
            CREATE ROLE samsyn_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
            WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'the role samsyn_app is missing and % may not create it: have an administrator run '
                    'CREATE ROLE samsyn_app NOLOGIN; GRANT samsyn_app TO %;', current_user, current_user;
        END;
    END IF;
    -- From PostgreSQL 16 on, who makes a role may give it away and not act as it, until it is given to them too.
    IF NOT pg_has_role(current_user, 'samsyn_app', 'MEMBER')
        OR current_setting('server_version_num')::integer >= 160000
    THEN
        BEGIN
            EXECUTE format('GRANT samsyn_app TO %I', current_user);
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE EXCEPTION '% may not act as the role samsyn_app: have an administrator run GRANT samsyn_app TO %;',
                current_user, current_user;
        END;
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO samsyn_app', current_schema());
END
$$";

/// The municipality that a transaction has said it is about. As a sub-select it is evaluated once, and not for every row;
/// after a transaction that had said so, a pooled connection has the empty string there and not null.
const OWN: &str = "municipality_id = (SELECT nullif(current_setting('samsyn.municipality_id', true), '')::uuid)";

/// Makes the server's role, with what it needs beside the tables of municipalities.
pub(crate) async fn prepare(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    run(manager, ROLE).await?;
    // Tenants are listed by workers, and made by the operator alone.
    run(manager, "GRANT SELECT ON municipality TO samsyn_app").await?;
    run(manager, "GRANT SELECT ON seaql_migrations TO samsyn_app").await
}

/// Raises the wall round a table of municipalities.
pub(crate) async fn raise(manager: &SchemaManager<'_>, table: &str, grants: Grants) -> Result<(), DbErr> {
    let rights = grants.sql();
    run(manager, &format!("GRANT {rights} ON {table} TO samsyn_app")).await?;
    run(manager, &format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")).await?;
    let policy = format!("CREATE POLICY {table}_wall ON {table} USING ({OWN}) WITH CHECK ({OWN})");
    run(manager, &policy).await
}

/// Takes the wall round a table down again.
pub(crate) async fn lower(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    run(manager, &format!("DROP POLICY {table}_wall ON {table}")).await?;
    run(manager, &format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")).await?;
    run(manager, &format!("REVOKE ALL ON {table} FROM samsyn_app")).await
}

/// Takes back what [`prepare`] gave. The role itself stays: other databases of the server may use it.
pub(crate) async fn forget(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    run(manager, "REVOKE ALL ON municipality, seaql_migrations FROM samsyn_app").await
}

async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    if connection.get_database_backend() == DbBackend::Postgres {
        connection.execute_unprepared(sql).await?;
    }
    Ok(())
}
