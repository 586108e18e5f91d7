//! A Node.js process of `tests/npm` beside the program: it is told what to do in lines, and answers in lines of JSON.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value as Json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A running process; it ends when it is dropped.
pub(crate) struct NodeService {
    _child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl NodeService {
    /// Runs a script, which uses an npm package.
    pub(crate) fn start(package: &str, script: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/npm");
        assert!(
            folder.join("node_modules").join(package).join("package.json").exists(),
            "{package} is missing: run `npm ci` in {}",
            folder.display()
        );
        let mut child = Command::new("node")
            .arg(folder.join(script))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("Node.js, 20 or later");
        Self {
            input: child.stdin.take().expect("an input"),
            output: BufReader::new(child.stdout.take().expect("an output")).lines(),
            _child: child,
        }
    }

    /// Tells it something.
    pub(crate) async fn send(&mut self, line: &str) {
        let line = format!("{line}\n");
        self.input.write_all(line.as_bytes()).await.expect("an input");
    }

    /// What it says next; a library's own notices are passed over.
    pub(crate) async fn said(&mut self) -> Json {
        loop {
            let line = self.output.next_line().await.expect("an output").expect("a line");
            if line.starts_with('{') {
                return serde_json::from_str(&line).expect("JSON");
            }
        }
    }

    /// Tells it something, and answers what it says to that.
    pub(crate) async fn ask(&mut self, line: &str) -> Json {
        self.send(line).await;
        self.said().await
    }

    /// Tells it to do something, the first word of `command`, and waits until it has.
    pub(crate) async fn tell(&mut self, command: &str) {
        let said = self.ask(command).await;
        assert_eq!(said["done"], command.split(' ').next().unwrap_or_default());
    }
}
