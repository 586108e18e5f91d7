//! Where a central check turns up: frozen reports, roll-ups, subscriptions.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::{CRISIS, department, follow_up, for_all, point, shown};
use crate::api::{Client, Server, each, with};
use crate::attachments::{PDF, propose, submit_kff};
use crate::harness::{Suite, trials};
use crate::live::{Socket, token};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_submitted_report_freezes_it_with_its_files,
        what_shows_after_the_submission_was_laid_before_nobody,
        points_without_checks_are_fewer,
        it_reaches_who_follows_each_department_and_the_joint_follow_up,
        each_department_reads_it_in_one_statement,
    ]
}

const FROZEN: &str = "{ departmentReport(departmentCode: \"KFF\", year: 2017) {
    frozen { followUps { checks { title withheld { ground } attachments { fileName } } } } } }";

async fn a_submitted_report_freezes_it_with_its_files(server: Server) {
    let check = for_all(&server, CRISIS).await;
    let coordinator = server.user("coordinator").await;
    let file = coordinator.attached(&check["id"], "underlag.pdf", PDF).await;
    submit_kff(&server).await;
    let frozen = |client: Client| async move {
        let seen = client.data(FROZEN, json!({})).await;
        seen["departmentReport"]["frozen"]["followUps"][0]["checks"].clone()
    };
    let expected = json!([{
        "title": "Kontroll för alla", "withheld": null, "attachments": [{ "fileName": "underlag.pdf" }],
    }]);
    assert_eq!(frozen(server.user("head-kff").await).await, expected);
    // What is changed later is not what was submitted.
    let change = json!({ "id": check["id"], "expectedVersion": 1, "title": "Rättad" });
    coordinator.done("updateCheck", "check { id }", change).await;
    assert_eq!(frozen(coordinator.clone()).await, expected);
    let errors = coordinator
        .refused("removeAttachment", json!({ "id": file, "expectedVersion": 1 }))
        .await;
    assert_eq!(
        errors[0]["code"], "ILLEGAL_TRANSITION",
        "a submitted report has the file: {errors:?}"
    );
    let mark = json!({ "subjectId": check["id"], "ground": "OSL 18 kap. 8 §" });
    server
        .user("registrar")
        .await
        .done("setSecrecyMark", "secrecyEvent { ground }", mark)
        .await;
    assert_eq!(frozen(coordinator).await[0]["withheld"]["ground"], "OSL 18 kap. 8 §");
    assert_eq!(frozen(server.user("head-kff").await).await, expected);
}

async fn what_shows_after_the_submission_was_laid_before_nobody(server: Server) {
    let before = for_all(&server, CRISIS).await;
    let coordinator = server.user("coordinator").await;
    let exempt = json!({
        "controlPointId": point(&coordinator, CRISIS).await, "departmentId": department(&coordinator, "KFF").await,
        "reason": "Flyttad",
    });
    let exemption = coordinator.done("createExemption", "exemption { id }", exempt).await["exemption"]["id"].take();
    let meanwhile = for_all(&server, CRISIS).await;
    submit_kff(&server).await;
    propose(&server).await;
    let server = server.on("2018-03-01").await;
    let end = json!({ "id": exemption });
    server
        .user("coordinator")
        .await
        .done("deleteExemption", "controlPoint { id }", end)
        .await;
    let node = "query($id: ID!) { node(id: $id) { ... on Check { title } } }";
    let seen = |check: Json, username: &'static str| {
        let server = &server;
        async move {
            let client = server.user(username).await;
            let in_follow_up = !shown(&follow_up(&client, "KFF", CRISIS).await, &check).is_null();
            let by_itself = client.data(node, json!({ "id": check["id"] })).await["node"].is_object();
            (in_follow_up, by_itself)
        }
    };
    assert_eq!(seen(before.clone(), "secretary-committees").await, (true, true));
    assert_eq!(seen(meanwhile.clone(), "secretary-committees").await, (false, false));
    assert_eq!(seen(meanwhile, "controller-kff").await, (true, true));
}

async fn points_without_checks_are_fewer(server: Server) {
    let coordinator = server.user("coordinator").await;
    let counted = |client: Client| async move {
        let query = "{ rollUp(of: { years: [2017], scope: SHARED }) {
            pointsWithoutChecks { department { code } count } } }";
        client.data(query, json!({})).await["rollUp"]["pointsWithoutChecks"].take()
    };
    let count = |tallies: &Json, code: &str| {
        let tallies = tallies.as_array().into_iter().flatten();
        let mut of = tallies.filter(|row| row["department"]["code"] == code);
        of.next().and_then(|row| row["count"].as_i64()).unwrap_or_default()
    };
    let before = counted(coordinator.clone()).await;
    for_all(&server, CRISIS).await;
    let after = counted(coordinator.clone()).await;
    for code in ["KFF", "SBF"] {
        assert_eq!(
            count(&after, code),
            count(&before, code) - 1,
            "{code}, begun or not: {before} {after}"
        );
    }
}

const JOINT: &str = "subscription { jointFollowUp(year: 2017) {
    jointFollowUp { points { cells { department { code } followUp { checks { id title } } } } } } }";
const REPORT: &str = "subscription($code: String!) { departmentReport(departmentCode: $code, year: 2017) {
    departmentReport { followUps { checks { id title } } } } }";

/// How often a text is in an event.
fn times(event: &Json, text: &str) -> usize {
    event.to_string().matches(text).count()
}

async fn it_reaches_who_follows_each_department_and_the_joint_follow_up(server: Server) {
    let url = server.url("/graphql");
    let mut sockets = Vec::new();
    for (username, query, variables, shows) in [
        ("coordinator", JOINT, json!({}), 4),
        ("head-ksf", REPORT, json!({ "code": "KSF" }), 1),
        ("head-osf", REPORT, json!({ "code": "OSF" }), 1),
    ] {
        let mut socket = Socket::of(&url, Some(&token(&server, username).await)).await;
        socket.subscribe("1", query, variables).await;
        assert_eq!(times(&socket.event("1").await, "Kontroll för alla"), 0);
        sockets.push((username, socket, shows));
    }
    let check = for_all(&server, CRISIS).await;
    for (username, socket, shows) in &mut sockets {
        assert_eq!(
            times(&socket.event("1").await, "Kontroll för alla"),
            *shows,
            "{username}"
        );
    }
    let change = json!({ "id": check["id"], "expectedVersion": 1, "title": "Rättad" });
    server
        .user("coordinator")
        .await
        .done("updateCheck", "check { id }", change)
        .await;
    for (username, socket, shows) in &mut sockets {
        assert_eq!(times(&socket.event("1").await, "Rättad"), *shows, "{username}");
    }
}

async fn each_department_reads_it_in_one_statement(server: Server) {
    let coordinator = server.user("coordinator").await;
    let query = "{ followUps(first: 100) { nodes { checks { id followUps { id } } } } }";
    let cost = |client: Client| {
        let database = server.database().clone();
        async move {
            let before = database.statements();
            client.data(query, json!({})).await;
            database.statements() - before
        }
    };
    let before = cost(coordinator.clone()).await;
    for _ in 0..5 {
        for_all(&server, CRISIS).await;
    }
    assert_eq!(cost(coordinator.clone()).await, before);
    let ksf = follow_up(&coordinator, "KSF", CRISIS).await;
    assert!(each(&ksf["checks"], "id").len() >= 5);
    let first = with(&ksf["checks"], "title", "Kontroll för alla");
    assert!(!shown(&follow_up(&coordinator, "UTB", CRISIS).await, first).is_null());
}
