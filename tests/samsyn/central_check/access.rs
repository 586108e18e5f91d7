//! Who registers central checks and who sees what of them.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::{CRISIS, department, follow_up, for_all, point, shown};
use crate::api::{Client, EXEMPEL, Server};
use crate::attachments::PDF;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        it_takes_the_right_in_every_department_or_the_coordinators,
        each_sees_it_in_their_own_and_learns_of_no_other,
        it_is_changed_by_who_may_register_it,
        a_mark_withholds_it_everywhere,
        a_department_without_the_point_reads_nothing_of_it,
        its_files_are_seen_in_each,
        a_closed_year_keeps_it_as_it_is,
        another_municipality_knows_nothing_of_it,
    ]
}

/// What somebody is told who may not register.
async fn told(client: &Client, input: Json) -> String {
    let errors = client.refused("registerCentralCheck", input).await;
    assert_eq!(errors[0]["code"], "FORBIDDEN", "{errors:?}");
    errors[0]["message"].as_str().unwrap_or_default().to_owned()
}

async fn it_takes_the_right_in_every_department_or_the_coordinators(server: Server) {
    let controller = server.user("controller-ksf").await;
    let crisis = point(&controller, CRISIS).await;
    let (ksf, utb) = (
        department(&controller, "KSF").await,
        department(&controller, "UTB").await,
    );
    let all = json!({ "controlPointId": crisis, "title": "Kontroll" });
    let two = json!({ "controlPointId": crisis, "departmentIds": [ksf, utb], "title": "Kontroll" });
    let lacking = "You may not do this: your roles do not allow evidence:write in UTB, nor central_check:write in the \
                   municipality.";
    assert_eq!(told(&controller, two.clone()).await, lacking);
    let somewhere = "You may not do this: your roles do not allow evidence:write in every department that the check is \
                     for, nor central_check:write in the municipality.";
    for username in ["controller-ksf", "performer-ksf", "head-ksf", "registrar", "auditor"] {
        assert_eq!(
            told(&server.user(username).await, all.clone()).await,
            somewhere,
            "{username}"
        );
    }
    // Who writes checks in both registers for both: the finance section's performer, assigned in each follow-up.
    let query = "{ viewer { user { id } } }";
    let performer = server.user("performer-ksf").await;
    let user = performer.data(query, json!({})).await["viewer"]["user"]["id"].take();
    let role = json!({ "userId": user, "role": "PERFORMER", "departmentId": utb, "validFrom": "2017-01-01" });
    let administrator = server.user("administrator").await;
    let assigned = administrator
        .done(
            "createRoleAssignment",
            "roleAssignment { id accessChange { id version } }",
            role,
        )
        .await["roleAssignment"]
        .take();
    server.approve(&assigned["accessChange"]).await;
    assert!(
        told(&performer, two.clone()).await.contains("in UTB, nor"),
        "the role alone reaches no follow-up"
    );
    let query = "query($code: String!) { followUps(filter: { departmentCode: $code, year: 2017 }) {
        nodes { id version point { title } performers { id } } } }";
    let of_utb = server.user("controller-utb").await;
    let found = of_utb.data(query, json!({ "code": "UTB" })).await;
    let in_utb = crate::api::with_title(&found["followUps"]["nodes"], CRISIS);
    let mut performers = crate::api::each(&in_utb["performers"], "id");
    performers.push(user);
    let assign = json!({ "id": in_utb["id"], "expectedVersion": in_utb["version"], "performerIds": performers });
    of_utb.done("assignPerformers", "followUp { id }", assign).await;
    let check = performer
        .done("registerCentralCheck", "check { id followUps { id } }", two)
        .await["check"]
        .take();
    assert_eq!(check["followUps"].as_array().map(Vec::len), Some(2));
    assert_eq!(told(&performer, all.clone()).await, somewhere);
    let coordinator = server.user("coordinator").await;
    coordinator.done("registerCentralCheck", "check { id }", all).await;
}

