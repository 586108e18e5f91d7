//! The record of a decision: what is noted with it, how it is corrected, and how it is sent.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, each, with};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        dissents_and_disqualifications_are_noted,
        a_wrong_record_is_corrected_beside_itself,
        a_correction_is_the_recorders_alone,
        a_decision_is_sent_to_each_recipient_once,
        what_nobody_knows_the_fate_of_is_not_sent_again,
        a_dispatch_goes_its_way_and_no_other,
    ]
}

const DECISION: &str = "decision { id section body items { text } recipients { name filingOnly } notes { kind text }
    contentHash report { status } corrects { id } correctionReason correctedBy { id }
    dispatches { id version status note recipient { name } } }";

/// Records a decision of the board in the case of KSF's report, with two recipients and a filing.
async fn recorded(secretary: &Client) -> Json {
    let query = "{ committee(code: \"KS\") { id } caseFile(number: \"KS/2016:389\") { id } }";
    let found = secretary.data(query, json!({})).await;
    let input = json!({
        "caseFileId": found["caseFile"]["id"], "committeeId": found["committee"]["id"], "stage": "DECISION",
        "body": "Kommunstyrelsen", "meetingDate": "2018-02-14", "section": "29",
        "items": [{ "text": "Rapporten läggs till handlingarna.", "nature": "DECISION", "outcome": "NOTED" }],
        "recipients": [{ "name": "Revisionen" }, { "name": "Utbildningsnämnden" }, { "name": "Akten", "filingOnly": true }],
        "notes": [
            { "kind": "DISSENT", "text": "Två ledamöter reserverar sig mot beslutet." },
            { "kind": "DISQUALIFICATION", "text": "En ledamot deltar inte i handläggningen på grund av jäv." },
        ],
    });
    secretary.done("recordDecision", DECISION, input).await["decision"].take()
}

async fn node(client: &Client, id: &Json) -> Json {
    let query = format!(
        "query($id: ID!) {{ node(id: $id) {{ ... on Decision {} }} }}",
        DECISION.trim_start_matches("decision")
    );
    client.data(&query, json!({ "id": id })).await["node"].take()
}

async fn dissents_and_disqualifications_are_noted(server: Server) {
    let secretary = server.user("secretary-ks").await;
    let decision = recorded(&secretary).await;
    assert_eq!(
        each(&decision["notes"], "kind"),
        [json!("DISSENT"), json!("DISQUALIFICATION")]
    );
    assert_eq!(
        decision["notes"][0]["text"],
        "Två ledamöter reserverar sig mot beslutet."
    );
    // Everything that is wrong is told at once.
    let input = json!({
        "stage": "DECISION", "body": " ", "items": [], "committeeId": id(&secretary, "committee", "KS").await,
        "caseFileId": case(&secretary).await, "notes": [{ "kind": "DISSENT", "text": " " }],
    });
    let paths = secretary.refused("recordDecision", input).await;
    let paths: Vec<String> = paths.iter().map(|error| error["path"].to_string()).collect();
    assert_eq!(paths, ["[\"body\"]", "[\"items\"]", "[\"notes\",\"0\",\"text\"]"]);
}

async fn id(client: &Client, kind: &str, code: &str) -> Json {
    let query = format!("{{ {kind}(code: \"{code}\") {{ id }} }}");
    client.data(&query, json!({})).await[kind]["id"].take()
}

async fn case(client: &Client) -> Json {
    let query = "{ caseFile(number: \"KS/2016:389\") { id } }";
    client.data(query, json!({})).await["caseFile"]["id"].take()
}

fn correction(of: &Json, section: &str) -> Json {
    json!({
        "id": of, "reason": "Fel paragraf", "body": "Kommunstyrelsen", "meetingDate": "2018-02-14", "section": section,
        "items": [{ "text": "Rapporten läggs till handlingarna.", "nature": "DECISION", "outcome": "NOTED" }],
        "recipients": [{ "name": "Revisionen" }],
    })
}

