//! A subscription that its holder has no right to any more ends.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::events::Events;
use super::socket::Socket;
use super::{JOINT, REPORT, WORK, rename, token};
use crate::administration::{self, account_with, propose_without_rule};
use crate::api::{MJOLBY, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        who_may_not_see_it_is_refused_at_once,
        what_is_confidential_changes_for_those_alone_who_read_it,
        an_ended_role_ends_what_it_permitted,
        a_disabled_user_is_out_of_everything,
        a_revoked_token_ends_what_it_opened,
        a_changed_policy_ends_what_it_no_longer_permits,
        an_expired_token_ends_what_it_opened_though_nothing_happens,
    ]
}

async fn who_may_not_see_it_is_refused_at_once(server: Server) {
    let url = server.url("/graphql");
    for (username, code) in [
        (Some("performer-ksf"), "FORBIDDEN"),
        (Some("administrator"), "FORBIDDEN"),
        (None, "UNAUTHENTICATED"),
    ] {
        let token = match username {
            Some(username) => Some(token(&server, username).await),
            None => None,
        };
        let mut socket = Socket::of(&url, token.as_deref()).await;
        socket.subscribe("1", JOINT, json!({})).await;
        assert_eq!(socket.error("1").await, code, "{username:?}");
        // The connection goes on.
        socket.subscribe("2", "{ __typename }", json!({})).await;
        assert_eq!(socket.event("2").await["__typename"], "Query");
    }
    let mut public = Socket::of(&url, None).await;
    public.subscribe("1", WORK, json!({})).await;
    assert_eq!(public.error("1").await, "UNAUTHENTICATED");
}

async fn what_is_confidential_changes_for_those_alone_who_read_it(server: Server) {
    const FOLLOWED: &str = "subscription { departmentReport(departmentCode: \"KSF\", year: 2017) { departmentReport {
        followUps { findings { id version title withheld { ground } } } } } }";
    let url = server.url("/graphql");
    let mut auditor = Socket::of(&url, Some(&token(&server, "auditor").await)).await;
    let mut coordinator = Socket::of(&url, Some(&token(&server, "coordinator").await)).await;
    let mut member = Socket::of(&url, Some(&token(&server, "member-ks").await)).await;
    for socket in [&mut auditor, &mut coordinator, &mut member] {
        socket.subscribe("1", FOLLOWED, json!({})).await;
        socket.event("1").await;
    }
    let query = "{ findings(filter: { departmentCode: \"KSF\", year: 2017 }, first: 100) { nodes { id version secrecyGround } } }";
    let found = server.user("auditor").await.data(query, json!({})).await;
    let nodes = found["findings"]["nodes"].as_array().expect("findings");
    let marked = nodes
        .iter()
        .find(|finding| !finding["secrecyGround"].is_null())
        .expect("one that is marked");
    let input = json!({ "id": marked["id"], "expectedVersion": marked["version"], "title": "Hemlig rubrik" });
    let performer = server.user("performer-ksf").await;
    performer.done("updateFinding", "finding { id }", input).await;
    assert!(auditor.event("1").await.to_string().contains("Hemlig rubrik"));
    for other in [&mut coordinator, &mut member] {
        other.hears_nothing(Duration::from_secs(1)).await;
    }
}