async fn each_sees_it_in_their_own_and_learns_of_no_other(server: Server) {
    let check = for_all(&server, CRISIS).await;
    let query = "query($id: ID!) { node(id: $id) { ... on Check { title followUp { department { code } }
        followUps { department { code } } } } }";
    for (username, codes) in [
        ("performer-utb", json!([{ "department": { "code": "UTB" } }])),
        ("controller-ksf", json!([{ "department": { "code": "KSF" } }])),
        // SBF has not begun, and the check is for it all the same.
        ("controller-sbf", json!([])),
    ] {
        let client = server.user(username).await;
        let node = client.data(query, json!({ "id": check["id"] })).await["node"].take();
        assert_eq!(node["title"], "Kontroll för alla", "{username}");
        assert_eq!(node["followUps"], codes, "{username}");
        assert_eq!(
            node["followUp"],
            codes.get(0).cloned().unwrap_or_default(),
            "{username}"
        );
    }
    for username in ["performer-sbf", "administrator", "member-ks"] {
        let client = server.user(username).await;
        let node = client.data(query, json!({ "id": check["id"] })).await["node"].take();
        assert!(
            node.is_null(),
            "{username}: it was registered after what they see was submitted: {node}"
        );
    }
    let node = server.public().data(query, json!({ "id": check["id"] })).await["node"].take();
    assert!(node.is_null(), "{node}");
}

async fn it_is_changed_by_who_may_register_it(server: Server) {
    let check = for_all(&server, CRISIS).await;
    let change = json!({ "id": check["id"], "expectedVersion": 1, "result": "Utan anmärkning" });
    for username in ["controller-ksf", "performer-utb", "auditor"] {
        let errors = server.user(username).await.refused("updateCheck", change.clone()).await;
        assert_eq!(errors[0]["code"], "FORBIDDEN", "{username}");
        let message = errors[0]["message"].as_str().unwrap_or_default();
        assert!(
            message.contains("in every department that the check is for"),
            "{message}"
        );
    }
    assert_eq!(
        server
            .user("administrator")
            .await
            .refusal("updateCheck", change.clone())
            .await,
        ["NOT_FOUND"]
    );
    let coordinator = server.user("coordinator").await;
    coordinator.done("updateCheck", "check { id }", change).await;
    // A department's own check is none of the coordinator's.
    let performer = server.user("performer-kff").await;
    let own = json!({ "followUpId": follow_up(&performer, "KFF", CRISIS).await["id"], "title": "Egen" });
    let own = performer.done("registerCheck", "check { id }", own).await["check"]["id"].take();
    let change = json!({ "id": own, "expectedVersion": 1, "title": "Ändrad" });
    assert_eq!(coordinator.refusal("updateCheck", change).await, ["FORBIDDEN"]);
}

async fn a_mark_withholds_it_everywhere(server: Server) {
    let check = for_all(&server, CRISIS).await;
    let mark = json!({ "subjectId": check["id"], "ground": "OSL 18 kap. 8 §" });
    server
        .user("registrar")
        .await
        .done("setSecrecyMark", "secrecyEvent { ground }", mark)
        .await;
    let coordinator = server.user("coordinator").await;
    for code in ["KSF", "UTB", "OSF", "KFF"] {
        let shown = shown(&follow_up(&coordinator, code, CRISIS).await, &check);
        assert_eq!(shown["withheld"]["ground"], "OSL 18 kap. 8 §", "{code}");
        assert!(
            shown["title"].is_null() && shown["central"].is_null(),
            "{code}: {shown}"
        );
    }
    let change = json!({ "id": check["id"], "expectedVersion": 2, "title": "Ändrad" });
    assert_eq!(
        coordinator.refusal("updateCheck", change).await,
        ["NOT_FOUND"],
        "what is withheld is not there"
    );
    for username in ["controller-ksf", "performer-utb", "head-osf", "auditor"] {
        let code = username
            .split_once('-')
            .map_or("KSF".to_owned(), |(_, code)| code.to_uppercase());
        let shown = shown(&follow_up(&server.user(username).await, &code, CRISIS).await, &check);
        assert_eq!(shown["title"], "Kontroll för alla", "{username}");
    }
}

