//! Who may attach, and who gets what is attached.

use libtest_mimic::Trial;
use reqwest::Method;
use serde_json::{Value as Json, json};

use super::{PDF, check_of_kff, crisis, download, refusal};
use crate::api::{EXEMPEL, Server, each};
use crate::audit::{Log, added};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_file_is_attached_by_who_registers_what_it_belongs_to,
        a_file_goes_to_who_reads_what_it_belongs_to,
        what_is_confidential_has_no_files_for_others,
        who_reads_a_confidential_file_is_in_the_log,
        what_lies_in_the_log_of_a_file,
    ]
}

/// Everything that files are attached to, of KSF's, and who attaches there.
async fn subjects(server: &Server) -> Vec<(&'static str, Json)> {
    let performer = server.user("performer-ksf").await;
    let follow_up = crisis(&performer, "KSF").await["id"].take();
    let check = json!({ "followUpId": follow_up, "title": "Kontroll" });
    let check = performer.done("registerCheck", "check { id }", check).await["check"]["id"].take();
    let review = json!({ "followUpIds": [follow_up], "title": "Granskning", "reviewer": "Revisorerna" });
    let review = performer.done("registerReview", "review { id }", review).await["review"]["id"].take();
    let finding = json!({ "followUpId": follow_up, "checkId": check, "title": "Brist" });
    let finding = performer.done("registerFinding", "finding { id }", finding).await["finding"]["id"].take();
    let action = json!({ "findingId": finding, "title": "Åtgärd" });
    let action = performer
        .done("createCorrectiveAction", "correctiveAction { id }", action)
        .await["correctiveAction"]["id"]
        .take();
    let query = "{ caseFile(number: \"KS/2016:389\") { documents { id } } }";
    let case = server.user("registrar").await.data(query, json!({})).await;
    let document = case["caseFile"]["documents"][0]["id"].clone();
    vec![
        ("performer-ksf", follow_up),
        ("performer-ksf", check),
        ("performer-ksf", review),
        ("performer-ksf", finding),
        ("performer-ksf", action),
        ("registrar", document),
    ]
}

const LISTED: &str = "query($id: ID!) { node(id: $id) { id
    ... on FollowUp { attachments { id fileName } }
    ... on Check { attachments { id fileName } }
    ... on Review { attachments { id fileName } }
    ... on Finding { attachments { id fileName } }
    ... on CorrectiveAction { attachments { id fileName } }
    ... on Document { attachments { id fileName } } } }";

async fn a_file_is_attached_by_who_registers_what_it_belongs_to(server: Server) {
    for (username, subject) in subjects(&server).await {
        let client = server.user(username).await;
        let id = client.attached(&subject, "a.pdf", PDF).await;
        let listed = client.data(LISTED, json!({ "id": subject })).await["node"]["attachments"].take();
        assert_eq!(
            listed,
            json!([{ "id": id, "fileName": "a.pdf" }]),
            "its own and nothing else's"
        );
        let node = "query($id: ID!) { node(id: $id) { ... on Attachment { subjectId } } }";
        let node = client.data(node, json!({ "id": id })).await["node"].take();
        assert_eq!(node["subjectId"], subject);
        for (other, status, code) in [
            // Sees it, and only reads.
            ("coordinator", 403, "FORBIDDEN"),
            ("auditor", 403, "FORBIDDEN"),
            // Does not see it.
            ("performer-utb", 404, "BAD_REQUEST"),
            ("administrator", 404, "BAD_REQUEST"),
        ] {
            let answer = server
                .user(other)
                .await
                .upload(&subject, "b.pdf")
                .body(PDF)
                .send()
                .await;
            let (got, found, message) = refusal(answer.expect("an answer")).await;
            assert_eq!((got, found.as_str()), (status, code), "{other} {username}: {message}");
        }
        let stranger = server.user_of(EXEMPEL, "administrator").await;
        let answer = stranger
            .upload(&subject, "b.pdf")
            .body(PDF)
            .send()
            .await
            .expect("an answer");
        assert_eq!(refusal(answer).await.0, 404);
        let answer = server
            .public()
            .upload(&subject, "b.pdf")
            .body(PDF)
            .send()
            .await
            .expect("an answer");
        assert!(answer.headers().contains_key("www-authenticate"));
        assert_eq!(refusal(answer).await.0, 401);
    }
    let forged = server.with_token("ey.ey.ey".to_owned());
    let nothing = json!("Q2hlY2s6MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA");
    let answer = forged
        .upload(&nothing, "b.pdf")
        .body(PDF)
        .send()
        .await
        .expect("an answer");
    assert_eq!(refusal(answer).await.0, 401);
}

