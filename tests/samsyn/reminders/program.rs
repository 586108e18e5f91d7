//! The program itself as it sends reminders, and what the database then has.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::api::Server;
use crate::audit::with_key;
use crate::commands::Running;

use super::mail_server::MailServer;

/// How long it is waited for something to come about.
const PATIENCE: Duration = Duration::from_secs(30);

/// An installation that sends reminders: its settings, and its database.
pub(super) struct Installation {
    pub(super) server: Server,
    folder: TempDir,
    database: DatabaseConnection,
    smtp: String,
    reminders: String,
    pub(super) environment: Vec<(&'static str, &'static str)>,
}

impl Installation {
    pub(super) async fn of(server: &Server, mails: &MailServer) -> Self {
        Self {
            server: server.clone(),
            folder: with_key(),
            database: Database::connect(server.database_url()).await.expect("a connection"),
            smtp: format!(
                "host = \"127.0.0.1\"\nport = {}\nfrom = \"Internkontroll <ik@mjolby.example>\"\ntimeout_seconds = 2\n",
                mails.port
            ),
            reminders: "round_seconds = 1\nretry_seconds = 1\nportal_url = \"https://portal.example/{id}\"\n"
                .to_owned(),
            environment: Vec::new(),
        }
    }

    /// A server process on a day, whose connection to the mail server is protected so.
    pub(super) fn start_with(&self, day: &str, tls: &str) -> Running {
        let file = self.folder.path().join(format!("{}.toml", uuid::Uuid::now_v7()));
        let settings = format!(
            "database_url = \"{}\"\ndata_dir = \"{}\"\nlisten = \"127.0.0.1:0\"\nclock = \"{day}\"\n\n[smtp]\n{}{tls}\n\n\
             [reminders]\n{}",
            self.server.database_url(),
            self.folder.path().display(),
            self.smtp,
            self.reminders,
        );
        fs::write(&file, settings).expect("a file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_samsyn"));
        command
            .args(["serve", "--config"])
            .arg(&file)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Running(command.spawn().expect("a program"))
    }

    /// A server process on a day.
    pub(super) fn start(&self, day: &str) -> Running {
        self.start_with(day, "tls = \"none\"")
    }

    /// Runs a server process on a day until there is nothing left for it to do.
    pub(super) async fn run(&self, day: &str) {
        let running = self.start(day);
        self.settled(day).await;
        drop(running);
    }

    /// Waits until a day's reminders are planned and none of them waits.
    pub(super) async fn settled(&self, day: &str) {
        self.until(&format!(
            "SELECT 1 FROM reminder_day WHERE planned_on = '{day}' AND {OURS}
                AND NOT EXISTS (SELECT 1 FROM reminder WHERE status IN ('PENDING', 'SENDING') AND {OURS})"
        ))
        .await;
    }

    /// Waits until a query has rows.
    pub(super) async fn until(&self, query: &str) {
        let begun = Instant::now();
        while self.rows(query).await == 0 {
            assert!(
                begun.elapsed() < PATIENCE,
                "never: {query}\n{:#?}",
                self.reminders().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub(super) async fn rows(&self, query: &str) -> usize {
        let statement = Statement::from_string(self.database.get_database_backend(), query.to_owned());
        self.database.query_all_raw(statement).await.expect("rows").len()
    }

    /// Gives a user an e-mail address, or takes it.
    pub(super) async fn give_address(&self, username: &str, email: Option<&str>) {
        self.change_user(username, json!({ "email": email })).await;
    }

    pub(super) async fn change_user(&self, username: &str, change: Json) {
        let user = self.server.user_row(username).await;
        let mut input = json!({ "id": user["id"], "expectedVersion": user["version"] });
        let (Some(input_fields), Some(change)) = (input.as_object_mut(), change.as_object()) else {
            panic!("no objects");
        };
        input_fields.extend(change.clone());
        let administrator = self.server.user("administrator").await;
        administrator.done("updateUser", "user { id }", input).await;
    }

    /// All reminders, as the coordinator sees them, the oldest first.
    pub(super) async fn reminders(&self) -> Vec<Json> {
        let query = "{ reminders(first: 100) { totalCount nodes {
            user { username } kind subjectId dueOn stage plannedFor status attempts perhapsTwice reason sentAt
            nextAttemptAt request { id } } } }";
        let coordinator = self.server.user("coordinator").await;
        let mut data = coordinator.data(query, json!({})).await;
        let Json::Array(mut nodes) = data["reminders"]["nodes"].take() else {
            panic!("no reminders");
        };
        nodes.reverse();
        nodes
    }

    /// Those of a user.
    pub(super) async fn reminders_of(&self, username: &str) -> Vec<Json> {
        let mut reminders = self.reminders().await;
        reminders.retain(|reminder| reminder["user"]["username"] == username);
        reminders
    }
}

/// The condition that a row is Mjölby's.
const OURS: &str = "municipality_id = (SELECT id FROM municipality WHERE code = '0586')";
