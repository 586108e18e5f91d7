//! Runs every test against both databases, each time on a fresh copy of a prepared one.

mod database;
mod installation;
mod interrupt;
mod postgres;

use std::fmt;
use std::panic::resume_unwind;
use std::process::ExitCode;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use libtest_mimic::{Arguments, Failed, Trial};
use samsyn::server::STACK_BYTES;
use tokio::runtime::{self, Runtime};

pub(crate) use database::TestDatabase;
use database::{Databases, Prepare};
use postgres::Postgres;

/// Whether the tests of large counts run whole.
pub(crate) static HEAVY: LazyLock<bool> = LazyLock::new(|| std::env::var_os("SAMSYN_HEAVY").is_some());

/// How long a test may take.
static TIME_LIMIT: LazyLock<Duration> = LazyLock::new(|| Duration::from_secs(if *HEAVY { 1800 } else { 60 }));

/// A database that Samsyn runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

impl Backend {
    const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

impl fmt::Display for Backend {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        })
    }
}

type Connect<C> = Arc<dyn Fn(TestDatabase) -> BoxFuture<'static, C> + Send + Sync>;

/// Makes trials out of tests that take a context `C`, and runs them.
pub(crate) struct Suite<C> {
    runtime: Runtime,
    prepare: Prepare,
    connect: Connect<C>,
    databases: Arc<OnceLock<Databases>>,
}

impl<C: Send + 'static> Suite<C> {
    /// `prepare` fills an empty database once per run and backend, and must close its connections; every test gets
    /// what `connect` makes of a copy.
    pub(crate) fn new<P, Q>(
        prepare: impl Fn(TestDatabase) -> P + Send + Sync + 'static,
        connect: impl Fn(TestDatabase) -> Q + Send + Sync + 'static,
    ) -> Self
    where
        P: Future<Output = ()> + Send + 'static,
        Q: Future<Output = C> + Send + 'static,
    {
        Self {
            runtime: runtime::Builder::new_multi_thread()
                .thread_stack_size(STACK_BYTES)
                .enable_all()
                .build()
                .expect("a runtime"),
            prepare: Arc::new(move |database| prepare(database).boxed()),
            connect: Arc::new(move |database| connect(database).boxed()),
            databases: Arc::default(),
        }
    }

    /// The test as a trial per backend, named `name [backend]`.
    pub(crate) fn on_both<F, T>(&self, name: &str, test: F) -> [Trial; 2]
    where
        F: Fn(C) -> T + Clone + Send + Sync + 'static,
        T: Future<Output = ()> + Send + 'static,
    {
        Backend::ALL.map(|backend| {
            let (test, connect) = (test.clone(), Arc::clone(&self.connect));
            let (databases, runtime) = (Arc::clone(&self.databases), self.runtime.handle().clone());
            Trial::test(format!("{name} [{backend}]"), move || {
                let databases = databases.get().expect("databases are there before a trial runs");
                let body = |database| async move { test(connect(database).await).await };
                runtime.block_on(run_on_copy(databases, backend, body))
            })
        })
    }

    /// Runs the trials that the command line asks for. Nothing that it starts outlives it.
    pub(crate) fn run(self, trials: Vec<Trial>) -> ExitCode {
        let arguments = Arguments::from_args();
        let asked_for = |trial: &Trial| !arguments.is_filtered_out(trial) && !arguments.is_ignored(trial);
        if arguments.list || !trials.iter().any(asked_for) {
            return libtest_mimic::run(&arguments, trials).exit_code();
        }
        let suffix = format!("[{}]", Backend::Postgres);
        let with_postgres = trials
            .iter()
            .any(|trial| asked_for(trial) && trial.name().ends_with(&suffix));
        match self.start_databases(with_postgres) {
            Ok(_postgres) => libtest_mimic::run(&arguments, trials).exit_code(),
            Err(reason) => {
                eprintln!("The tests cannot run: {reason}");
                ExitCode::FAILURE
            }
        }
    }

    fn start_databases(&self, with_postgres: bool) -> Result<Option<Arc<Postgres>>, String> {
        let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
        let postgres = with_postgres
            .then(|| self.runtime.block_on(Postgres::start()))
            .transpose()?
            .map(Arc::new);
        interrupt::stop_on_signal(&self.runtime, folder.path(), postgres.as_ref());
        let databases = Databases::new(folder, postgres.clone(), Arc::clone(&self.prepare));
        self.databases
            .set(databases)
            .map_err(|_| "the databases were started twice")?;
        Ok(postgres)
    }
}

/// The body runs as a task of its own, so that the copy is removed whatever becomes of it.
async fn run_on_copy<T>(
    databases: &Databases,
    backend: Backend,
    body: impl FnOnce(TestDatabase) -> T,
) -> Result<(), Failed>
where
    T: Future<Output = ()> + Send + 'static,
{
    let database = databases.copy(backend).await?;
    let mut task = tokio::spawn(body(database.clone()));
    let ended = tokio::time::timeout(*TIME_LIMIT, &mut task).await;
    if ended.is_err() {
        task.abort();
        // Waits until what the test holds is dropped; the outcome is known.
        drop(task.await);
    }
    databases.remove(&database).await?;
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(panic)) => resume_unwind(panic.into_panic()),
        Err(_) => Err(format!("no end after {} s", TIME_LIMIT.as_secs()).into()),
    }
}

/// The tests named after the module that they are in, as trials on both backends.
macro_rules! trials {
    ($suite:expr, $($test:ident),+ $(,)?) => {{
        let (_, capability) = module_path!().split_once("::").expect("a module of the test binary");
        let mut trials = Vec::new();
        $(trials.extend($suite.on_both(&format!("{capability}::{}", stringify!($test)), $test));)+
        trials
    }};
}
pub(crate) use trials;
