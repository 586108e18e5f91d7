//! Whoever reads what is confidential is in the log before the answer leaves.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::Log;
use crate::api::{Client, Server, each, with_title};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_confidential_read_is_one_event,
        what_is_not_confidential_or_not_read_is_no_event,
        every_way_to_confidential_content_is_noted,
        frozen_content_is_noted_too,
        marks_set_after_a_report_was_frozen_count,
        a_mutation_that_answers_confidential_content_is_noted,
        an_answer_that_cannot_be_recorded_does_not_leave,
    ]
}

/// The events that were added by doing something.
pub(crate) async fn added<T>(log: &Log, doing: impl Future<Output = T>) -> (T, Vec<Json>) {
    let before = usize::try_from(log.last().await).expect("a number");
    let done = doing.await;
    log.verify(&[]).await.expect("a whole log");
    (done, super::outside::exported(log).await.split_off(before))
}

fn actions(events: &[Json]) -> Vec<&str> {
    events
        .iter()
        .map(|event| event["action"].as_str().unwrap_or_default())
        .collect()
}

/// What one event says was read, of this kind.
fn read(events: &[Json], kind: &str) -> usize {
    assert_eq!(actions(events), ["confidential.read"]);
    events[0]["payload"]["read"][kind].as_array().map_or(0, Vec::len)
}

async fn asked(log: &Log, client: &Client, query: &str) -> (Json, Vec<Json>) {
    added(log, client.data(query, json!({}))).await
}

async fn a_confidential_read_is_one_event(server: Server) {
    let log = Log::of(&server).await;
    let auditor = server.user("auditor").await;
    let query = "query Brister { findings(filter: { departmentCode: \"KSF\" }, first: 100) {
        nodes { title severity secrecyGround followUp { number } } }
        again: findings(first: 100) { nodes { title } } }";
    let (data, events) = asked(&log, &auditor, query).await;
    let marked = each(&data["findings"]["nodes"], "secrecyGround")
        .into_iter()
        .filter(|ground| !ground.is_null())
        .count();
    assert!(marked > 0);
    assert_eq!(read(&events, "finding"), marked);
    let event = &events[0];
    assert_eq!(
        (&event["actor"], &event["payload"]["operation"]),
        (&json!("auditor"), &json!("Brister"))
    );
    assert_eq!(event["payload"]["count"], json!(marked));
    assert!(event["requestId"].is_string() && event["actorId"].is_string());
    // One thing alone is the event's subject, so that its readers are found by it.
    let id = marked_finding(&auditor).await["id"].take();
    let one = "query($id: ID!) { node(id: $id) { ... on Finding { title status } } }";
    let (_, events) = added(&log, auditor.data(one, json!({ "id": id }))).await;
    assert_eq!(read(&events, "finding"), 1);
    assert_eq!(events[0]["subjectType"], "finding");
    assert_eq!(events[0]["payload"]["read"]["finding"][0], events[0]["subjectId"]);
}

/// A finding that is confidential, as somebody sees it who may read it.
async fn marked_finding(client: &Client) -> Json {
    let query = "{ findings(filter: { departmentCode: \"KSF\" }, first: 100) { nodes { id version secrecyGround } } }";
    let found = client.data(query, json!({})).await;
    let nodes = found["findings"]["nodes"].as_array().expect("findings");
    let marked = nodes.iter().find(|finding| finding["secrecyGround"].is_string());
    marked.expect("a marked finding").clone()
}

async fn what_is_not_confidential_or_not_read_is_no_event(server: Server) {
    let log = Log::of(&server).await;
    let (coordinator, auditor) = (server.user("coordinator").await, server.user("auditor").await);
    let all = "{ findings(first: 100) { nodes { id title withheld { ground } followUp { id } } } }";
    let (_, events) = asked(&log, &coordinator, all).await;
    assert!(events.is_empty(), "what is withheld is not read: {events:?}");
    let outside = "{ findings(first: 100) { totalCount nodes { id withheld { ground } followUp { id number } } }
        departmentReport(departmentCode: \"KSF\", year: 2017) { followUps { status assessments { id status occasion { code } } }
            frozen { followUps { findings { withheld { ground } } assessments { status } } } } }";
    let (_, events) = asked(&log, &auditor, outside).await;
    assert!(events.is_empty(), "its id is not its content: {events:?}");
    let (_, events) = asked(&log, &auditor, "{ departments { nodes { name } } }").await;
    assert!(events.is_empty());
    let (_, events) = asked(&log, &server.user("head-utb").await, all).await;
    assert!(events.is_empty(), "nothing of UTB's is marked: {events:?}");
}

