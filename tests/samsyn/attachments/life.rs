//! How long a file stays: with a submitted report as long as that, otherwise until it is removed.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::{PDF, check_of_kff, crisis, download, refusal, stored};
use crate::api::{Client, Server, each, with};
use crate::harness::{Suite, trials};
use crate::life_cycles::{decision, draft_kff, report, year};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_submitted_report_keeps_its_files,
        a_committee_gets_what_was_submitted_and_the_public_no_files,
        a_removed_file_is_gone_and_remembered,
        in_a_closed_year_files_stay_as_they_are,
    ]
}

/// The id and version of a report, for what is done with it.
fn same(report: &Json) -> Json {
    json!({ "id": report["id"], "expectedVersion": report["version"] })
}

const REPORT: &str = "departmentReport { id version status contentHash }";

/// Submits KFF's report, whose one point is explained.
pub(crate) async fn submit_kff(server: &Server) -> Json {
    let controller = server.user("controller-kff").await;
    let draft = draft_kff(server).await;
    let mut explain = same(&draft);
    explain["reportId"] = explain["id"].take();
    explain["controlPointId"] = crisis(&controller, "KFF").await["point"]["id"].take();
    explain["explanation"] = json!("Kontrollen görs i mars");
    explain.as_object_mut().expect("an input").remove("id");
    let explained = controller.done("explainGap", REPORT, explain).await["departmentReport"].take();
    let submit = same(&explained);
    controller.done("submitDepartmentReport", REPORT, submit).await["departmentReport"].take()
}

const FILES: &str = "{ departmentReport(departmentCode: \"KFF\", year: 2017) {
    frozen { followUps {
        attachments { fileName mediaType size sha256 url }
        checks { title attachments { fileName url } }
        reviews { attachments { fileName url } }
        findings { withheld { ground } attachments { fileName url } }
        actions { attachments { fileName url } } } }
    followUps {
        attachments { fileName url }
        checks { title attachments { fileName url } }
        reviews { attachments { fileName url } }
        findings { withheld { ground } attachments { fileName url } }
        actions { attachments { fileName url } } } } }";

/// A follow-up with a file on all that hangs on it; answers its id and those of the files.
async fn with_files(server: &Server) -> (Json, Vec<String>) {
    let performer = server.user("performer-kff").await;
    let follow_up = crisis(&performer, "KFF").await["id"].take();
    let check = check_of_kff(server).await;
    let review = json!({ "followUpIds": [follow_up], "title": "Granskning", "reviewer": "Revisorerna" });
    let review = performer.done("registerReview", "review { id }", review).await["review"]["id"].take();
    let finding = json!({ "followUpId": follow_up, "checkId": check, "title": "Brist" });
    let finding = performer.done("registerFinding", "finding { id }", finding).await["finding"]["id"].take();
    let action = json!({ "findingId": finding, "title": "Åtgärd" });
    let action = performer
        .done("createCorrectiveAction", "correctiveAction { id }", action)
        .await["correctiveAction"]["id"]
        .take();
    let mut files = Vec::new();
    for (subject, name) in [
        (&follow_up, "f"),
        (&check, "c"),
        (&review, "r"),
        (&finding, "b"),
        (&action, "a"),
    ] {
        files.push(performer.attached(subject, &format!("{name}.txt"), name).await);
    }
    (follow_up, files)
}

