//! The mail server that the tests run.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value as Json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A running mail server; it ends when it is dropped.
pub(super) struct MailServer {
    _child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    pub(super) port: u64,
}

impl MailServer {
    pub(super) async fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/npm");
        assert!(
            folder.join("node_modules/smtp-server/package.json").exists(),
            "the mail server is missing: run `npm ci` in {}",
            folder.display()
        );
        let mut child = Command::new("node")
            .arg(folder.join("mail-server.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("Node.js, 20 or later");
        let input = child.stdin.take().expect("an input");
        let output = BufReader::new(child.stdout.take().expect("an output")).lines();
        let mut server = Self {
            _child: child,
            input,
            output,
            port: 0,
        };
        server.port = server.answer().await["port"].as_u64().expect("a port");
        server
    }

    /// Tells it to do something: `mail-server.mjs` has the list.
    pub(super) async fn tell(&mut self, command: &str) {
        let said = self.ask(command).await;
        assert_eq!(said["done"], command.split(' ').next().unwrap_or_default());
    }

    /// The mails that it has taken, whether it answered or not.
    pub(super) async fn mails(&mut self) -> Vec<Json> {
        let said = self.ask("mails").await;
        said["mails"].as_array().cloned().expect("mails")
    }

    /// Those to somebody.
    pub(super) async fn mails_to(&mut self, address: &str) -> Vec<Json> {
        let mut mails = self.mails().await;
        mails.retain(|mail| mail["to"] == address);
        mails
    }

    async fn ask(&mut self, command: &str) -> Json {
        let line = format!("{command}\n");
        self.input.write_all(line.as_bytes()).await.expect("an input");
        self.answer().await
    }

    async fn answer(&mut self) -> Json {
        let line = self.output.next_line().await.expect("an output").expect("a line");
        serde_json::from_str(&line).expect("JSON")
    }
}
