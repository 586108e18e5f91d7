//! Ways round what somebody may see or do that once were open, each now closed.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, each, with, with_title};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        frozen_actions_are_withheld_with_their_findings,
        a_case_shows_nothing_of_what_a_reader_sees_no_report_of,
        a_case_is_named_to_who_sees_a_decision_in_it_and_opens_nothing_else,
        what_belongs_to_what_is_read_by_who_sees_both,
        a_review_is_not_put_into_a_case_that_its_writer_cannot_see,
        a_committee_decides_on_what_is_laid_before_it,
        an_auditor_does_not_stay_by_beginning_anew,
        an_administrator_does_not_widen_their_own_reach,
        what_is_registered_after_a_report_shows_through_it_to_nobody,
        an_unreviewed_assessment_shows_through_a_report_to_nobody,
        too_many_performers_are_not_looked_at_one_by_one,
    ]
}

const REPORT: &str = "query($code: String!) { departmentReport(departmentCode: $code, year: 2017) {
    id version contentHash committee { id name } } }";

async fn report(client: &Client, code: &str) -> Json {
    client.data(REPORT, json!({ "code": code })).await["departmentReport"].take()
}

/// Has the executive board decide on KSF's report, and the registrar publish it.
pub(crate) async fn decide_and_publish(server: &Server) {
    let (secretary, registrar) = (server.user("secretary-ks").await, server.user("registrar").await);
    let recommended = report(&secretary, "KSF").await;
    let decision = json!({
        "reportId": recommended["id"],
        "reportContentHash": recommended["contentHash"],
        "reportStatus": "DECIDED",
        "stage": "DECISION",
        "body": "Kommunstyrelsen",
        "committeeId": recommended["committee"]["id"],
        "meetingDate": "2018-02-14",
        "items": [{ "text": "Godkänns", "nature": "DECISION", "outcome": "APPROVED" }],
    });
    secretary.done("recordDecision", "decision { id }", decision).await;
    let decided = report(&registrar, "KSF").await;
    let publish = json!({ "id": decided["id"], "expectedVersion": decided["version"] });
    registrar
        .done("publishDepartmentReport", "departmentReport { id }", publish)
        .await;
}

const ACTIONS: &str = "{ departmentReport(departmentCode: \"KSF\", year: 2017) { contentHash
    frozen { followUps { number actions { title withheld { ground } finding { title } } } }
    followUps { number actions { title withheld { ground } } } } }";

async fn frozen_actions_are_withheld_with_their_findings(server: Server) {
    let withheld = |report: &Json| {
        let of = |follow_ups: &Json| {
            let actions = with(follow_ups, "number", 4)["actions"].clone();
            for action in actions.as_array().expect("actions") {
                assert_eq!(action["withheld"].is_null(), !action["title"].is_null(), "{action}");
                assert!(action["withheld"].is_null() || action["finding"].is_null(), "{action}");
            }
            let marked = each(&actions, "withheld").into_iter().filter(|it| !it.is_null());
            marked.map(|it| it["ground"].clone()).collect::<Vec<_>>()
        };
        (of(&report["frozen"]["followUps"]), of(&report["followUps"]))
    };
    let head = server.user("head-ksf").await.data(ACTIONS, json!({})).await["departmentReport"].take();
    assert_eq!(withheld(&head), (vec![], vec![]));
    let eleven = vec![json!("OSL 18 kap. 8 §"); 11];
    for reader in ["coordinator", "member-ks"] {
        let seen = server.user(reader).await.data(ACTIONS, json!({})).await["departmentReport"].take();
        assert_eq!(withheld(&seen), (eleven.clone(), eleven.clone()), "{reader}");
        assert_eq!(seen["contentHash"], head["contentHash"]);
    }
    decide_and_publish(&server).await;
    let seen = server.public().data(ACTIONS, json!({})).await["departmentReport"].take();
    assert_eq!(withheld(&seen), (eleven.clone(), eleven));
}

/// A new case of the registry's.
async fn case(server: &Server, number: &str) -> Json {
    let input = json!({ "number": number });
    let registrar = server.user("registrar").await;
    registrar.done("createCaseFile", "caseFile { id }", input).await["caseFile"]["id"].take()
}

/// A department's follow-up of the crisis plan.
async fn crisis(client: &Client, code: &str) -> Json {
    let query = "query($code: String!) { followUps(filter: { departmentCode: $code, year: 2017 }) {
        nodes { id version point { title } } } }";
    let found = client.data(query, json!({ "code": code })).await;
    with_title(&found["followUps"]["nodes"], "Krishantering").clone()
}