async fn a_submitted_report_keeps_its_files(server: Server) {
    let (follow_up, files) = with_files(&server).await;
    let performer = server.user("performer-kff").await;
    let submitted = submit_kff(&server).await;
    let head = server.user("head-kff").await;
    let seen = head.data(FILES, json!({})).await["departmentReport"].take();
    let (frozen, live) = (&seen["frozen"]["followUps"][0], &seen["followUps"][0]);
    assert_eq!(frozen["attachments"][0]["sha256"].as_str().map(str::len), Some(64));
    for of in ["checks", "reviews", "findings", "actions"] {
        assert_eq!(frozen[of], live[of], "{of}");
        assert_eq!(
            each(&frozen[of], "attachments")[0].as_array().map(Vec::len),
            Some(1),
            "{of}"
        );
    }
    for file in &files {
        let remove = json!({ "id": file, "expectedVersion": 1 });
        let errors = performer.refused("removeAttachment", remove).await;
        assert_eq!(errors[0]["code"], "ILLEGAL_TRANSITION");
        assert!(
            errors[0]["message"]
                .as_str()
                .is_some_and(|it| it.contains("submitted report")),
            "{errors:?}"
        );
        assert_eq!(download(&head, file).await.status(), 200);
    }
    // What comes later is no part of it, and goes again.
    let later = server.on("2018-02-16").await.user("performer-kff").await;
    let late = later.attached(&follow_up, "sen.txt", "sen").await;
    let remove = json!({ "id": late, "expectedVersion": 1 });
    later.done("removeAttachment", "attachment { removedAt }", remove).await;
    // Once the report is a draft again its files are, too; another file makes it another report.
    refer_back(&server).await;
    let controller = server.user("controller-kff").await;
    let reopen = same(&report(&controller, "KFF").await);
    controller.done("reopenDepartmentReport", REPORT, reopen).await;
    let remove = json!({ "id": files[1], "expectedVersion": 1 });
    performer
        .done("removeAttachment", "attachment { removedAt }", remove)
        .await;
    let again = same(&report(&controller, "KFF").await);
    let again = controller.done("submitDepartmentReport", REPORT, again).await["departmentReport"].take();
    assert_ne!(again["contentHash"], submitted["contentHash"]);
    let seen = head.data(FILES, json!({})).await["departmentReport"]["frozen"]["followUps"][0].take();
    assert_eq!(seen["checks"][0]["attachments"], json!([]));
}

pub(crate) async fn propose(server: &Server) {
    let head = server.user("head-kff").await;
    let submitted = same(&report(&head, "KFF").await);
    head.done("proposeDepartmentReport", REPORT, submitted).await;
}

async fn refer_back(server: &Server) {
    propose(server).await;
    let secretary = server.user("secretary-committees").await;
    let proposed = report(&secretary, "KFF").await;
    let mut back = decision(&proposed, &proposed["contentHash"]);
    back["reportStatus"] = json!("REFERRED_BACK");
    back["items"] = json!([{ "text": "Återremitteras", "nature": "DECISION", "outcome": "REFERRED_BACK" }]);
    secretary.done("recordDecision", "decision { id }", back).await;
}

async fn a_committee_gets_what_was_submitted_and_the_public_no_files(server: Server) {
    let (follow_up, files) = with_files(&server).await;
    let secretary = server.user("secretary-committees").await;
    let forbidden = async |client: &Client| {
        for file in &files {
            assert_eq!(download(client, file).await.status(), 404);
        }
    };
    forbidden(&secretary).await;
    submit_kff(&server).await;
    forbidden(&secretary).await;
    propose(&server).await;
    let late = server.on("2018-02-16").await.user("performer-kff").await;
    let check = with(
        &secretary.data(FILES, json!({})).await["departmentReport"]["followUps"][0]["checks"],
        "title",
        "Kontroll",
    )
    .clone();
    assert_eq!(check["attachments"].as_array().map(Vec::len), Some(1));
    let late = late.attached(&follow_up, "sen.txt", "sen").await;
    for file in &files {
        assert_eq!(download(&secretary, file).await.status(), 200);
    }
    assert_eq!(download(&secretary, &late).await.status(), 404);
    let seen = secretary.data(FILES, json!({})).await["departmentReport"].take();
    let names = |follow_up: &Json| each(&follow_up["attachments"], "fileName");
    assert_eq!(names(&seen["followUps"][0]), ["f.txt"]);
    assert_eq!(names(&seen["frozen"]["followUps"][0]), ["f.txt"]);

    let proposed = report(&secretary, "KFF").await;
    let decide = decision(&proposed, &proposed["contentHash"]);
    secretary.done("recordDecision", "decision { id }", decide).await;
    let registrar = server.user("registrar").await;
    let publish = same(&report(&registrar, "KFF").await);
    registrar.done("publishDepartmentReport", REPORT, publish).await;
    let seen = server.public().data(FILES, json!({})).await["departmentReport"].take();
    assert_eq!(seen["frozen"]["followUps"][0]["checks"][0]["title"], "Kontroll");
    assert!(!seen.to_string().contains(".txt"), "{seen:#}");
    let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let seen = server.public().data(nodes, json!({ "ids": files })).await;
    assert_eq!(seen["nodes"], json!(vec![Json::Null; files.len()]));
}