async fn a_file_goes_to_who_reads_what_it_belongs_to(server: Server) {
    let check = check_of_kff(&server).await;
    let performer = server.user("performer-kff").await;
    let id = performer.attached(&check, "a.pdf", PDF).await;
    for reader in [
        "performer-kff",
        "controller-kff",
        "head-kff",
        "coordinator",
        "auditor",
        "registrar",
    ] {
        let got = download(&server.user(reader).await, &id).await;
        assert_eq!(got.status(), 200, "{reader}");
        assert_eq!(got.bytes().await.expect("content"), PDF);
    }
    // What is not for somebody is answered as what does not exist, whatever is wrong with the id.
    let nothing = json!("QXR0YWNobWVudDowMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA");
    let strangers = [
        server.user("performer-utb").await,
        server.user("head-ksf").await,
        server.user("member-ks").await,
        server.user("administrator").await,
        server.user_of(EXEMPEL, "administrator").await,
    ];
    for stranger in &strangers {
        let expected = refusal(download(stranger, nothing.as_str().expect("an id")).await).await;
        assert_eq!((expected.0, expected.1.as_str()), (404, "BAD_REQUEST"));
        for asked in [id.as_str(), "x", "%00", check.as_str().expect("an id")] {
            assert_eq!(refusal(download(stranger, asked).await).await, expected, "{asked}");
        }
        let head = stranger.request(Method::HEAD, &format!("/attachments/{id}"));
        assert_eq!(head.send().await.expect("an answer").status(), 404);
        let query = "query($id: ID!) { node(id: $id) { id } }";
        assert_eq!(stranger.data(query, json!({ "id": id })).await["node"], Json::Null);
    }
    assert_eq!(refusal(download(&server.public(), &id).await).await.0, 401);
    // A role that ends counts from the next request on.
    let role = &server.user_row("performer-kff").await["roleAssignments"][0];
    let end = json!({ "id": role["id"], "expectedVersion": role["version"], "validTo": "2018-02-14" });
    let administrator = server.user("administrator").await;
    administrator
        .done("updateRoleAssignment", "roleAssignment { id }", end)
        .await;
    assert_eq!(download(&performer, &id).await.status(), 404);
    let user = server.user_row("controller-kff").await;
    let controller = server.user("controller-kff").await;
    let disable = json!({ "id": user["id"], "expectedVersion": user["version"], "active": false });
    administrator.done("updateUser", "user { id }", disable).await;
    assert_eq!(refusal(download(&controller, &id).await).await.0, 401);
}

async fn mark(server: &Server, subject: &Json) {
    let input = json!({ "subjectId": subject, "ground": "OSL 18 kap. 8 §" });
    let registrar = server.user("registrar").await;
    registrar
        .done("setSecrecyMark", "secrecyEvent { subjectId }", input)
        .await;
}

async fn what_is_confidential_has_no_files_for_others(server: Server) {
    // The follow-up itself is never confidential; an action is with its finding, so that it comes first.
    for (username, subject) in subjects(&server).await.into_iter().skip(1).rev() {
        let client = server.user(username).await;
        let id = client.attached(&subject, "a.pdf", PDF).await;
        let coordinator = server.user("coordinator").await;
        assert_eq!(download(&coordinator, &id).await.status(), 200);
        mark(&server, &subject).await;
        assert_eq!(download(&coordinator, &id).await.status(), 404, "{username}");
        let seen = coordinator.data(LISTED, json!({ "id": subject })).await;
        assert_eq!(seen["node"], json!({ "id": subject, "attachments": [] }));
        let node = "query($id: ID!) { node(id: $id) { id } }";
        assert_eq!(coordinator.data(node, json!({ "id": id })).await["node"], Json::Null);
        for reader in [username, "auditor"] {
            let reader = server.user(reader).await;
            assert_eq!(download(&reader, &id).await.status(), 200);
            let seen = reader.data(LISTED, json!({ "id": subject })).await;
            assert_eq!(each(&seen["node"]["attachments"], "id"), [json!(id)]);
        }
    }
    // An action is confidential with its finding.
    let subjects = subjects(&server).await;
    let performer = server.user("performer-ksf").await;
    let id = performer.attached(&subjects[4].1, "a.pdf", PDF).await;
    mark(&server, &subjects[3].1).await;
    assert_eq!(download(&server.user("coordinator").await, &id).await.status(), 404);
    assert_eq!(download(&performer, &id).await.status(), 200);
}