async fn a_case_shows_nothing_of_what_a_reader_sees_no_report_of(server: Server) {
    let case = case(&server, "KS/2018:1").await;
    let performer = server.user("performer-osf").await;
    let follow_up = crisis(&performer, "OSF").await["id"].take();
    let review = json!({
        "followUpIds": [follow_up], "title": "OSF:s granskning", "reviewer": "Revisorerna", "caseFileId": case,
    });
    performer.done("registerReview", "review { id }", review).await;
    let head = server.user("head-osf").await;
    let own = "{ department(code: \"OSF\") { id controlPlan(year: 2017) { id committee { id } } } }";
    let department = head.data(own, json!({})).await["department"].take();
    let submitted = report(&head, "OSF").await;
    let decision = |by: Json| {
        let items = json!([{ "text": "OSF:s beslut", "nature": "PROPOSAL" }]);
        let mut decision = json!({ "caseFileId": case, "stage": "PROPOSAL", "body": "OSF", "items": items });
        let fields = decision.as_object_mut().expect("an object");
        fields.extend(by.as_object().cloned().unwrap_or_default());
        decision
    };
    let of_report = decision(json!({ "reportId": submitted["id"], "departmentId": department["id"] }));
    head.done("recordDecision", "decision { id }", of_report).await;
    let plan = &department["controlPlan"];
    let of_plan = decision(json!({ "controlPlanId": plan["id"], "committeeId": plan["committee"]["id"] }));
    let secretary = server.user("secretary-committees").await;
    secretary.done("recordDecision", "decision { id }", of_plan).await;
    let of_neither = decision(json!({ "departmentId": department["id"] }));
    head.done("recordDecision", "decision { id }", of_neither).await;
    let registrar = server.user("registrar").await;
    for report in [&submitted["id"], &Json::Null] {
        let document = json!({ "caseFileId": case, "reportId": report, "kind": "Bilaga", "title": "Underlag" });
        registrar.done("recordDocument", "document { id }", document).await;
    }
    // KFF's report lies in the same case, so that KFF's head reads the case.
    let controller = server.user("controller-kff").await;
    let query = "{ department(code: \"KFF\") { id } controlYear(year: 2017) { occasions { id } } }";
    let data = controller.data(query, json!({})).await;
    let draft = json!({
        "departmentId": data["department"]["id"],
        "occasionId": data["controlYear"]["occasions"][0]["id"],
        "title": "Uppföljning 2017",
        "caseFileId": case,
    });
    controller
        .done("createDepartmentReport", "departmentReport { id }", draft)
        .await;
    let query = "{ caseFile(number: \"KS/2018:1\") { reviews { id } decisions { id } documents { id } } }";
    let all = registrar.data(query, json!({})).await["caseFile"].take();
    let counts =
        |case: &Json| ["reviews", "decisions", "documents"].map(|list| case[list].as_array().map_or(0, Vec::len));
    assert_eq!(counts(&all), [1, 3, 2]);
    let reader = server.user("head-kff").await;
    let seen = reader.data(query, json!({})).await["caseFile"].take();
    assert_eq!(counts(&seen), [0, 1, 1]);
    let ids = ["reviews", "decisions", "documents"]
        .map(|list| each(&all[list], "id"))
        .concat();
    let nodes = reader
        .data("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids }))
        .await;
    let seen = nodes["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|node| !node.is_null());
    assert_eq!(seen.count(), 2);
}

async fn a_case_is_named_to_who_sees_a_decision_in_it_and_opens_nothing_else(server: Server) {
    let case = case(&server, "KS/2018:2").await;
    let registrar = server.user("registrar").await;
    let document = json!({ "caseFileId": case, "kind": "Bilaga", "title": "Ärendets egen handling" });
    registrar.done("recordDocument", "document { id }", document).await;
    let secretary = server.user("secretary-ks").await;
    let recommended = report(&secretary, "KSF").await;
    let decision = |by: Json| {
        let items = json!([{ "text": "Godkänns", "nature": "DECISION", "outcome": "APPROVED" }]);
        let mut decision = json!({ "caseFileId": case, "body": "Kommunstyrelsen", "items": items });
        let fields = decision.as_object_mut().expect("an object");
        fields.extend(by.as_object().cloned().unwrap_or_default());
        decision
    };
    let committee = &recommended["committee"]["id"];
    let of_report = decision(json!({
        "reportId": recommended["id"], "reportContentHash": recommended["contentHash"], "reportStatus": "DECIDED",
        "stage": "DECISION", "committeeId": committee, "meetingDate": "2018-02-14",
    }));
    secretary.done("recordDecision", "decision { id }", of_report).await;
    let of_case = decision(json!({ "stage": "DECISION", "committeeId": committee, "meetingDate": "2018-02-14" }));
    secretary.done("recordDecision", "decision { id }", of_case).await;
    // Who does not see the report does not see the case either, until it is published.
    let other = server.user("controller-kff").await;
    let seen = other
        .data("{ caseFile(number: \"KS/2018:2\") { id } }", json!({}))
        .await;
    assert_eq!(seen["caseFile"], Json::Null);
    let decided = report(&registrar, "KSF").await;
    let publish = json!({ "id": decided["id"], "expectedVersion": decided["version"] });
    let fields = "departmentReport { id }";
    registrar.done("publishDepartmentReport", fields, publish).await;
    let query = "{ departmentReport(departmentCode: \"KSF\", year: 2017) {
            decisions { case { number decisions { id } documents { id } } } }
        caseFile(number: \"KS/2018:2\") { number } }";
    for client in [server.user("controller-ksf").await, server.public()] {
        let data = client.data(query, json!({})).await;
        assert_eq!(data["caseFile"]["number"], "KS/2018:2");
        let decisions = data["departmentReport"]["decisions"].as_array().expect("decisions");
        let case = decisions.iter().map(|decision| &decision["case"]);
        let case = case
            .into_iter()
            .find(|case| case["number"] == "KS/2018:2")
            .expect("the case");
        assert_eq!(case["decisions"].as_array().map(Vec::len), Some(1), "{case}");
        assert_eq!(case["documents"], json!([]));
    }
}

async fn what_belongs_to_what_is_read_by_who_sees_both(server: Server) {
    let query = "{ departmentReport(departmentCode: \"KSF\", year: 2017) {
        id followUps { reviews { case { number } } }
        decisions { report { id } controlPlan { id } case { number } }
        documents { title report { id } case { number } secrecyGround withheld { ground } } } }";
    decide_and_publish(&server).await;
    let number = json!("KS/2016:389");
    for client in [
        server.user("head-ksf").await,
        server.user("registrar").await,
        server.public(),
    ] {
        let report = client.data(query, json!({})).await["departmentReport"].take();
        let decisions = report["decisions"].as_array().expect("decisions");
        assert!(!decisions.is_empty());
        for decision in decisions {
            assert_eq!(
                (&decision["report"]["id"], &decision["controlPlan"]),
                (&report["id"], &Json::Null)
            );
        }
        assert!(decisions.iter().any(|decision| decision["case"]["number"] == number));
        let documents = report["documents"].as_array().expect("documents");
        assert!(documents.iter().any(|document| document["case"]["number"] == number));
        for document in documents {
            let withheld = !document["withheld"].is_null();
            assert!(document["report"].is_null() || document["report"]["id"] == report["id"]);
            assert!(!withheld || document["case"].is_null() && document["secrecyGround"].is_null());
        }
        let follow_ups = report["followUps"].as_array().into_iter().flatten();
        for review in follow_ups.flat_map(|follow_up| follow_up["reviews"].as_array().into_iter().flatten()) {
            assert_eq!(review["case"]["number"], number);
        }
    }
}

