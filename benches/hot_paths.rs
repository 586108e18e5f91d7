//! What the hot paths cost: the department report on the embedded database, and one authorisation check.
#![allow(missing_docs, reason = "criterion's macros make public items without any")]
#![allow(clippy::expect_used, reason = "a benchmark that cannot start has nothing to report")]

use std::hint::black_box;

use async_graphql::{Request, Variables};
use criterion::{Criterion, criterion_group, criterion_main};
use samsyn::access::{Gate, Identity, Place, Policy, Right};
use samsyn::audit::AuditKey;
use samsyn::clock::Clock;
use samsyn::database::Database;
use samsyn::demo;
use samsyn::graphql::{Caller, limits::Limits};
use samsyn::organisation::find_user;
use samsyn::schema::{self, Schema};
use samsyn::server::STACK_BYTES;
use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

struct Demonstration {
    _folder: TempDir,
    gate: Gate,
    identity: Identity,
    schema: Schema,
}

impl Demonstration {
    async fn load() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("samsyn.db").display());
        let database = Database::open(&url).await.expect("a database");
        database.migrate().await.expect("a schema");
        let schema = schema::build(&Limits::default());
        let policy = Policy::shipped().await.expect("a policy");
        let clock = Clock::parse(demo::DAY).expect("a day");
        let gate = Gate::new(database.clone(), policy, clock, AuditKey::from_seed(&[1; 32]));
        demo::load(&gate, &schema).await.expect("the demonstration");
        let user = find_user(&database, demo::PUBLIC_MUNICIPALITY, "head-ksf").await;
        let user = user.expect("a database").expect("a user");
        Self {
            _folder: folder,
            gate,
            identity: Identity::User {
                municipality_id: user.municipality_id,
                user_id: user.id,
            },
            schema,
        }
    }

    async fn report(&self) {
        let variables = Variables::from_json(json!({ "departmentCode": "KSF", "year": 2017 }));
        let caller = Caller::new(self.gate.clone(), self.identity.clone(), Uuid::now_v7());
        let request = Request::new(demo::EXAMPLES[0].query).variables(variables).data(caller);
        let answer = self.schema.execute(request).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        black_box(answer);
    }
}

fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .thread_stack_size(STACK_BYTES)
        .enable_all()
        .build()
        .expect("a runtime")
}

fn hot_paths(criterion: &mut Criterion) {
    let runtime = runtime();
    // The reader's transaction is rolled back when it is dropped, which takes a runtime.
    let _entered = runtime.enter();
    let demonstration = runtime.block_on(Demonstration::load());
    criterion.bench_function("department report, embedded database", |bencher| {
        bencher.to_async(&runtime).iter(|| demonstration.report());
    });
    let reader = runtime
        .block_on(demonstration.gate.reader(&demonstration.identity))
        .expect("a reader");
    let place = Place::FollowUp {
        id: Uuid::now_v7(),
        department_id: Uuid::now_v7(),
    };
    criterion.bench_function("authorisation check", |bencher| {
        bencher.iter(|| reader.actor().may(black_box(Right::EvidenceWrite), black_box(place)));
    });
}

criterion_group!(benches, hot_paths);
criterion_main!(benches);
