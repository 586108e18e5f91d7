//! What is left when the server is killed while it writes: everything that it acknowledged, nothing half, and a whole log.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use entity::{decision, decision_item, recipient};
use futures_util::future::join_all;
use libtest_mimic::Trial;
use sea_orm::{ColumnTrait, Database, EntityTrait, QueryFilter};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::count;
use crate::api::{MJOLBY, Server};
use crate::audit::Log;
use crate::harness::{Suite, trials};
use crate::program::Program;

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, what_was_acknowledged_survives_kills]
}

const KILLS: usize = 50;
const WRITERS: usize = 4;

/// What each decision has, so that one of which a part is missing is recognised.
const ITEMS: usize = 3;
const RECIPIENTS: usize = 2;

const RECORD: &str =
    "mutation($input: RecordDecisionInput!) { recordDecision(input: $input) { decision { id } errors { code } } }";

async fn what_was_acknowledged_survives_kills(server: Server) {
    let secretary = server.user("secretary-ks").await;
    let query = "{ committee(code: \"KS\") { id } caseFile(number: \"KS/2016:389\") { id } }";
    let found = secretary.data(query, json!({})).await;
    let token = server.token(MJOLBY, "secretary-ks", chrono::TimeDelta::hours(1)).await;
    let mut acknowledged = BTreeSet::new();
    for kill in 0..count(KILLS) {
        let mut program = Program::start(&server);
        let acknowledgements = Arc::new(AtomicUsize::new(0));
        let writers = (0..WRITERS).map(|writer| {
            let (url, token, found) = (program.url.clone(), token.clone(), found.clone());
            let acknowledgements = Arc::clone(&acknowledgements);
            tokio::spawn(
                async move { write(&url, &token, &found, &format!("{kill}-{writer}"), &acknowledgements).await },
            )
        });
        let writers: Vec<_> = writers.collect();
        // Once it writes, at another moment each time.
        while acknowledgements.load(Ordering::Relaxed) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(37 * u64::try_from(kill % 11).expect("a number"))).await;
        program.running.0.kill().expect("a process");
        for written in join_all(writers).await {
            acknowledged.extend(written.expect("a writer"));
        }
    }
    let kept = kept(&server).await;
    let known: BTreeSet<String> = kept.iter().map(|decision| decision.body.clone()).collect();
    let lost: Vec<_> = acknowledged.difference(&known).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(
        acknowledged.len() >= count(KILLS),
        "only {} were acknowledged",
        acknowledged.len()
    );
    for decision in &kept {
        let parts = (decision.items, decision.recipients);
        assert_eq!(parts, (ITEMS, RECIPIENTS), "half of {}", decision.body);
    }
    Log::of(&server).await.verify(&[]).await.expect("one unbroken chain");
    eprintln!(
        "{} kills: {} acknowledged, {} stored",
        count(KILLS),
        acknowledged.len(),
        kept.len()
    );
}

/// Records decisions until the server is gone; answers those that it acknowledged.
async fn write(url: &str, token: &str, found: &Json, writer: &str, acknowledgements: &AtomicUsize) -> Vec<String> {
    let http = reqwest::Client::new();
    let mut acknowledged = Vec::new();
    for number in 0.. {
        let body = format!("Skrivare {writer}, beslut {number}");
        let item = json!({ "text": "Enligt förslaget.", "nature": "DECISION" });
        let input = json!({
            "caseFileId": found["caseFile"]["id"], "committeeId": found["committee"]["id"], "stage": "DECISION",
            "body": body, "items": vec![item; ITEMS], "recipients": vec![json!({ "name": "Revisionen" }); RECIPIENTS],
        });
        let request = http
            .post(url)
            .bearer_auth(token)
            .json(&json!({ "query": RECORD, "variables": { "input": input } }));
        let Ok(response) = request.send().await else { break };
        let Ok(answer) = response.json::<Json>().await else {
            break;
        };
        if answer["data"]["recordDecision"]["decision"]["id"].is_string() {
            acknowledged.push(body);
            acknowledgements.fetch_add(1, Ordering::Relaxed);
        }
    }
    acknowledged
}

/// A decision that a writer recorded.
struct Kept {
    body: String,
    items: usize,
    recipients: usize,
}

/// The decisions of writers, as the database has them.
async fn kept(server: &Server) -> Vec<Kept> {
    let connection = Database::connect(server.database_url()).await.expect("a connection");
    let items = decision_item::Entity::find().all(&connection).await.expect("items");
    let recipients = recipient::Entity::find().all(&connection).await.expect("recipients");
    let mut parts: HashMap<Uuid, (usize, usize)> = HashMap::new();
    for item in items {
        parts.entry(item.decision_id).or_default().0 += 1;
    }
    for recipient in recipients {
        parts.entry(recipient.decision_id).or_default().1 += 1;
    }
    let decisions = decision::Entity::find()
        .filter(decision::Column::Body.starts_with("Skrivare"))
        .all(&connection)
        .await
        .expect("decisions");
    decisions
        .into_iter()
        .map(|row| {
            let (items, recipients) = parts.get(&row.id).copied().unwrap_or_default();
            Kept {
                body: row.body,
                items,
                recipients,
            }
        })
        .collect()
}