async fn a_review_is_not_put_into_a_case_that_its_writer_cannot_see(server: Server) {
    let registrar = server.user("registrar").await;
    let query = "{ caseFile(number: \"KS/2016:389\") { id } }";
    let case = registrar.data(query, json!({})).await["caseFile"]["id"].take();
    let other = server.user("performer-utb").await;
    let follow_up = crisis(&other, "UTB").await["id"].take();
    let review = json!({ "followUpIds": [follow_up], "title": "x", "reviewer": "x", "caseFileId": case });
    let error = other.refused("registerReview", review).await.remove(0);
    assert_eq!(
        (&error["code"], &error["path"]),
        (&json!("NOT_FOUND"), &json!(["caseFileId"]))
    );

    let performer = server.user("performer-ksf").await;
    let follow_up = crisis(&performer, "KSF").await["id"].take();
    let input = json!({ "followUpIds": [follow_up], "title": "x", "reviewer": "x" });
    let review = performer.done("registerReview", "review { id version }", input).await["review"].take();
    let change = |version: &Json| json!({ "id": review["id"], "expectedVersion": version, "caseFileId": case });
    let refusal = performer.refusal("updateReview", change(&review["version"])).await;
    assert_eq!(refusal, ["NOT_FOUND"]);
    // The controller sees the report that the case belongs to; after that the review lies in it, whoever changes it.
    let controller = server.user("controller-ksf").await;
    let done = controller
        .done("updateReview", "review { version }", change(&review["version"]))
        .await;
    performer
        .done("updateReview", "review { version }", change(&done["review"]["version"]))
        .await;
}