async fn an_ended_role_ends_what_it_permitted(server: Server) {
    let url = server.url("/graphql");
    let mut socket = Socket::of(&url, Some(&token(&server, "coordinator").await)).await;
    for (id, query) in [("joint", JOINT), ("report", REPORT), ("work", WORK)] {
        socket.subscribe(id, query, json!({ "code": "KSF" })).await;
        socket.event(id).await;
    }
    let mut events = Events::follow(&server, &token(&server, "coordinator").await, JOINT, json!({}), "").await;
    events.data().await;
    let role = server.user_row("coordinator").await["roleAssignments"][0].take();
    let input = json!({ "id": role["id"], "expectedVersion": role["version"], "validTo": "2018-02-14" });
    let administrator = server.user("administrator").await;
    administrator
        .done("updateRoleAssignment", "roleAssignment { id }", input)
        .await;
    let mut ended = Vec::new();
    while ended.len() < 2 {
        let message = socket.next().await;
        // Their work is theirs all the same, and nothing is left of it.
        if message["id"] == "work" {
            assert_eq!(
                message["payload"]["data"]["myWork"]["myWork"]["totalCount"], 0,
                "{message}"
            );
            continue;
        }
        assert_eq!(message["type"], "error", "{message}");
        assert_eq!(message["payload"][0]["extensions"]["code"], "FORBIDDEN", "{message}");
        ended.push(message["id"].as_str().expect("an id").to_owned());
    }
    ended.sort();
    assert_eq!(ended, ["joint", "report"]);
    let told = events.next().await.expect("an event").json();
    assert_eq!(told["errors"][0]["extensions"]["code"], "FORBIDDEN", "{told}");
    assert_eq!(events.next().await.expect("an event").kind, "complete");
    assert_eq!(events.next().await, None);
    // The refusal is in the log, as any other.
    let administrator = server.user("auditor").await;
    let refused = "{ auditEvents(first: 100) { nodes { action actor } } }";
    let mut found = Json::Null;
    for _ in 0..50 {
        found = administrator.data(refused, json!({})).await;
        if found.to_string().contains("access.refused") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no refusal in {found}");
}

async fn a_disabled_user_is_out_of_everything(server: Server) {
    let mut socket = Socket::of(&server.url("/graphql"), Some(&token(&server, "head-ksf").await)).await;
    for (id, query) in [("joint", JOINT), ("report", REPORT), ("work", WORK)] {
        socket.subscribe(id, query, json!({ "code": "KSF" })).await;
        socket.event(id).await;
    }
    let user = server.user_row("head-ksf").await;
    let input = json!({ "id": user["id"], "expectedVersion": user["version"], "active": false });
    let administrator = server.user("administrator").await;
    administrator.done("updateUser", "user { active }", input).await;
    for _ in 0..3 {
        let message = socket.next().await;
        assert_eq!(
            message["payload"][0]["extensions"]["code"], "UNAUTHENTICATED",
            "{message}"
        );
    }
    rename(&server, "KSF", "Kansliet").await;
    socket.hears_nothing(Duration::from_millis(500)).await;
}

async fn a_revoked_token_ends_what_it_opened(server: Server) {
    let administrator = server.user("administrator").await;
    let account = account_with(&server, "portal", &["JOINT_FOLLOW_UP_READ"], None).await;
    let (issued, secret) = administration::token(&administrator, &account).await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&secret)).await;
    socket.subscribe("1", JOINT, json!({})).await;
    socket.event("1").await;
    rename(&server, "KSF", "Kansliet").await;
    socket.event("1").await;
    let input = json!({ "id": issued["id"], "expectedVersion": issued["version"] });
    administrator
        .done("revokeServiceToken", "serviceToken { id }", input)
        .await;
    assert_eq!(socket.error("1").await, "UNAUTHENTICATED");
}

async fn a_changed_policy_ends_what_it_no_longer_permits(server: Server) {
    let url = server.url("/graphql");
    let mut member = Socket::of(&url, Some(&token(&server, "member-ks").await)).await;
    let mut coordinator = Socket::of(&url, Some(&token(&server, "coordinator").await)).await;
    for socket in [&mut member, &mut coordinator] {
        socket.subscribe("1", JOINT, json!({})).await;
        socket.event("1").await;
    }
    let change = propose_without_rule(&server, "COMMITTEE_MEMBER", "JOINT_FOLLOW_UP_READ").await;
    server.approve(&change).await;
    assert_eq!(member.error("1").await, "FORBIDDEN");
    coordinator.hears_nothing(Duration::from_millis(500)).await;
}

async fn an_expired_token_ends_what_it_opened_though_nothing_happens(server: Server) {
    let begun = Instant::now();
    let short = server.token(MJOLBY, "coordinator", TimeDelta::seconds(3)).await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&short)).await;
    socket.subscribe("1", JOINT, json!({})).await;
    socket.event("1").await;
    let mut events = Events::follow(&server, &short, WORK, json!({}), "").await;
    events.data().await;
    assert_eq!(socket.error("1").await, "UNAUTHENTICATED");
    let told = events.next().await.expect("an event").json();
    assert_eq!(told["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{told}");
    assert_eq!(events.next().await.expect("an event").kind, "complete");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    // What is asked afterwards on the connection is refused too.
    socket.subscribe("2", "{ __typename }", json!({})).await;
    assert_eq!(socket.error("2").await, "UNAUTHENTICATED");
}