/// A new open finding that the joint follow-up counts.
async fn finding_on_a_shared_point(server: &Server) -> Json {
    let performer = server.user("performer-osf").await;
    let query = "{ followUps(filter: { departmentCode: \"OSF\", year: 2017 }) { nodes { id point { title } } } }";
    let found = performer.data(query, json!({})).await;
    let follow_up = &with_title(&found["followUps"]["nodes"], "Krishantering")["id"];
    let check = json!({ "followUpId": follow_up, "title": "Kontroll" });
    let check = performer.done("registerCheck", "check { id }", check).await["check"]["id"].take();
    let finding = json!({ "followUpId": follow_up, "checkId": check, "title": "Brist" });
    performer.done("registerFinding", "finding { id }", finding).await["finding"]["id"].take()
}

async fn every_way_to_confidential_content_is_noted(server: Server) {
    let log = Log::of(&server).await;
    let registrar = server.user("registrar").await;
    let auditor = server.user("auditor").await;
    let things = auditor
        .data(
            "{ followUps(filter: { departmentCode: \"UTB\", year: 2017 }) { nodes { number assessments { id } } }
               caseFile(number: \"KS/2016:389\") { documents { id } }
               findings(filter: { departmentCode: \"UTB\" }) { nodes { id } } }",
            json!({}),
        )
        .await;
    let counted = finding_on_a_shared_point(&server).await;
    let assessment = things["followUps"]["nodes"][0]["assessments"][0]["id"].clone();
    let document = things["caseFile"]["documents"][0]["id"].clone();
    for subject in [&assessment, &document, &counted] {
        let mark = json!({ "subjectId": subject, "ground": "OSL 18 kap. 8 §" });
        registrar
            .done("setSecrecyMark", "secrecyEvent { subjectId }", mark)
            .await;
    }
    for (query, kind) in [
        (
            "{ followUps(filter: { departmentCode: \"UTB\", year: 2017 }) { nodes { rating { code } } } }",
            "assessment",
        ),
        (
            "{ followUps(filter: { departmentCode: \"UTB\", year: 2017 }) { nodes { conclusion } } }",
            "assessment",
        ),
        (
            "{ followUps(filter: { departmentCode: \"UTB\", year: 2017 }) { nodes { trend } } }",
            "assessment",
        ),
        (
            "{ followUps(filter: { departmentCode: \"UTB\", year: 2017 }) { nodes { assessments { assessedBy { name } } } } }",
            "assessment",
        ),
        (
            "{ caseFile(number: \"KS/2016:389\") { documents { title } } }",
            "document",
        ),
        (
            "{ caseFile(number: \"KS/2016:389\") { documents { report { id } } } }",
            "document",
        ),
        (
            "{ correctiveActions(first: 100) { nodes { finding { id } } } }",
            "corrective_action",
        ),
        (
            "{ correctiveActions(first: 100) { nodes { overdue } } }",
            "corrective_action",
        ),
        ("{ findings(first: 100) { nodes { check { id } } } }", "finding"),
        (
            "{ findings(filter: { status: [OPEN, ACTION_PLANNED] }, first: 100) { nodes { id } } }",
            "finding",
        ),
        (
            "{ jointFollowUp(year: 2017) { points { ratings { count } } } }",
            "assessment",
        ),
        (
            "{ jointFollowUp(year: 2017) { points { cells { rating { code } } } } }",
            "assessment",
        ),
        (
            "{ jointFollowUp(year: 2017) { points { cells { trend } } } }",
            "assessment",
        ),
        (
            "{ jointFollowUp(year: 2017) { points { cells { openFindings } } } }",
            "finding",
        ),
    ] {
        let (_, events) = asked(&log, &auditor, query).await;
        assert!(!events.is_empty(), "{query}");
        assert!(read(&events, kind) > 0, "{query}: {events:?}");
    }
    let by_id = "query($id: ID!) { node(id: $id) { ... on Assessment { conclusion } ... on Document { title } } }";
    for id in [&assessment, &document] {
        let (_, events) = added(&log, auditor.data(by_id, json!({ "id": id }))).await;
        assert_eq!(actions(&events), ["confidential.read"]);
        assert_eq!(events[0]["payload"]["count"], 1);
    }
    let (_, events) = asked(
        &log,
        &auditor,
        "{ jointFollowUp(year: 2017) { complete points { cells { state } } } }",
    )
    .await;
    assert!(events.is_empty(), "{events:?}");
}

const FROZEN: &str = "{ departmentReport(departmentCode: \"KSF\", year: 2017) { frozen { followUps {
    findings { title check { title } actions { title } review { title } } } } } }";