async fn a_committee_decides_on_what_is_laid_before_it(server: Server) {
    let (board, committees) = (
        server.user("secretary-ks").await,
        server.user("secretary-committees").await,
    );
    let published = report(&board, "UTB").await;
    let committee = |code: &'static str| {
        let board = board.clone();
        async move {
            let query = "query($code: String!) { committee(code: $code) { id } }";
            board.data(query, json!({ "code": code })).await["committee"]["id"].take()
        }
    };
    let decision = |about: &str, id: &Json, committee: &Json| {
        json!({
            about: id, "committeeId": committee, "stage": "DECISION", "body": "Nämnden",
            "items": [{ "text": "Upphävs", "nature": "DECISION" }],
        })
    };
    let mut foreign = decision("reportId", &published["id"], &committee("KS").await);
    foreign["reportContentHash"] = published["contentHash"].clone();
    let error = board.refused("recordDecision", foreign.clone()).await.remove(0);
    assert_eq!(
        (&error["code"], &error["path"]),
        (&json!("INVALID"), &json!(["committeeId"]))
    );
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|it| it.contains("Utbildningsnämnden")),
        "{error}"
    );
    foreign["stage"] = json!("PROPOSAL");
    assert_eq!(board.refusal("recordDecision", foreign).await, ["INVALID"]);

    let mut own = decision("reportId", &published["id"], &published["committee"]["id"]);
    let error = committees.refused("recordDecision", own.clone()).await.remove(0);
    assert_eq!(
        (&error["code"], &error["path"]),
        (&json!("INVALID"), &json!(["reportContentHash"]))
    );
    own["reportContentHash"] = json!("0".repeat(64));
    assert_eq!(committees.refusal("recordDecision", own.clone()).await, ["CONFLICT"]);
    own["reportContentHash"] = published["contentHash"].clone();
    committees.done("recordDecision", "decision { id }", own).await;

    let plans = "{ controlYear(year: 2017) { sharedPlan { id committee { id } } } department(code: \"UTB\") { controlPlan(year: 2017) { id } } }";
    let plans = committees.data(plans, json!({})).await;
    let (shared, of_utb) = (&plans["controlYear"]["sharedPlan"], &plans["department"]["controlPlan"]);
    for (plan, by) in [(&shared["id"], "UN"), (&of_utb["id"], "OSN")] {
        let foreign = decision("controlPlanId", plan, &committee(by).await);
        let error = committees.refused("recordDecision", foreign).await.remove(0);
        assert_eq!(
            (&error["code"], &error["path"]),
            (&json!("INVALID"), &json!(["committeeId"]))
        );
    }
    let own = decision("controlPlanId", &of_utb["id"], &committee("UN").await);
    committees.done("recordDecision", "decision { id }", own).await;
    let prepared = decision("controlPlanId", &shared["id"], &committee("KSAU").await);
    board.done("recordDecision", "decision { id }", prepared).await;
}

/// Somebody's first role.
async fn role(client: &Client) -> Json {
    let query = "{ viewer { roles { id version validFrom validTo } } }";
    client.data(query, json!({})).await["viewer"]["roles"][0].take()
}

async fn an_auditor_does_not_stay_by_beginning_anew(server: Server) {
    let role = role(&server.user("auditor").await).await;
    let administrator = server.user("administrator").await;
    let change = |from: &str, to: &str| json!({ "id": role["id"], "expectedVersion": role["version"], "validFrom": from, "validTo": to });
    for (from, to, path) in [
        ("2018-02-10", "2019-02-09", "validFrom"),
        ("2018-02-10", "2018-12-31", "validFrom"),
        ("2018-03-01", "2018-12-31", "validFrom"),
        ("2017-12-01", "2018-12-31", "validTo"),
    ] {
        let error = administrator
            .refused("updateRoleAssignment", change(from, to))
            .await
            .remove(0);
        assert_eq!(
            (&error["code"], &error["path"]),
            (&json!("INVALID"), &json!([path])),
            "{from} {to}"
        );
    }
    let first = role["validFrom"].as_str().expect("a day");
    administrator
        .done(
            "updateRoleAssignment",
            "roleAssignment { id }",
            change(first, "2018-06-30"),
        )
        .await;
}

