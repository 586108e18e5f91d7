//! The program as operators run it, and what it uses.

use std::fs;

use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::requests::{Attack, Body};
use crate::api::{MJOLBY, Server};
use crate::audit::with_key;
use crate::commands::Running;
use crate::oidc::Provider;
use crate::program::serve;

/// The program, running.
pub(super) struct Program {
    running: Running,
    address: String,
    http: reqwest::Client,
    _folder: TempDir,
}

/// Ticks of the processor's clock in a second, as Linux tells them to programs.
const TICKS: u64 = 100;

impl Program {
    /// Serves the test's database, and trusts the provider beside its own tokens.
    pub(super) async fn start(server: &Server, provider: &Provider) -> Self {
        let folder = with_key();
        let settings = format!(
            "local_tokens = true\n[[issuers]]\nissuer = \"{}\"\n\
             municipalities = [\"{MJOLBY}\"]\naudiences = [\"samsyn\"]\nclock_skew_seconds = 0\n",
            provider.issuer
        );
        fs::write(folder.path().join("samsyn.toml"), settings).expect("settings");
        let mut running = serve(server, folder.path(), "error");
        let address = running.address();
        let program = Self {
            running,
            address,
            http: reqwest::Client::new(),
            _folder: folder,
        };
        program.still_answers().await;
        program
    }

    pub(super) fn address(&self) -> String {
        self.address.clone()
    }

    /// The status and the code that a request is answered with.
    pub(super) async fn send(&self, attack: &Attack) -> (u16, String) {
        let url = format!("http://{}{}", self.address, attack.path);
        let text = match &attack.body {
            Body::Raw(bytes) => {
                let answer = raw(&self.address, bytes).await;
                let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
                let body = answer.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned();
                return (status.unwrap_or_default(), code(&body));
            }
            Body::Text(text) => text.clone(),
        };
        let mut request = self
            .http
            .request(attack.method.clone(), url)
            .header("accept", "application/graphql-response+json");
        if !attack.headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in &attack.headers {
            request = request.header(*name, value);
        }
        let answer = request.body(text).send().await;
        let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", attack.name));
        let status = answer.status().as_u16();
        let body = answer.text().await.expect("a body");
        assert!(body.len() < 20_000, "{}: {} bytes of answer", attack.name, body.len());
        (status, code(&body))
    }

    pub(super) async fn still_answers(&self) {
        let url = format!("http://{}/graphql", self.address);
        let request = self
            .http
            .post(url)
            .json(&json!({ "query": "{ municipality { code } }" }));
        let answer: Json = request.send().await.expect("an answer").json().await.expect("JSON");
        assert_eq!(answer["data"]["municipality"]["code"], MJOLBY, "{answer}");
    }

    /// How much processor time it has used, in milliseconds (proc_pid_stat(5)).
    pub(super) fn processor_time(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.running.0.id())).expect("a process");
        let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
        let ticks = |index: usize| fields[index].parse::<u64>().expect("a number");
        (ticks(11) + ticks(12)) * 1_000 / TICKS
    }

    /// How much memory it holds, in KiB.
    pub(super) fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.running.0.id())).expect("a process");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
        line.split_whitespace()
            .nth(1)
            .and_then(|text| text.parse().ok())
            .expect("a number")
    }
}

fn code(body: &str) -> String {
    let body: Json = serde_json::from_str(body).unwrap_or_default();
    body["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// What is answered to bytes that no client would send.
pub(super) async fn raw(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    // It may be refused before all of it is sent.
    drop(stream.write_all(bytes).await);
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer).await);
    String::from_utf8_lossy(&answer).into_owned()
}