async fn a_wrong_record_is_corrected_beside_itself(server: Server) {
    let secretary = server.user("secretary-ks").await;
    let wrong = recorded(&secretary).await;
    let right = secretary
        .done("correctDecision", DECISION, correction(&wrong["id"], "30"))
        .await["decision"]
        .take();
    assert_eq!(
        (&right["section"], &right["corrects"]["id"]),
        (&json!("30"), &wrong["id"])
    );
    assert_eq!(right["correctionReason"], "Fel paragraf");
    // The wrong record is as it was, and says by what it is corrected.
    let before = node(&secretary, &wrong["id"]).await;
    assert_eq!(
        (&before["section"], &before["correctedBy"]["id"]),
        (&json!("29"), &right["id"])
    );
    assert_eq!(before["items"], wrong["items"]);
    let sections = "{ caseFile(number: \"KS/2016:389\") { decisions { section } } }";
    let sections = secretary.data(sections, json!({})).await["caseFile"]["decisions"].take();
    let sections = each(&sections, "section");
    assert!(
        sections.contains(&json!("29")) && sections.contains(&json!("30")),
        "{sections:?}"
    );
    // It is corrected once; what is wrong with the correction is corrected there.
    assert_eq!(
        secretary
            .refusal("correctDecision", correction(&wrong["id"], "31"))
            .await,
        ["DUPLICATE"]
    );
    let again = secretary
        .done("correctDecision", DECISION, correction(&right["id"], "31"))
        .await["decision"]
        .take();
    assert_eq!(again["corrects"]["id"], right["id"]);
    let mut silent = correction(&again["id"], "32");
    silent["reason"] = json!(" ");
    silent["items"] = json!([]);
    assert_eq!(
        secretary.refusal("correctDecision", silent).await,
        ["INVALID", "INVALID"]
    );
    // A report's decision stays bound to its content, and the report where it is.
    let query = "{ departmentReport(departmentCode: \"UTB\", year: 2017) { status contentHash
        decisions { id stage contentHash } recipients { name } } }";
    let other = server.user("secretary-committees").await;
    let report = other.data(query, json!({})).await["departmentReport"].take();
    let decided = with(&report["decisions"], "stage", "DECISION");
    let mut undated = correction(&decided["id"], "7");
    undated["meetingDate"] = Json::Null;
    assert_eq!(other.refusal("correctDecision", undated).await, ["INVALID"]);
    let corrected = other
        .done("correctDecision", DECISION, correction(&decided["id"], "7"))
        .await["decision"]
        .take();
    assert_eq!(corrected["contentHash"], report["contentHash"]);
    assert_eq!(corrected["report"]["status"], "DECIDED");
    let after = other.data(query, json!({})).await["departmentReport"].take();
    assert_eq!(
        after["recipients"],
        json!([{ "name": "Revisionen" }]),
        "those of the corrected record do not count"
    );
}

async fn a_correction_is_the_recorders_alone(server: Server) {
    let secretary = server.user("secretary-ks").await;
    let wrong = recorded(&secretary).await;
    for username in ["registrar", "coordinator", "secretary-committees", "head-ksf"] {
        let other = server.user(username).await;
        let refusal = other.refusal("correctDecision", correction(&wrong["id"], "30")).await;
        assert!(
            ["FORBIDDEN", "NOT_FOUND"].contains(&refusal[0].as_str()),
            "{username}: {refusal:?}"
        );
    }
    assert_eq!(node(&secretary, &wrong["id"]).await["correctedBy"], Json::Null);
}

async fn a_decision_is_sent_to_each_recipient_once(server: Server) {
    let secretary = server.user("secretary-ks").await;
    let decision = recorded(&secretary).await;
    let registrar = server.user("registrar").await;
    let queue = json!({ "id": decision["id"] });
    assert_eq!(secretary.refusal("queueDispatches", queue.clone()).await, ["FORBIDDEN"]);
    let sent = registrar.done("queueDispatches", DECISION, queue.clone()).await["decision"]["dispatches"].take();
    let names = each(&sent, "recipient");
    assert_eq!(
        names,
        [json!({ "name": "Revisionen" }), json!({ "name": "Utbildningsnämnden" })],
        "the file is no delivery"
    );
    assert_eq!(
        registrar.refusal("queueDispatches", queue).await,
        ["INVALID"],
        "all are on their way"
    );
    // A record that was corrected is not sent: the correction is.
    let right = secretary
        .done("correctDecision", DECISION, correction(&decision["id"], "30"))
        .await["decision"]
        .take();
    assert_eq!(
        registrar
            .refusal("queueDispatches", json!({ "id": decision["id"] }))
            .await,
        ["INVALID"]
    );
    registrar
        .done("queueDispatches", DECISION, json!({ "id": right["id"] }))
        .await;
    // Nor is what was on its way already: it is told that it was not sent, and not taken up again.
    let late = change(&registrar, &sent[0], "SENT", None).await;
    assert_eq!(late["errors"][0]["path"], json!(["to"]), "{late:#}");
    let stopped = moved(&registrar, &sent[0], "FAILED", Some("Rättad")).await;
    let again = change(&registrar, &stopped, "QUEUED", None).await;
    assert_eq!(again["errors"][0]["path"], json!(["to"]), "{again:#}");
}