/// Makes a user of Mjölby an administrator too.
async fn make_administrator(server: &Server, username: &str) -> Client {
    let client = server.user(username).await;
    let user = client.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].take();
    let input = json!({ "userId": user, "role": "ADMINISTRATOR", "validFrom": "2018-01-01" });
    let administrator = server.user("administrator").await;
    administrator
        .done("createRoleAssignment", "roleAssignment { id }", input)
        .await;
    client
}

async fn an_administrator_does_not_widen_their_own_reach(server: Server) {
    let administrator = server.user("administrator").await;
    let query = "{ ks: committee(code: \"KS\") { id version } un: committee(code: \"UN\") { id version }
        ksf: department(code: \"KSF\") { id version } utb: department(code: \"UTB\") { id version } }";
    let units = administrator.data(query, json!({})).await;
    let change = |unit: &str, field: &str, value: &Json| json!({ "id": units[unit]["id"], "expectedVersion": units[unit]["version"], field: value });
    let member = make_administrator(&server, "member-ks").await;
    let under_ks = change("un", "parentId", &units["ks"]["id"]);
    for input in [change("ks", "kind", &json!("COMMITTEE")), under_ks.clone()] {
        assert_eq!(member.refusal("updateCommittee", input).await, ["SEPARATION_OF_DUTIES"]);
    }
    let head = make_administrator(&server, "head-utb").await;
    let under_utb = change("ksf", "parentId", &units["utb"]["id"]);
    let refusal = head.refusal("updateDepartment", under_utb.clone()).await;
    assert_eq!(refusal, ["SEPARATION_OF_DUTIES"]);
    // What gives them nothing they may change, and another administrator what would.
    let same = change("ks", "kind", &json!("EXECUTIVE_BOARD"));
    member.done("updateCommittee", "committee { id }", same).await;
    administrator
        .done("updateCommittee", "committee { id }", under_ks)
        .await;
    // It has followed up control points, which others would read: nobody moves it.
    let refusal = administrator.refusal("updateDepartment", under_utb).await;
    assert_eq!(refusal, ["INVALID"]);
}

const LIVE: &str = "{ departmentReport(departmentCode: \"KSF\", year: 2017) {
        followUps { number checks { id } reviews { id findings { id } } findings { id actions { id } } actions { id } } }
    findings(filter: { departmentCode: \"KSF\", year: 2017 }, first: 100) { totalCount nodes { id } }
    correctiveActions(filter: { departmentCode: \"KSF\", year: 2017 }, first: 100) { totalCount nodes { id } }
    jointFollowUp(year: 2017) { points { point { title } cells { department { code } openFindings } } } }";

async fn what_is_registered_after_a_report_shows_through_it_to_nobody(server: Server) {
    let (member, coordinator) = (server.user("member-ks").await, server.user("coordinator").await);
    let before = member.data(LIVE, json!({})).await;
    let all_before = coordinator.data(LIVE, json!({})).await;
    assert_eq!(before["departmentReport"], all_before["departmentReport"]);
    let performer = server.user("performer-ksf").await;
    let follow_up = crisis(&performer, "KSF").await["id"].take();
    let review = json!({ "followUpIds": [follow_up], "title": "Senare granskning", "reviewer": "Revisorerna" });
    let review = performer.done("registerReview", "review { id }", review).await["review"]["id"].take();
    let check = json!({ "followUpId": follow_up, "title": "Senare kontroll" });
    let check = performer.done("registerCheck", "check { id }", check).await["check"]["id"].take();
    let finding = json!({ "followUpId": follow_up, "reviewId": review, "title": "Senare brist", "severity": "HIGH" });
    let finding = performer.done("registerFinding", "finding { id }", finding).await["finding"]["id"].take();
    let action = json!({ "findingId": finding, "title": "Senare åtgärd" });
    let action = performer
        .done("createCorrectiveAction", "correctiveAction { id }", action)
        .await["correctiveAction"]["id"]
        .take();
    assert_eq!(member.data(LIVE, json!({})).await, before);
    let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let ids = [review, check, finding, action];
    let seen = member.data(nodes, json!({ "ids": ids })).await;
    assert_eq!(seen["nodes"], json!([null, null, null, null]));
    // Whose role reaches the follow-up sees all of it.
    let all = coordinator.data(LIVE, json!({})).await;
    for list in ["findings", "correctiveActions"] {
        let count = |data: &Json| data[list]["totalCount"].as_u64().expect("a count");
        assert_eq!(count(&all), count(&all_before) + 1, "{list}");
    }
    let crisis = with(&all["departmentReport"]["followUps"], "number", 1).clone();
    assert_eq!(
        (
            each(&crisis["checks"], "id").len(),
            each(&crisis["reviews"], "id").len()
        ),
        (2, 1)
    );
    // Nor does it show to the public once the report is published.
    decide_and_publish(&server).await;
    let seen = server.public().data(nodes, json!({ "ids": ids })).await;
    assert_eq!(seen["nodes"], json!([null, null, null, null]));
}

async fn an_unreviewed_assessment_shows_through_a_report_to_nobody(server: Server) {
    let controller = server.user("controller-kff").await;
    let query = "{ department(code: \"KFF\") { id } controlYear(year: 2017) { occasions { id } }
        followUps(filter: { departmentCode: \"KFF\", year: 2017 }) { nodes { point { id } assessments { id version } } } }";
    let data = controller.data(query, json!({})).await;
    let follow_up = &data["followUps"]["nodes"][0];
    let mut assessment = follow_up["assessments"][0].clone();
    let draft = json!({
        "departmentId": data["department"]["id"],
        "occasionId": data["controlYear"]["occasions"][0]["id"],
        "title": "Uppföljning 2017",
    });
    let step = |report: &Json| json!({ "id": report["id"], "expectedVersion": report["version"] });
    let fields = "departmentReport { id version }";
    let draft = controller.done("createDepartmentReport", fields, draft).await["departmentReport"].take();
    let explain = json!({
        "reportId": draft["id"],
        "expectedVersion": draft["version"],
        "controlPointId": follow_up["point"]["id"],
        "explanation": "Kontrollen görs i mars",
    });
    let explained = controller.done("explainGap", fields, explain).await["departmentReport"].take();
    let submitted = controller
        .done("submitDepartmentReport", fields, step(&explained))
        .await["departmentReport"]
        .take();
    let head = server.user("head-kff").await;
    head.done("proposeDepartmentReport", fields, step(&submitted)).await;
    let performer = server.user("performer-kff").await;
    let assess = json!({
        "assessmentId": assessment["id"],
        "expectedVersion": assessment["version"],
        "ratingCode": "RED",
        "conclusion": "Ett utkast",
    });
    let assessed = performer
        .done("assessFollowUp", "assessment { id version }", assess)
        .await;
    assessment = assessed["assessment"].clone();

    let query = "query($id: ID!) { node(id: $id) { id }
        assessed: followUps(filter: { departmentCode: \"KFF\", year: 2017, status: [ASSESSED] }) { totalCount }
        departmentReport(departmentCode: \"KFF\", year: 2017) {
            followUps { status conclusion rating { code } assessments { status } assessment { conclusion } } } }";
    let member = server.user("member-ks").await;
    let seen = member.data(query, json!({ "id": assessment["id"] })).await;
    let nothing = json!({
        "status": "NOT_STARTED", "conclusion": null, "rating": null, "assessments": [], "assessment": null,
    });
    assert_eq!(seen["departmentReport"]["followUps"], json!([nothing]));
    assert_eq!(
        (&seen["node"], &seen["assessed"]["totalCount"]),
        (&Json::Null, &json!(0))
    );
    let own = head.data(query, json!({ "id": assessment["id"] })).await;
    assert_eq!(own["departmentReport"]["followUps"][0]["conclusion"], "Ett utkast");
    assert_eq!(own["assessed"]["totalCount"], 1);
    head.done("reviewAssessment", "assessment { id }", step(&assessment))
        .await;
    let seen = member.data(query, json!({ "id": assessment["id"] })).await;
    let follow_up = &seen["departmentReport"]["followUps"][0];
    assert_eq!(
        (&follow_up["status"], &follow_up["conclusion"]),
        (&json!("REVIEWED"), &json!("Ett utkast"))
    );
}

async fn too_many_performers_are_not_looked_at_one_by_one(server: Server) {
    let controller = server.user("controller-osf").await;
    let follow_up = crisis(&controller, "OSF").await;
    let input = json!({
        "id": follow_up["id"],
        "expectedVersion": follow_up["version"],
        "performerIds": vec!["nobody"; 1000],
    });
    assert_eq!(controller.refusal("assignPerformers", input).await, ["LIMIT"]);
}