async fn a_department_without_the_point_reads_nothing_of_it(server: Server) {
    let check = for_all(&server, CRISIS).await;
    let registrar = server.user("registrar").await;
    let mark = json!({ "subjectId": check["id"], "ground": "OSL 18 kap. 8 §" });
    registrar.done("setSecrecyMark", "secrecyEvent { ground }", mark).await;
    let administrator = server.user("administrator").await;
    let new = json!({ "code": "NYA", "name": "Nya förvaltningen", "kind": "DEPARTMENT" });
    administrator.done("createDepartment", "department { id }", new).await;
    let head = crate::administration::new_user(&server, "head-nya", "DEPARTMENT_HEAD", Some("NYA")).await;
    let query = "query($id: ID!) { node(id: $id) { ... on Check { title } } }";
    let id = json!({ "id": check["id"] });
    assert_eq!(head.data(query, id.clone()).await["node"], Json::Null);
    let own = server.user("head-utb").await.data(query, id).await;
    assert_eq!(own["node"]["title"], "Kontroll för alla");
}

async fn its_files_are_seen_in_each(server: Server) {
    let check = for_all(&server, CRISIS).await;
    let coordinator = server.user("coordinator").await;
    let file = coordinator.attached(&check["id"], "underlag.pdf", PDF).await;
    for code in ["KSF", "UTB", "KFF"] {
        let performer = server.user(&format!("performer-{}", code.to_lowercase())).await;
        let shown = shown(&follow_up(&performer, code, CRISIS).await, &check);
        assert_eq!(shown["attachments"], json!([{ "fileName": "underlag.pdf" }]), "{code}");
        let request = performer.request(reqwest::Method::GET, &format!("/attachments/{file}"));
        assert_eq!(request.send().await.expect("an answer").status(), 200, "{code}");
        let answer = performer.upload(&check["id"], "mer.pdf").body(PDF).send().await;
        assert_eq!(answer.expect("an answer").status(), 403, "{code}: others' check too");
    }
    let request = server
        .user("performer-sbf")
        .await
        .request(reqwest::Method::GET, &format!("/attachments/{file}"));
    assert_eq!(request.send().await.expect("an answer").status(), 404);
}

async fn a_closed_year_keeps_it_as_it_is(server: Server) {
    let check = for_all(&server, CRISIS).await;
    let coordinator = server.user("coordinator").await;
    for to in ["REPORTING", "CLOSED"] {
        let year = coordinator
            .data("{ controlYear(year: 2017) { id version phase } }", json!({}))
            .await["controlYear"]
            .take();
        if year["phase"] == to {
            continue;
        }
        let advance = json!({ "id": year["id"], "expectedVersion": year["version"], "to": to });
        coordinator
            .done("advanceControlYear", "controlYear { id }", advance)
            .await;
    }
    let change = json!({ "id": check["id"], "expectedVersion": 1, "title": "Ändrad" });
    let errors = coordinator.refused("updateCheck", change).await;
    assert!(
        errors[0]["message"]
            .as_str()
            .is_some_and(|it| it.contains("2017 is closed")),
        "{errors:?}"
    );
    let input = json!({ "controlPointId": point(&coordinator, CRISIS).await, "title": "Kontroll" });
    let errors = coordinator.refused("registerCentralCheck", input).await;
    assert!(
        errors[0]["message"]
            .as_str()
            .is_some_and(|it| it.contains("2017 is closed")),
        "{errors:?}"
    );
    let answer = coordinator
        .upload(&check["id"], "sent.pdf")
        .body(PDF)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 400);
}

async fn another_municipality_knows_nothing_of_it(server: Server) {
    let check = for_all(&server, CRISIS).await;
    let stranger = server.user_of(EXEMPEL, "administrator").await;
    let query = "query($id: ID!) { node(id: $id) { id } }";
    assert!(stranger.data(query, json!({ "id": check["id"] })).await["node"].is_null());
    let coordinator = server.user("coordinator").await;
    let input = json!({ "controlPointId": point(&coordinator, CRISIS).await, "title": "Kontroll" });
    assert_eq!(stranger.refusal("registerCentralCheck", input).await, ["NOT_FOUND"]);
}
