//! An export is enough to verify a log elsewhere: what follows is written from `docs/audit-log.md` alone.

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use libtest_mimic::Trial;
use samsyn::audit::{AuditKey, export};
use serde_json::{Value as Json, json};

use super::Log;
use crate::api::{AUDIT_SEED, Server};
use crate::digest::sha256_hex;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, an_export_is_verified_elsewhere]
}

/// The lines of an export.
pub(crate) async fn exported(log: &Log) -> Vec<Json> {
    exported_from(log, 1).await
}

async fn exported_from(log: &Log, from: i64) -> Vec<Json> {
    let mut out = Vec::new();
    export(log.server.database(), &log.municipality, from..=i64::MAX, &mut out)
        .await
        .expect("an export");
    let text = String::from_utf8(out).expect("text");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// RFC 8785 for what events hold: the names sorted, no spaces, no numbers but whole ones.
fn canonical(value: &Json) -> String {
    match value {
        Json::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort_by_key(|name| name.encode_utf16().collect::<Vec<_>>());
            let fields: Vec<String> = names
                .iter()
                .map(|name| format!("{}:{}", json!(name), canonical(&fields[*name])))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        other => other.to_string(),
    }
}

/// An exported event's hash after an event with another.
pub(super) fn hash(line: &Json, previous: &str) -> String {
    let mut linked = json!({ "previous": previous });
    for name in [
        "municipality",
        "sequence",
        "occurredAt",
        "actorId",
        "actor",
        "requestId",
        "action",
        "subjectType",
        "subjectId",
        "payloadDigest",
    ] {
        linked[name] = line[name].clone();
    }
    sha256_hex(canonical(&linked).as_bytes())
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal"))
        .collect()
}

/// Verifies lines from `previous` on, and answers the last hash.
fn verified(lines: &[Json], previous: &str) -> String {
    let mut previous = previous.to_owned();
    for line in lines {
        assert_eq!(line["previous"], json!(previous), "{line}");
        previous = hash(line, &previous);
        assert_eq!(line["hash"], json!(previous), "{line}");
        if let Some(salt) = line["salt"].as_str() {
            let mut salted = unhex(salt);
            salted.extend_from_slice(canonical(&line["payload"]).as_bytes());
            assert_eq!(line["payloadDigest"], json!(sha256_hex(&salted)), "{line}");
        }
    }
    previous
}

async fn an_export_is_verified_elsewhere(server: Server) {
    let log = Log::of(&server).await;
    let lines = exported(&log).await;
    assert_eq!(lines.len() as i64, log.last().await);
    let last = verified(&lines, &"0".repeat(64));
    let head = log.head().await;
    assert_eq!(head.head.hash, last);
    let part = exported_from(&log, 100).await;
    assert_eq!(part[..], lines[99..]);
    verified(&part, part[0]["previous"].as_str().expect("a hash"));

    let key = AuditKey::from_seed(&AUDIT_SEED).public().to_string();
    let key: [u8; 32] = STANDARD.decode(key).expect("base64").try_into().expect("32 bytes");
    let statement = format!(
        "samsyn audit head 1\n{}\n{}\n{last}\n",
        head.head.municipality_id, head.head.sequence
    );
    let signature = STANDARD.decode(&head.signature).expect("base64");
    VerifyingKey::from_bytes(&key)
        .expect("a key")
        .verify_strict(
            statement.as_bytes(),
            &Signature::from_slice(&signature).expect("a signature"),
        )
        .expect("the key's signature");
}