async fn who_reads_a_confidential_file_is_in_the_log(server: Server) {
    let check = check_of_kff(&server).await;
    let performer = server.user("performer-kff").await;
    let id = performer.attached(&check, "a.pdf", PDF).await;
    let (log, auditor) = (Log::of(&server).await, server.user("auditor").await);
    let (_, events) = added(&log, download(&auditor, &id)).await;
    assert!(events.is_empty(), "it is not confidential: {events:?}");
    mark(&server, &check).await;
    let reading = |method: Method| {
        let request = auditor.request(method, &format!("/attachments/{id}"));
        async { request.send().await.expect("an answer").status() }
    };
    for method in [Method::GET, Method::HEAD] {
        let (status, events) = added(&log, reading(method)).await;
        assert_eq!(status, 200);
        assert_eq!(each(&json!(events), "action"), [json!("confidential.read")]);
        assert_eq!(
            (&events[0]["actor"], &events[0]["subjectType"]),
            (&json!("auditor"), &json!("attachment"))
        );
        assert_eq!(events[0]["payload"]["operation"], "downloadAttachment");
    }
    let node = "query Fil($id: ID!) { node(id: $id) { ... on Attachment { fileName } } }";
    let (_, events) = added(&log, auditor.data(node, json!({ "id": id }))).await;
    assert_eq!(each(&json!(events), "subjectType"), [json!("attachment")]);
    let (_, events) = added(&log, auditor.data(LISTED, json!({ "id": check }))).await;
    assert_eq!(each(&json!(events), "subjectType"), [json!("control_check")]);
    // What cannot be recorded does not leave.
    log.sql("DELETE FROM audit_head WHERE OURS").await;
    let answer = download(&auditor, &id).await;
    assert!(answer.status().is_server_error(), "{}", answer.status());
    assert!(!answer.bytes().await.expect("a body").starts_with(b"%PDF"));
}

async fn what_lies_in_the_log_of_a_file(server: Server) {
    let check = check_of_kff(&server).await;
    let (log, performer) = (Log::of(&server).await, server.user("performer-kff").await);
    let (id, events) = added(&log, performer.attached(&check, "a.pdf", PDF)).await;
    assert_eq!(each(&json!(events), "action"), [json!("attachment.created")]);
    let after = &events[0]["payload"]["after"];
    assert_eq!(
        (&after["file_name"], &after["size"]),
        (&json!("a.pdf"), &json!(PDF.len()))
    );
    assert_eq!(after["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(events[0]["payload"]["useCase"], "uploadAttachment");
    let coordinator = server.user("coordinator").await;
    let refused = async {
        let answer = coordinator.upload(&check, "b.pdf").body(PDF).send().await;
        assert_eq!(answer.expect("an answer").status(), 403);
    };
    let ((), events) = added(&log, refused).await;
    assert_eq!(each(&json!(events), "action"), [json!("access.refused")]);
    assert_eq!(
        (&events[0]["actor"], &events[0]["subjectType"]),
        (&json!("coordinator"), &json!("control_check"))
    );
    assert_eq!(events[0]["payload"]["operation"], "uploadAttachment");
    let remove = json!({ "id": id, "expectedVersion": 1 });
    let removing = performer.done("removeAttachment", "attachment { removedAt }", remove);
    let (_, events) = added(&log, removing).await;
    assert_eq!(each(&json!(events), "action"), [json!("attachment.changed")]);
    let after = &events[0]["payload"]["after"];
    assert!(
        after["removed_at"].is_string() && after["removed_by"].is_string(),
        "{after}"
    );
}