async fn frozen_content_is_noted_too(server: Server) {
    let log = Log::of(&server).await;
    let head = server.user("head-ksf").await;
    let (_, events) = asked(&log, &head, FROZEN).await;
    assert!(
        read(&events, "finding") > 0 && read(&events, "corrective_action") > 0,
        "{events:?}"
    );
    let (_, events) = asked(&log, &server.user("coordinator").await, FROZEN).await;
    assert!(events.is_empty(), "{events:?}");
    let other = FROZEN.replace("KSF", "UTB");
    let (_, events) = asked(&log, &server.user("head-utb").await, &other).await;
    assert!(events.is_empty(), "{events:?}");
}

async fn marks_set_after_a_report_was_frozen_count(server: Server) {
    let log = Log::of(&server).await;
    let head = server.user("head-utb").await;
    let query = "{ departmentReport(departmentCode: \"UTB\", year: 2017) {
        followUps { assessments { id } } frozen { followUps { rating { code } } } } }";
    let before = server.database().statements();
    let data = head.data(query, json!({})).await;
    let unmarked = server.database().statements() - before;
    let assessment = data["departmentReport"]["followUps"][0]["assessments"][0]["id"].clone();
    let mark = json!({ "subjectId": assessment, "ground": "OSL 18 kap. 8 §" });
    let registrar = server.user("registrar").await;
    registrar
        .done("setSecrecyMark", "secrecyEvent { subjectId }", mark)
        .await;
    let (_, events) = asked(&log, &head, query).await;
    assert_eq!(read(&events, "assessment"), 1);
    assert!(unmarked <= 9, "{unmarked}");
}

async fn a_mutation_that_answers_confidential_content_is_noted(server: Server) {
    let log = Log::of(&server).await;
    let performer = server.user("performer-ksf").await;
    let finding = marked_finding(&performer).await;
    let change =
        |title: &str, version: &Json| json!({ "id": finding["id"], "expectedVersion": version, "title": title });
    let blind = performer.done(
        "updateFinding",
        "finding { id }",
        change("Ny rubrik", &finding["version"]),
    );
    let (_, events) = added(&log, blind).await;
    assert_eq!(actions(&events), ["finding.changed"]);
    let next = json!(finding["version"].as_i64().expect("a version") + 1);
    let seeing = performer.done("updateFinding", "finding { id description }", change("En annan", &next));
    let (_, events) = added(&log, seeing).await;
    assert_eq!(actions(&events), ["finding.changed", "confidential.read"]);
    assert_eq!(events[0]["requestId"], events[1]["requestId"]);
}

async fn an_answer_that_cannot_be_recorded_does_not_leave(server: Server) {
    let log = Log::of(&server).await;
    let auditor = server.user("auditor").await;
    let id = marked_finding(&auditor).await["id"].take();
    log.sql("DELETE FROM audit_head WHERE OURS").await;
    let query = "query($id: ID!) { node(id: $id) { ... on Finding { title } } }";
    let answer = auditor.ask(query, json!({ "id": id })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL", "{answer}");
    assert!(answer["data"].is_null() && answer["errors"][0]["extensions"]["requestId"].is_string());
    let open = "query($id: ID!) { node(id: $id) { id ... on Finding { withheld { ground } } } }";
    assert_eq!(auditor.data(open, json!({ "id": id })).await["node"]["id"], id);
}
