//! The program with a real S3-compatible store, run as an operator runs it.

use std::fs;
use std::process::{Command, Stdio};

use libtest_mimic::Trial;
use reqwest::{Method, RequestBuilder, header::CONTENT_TYPE};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::{PDF, check_of_kff, refusal};
use crate::api::{MJOLBY, Server};
use crate::audit::with_key;
use crate::commands::Running;
use crate::harness::{Suite, trials};
use crate::node_service::NodeService;

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, files_are_kept_in_an_s3_compatible_store]
}

/// Whom the store knows.
const KEY: &str = "S3RVER";

/// A running store; it ends when it is dropped.
struct Store {
    service: NodeService,
    folder: TempDir,
    endpoint: String,
    bucket: String,
}

impl Store {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut service = NodeService::start("s3rver", "s3.mjs", [folder.path()]);
        let said = service.said().await;
        let text = |name: &str| said[name].as_str().expect("text").to_owned();
        Self {
            service,
            folder,
            endpoint: text("endpoint"),
            bucket: text("bucket"),
        }
    }

    /// How many objects it has.
    fn objects(&self) -> usize {
        let mut folders = vec![self.folder.path().join(&self.bucket)];
        let mut found = 0;
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir().into_iter().flatten() {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found += usize::from(path.to_string_lossy().ends_with("object"));
                }
            }
        }
        found
    }
}

/// The program with the store, and a token of a user.
struct Program {
    _running: Running,
    _folder: TempDir,
    address: String,
    token: String,
    http: reqwest::Client,
}

impl Program {
    async fn start(server: &Server, store: &Store, key: &str) -> Self {
        let folder = with_key();
        let settings = format!(
            "[attachments]\nmax_bytes = 12_000_000\n[attachments.s3]\nbucket = \"{}\"\nendpoint = \"{}\"\n",
            store.bucket, store.endpoint
        );
        fs::write(folder.path().join("samsyn.toml"), settings).expect("settings");
        let command = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_samsyn"));
            command
                .args(arguments)
                .args(["--database-url", server.database_url(), "--audit-key", "audit.key"])
                .args(["--clock", samsyn::demo::DAY, "--data-dir", ".", "--log", "error"])
                .current_dir(folder.path())
                .env_clear()
                .envs([("AWS_ACCESS_KEY_ID", key), ("AWS_SECRET_ACCESS_KEY", "S3RVER")]);
            command
        };
        let token = command(&["token", "performer-kff", "--municipality", MJOLBY])
            .output()
            .expect("a program");
        let token = String::from_utf8(token.stdout).expect("text");
        let serve = command(&["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn();
        let mut running = Running(serve.expect("a program"));
        let address = running.address();
        Self {
            _running: running,
            _folder: folder,
            address,
            token: token.trim().to_owned(),
            http: reqwest::Client::new(),
        }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("http://{}{path}", self.address);
        self.http.request(method, url).bearer_auth(&self.token)
    }

    fn upload(&self, check: &Json, name: &str) -> RequestBuilder {
        let check = check.as_str().expect("an id");
        self.request(Method::POST, &format!("/attachments?subjectId={check}&fileName={name}"))
    }

    async fn ready(&self) -> Json {
        let answer = self
            .request(Method::GET, "/health/ready")
            .send()
            .await
            .expect("an answer");
        answer.json().await.expect("JSON")
    }
}

async fn files_are_kept_in_an_s3_compatible_store(server: Server) {
    let (check, mut store) = (check_of_kff(&server).await, Store::start().await);
    let program = Program::start(&server, &store, KEY).await;
    assert_eq!(program.ready().await["status"], "ready");
    // One that goes in one piece, and one that goes in parts.
    let mut large = PDF.to_vec();
    large.extend((0..11_000_000_u32).map(|number| number.to_le_bytes()[0]));
    let mut files = Vec::new();
    for (name, content) in [("small.pdf", PDF), ("large.pdf", large.as_slice())] {
        let sent = program
            .upload(&check, name)
            .body(content.to_vec())
            .send()
            .await
            .expect("an answer");
        assert_eq!(sent.status(), 201, "{name}");
        let made: Json = sent.json().await.expect("JSON");
        let url = made["url"].as_str().expect("an address").to_owned();
        let got = program.request(Method::GET, &url).send().await.expect("an answer");
        assert_eq!(got.headers()[CONTENT_TYPE], "application/pdf");
        assert!(got.bytes().await.expect("content") == content, "{name}");
        files.push(made);
    }
    assert_eq!(store.objects(), 2);
    large.resize(12_000_001, 0);
    let answer = program
        .upload(&check, "larger.pdf")
        .body(large)
        .send()
        .await
        .expect("an answer");
    assert_eq!(refusal(answer).await.0, 413);
    let answer = program
        .upload(&check, "a.pdf")
        .body("text")
        .send()
        .await
        .expect("an answer");
    assert_eq!(refusal(answer).await.0, 415);
    assert_eq!(store.objects(), 2);

    let performer = server.user("performer-kff").await;
    let remove = json!({ "id": files[1]["id"], "expectedVersion": 1 });
    performer.done("removeAttachment", "attachment { id }", remove).await;
    // The program removes it by itself when it starts.
    drop(program);
    let program = Program::start(&server, &store, KEY).await;
    while store.objects() != 1 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }

    store.service.tell("down").await;
    // What was known a moment ago holds for seconds.
    let told = loop {
        let told = program.ready().await;
        if told["status"] != "ready" {
            break told;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    };
    assert_eq!(
        told,
        json!({ "status": "degraded", "degraded": { "attachments": { "reachable": false } } })
    );
    store.service.tell("up").await;
    let stranger = Program::start(&server, &store, "somebody else").await;
    assert_eq!(stranger.ready().await["status"], "degraded");
    let url = files[0]["url"].as_str().expect("an address");
    let got = program.request(Method::GET, url).send().await.expect("an answer");
    assert_eq!(got.bytes().await.expect("content"), PDF);
}
