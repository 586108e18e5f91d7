//! What the second wall costs a report, and what the audit log costs a change: with and without, in one run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_graphql::{Request, Variables};
use libtest_mimic::Trial;
use samsyn::access::Identity;
use samsyn::graphql::{Caller, limits::Limits};
use samsyn::organisation::find_user;
use samsyn::schema::{self, Schema};
use serde_json::{Value as Json, json};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};
use tracing::instrument::WithSubscriber;
use tracing::span::{Attributes, Id};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};
use uuid::Uuid;

use super::count;
use crate::api::{MJOLBY, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, the_wall_round_a_report, the_audit_log_of_a_change]
}

const REPORT: &str = include_str!("../../../schema/operations/DepartmentReport.graphql");
const ROUNDS: usize = 6;
const REPORTS_A_ROUND: usize = 200;
const CHANGES: usize = 2_000;

/// Asks as a user, in this process: what HTTP and the client's budget cost is the same either way.
struct Asker {
    server: Server,
    schema: Schema,
    identity: Identity,
}

impl Asker {
    async fn new(server: &Server, username: &str) -> Self {
        let user = find_user(server.database(), MJOLBY, username).await;
        let user = user.expect("a database").expect("a user");
        Self {
            server: server.clone(),
            schema: schema::build(&Limits::default()),
            identity: Identity::User {
                municipality_id: user.municipality_id,
                user_id: user.id,
            },
        }
    }

    async fn ask(&self, query: &str, variables: Json) -> Json {
        let caller = Caller::new(self.server.gate().clone(), self.identity.clone(), Uuid::now_v7());
        let request = Request::new(query)
            .variables(Variables::from_json(variables))
            .data(caller);
        let answer = self.schema.execute(request).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        answer.data.into_json().expect("JSON")
    }
}

/// The coordinator reads nothing confidential: no event is written.
async fn the_wall_round_a_report(server: Server) {
    if !server.database_url().starts_with("postgres:") {
        return;
    }
    let mut owner = PgConnection::connect(server.database_url())
        .await
        .expect("a connection");
    let coordinator = Asker::new(&server, "coordinator").await;
    let report = || coordinator.ask(REPORT, json!({ "departmentCode": "KSF", "year": 2017 }));
    let expected = report().await;
    let mut spent = HashMap::<&str, Duration>::new();
    for _ in 0..ROUNDS {
        for wall in ["ENABLE", "DISABLE"] {
            raise(&mut owner, wall).await;
            for _ in 0..5 {
                // Plans are made anew after the change.
                assert_eq!(report().await, expected);
            }
            let begun = Instant::now();
            for _ in 0..count(REPORTS_A_ROUND) {
                report().await;
            }
            *spent.entry(wall).or_default() += begun.elapsed();
        }
    }
    let reports = u32::try_from(ROUNDS * count(REPORTS_A_ROUND)).expect("a number");
    let (with, without) = (spent["ENABLE"] / reports, spent["DISABLE"] / reports);
    eprintln!(
        "a report: {with:.2?} behind the wall, {without:.2?} without it, {:+.1} %",
        (with.as_secs_f64() / without.as_secs_f64() - 1.0) * 100.0
    );
}

async fn raise(owner: &mut PgConnection, wall: &str) {
    let tables: Vec<String> = sqlx::query_scalar("SELECT tablename::text FROM pg_policies GROUP BY tablename")
        .fetch_all(&mut *owner)
        .await
        .expect("tables");
    assert!(tables.len() > 30, "{} tables behind the wall", tables.len());
    for table in tables {
        let sql = format!("ALTER TABLE {table} {wall} ROW LEVEL SECURITY");
        owner.execute(AssertSqlSafe(sql)).await.expect("the owner's leave");
    }
}

/// Of the time between a change's beginning and its commit, what the log takes: its lock, its digests, its signature,
/// its rows. Without it the change would take the rest.
async fn the_audit_log_of_a_change(server: Server) {
    let performer = Asker::new(&server, "performer-ksf").await;
    let follow_ups = "{ followUps(filter: { departmentCode: \"KSF\", year: 2017 }) { nodes { id } } }";
    let follow_ups = performer.ask(follow_ups, json!({})).await;
    let mut input = json!({ "title": "Stickprov", "method": "Granskning", "population": 120, "sampleSize": 20 });
    input["followUpId"] = follow_ups["followUps"]["nodes"][0]["id"].clone();
    let mutation = "mutation($input: RegisterCheckInput!) { registerCheck(input: $input) { errors { message } } }";
    let times = Times::default();
    let subscriber = Arc::new(Registry::default().with(times.clone()));
    let begun = Instant::now();
    for _ in 0..count(CHANGES) {
        let change = performer.ask(mutation, json!({ "input": input }));
        let data = change.with_subscriber(Arc::clone(&subscriber)).await;
        assert_eq!(data["registerCheck"]["errors"], json!([]), "{data}");
    }
    let mutations = begun.elapsed();
    let spent = times.0.lock().expect("no panic").spent.clone();
    let (whole, log) = (spent["use_case"], spent["audit"]);
    let changes = u32::try_from(count(CHANGES)).expect("a number");
    let share = |of: Duration| log.as_secs_f64() / of.as_secs_f64() * 100.0;
    eprintln!(
        "a change: its event takes {:.2?}, {:.1} % of the mutation's {:.2?}, {:.1} % of its transaction's {:.2?}",
        log / changes,
        share(mutations),
        mutations / changes,
        share(whole),
        whole / changes,
    );
}

/// How long spans lasted, by their names.
#[derive(Clone, Default)]
struct Times(Arc<Mutex<Spans>>);

#[derive(Default)]
struct Spans {
    begun: HashMap<u64, Instant>,
    spent: HashMap<&'static str, Duration>,
}

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Times {
    fn on_new_span(&self, _: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        let mut spans = self.0.lock().expect("no panic");
        spans.begun.insert(id.into_u64(), Instant::now());
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let mut spans = self.0.lock().expect("no panic");
        let begun = spans.begun.remove(&id.into_u64()).expect("a beginning");
        let name = context.span(&id).expect("a span").metadata().name();
        *spans.spent.entry(name).or_default() += begun.elapsed();
    }
}
