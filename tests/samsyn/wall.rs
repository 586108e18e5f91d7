//! The second wall on PostgreSQL: what a municipality's session cannot reach whatever it asks for. And host names, which
//! say whose public somebody is.

use entity::user_account;
use libtest_mimic::Trial;
use samsyn::database::{Database, Session};
use samsyn::organisation::find_municipality;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use serde_json::json;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor, Row};

use crate::api::{EXEMPEL, MJOLBY, Server, gate};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        every_table_of_municipalities_has_the_wall,
        a_session_reads_and_writes_nothing_of_another_municipality,
        a_store_function_that_forgot_its_filter_is_stopped,
        without_a_municipality_nothing_is_there,
        the_servers_role_owns_nothing_and_adds_to_the_log_only,
        the_server_works_behind_the_wall_whoever_connects,
        a_role_that_the_wall_is_not_for_is_refused,
        a_user_who_owns_nothing_can_serve,
        a_host_says_whose_public_it_is,
        a_token_is_refused_at_another_municipalitys_host,
    ]
}

/// The tables behind the wall. On SQLite there is none, and the trial has nothing to show.
const TABLES: &str = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname NOT IN ('municipality', 'seaql_migrations')
    ORDER BY c.relname";

async fn owner(server: &Server) -> Option<PgConnection> {
    let url = server.database_url();
    if !url.starts_with("postgres:") {
        return None;
    }
    Some(PgConnection::connect(url).await.expect("a connection"))
}

/// A raw session of the server's role, told of a municipality when there is one.
async fn app(server: &Server, municipality: Option<&str>) -> Option<PgConnection> {
    let mut connection = owner(server).await?;
    let id = match municipality {
        Some(code) => Some(id_of(&mut connection, code).await),
        None => None,
    };
    connection.execute("SET ROLE samsyn_app").await.expect("the role");
    if let Some(id) = id {
        let sql = format!("SET samsyn.municipality_id = '{id}'");
        connection.execute(AssertSqlSafe(sql)).await.expect("a setting");
    }
    Some(connection)
}

async fn id_of(connection: &mut PgConnection, code: &str) -> String {
    sqlx::query_scalar("SELECT id::text FROM municipality WHERE code = $1")
        .bind(code)
        .fetch_one(connection)
        .await
        .expect("a municipality")
}

async fn tables(connection: &mut PgConnection) -> Vec<String> {
    let rows = sqlx::query(TABLES).fetch_all(connection).await.expect("tables");
    rows.iter().map(|row| row.get(0)).collect()
}

