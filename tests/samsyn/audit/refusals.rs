//! What was refused is in the log, and being refused does not make it grow.

use chrono::TimeDelta;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};
use std::time::{Duration, Instant};
use uuid::Uuid;

use super::{Log, reads::added};
use crate::api::{Client, MJOLBY, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_refused_mutation_is_told_once_and_then_counted,
        separation_of_duties_is_told_with_its_subject,
        what_is_wrong_with_an_input_is_no_refusal,
        a_refused_query_is_told,
        failed_sign_ins_are_told_where_the_municipality_is_sure,
    ]
}

const USER: &str = "mutation { createUser(input: { username: \"x\", name: \"x\" }) { errors { code } } }";

fn of(events: &[Json], action: &str) -> Vec<Json> {
    events
        .iter()
        .filter(|event| event["action"] == action)
        .cloned()
        .collect()
}

async fn later(server: &Server, seconds: u64) {
    let gate = server.gate();
    let now = Instant::now() + Duration::from_secs(seconds);
    gate.incidents().tell_counted(gate, now).await;
}

async fn a_refused_mutation_is_told_once_and_then_counted(server: Server) {
    let log = Log::of(&server).await;
    let head = server.user("head-ksf").await;
    let ((), events) = added(&log, async {
        for _ in 0..5 {
            let data = head.data(USER, json!({})).await;
            assert_eq!(data["createUser"]["errors"][0]["code"], "FORBIDDEN");
        }
    })
    .await;
    let refused = of(&events, "access.refused");
    assert_eq!(refused.len(), 1, "{events:?}");
    assert_eq!(refused[0]["actor"], "head-ksf");
    assert_eq!(refused[0]["payload"]["operation"], "createUser");
    assert!(
        refused[0]["payload"]["reason"]
            .as_str()
            .expect("a reason")
            .contains("user:manage")
    );
    // Another user, and another use case, are told apart.
    let ((), events) = added(&log, async {
        server.user("performer-ksf").await.data(USER, json!({})).await;
        let committee = json!({ "code": "X", "name": "X", "kind": "COMMITTEE" });
        assert_eq!(head.refusal("createCommittee", committee).await, ["FORBIDDEN"]);
    })
    .await;
    assert_eq!(of(&events, "access.refused").len(), 2, "{events:?}");
    let ((), events) = added(&log, later(&server, 30)).await;
    assert!(events.is_empty());
    let ((), events) = added(&log, later(&server, 61)).await;
    assert_eq!(events.len(), 1, "{events:?}");
    let payload = &events[0]["payload"];
    assert_eq!(
        (&payload["count"], &payload["operation"]),
        (&json!(4), &json!("createUser"))
    );
    assert!(payload["first"].is_string() && payload["last"].is_string());
}

async fn separation_of_duties_is_told_with_its_subject(server: Server) {
    let log = Log::of(&server).await;
    let administrator = server.user("administrator").await;
    let me = administrator.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].take();
    let grant = json!({ "userId": me, "role": "COORDINATOR", "validFrom": "2018-02-15" });
    let (codes, events) = added(&log, administrator.refusal("createRoleAssignment", grant)).await;
    assert_eq!(codes, ["SEPARATION_OF_DUTIES"]);
    let refused = of(&events, "access.refused");
    assert_eq!(refused.len(), 1, "{events:?}");
    assert_eq!(refused[0]["subjectType"], "user_account");
    assert_eq!(refused[0]["subjectId"], refused[0]["actorId"]);
}

async fn what_is_wrong_with_an_input_is_no_refusal(server: Server) {
    let log = Log::of(&server).await;
    let administrator = server.user("administrator").await;
    let wrong = json!({ "username": "", "name": "" });
    let (_, events) = added(&log, administrator.refusal("createUser", wrong)).await;
    assert!(events.is_empty(), "{events:?}");
    let (_, events) = added(&log, server.public().error(USER, json!({}))).await;
    assert!(events.is_empty(), "the public is nobody: {events:?}");
}

async fn a_refused_query_is_told(server: Server) {
    let log = Log::of(&server).await;
    let head = server.user("head-ksf").await;
    let query = "{ auditEvents { nodes { sequence } } }";
    let ((code, message), events) = added(&log, head.error(query, json!({}))).await;
    assert_eq!(code, "FORBIDDEN");
    assert!(message.contains("audit_log:read"), "{message}");
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0]["action"], "access.refused");
    assert_eq!(events[0]["payload"]["operation"], "auditEvents");
}

async fn failed_sign_ins_are_told_where_the_municipality_is_sure(server: Server) {
    let log = Log::of(&server).await;
    let expired = server.token(MJOLBY, "head-ksf", TimeDelta::seconds(-5)).await;
    let unauthenticated = async |client: Client| {
        let answer = client.ask("{ viewer { user { id } } }", json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");
    };
    let ((), events) = added(&log, async {
        for _ in 0..3 {
            unauthenticated(server.with_token(expired.clone())).await;
        }
    })
    .await;
    assert_eq!(events.len(), 1, "{events:?}");
    let event = &events[0];
    assert_eq!(
        (&event["action"], &event["payload"]["reason"]),
        (&json!("sign_in.failed"), &json!("expired"))
    );
    assert_eq!((&event["actor"], &event["actorId"]), (&json!("nobody"), &Json::Null));
    assert_eq!(event["subjectType"], "user_account");
    let ((), events) = added(&log, later(&server, 61)).await;
    assert_eq!(events[0]["payload"]["count"], 2, "{events:?}");

    // A user who was disabled, with a token that is still good.
    let token = server.token(MJOLBY, "performer-ksf", TimeDelta::hours(1)).await;
    log.sql("UPDATE user_account SET active = (1 = 0) WHERE username = 'performer-ksf' AND OURS")
        .await;
    let ((), events) = added(&log, async {
        unauthenticated(server.with_token(token.clone())).await;
        let answer = server.with_token(token.clone()).ask(USER, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    })
    .await;
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0]["payload"]["reason"], "unknown_user");

    // What only a token says that nobody vouches for makes no log grow.
    let forged = samsyn::access::LocalTokens::from_key(&[7; 32])
        .issue(log.municipality.id, Uuid::now_v7())
        .expect("a token");
    let ((), events) = added(&log, async {
        unauthenticated(server.with_token(forged)).await;
        unauthenticated(server.with_token("nonsense".to_owned())).await;
        later(&server, 61).await;
    })
    .await;
    assert_eq!(events.len(), 1, "the disabled user's second attempt alone: {events:?}");
}