async fn a_removed_file_is_gone_and_remembered(server: Server) {
    let check = check_of_kff(&server).await;
    let performer = server.user("performer-kff").await;
    let id = performer.attached(&check, "a.pdf", PDF).await;
    let remove = json!({ "id": id, "expectedVersion": 1 });
    for (other, code) in [
        ("coordinator", "FORBIDDEN"),
        ("performer-utb", "NOT_FOUND"),
        ("head-kff", "FORBIDDEN"),
    ] {
        let client = server.user(other).await;
        assert_eq!(
            client.refusal("removeAttachment", remove.clone()).await,
            [code],
            "{other}"
        );
    }
    let stale = json!({ "id": id, "expectedVersion": 2 });
    assert_eq!(performer.refusal("removeAttachment", stale).await, ["CONFLICT"]);
    let mut keyed = remove.clone();
    keyed["idempotencyKey"] = json!("en gång");
    let fields = "attachment { id fileName url removedAt version }";
    let removed = performer.done("removeAttachment", fields, keyed.clone()).await;
    assert_eq!(
        removed["attachment"],
        json!({ "id": id, "fileName": "a.pdf", "url": null, "removedAt": "2018-02-15T12:00:00Z", "version": 2 })
    );
    assert_eq!(
        performer.done("removeAttachment", fields, keyed).await["attachment"],
        removed["attachment"]
    );
    let again = json!({ "id": id, "expectedVersion": 2 });
    assert_eq!(
        performer.refusal("removeAttachment", again).await,
        ["ILLEGAL_TRANSITION"]
    );
    assert_eq!(download(&performer, &id).await.status(), 404);
    let query = "query($id: ID!) { node(id: $id) { ... on Check { attachments { id } } } }";
    assert_eq!(
        performer.data(query, json!({ "id": check })).await["node"]["attachments"],
        json!([])
    );
    assert_eq!(stored(&server).len(), 1);
    let swept = samsyn::attachments::sweep(server.gate(), server.objects()).await;
    assert_eq!(swept.expect("a file store"), 1);
    assert!(stored(&server).is_empty(), "its content is erased");
    // The same file may be attached anew.
    performer.attached(&check, "a.pdf", PDF).await;
}

async fn in_a_closed_year_files_stay_as_they_are(server: Server) {
    let check = check_of_kff(&server).await;
    let performer = server.user("performer-kff").await;
    let id = performer.attached(&check, "a.pdf", PDF).await;
    let coordinator = server.user("coordinator").await;
    let mut close = same(&year(&coordinator).await);
    close["to"] = json!("CLOSED");
    coordinator
        .done("advanceControlYear", "controlYear { phase }", close)
        .await;
    let answer = performer
        .upload(&check, "b.txt")
        .body("b")
        .send()
        .await
        .expect("an answer");
    let (status, _, message) = refusal(answer).await;
    assert_eq!(status, 400, "{message}");
    assert!(message.contains("2017 is closed"), "{message}");
    let remove = json!({ "id": id, "expectedVersion": 1 });
    assert_eq!(performer.refusal("removeAttachment", remove).await, ["INVALID"]);
    assert_eq!(download(&performer, &id).await.status(), 200);
}