async fn count(connection: &mut PgConnection, sql: String) -> i64 {
    let counted = sqlx::query_scalar(AssertSqlSafe(sql.clone()))
        .fetch_one(connection)
        .await;
    counted.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

async fn every_table_of_municipalities_has_the_wall(server: Server) {
    let Some(mut connection) = owner(&server).await else {
        return;
    };
    let policy = "(municipality_id = ( SELECT (NULLIF(current_setting('samsyn.municipality_id'::text, true), ''::text))::uuid AS \"nullif\"))";
    let tables = tables(&mut connection).await;
    assert!(tables.len() > 40, "{tables:?}");
    for table in tables {
        let found: Vec<(String, String)> =
            sqlx::query_as("SELECT qual, with_check FROM pg_policies WHERE tablename = $1")
                .bind(&table)
                .fetch_all(&mut connection)
                .await
                .expect("policies");
        assert_eq!(found, [(policy.to_owned(), policy.to_owned())], "the policy of {table}");
        let enabled = format!("SELECT count(*) FROM pg_class WHERE relname = '{table}' AND relrowsecurity");
        assert_eq!(count(&mut connection, enabled).await, 1, "{table} has no wall");
    }
}

async fn a_session_reads_and_writes_nothing_of_another_municipality(server: Server) {
    let Some(mut owner) = owner(&server).await else { return };
    let other = id_of(&mut owner, EXEMPEL).await;
    let mut app = app(&server, Some(MJOLBY)).await.expect("a session");
    let mut of_other = 0;
    for table in tables(&mut owner).await {
        let theirs = format!("SELECT count(*) FROM {table} WHERE municipality_id = '{other}'");
        of_other += count(&mut owner, theirs.clone()).await;
        assert_eq!(
            count(&mut app, theirs).await,
            0,
            "{table} of another municipality is read"
        );
        if table == "audit_event" {
            continue;
        }
        for sql in [
            format!("UPDATE {table} SET municipality_id = municipality_id WHERE municipality_id = '{other}'"),
            format!("DELETE FROM {table} WHERE municipality_id = '{other}'"),
        ] {
            let done = app.execute(AssertSqlSafe(sql.clone())).await.expect("no error");
            assert_eq!(done.rows_affected(), 0, "{sql}");
        }
    }
    assert!(of_other > 20, "the other municipality has nothing that could be read");
    // Neither is anything of one's own moved over, nor anything new put there.
    for sql in [
        format!("UPDATE user_account SET municipality_id = '{other}' WHERE username = 'registrar'"),
        format!(
            "INSERT INTO idempotency_key (municipality_id, actor_id, mutation, key, input_hash, object_id, created_at)
             VALUES ('{other}', '{other}', 'm', 'k', 'h', '{other}', now())"
        ),
    ] {
        let error = app.execute(AssertSqlSafe(sql.clone())).await.expect_err(&sql);
        assert!(error.to_string().contains("row-level security"), "{sql}: {error}");
    }
}

/// Double of what the store asks for users, with its tenant filter removed: whoever they are of.
async fn users_of_anybody(session: &Session) -> Vec<user_account::Model> {
    user_account::Entity::find().all(session).await.expect("users")
}

/// Double of what a use case stores, with the tenant of another municipality.
async fn rename_anybody(session: &Session) -> u64 {
    let change = user_account::Entity::update_many().col_expr(user_account::Column::Name, Expr::val("Vem som helst"));
    change.exec(session).await.expect("a change").rows_affected
}

async fn a_store_function_that_forgot_its_filter_is_stopped(server: Server) {
    let database = server.database();
    let municipality = find_municipality(database, MJOLBY).await.expect("a database");
    let id = municipality.expect("Mjölby").id;
    let session = database.read(id).await.expect("a session");
    let found = users_of_anybody(&session).await;
    let (own, others): (Vec<_>, Vec<_>) = found.iter().partition(|user| user.municipality_id == id);
    assert!(!own.is_empty());
    drop(session);
    let session = database.write(id).await.expect("a session");
    let renamed = rename_anybody(&session).await;
    if server.database_url().starts_with("postgres:") {
        assert_eq!(
            (others.len(), renamed),
            (0, u64::try_from(own.len()).expect("a number"))
        );
    } else {
        // There is no wall: the filter is all that stands between them.
        assert!(!others.is_empty());
    }
}

async fn without_a_municipality_nothing_is_there(server: Server) {
    let Some(mut app) = app(&server, None).await else {
        return;
    };
    let mut owner = owner(&server).await.expect("a connection");
    let tables = tables(&mut owner).await;
    // First where nothing was ever said, then where a transaction had said it and ended.
    for round in 0..2 {
        for table in &tables {
            let all = format!("SELECT count(*) FROM {table}");
            assert_eq!(count(&mut app, all).await, 0, "{table}, round {round}");
        }
        let id = id_of(&mut owner, MJOLBY).await;
        let mut transaction = app.begin().await.expect("a transaction");
        let sql = format!("SET LOCAL samsyn.municipality_id = '{id}'");
        transaction.execute(AssertSqlSafe(sql)).await.expect("a setting");
        assert!(count(&mut transaction, "SELECT count(*) FROM user_account".to_owned()).await > 10);
        transaction.commit().await.expect("an end");
    }
    // Only the list of municipalities has no wall.
    assert_eq!(count(&mut app, "SELECT count(*) FROM municipality".to_owned()).await, 2);
}

async fn the_servers_role_owns_nothing_and_adds_to_the_log_only(server: Server) {
    let Some(mut app) = app(&server, Some(MJOLBY)).await else {
        return;
    };
    let mut owner = owner(&server).await.expect("a connection");
    let may = "SELECT count(*) FROM pg_roles WHERE rolname = 'samsyn_app' AND NOT rolsuper AND NOT rolbypassrls
        AND NOT rolcanlogin AND NOT rolcreaterole AND NOT rolcreatedb";
    assert_eq!(count(&mut owner, may.to_owned()).await, 1);
    let owned = "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'samsyn_app'";
    assert_eq!(count(&mut owner, owned.to_owned()).await, 0);
    for sql in [
        "UPDATE audit_event SET actor = 'nobody'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "UPDATE municipality SET name = 'Another'",
        "DELETE FROM municipality",
        "CREATE TABLE mine (id integer)",
        "ALTER TABLE finding DISABLE ROW LEVEL SECURITY",
        "DROP POLICY finding_wall ON finding",
        "DELETE FROM seaql_migrations",
    ] {
        let error = app.execute(sql).await.expect_err(sql).to_string();
        assert!(
            error.contains("permission denied") || error.contains("must be owner"),
            "{sql}: {error}"
        );
    }
}

async fn the_server_works_behind_the_wall_whoever_connects(server: Server) {
    if !server.database_url().starts_with("postgres:") {
        return;
    }
    // As the administrator of the whole database server, who is behind no wall.
    let url = server.database_url().replacen("samsyn@", "postgres@", 1);
    let database = Database::open(&url).await.expect("a database");
    database.check_schema().await.expect("the schema");
    let role = database.session_role().await.expect("a session");
    assert_eq!(role.as_deref(), Some("samsyn_app"));
    let server = server.with_database(database).await;
    let data = server
        .user("coordinator")
        .await
        .data("{ departments { totalCount } }", json!({}))
        .await;
    assert_eq!(data["departments"]["totalCount"], 5);
}

async fn a_role_that_the_wall_is_not_for_is_refused(server: Server) {
    let Some(mut owner) = owner(&server).await else { return };
    for statement in [
        "GRANT CREATE ON SCHEMA public TO samsyn_app",
        "ALTER TABLE finding OWNER TO samsyn_app",
    ] {
        owner.execute(statement).await.expect("another owner");
    }
    let database = Database::open(server.database_url()).await.expect("a database");
    let error = database.check_schema().await.expect_err("a refusal").to_string();
    assert!(error.contains("samsyn_app may do too much"), "{error}");
}

async fn a_user_who_owns_nothing_can_serve(server: Server) {
    let Some(mut owner) = owner(&server).await else { return };
    let name = format!("serving_{}", std::process::id());
    // Another trial may have made it: users are the whole server's.
    let make = format!(
        "DO $$ BEGIN CREATE ROLE {name} LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    );
    owner.execute(AssertSqlSafe(make)).await.expect("a user");
    let url = server.database_url().replacen("samsyn@", &format!("{name}@"), 1);
    let database = Database::open(&url).await.expect("a database");
    let error = database.check_schema().await.expect_err("a refusal").to_string();
    assert!(error.contains("GRANT samsyn_app"), "{error}");
    owner
        .execute(AssertSqlSafe(format!("GRANT samsyn_app TO {name}")))
        .await
        .expect("a grant");
    let database = Database::open(&url).await.expect("a database");
    database.check_schema().await.expect("the schema");
    let server = server.with_database(database).await;
    let coordinator = server.user("coordinator").await;
    let input =
        json!({ "controlYearId": year(&server).await, "description": "A risk", "likelihood": 2, "consequence": 2 });
    coordinator.done("createRisk", "risk { id }", input).await;
}

async fn year(server: &Server) -> serde_json::Value {
    let query = "{ controlYear(year: 2017) { id } }";
    server.user("coordinator").await.data(query, json!({})).await["controlYear"]["id"].take()
}

/// What somebody without a token is told at a host.
async fn public_at(server: &Server, host: &str, token: Option<&str>) -> serde_json::Value {
    let body = json!({ "query": "{ municipality { code } }" });
    let request = server
        .http()
        .post(server.url("/graphql"))
        .header("host", host)
        .json(&body);
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    request.send().await.expect("an answer").json().await.expect("JSON")
}

async fn a_host_says_whose_public_it_is(server: Server) {
    use samsyn::organisation::{HostChange, change_host};
    let gate = gate(server.database(), samsyn::demo::DAY).await;
    change_host(&gate, EXEMPEL, "Kontroll.Exempel.Example.", HostChange::Add)
        .await
        .expect("a host");
    for (host, code) in [
        ("kontroll.exempel.example", EXEMPEL),
        ("KONTROLL.exempel.example.:8080", EXEMPEL),
        ("another.example", MJOLBY),
    ] {
        let answer = public_at(&server, host, None).await;
        assert_eq!(answer["data"]["municipality"]["code"], code, "{host}: {answer}");
    }
    for (code, host, change, reason) in [
        (MJOLBY, "kontroll.exempel.example", HostChange::Add, "already"),
        (MJOLBY, "kontroll.exempel.example", HostChange::Remove, "no host"),
        ("9999", "a.example", HostChange::Add, "no municipality"),
        (MJOLBY, "a host", HostChange::Add, "not a host name"),
    ] {
        let error = change_host(&gate, code, host, change)
            .await
            .expect_err("a refusal")
            .to_string();
        assert!(error.contains(reason), "{error}");
    }
    change_host(&gate, EXEMPEL, "kontroll.exempel.example", HostChange::Remove)
        .await
        .expect("no host");
}

async fn a_token_is_refused_at_another_municipalitys_host(server: Server) {
    use samsyn::organisation::{HostChange, change_host};
    let gate = gate(server.database(), samsyn::demo::DAY).await;
    change_host(&gate, EXEMPEL, "kontroll.exempel.example", HostChange::Add)
        .await
        .expect("a host");
    let hour = chrono::TimeDelta::hours(1);
    let (mjolby, exempel) = (
        server.token(MJOLBY, "coordinator", hour).await,
        server.token(EXEMPEL, "coordinator", hour).await,
    );
    let refused = public_at(&server, "kontroll.exempel.example", Some(&mjolby)).await;
    assert_eq!(
        refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED",
        "{refused}"
    );
    for (host, token, code) in [
        ("kontroll.exempel.example", &exempel, EXEMPEL),
        ("another.example", &exempel, EXEMPEL),
        ("another.example", &mjolby, MJOLBY),
    ] {
        let answer = public_at(&server, host, Some(token)).await;
        assert_eq!(answer["data"]["municipality"]["code"], code, "{host}: {answer}");
    }
}