async fn change(registrar: &Client, dispatch: &Json, to: &str, note: Option<&str>) -> Json {
    let mut input = json!({ "id": dispatch["id"], "expectedVersion": dispatch["version"], "to": to });
    if let Some(note) = note {
        input["note"] = json!(note);
    }
    registrar
        .mutate(
            "changeDispatchStatus",
            "dispatch { id version status note registrationNumber }",
            input,
        )
        .await
}

/// The dispatch after a change that has to be done.
async fn moved(registrar: &Client, dispatch: &Json, to: &str, note: Option<&str>) -> Json {
    let payload = change(registrar, dispatch, to, note).await;
    assert_eq!(payload["errors"], json!([]), "{to}: {payload:#}");
    payload["dispatch"].clone()
}

async fn what_nobody_knows_the_fate_of_is_not_sent_again(server: Server) {
    let decision = recorded(&server.user("secretary-ks").await).await;
    let registrar = server.user("registrar").await;
    let queue = json!({ "id": decision["id"] });
    let sent = registrar.done("queueDispatches", DECISION, queue.clone()).await["decision"]["dispatches"].take();
    let first = moved(&registrar, &sent[0], "SENT", None).await;
    let silent = change(&registrar, &first, "UNKNOWN", None).await;
    assert_eq!(silent["errors"][0]["path"], json!(["note"]));
    let unknown = moved(&registrar, &first, "UNKNOWN", Some("Ingen kvittens inom en timme")).await;
    assert_eq!(registrar.refusal("queueDispatches", queue.clone()).await, ["INVALID"]);
    let blindly = change(&registrar, &unknown, "QUEUED", None).await;
    assert_eq!(
        blindly["errors"][0]["allowed"],
        json!(["RECEIVED", "REJECTED", "FAILED"])
    );
    // Once it is known that it failed, the same dispatch is taken up again; a rejected one is sent anew.
    let failed = moved(&registrar, &unknown, "FAILED", Some("Brevlådan finns inte")).await;
    let queued = moved(&registrar, &failed, "QUEUED", None).await;
    let again = moved(&registrar, &queued, "SENT", None).await;
    moved(&registrar, &again, "REJECTED", Some("Fel nämnd")).await;
    let after = registrar.done("queueDispatches", DECISION, queue).await["decision"]["dispatches"].take();
    assert_eq!(
        each(&after, "status"),
        [json!("REJECTED"), json!("QUEUED"), json!("QUEUED")]
    );
}

async fn a_dispatch_goes_its_way_and_no_other(server: Server) {
    let decision = recorded(&server.user("secretary-ks").await).await;
    let registrar = server.user("registrar").await;
    let queue = json!({ "id": decision["id"] });
    let sent = registrar.done("queueDispatches", DECISION, queue).await["decision"]["dispatches"].take();
    let skipped = change(&registrar, &sent[0], "REGISTERED", None).await;
    assert_eq!(
        (&skipped["errors"][0]["from"], &skipped["errors"][0]["allowed"]),
        (&json!("QUEUED"), &json!(["SENT", "FAILED", "UNKNOWN"]))
    );
    let first = moved(&registrar, &sent[0], "SENT", None).await;
    assert_eq!(
        change(&registrar, &sent[0], "RECEIVED", None).await["errors"][0]["currentVersion"],
        first["version"]
    );
    let received = moved(&registrar, &first, "RECEIVED", None).await;
    let input = json!({
        "id": received["id"], "expectedVersion": received["version"], "to": "REGISTERED", "registrationNumber": "REV 2018:7",
    });
    let registered = registrar
        .done(
            "changeDispatchStatus",
            "dispatch { id version status registrationNumber decision { id } }",
            input,
        )
        .await["dispatch"]
        .take();
    assert_eq!(
        (&registered["registrationNumber"], &registered["decision"]["id"]),
        (&json!("REV 2018:7"), &decision["id"])
    );
    let over = change(&registrar, &registered, "SENT", None).await;
    assert_eq!(over["errors"][0]["allowed"], json!([]));
}
