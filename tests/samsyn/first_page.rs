//! `docs/first-page.md` is carried out: each of its commands, one after another, as a newcomer would.

use std::path::Path;

use libtest_mimic::Trial;
use samsyn::server::{ActorToken, portal};
use tokio::process::Command;

use crate::api::Server;
use crate::harness::{Suite, trials};
use crate::live::token;

const GUIDE: &str = include_str!("../../docs/first-page.md");

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, every_command_prints_what_stands_below_it]
}

/// The commands of a step, and what stands below them.
struct Step {
    commands: &'static str,
    printed: &'static str,
}

fn steps() -> Vec<Step> {
    let blocks: Vec<&str> = GUIDE.split("\n```").collect();
    let mut steps = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        if let Some(commands) = block.strip_prefix("sh\n") {
            let below = blocks.get(number + 2).expect("what the commands print");
            let (_, printed) = below.split_once('\n').expect("a line");
            steps.push(Step { commands, printed });
        }
    }
    steps
}

async fn every_command_prints_what_stands_below_it(server: Server) {
    let tokens = vec![ActorToken {
        name: "coordinator".to_owned(),
        token: token(&server, "coordinator").await,
    }];
    let configuration = portal::Configuration {
        year: Some(2017),
        tokens,
    };
    let server = server.with_portal(configuration).await;
    let folder = tempfile::tempdir().expect("a folder");
    let steps = steps();
    assert!(steps.len() > 5, "the guide has its steps");
    let mut script = "set -euo pipefail\n".to_owned();
    for (number, step) in steps.iter().enumerate() {
        let commands = step.commands.replace("http://127.0.0.1:8080", &server.url(""));
        script.push_str(&format!("{{\n{commands}\n}} > {number}.txt\n"));
    }
    let done = Command::new("bash")
        .arg("-c")
        .arg(&script)
        .current_dir(folder.path())
        .output()
        .await
        .expect("bash");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for (number, step) in steps.iter().enumerate() {
        let printed = read(folder.path(), number);
        assert!(printed.contains(step.printed.trim()), "{}\n{printed}", step.commands);
    }
}

fn read(folder: &Path, number: usize) -> String {
    std::fs::read_to_string(folder.join(format!("{number}.txt"))).expect("what was printed")
}
