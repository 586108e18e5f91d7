//! The commands, run as operators run them.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::Log;
use crate::api::{AUDIT_SEED, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, the_commands_verify_keep_export_and_erase, wrong_usage_is_told]
}

/// Runs `samsyn audit` on the server's database, with the key of the tests in the folder.
async fn audit(server: &Server, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samsyn"));
    command
        .arg("audit")
        .args(arguments)
        .args(["--database-url", server.database_url(), "--audit-key", "audit.key"])
        .current_dir(folder)
        .env_clear();
    tokio::task::spawn_blocking(move || command.output().expect("a program"))
        .await
        .expect("an end")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder with the key that signs the tests' audit logs, in `audit.key`.
pub(crate) fn with_key() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("audit.key"), STANDARD.encode(AUDIT_SEED)).expect("a key");
    folder
}

async fn the_commands_verify_keep_export_and_erase(server: Server) {
    let log = Log::of(&server).await;
    let folder = with_key();
    let run = |arguments: &'static [&'static str]| audit(&server, folder.path(), arguments);
    let verified = run(&["verify"]).await;
    let said = text(&verified.stdout);
    assert_eq!(verified.status.code(), Some(0), "{said}{}", text(&verified.stderr));
    let last = log.last().await;
    assert!(
        said.contains(&format!("0586: unbroken: {last} events, 0 erased, 0 kept heads")),
        "{said}"
    );
    assert!(said.contains("0580: unbroken"), "{said}");

    for _ in 0..2 {
        assert_eq!(run(&["heads", "--out", "heads.jsonl"]).await.status.code(), Some(0));
    }
    let kept = fs::read_to_string(folder.path().join("heads.jsonl")).expect("heads");
    assert_eq!(kept.lines().count(), 4, "{kept}");
    let head: Json = serde_json::from_str(kept.lines().last().expect("a head")).expect("JSON");
    assert_eq!((&head["code"], &head["sequence"]), (&json!("0586"), &json!(last)));
    for name in ["municipality", "hash", "keyId", "publicKey", "signature", "time"] {
        assert!(head[name].is_string(), "{name}: {head}");
    }
    let printed = text(&run(&["heads"]).await.stdout);
    assert_eq!(printed.lines().count(), 2, "{printed}");
    let anchored = run(&["verify", "--anchor", "heads.jsonl", "--municipality", "0586"]).await;
    assert!(
        text(&anchored.stdout).contains("2 kept heads"),
        "{}",
        text(&anchored.stdout)
    );

    let exported = text(
        &run(&["export", "--municipality", "0586", "--from", "5", "--to", "7"])
            .await
            .stdout,
    );
    let numbers: Vec<Json> = exported
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).expect("JSON")["sequence"].take())
        .collect();
    assert_eq!(numbers, [5, 6, 7]);

    let erased = run(&[
        "erase",
        "--municipality",
        "0586",
        "--sequence",
        "6",
        "7",
        "--reason",
        "Beslut 2018:4",
    ])
    .await;
    assert_eq!(erased.status.code(), Some(0), "{}", text(&erased.stderr));
    let again = run(&["erase", "--municipality", "0586", "--sequence", "6", "--reason", "x"]).await;
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("nothing was erased: the payload of event 6"));
    let said = text(&run(&["verify", "--anchor", "heads.jsonl"]).await.stdout);
    assert!(
        said.contains(&format!("0586: unbroken: {} events, 2 erased", last + 1)),
        "{said}"
    );

    log.sql("UPDATE audit_event SET actor = 'x' WHERE OURS AND sequence = 9")
        .await;
    let broken = run(&["verify"]).await;
    assert_eq!(broken.status.code(), Some(1));
    let said = text(&broken.stdout);
    assert!(said.contains("0586: BROKEN at event 9: it was changed"), "{said}");
    assert!(said.contains("0580: unbroken"), "every log is verified: {said}");
    assert!(text(&broken.stderr).contains("broken in 1 of 2 municipalities"));
}

async fn wrong_usage_is_told(server: Server) {
    let folder = with_key();
    let file = |name: &str, content: &str| fs::write(folder.path().join(name), content).expect("a file");
    file("nonsense.jsonl", "{}\n");
    let run = |arguments: &'static [&'static str]| audit(&server, folder.path(), arguments);
    for (arguments, said) in [
        (&["verify", "--public-key", "AAAA"][..], "is not a public key"),
        (&["verify", "--anchor", "nowhere.jsonl"], "nowhere.jsonl cannot be read"),
        (
            &["verify", "--anchor", "nonsense.jsonl"],
            "line 1 of nonsense.jsonl is no kept head",
        ),
        (&["erase", "--municipality", "0586", "--reason", "x"], "--sequence"),
    ] {
        let output = run(arguments).await;
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    }
    let output = run(&["verify", "--municipality", "9999"]).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("no municipality 9999"));
    // A key that is made to verify with would call every log broken.
    fs::remove_file(folder.path().join("audit.key")).expect("no key");
    let output = run(&["verify"]).await;
    assert!(
        text(&output.stderr).contains("audit.key cannot be used"),
        "{}",
        text(&output.stderr)
    );
    assert!(!folder.path().join("audit.key").exists());
    // Another machine verifies with the public half.
    let other = samsyn::audit::AuditKey::from_seed(&[1; 32]).public().to_string();
    let right = samsyn::audit::AuditKey::from_seed(&AUDIT_SEED).public().to_string();
    let with = async |key: &str| audit(&server, folder.path(), &["verify", "--public-key", key]).await;
    assert_eq!(with(&right).await.status.code(), Some(0));
    let refused = with(&other).await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stdout).contains("signed by another key"),
        "{}",
        text(&refused.stdout)
    );
}
