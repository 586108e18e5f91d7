//! What waits for whom: each step of a life cycle is somebody's work until it is taken.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Server, with_title};
use crate::harness::{Suite, trials};
use crate::life_cycles::assess_kff;

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_plan_waits_from_its_first_draft_to_its_follow_ups,
        a_finding_waits_until_somebody_else_has_verified_it,
        an_assessment_that_was_sent_back_waits_for_who_made_it,
        a_report_waits_from_its_beginning_to_the_public,
        a_joint_report_waits_from_its_beginning_to_the_public,
        a_decision_waits_until_it_is_known_to_have_arrived,
        what_comes_along_waits_for_who_decides_on_it,
        a_change_of_access_waits_for_the_other_administrator,
        what_is_confidential_waits_for_those_alone_who_may_read_it,
        work_pages_without_gaps_in_one_statement,
    ]
}

const QUERY: &str = "query($first: Int, $after: String) { viewer { myWork(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { kind why dueOn followUp { id } report { id } action { id } finding { id } plan { id } accessChange { id }
        jointReport { id } dispatch { id } controlYear { id } } } } }";

/// A user's work that is about an object, by kind.
async fn work_on(server: &Server, username: &str, field: &str, id: &Json) -> BTreeSet<String> {
    let client = server.user(username).await;
    let work = client.data(QUERY, json!({ "first": 100 })).await["viewer"]["myWork"].take();
    assert_eq!(work["pageInfo"]["hasNextPage"], false);
    let items = work["nodes"].as_array().expect("items");
    items
        .iter()
        .filter(|item| &item[field]["id"] == id)
        .map(|item| item["kind"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// That an object waits for these users in this way, and for none of the others.
async fn waits(server: &Server, field: &str, id: &Json, expected: &[(&str, &[&str])]) {
    for (username, kinds) in expected {
        let kinds: BTreeSet<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        assert_eq!(work_on(server, username, field, id).await, kinds, "{username}, {field}");
    }
}

async fn a_plan_waits_from_its_first_draft_to_its_follow_ups(server: Server) {
    let coordinator = server.user("coordinator").await;
    let (controller, head) = (server.user("controller-ksf").await, server.user("head-ksf").await);
    let secretary = server.user("secretary-ks").await;
    let year = json!({ "year": 2018, "ratingBasis": "RESULT" });
    let year = coordinator
        .done("createControlYear", "controlYear { id version }", year)
        .await["controlYear"]
        .take();
    let found = coordinator
        .data(
            "{ committee(code: \"KS\") { id } department(code: \"KSF\") { id } }",
            json!({}),
        )
        .await;
    let (committee, department) = (&found["committee"]["id"], &found["department"]["id"]);
    let plan = json!({ "controlYearId": year["id"], "scope": "DEPARTMENT", "committeeId": committee, "departmentId": department });
    let plan = controller.done("createControlPlan", "controlPlan { id }", plan).await["controlPlan"]["id"].take();
    let nobody: &[&str] = &[];
    waits(
        &server,
        "plan",
        &plan,
        &[
            ("controller-ksf", &["WRITE_PLAN"]),
            ("head-ksf", nobody),
            ("controller-utb", nobody),
            ("coordinator", nobody),
        ],
    )
    .await;
    let point =
        json!({ "controlYearId": year["id"], "scope": "DEPARTMENT", "departmentId": department, "title": "Inköp" });
    let point = controller
        .done("createControlPoint", "controlPoint { id }", point)
        .await["controlPoint"]["id"]
        .take();
    let add = json!({ "controlPlanId": plan, "expectedVersion": 1, "controlPointId": point, "number": 1 });
    controller.done("addPlanPoint", "controlPlan { id }", add).await;
    waits(
        &server,
        "plan",
        &plan,
        &[("head-ksf", &["PROPOSE_PLAN"]), ("secretary-ks", nobody)],
    )
    .await;
    let propose = json!({ "id": plan, "expectedVersion": 2, "to": "PROPOSED" });
    head.done("changeControlPlanStatus", "controlPlan { id }", propose)
        .await;
    waits(
        &server,
        "plan",
        &plan,
        &[
            ("controller-ksf", nobody),
            ("head-ksf", nobody),
            ("secretary-ks", &["RECORD_PLAN_DECISION"]),
            ("secretary-committees", nobody),
        ],
    )
    .await;
    let adopt = json!({ "id": plan, "expectedVersion": 3, "to": "ADOPTED", "adoptedOn": "2018-02-01" });
    secretary
        .done("changeControlPlanStatus", "controlPlan { id }", adopt)
        .await;
    waits(
        &server,
        "plan",
        &plan,
        &[("controller-ksf", &["START_FOLLOW_UPS"]), ("secretary-ks", nobody)],
    )
    .await;
    let start = json!({ "controlPointId": point, "departmentId": department, "performerIds": [] });
    let follow_up = controller.done("startFollowUp", "followUp { id version }", start).await["followUp"].take();
    waits(&server, "plan", &plan, &[("controller-ksf", nobody)]).await;
    waits(
        &server,
        "followUp",
        &follow_up["id"],
        &[("controller-ksf", &["ASSIGN_PERFORMERS"])],
    )
    .await;
    let performer = server.user_row("performer-ksf").await;
    let assign =
        json!({ "id": follow_up["id"], "expectedVersion": follow_up["version"], "performerIds": [performer["id"]] });
    controller.done("assignPerformers", "followUp { id }", assign).await;
    // The year has no occasion to assess it at.
    waits(
        &server,
        "followUp",
        &follow_up["id"],
        &[("controller-ksf", nobody), ("performer-ksf", nobody)],
    )
    .await;
    let occasion = json!({ "controlYearId": year["id"], "code": "HELAR", "label": "Helår 2018", "position": 1,
        "dueOn": "2019-01-31" });
    coordinator
        .done("createReportingOccasion", "reportingOccasion { id }", occasion)
        .await;
    waits(&server, "followUp", &follow_up["id"], &[("performer-ksf", &["ASSESS"])]).await;
    // A report is due once the year is under way.
    waits(&server, "plan", &plan, &[("controller-ksf", nobody)]).await;
    let query = "{ controlYear(year: 2018) { version } }";
    let version = coordinator.data(query, json!({})).await["controlYear"]["version"].take();
    let advance = json!({ "id": year["id"], "expectedVersion": version, "to": "RUNNING" });
    coordinator
        .done("advanceControlYear", "controlYear { phase }", advance)
        .await;
    waits(
        &server,
        "plan",
        &plan,
        &[("controller-ksf", &["BEGIN_REPORT"]), ("controller-utb", nobody)],
    )
    .await;
}

async fn follow_up(server: &Server, username: &str, code: &str, title: &str) -> Json {
    let query = "query($code: String!) { followUps(filter: { departmentCode: $code, year: 2017 }) {
        nodes { id version point { id title } assessments { id version status } } } }";
    let data = server.user(username).await.data(query, json!({ "code": code })).await;
    with_title(&data["followUps"]["nodes"], title).clone()
}

async fn a_finding_waits_until_somebody_else_has_verified_it(server: Server) {
    let performer = server.user("performer-ksf").await;
    let crisis = follow_up(&server, "performer-ksf", "KSF", "Krishantering").await;
    let finding = json!({ "followUpId": crisis["id"], "title": "Ingen reservkraft" });
    let finding = performer.done("registerFinding", "finding { id }", finding).await["finding"]["id"].take();
    let nobody: &[&str] = &[];
    let both: &[&str] = &["PLAN_ACTION"];
    waits(
        &server,
        "finding",
        &finding,
        &[
            ("performer-ksf", both),
            ("controller-ksf", both),
            ("head-ksf", nobody),
            ("performer-utb", nobody),
        ],
    )
    .await;
    let action = json!({ "findingId": finding, "title": "Köp ett aggregat", "dueOn": "2018-03-01" });
    let action = performer
        .done("createCorrectiveAction", "correctiveAction { id }", action)
        .await["correctiveAction"]["id"]
        .take();
    let step = |id: &Json, version: i32, to: &str| json!({ "id": id, "expectedVersion": version, "to": to });
    performer
        .done(
            "changeFindingStatus",
            "finding { id }",
            step(&finding, 1, "ACTION_PLANNED"),
        )
        .await;
    waits(&server, "finding", &finding, &[("performer-ksf", nobody)]).await;
    waits(
        &server,
        "action",
        &action,
        &[("performer-ksf", &["MEND_ACTION"]), ("head-ksf", nobody)],
    )
    .await;
    performer
        .done(
            "changeCorrectiveActionStatus",
            "correctiveAction { id }",
            step(&action, 1, "ONGOING"),
        )
        .await;
    let mut done = step(&action, 2, "DONE");
    done["doneOn"] = json!({ "earliest": "2018-02-01", "latest": "2018-02-01", "text": "1 februari" });
    performer
        .done("changeCorrectiveActionStatus", "correctiveAction { id }", done)
        .await;
    let verify: &[&str] = &["VERIFY_ACTION"];
    waits(
        &server,
        "action",
        &action,
        &[
            ("performer-ksf", nobody),
            ("controller-ksf", verify),
            ("head-ksf", verify),
        ],
    )
    .await;
    waits(&server, "finding", &finding, &[("performer-ksf", &["RESOLVE_FINDING"])]).await;
    let controller = server.user("controller-ksf").await;
    controller
        .done("changeFindingStatus", "finding { id }", step(&finding, 2, "RESOLVED"))
        .await;
    // Neither who resolved it nor who carried out its action verifies it.
    waits(
        &server,
        "finding",
        &finding,
        &[
            ("performer-ksf", nobody),
            ("controller-ksf", nobody),
            ("head-ksf", &["VERIFY_FINDING"]),
        ],
    )
    .await;
    let head = server.user("head-ksf").await;
    head.done("changeFindingStatus", "finding { id }", step(&finding, 3, "VERIFIED"))
        .await;
    head.done(
        "changeCorrectiveActionStatus",
        "correctiveAction { id }",
        step(&action, 3, "VERIFIED"),
    )
    .await;
    waits(&server, "finding", &finding, &[("head-ksf", nobody)]).await;
    waits(&server, "action", &action, &[("head-ksf", nobody)]).await;
}

async fn an_assessment_that_was_sent_back_waits_for_who_made_it(server: Server) {
    let crisis = follow_up(&server, "controller-kff", "KFF", "Krishantering").await;
    let (id, nobody): (&Json, &[&str]) = (&crisis["id"], &[]);
    waits(
        &server,
        "followUp",
        id,
        &[("performer-kff", &["ASSESS"]), ("controller-kff", nobody)],
    )
    .await;
    let assessment = assess_kff(&server).await;
    let review: &[&str] = &["REVIEW"];
    waits(
        &server,
        "followUp",
        id,
        &[
            ("performer-kff", nobody),
            ("controller-kff", review),
            ("head-kff", review),
            ("head-utb", nobody),
        ],
    )
    .await;
    let back = json!({ "id": assessment["id"], "expectedVersion": assessment["version"], "reason": "Vad är gjort?" });
    let controller = server.user("controller-kff").await;
    controller
        .done("sendBackAssessment", "assessment { status }", back)
        .await;
    let again: &[(&str, &[&str])] = &[("performer-kff", &["REASSESS"]), ("controller-kff", nobody)];
    waits(&server, "followUp", id, again).await;
}

async fn a_report_waits_from_its_beginning_to_the_public(server: Server) {
    let controller = server.user("controller-kff").await;
    let query = "{ department(code: \"KFF\") { id controlPlan(year: 2017) { id } }
        controlYear(year: 2017) { occasions { id } } }";
    let found = controller.data(query, json!({})).await;
    let plan = &found["department"]["controlPlan"]["id"];
    let nobody: &[&str] = &[];
    let begin: &[(&str, &[&str])] = &[("controller-kff", &["BEGIN_REPORT"]), ("head-kff", nobody)];
    waits(&server, "plan", plan, begin).await;
    let occasion = &found["controlYear"]["occasions"][0]["id"];
    let input =
        json!({ "departmentId": found["department"]["id"], "occasionId": occasion, "title": "Slutredovisning" });
    let report = controller
        .done("createDepartmentReport", "departmentReport { id }", input)
        .await["departmentReport"]["id"]
        .take();
    waits(&server, "plan", plan, &[("controller-kff", nobody)]).await;
    let submit: &[(&str, &[&str])] = &[("controller-kff", &["SUBMIT_REPORT"]), ("head-kff", nobody)];
    waits(&server, "report", &report, submit).await;
    // The demonstration's others are further on.
    let query = "query($code: String!) { departmentReport(departmentCode: $code, year: 2017) { id } }";
    for (code, expected) in [
        ("OSF", [("head-osf", "PROPOSE_REPORT"), ("controller-osf", "")]),
        (
            "KSF",
            [("secretary-ks", "RECORD_DECISION"), ("secretary-committees", "")],
        ),
    ] {
        let coordinator = server.user("coordinator").await;
        let report = coordinator.data(query, json!({ "code": code })).await["departmentReport"]["id"].take();
        for (username, kind) in expected {
            let kinds: &[&str] = if kind.is_empty() { &[] } else { &[kind] };
            waits(&server, "report", &report, &[(username, kinds)]).await;
        }
    }
}

async fn a_joint_report_waits_from_its_beginning_to_the_public(server: Server) {
    let coordinator = server.user("coordinator").await;
    let nobody: &[&str] = &[];
    let query = "{ controlYear(year: 2017) { id sharedPlan { id } } }";
    let year = coordinator.data(query, json!({})).await["controlYear"].take();
    let plan = &year["sharedPlan"]["id"];
    waits(&server, "plan", plan, &[("coordinator", nobody)]).await;
    let later = json!({ "controlYearId": year["id"], "code": "EFTER", "label": "Efterhand", "position": 0 });
    coordinator
        .done("createReportingOccasion", "reportingOccasion { id }", later)
        .await;
    let begin: &[(&str, &[&str])] = &[("coordinator", &["BEGIN_JOINT_REPORT"]), ("controller-ksf", nobody)];
    waits(&server, "plan", plan, begin).await;
    let draft = crate::joint_report::draft(&server).await;
    let id = &draft["id"];
    let waits_for = async |expected: &[(&str, &[&str])]| waits(&server, "jointReport", id, expected).await;
    waits_for(&[("coordinator", &["SUBMIT_JOINT_REPORT"]), ("head-ksf", nobody)]).await;
    let submitted = crate::joint_report::submit(&server, draft.clone(), &coordinator).await;
    waits_for(&[
        ("coordinator", nobody),
        ("head-ksf", &["PROPOSE_JOINT_REPORT"]),
        ("head-utb", nobody),
    ])
    .await;
    let propose = json!({ "id": id, "expectedVersion": submitted["version"] });
    let head = server.user("head-ksf").await;
    let proposed = head
        .done("proposeJointReport", "jointReport { id contentHash }", propose)
        .await["jointReport"]
        .take();
    waits_for(&[
        ("head-ksf", nobody),
        ("secretary-ks", &["RECORD_JOINT_DECISION"]),
        ("secretary-committees", nobody),
        ("member-ks", nobody),
    ])
    .await;
    for (stage, committee, to) in [("PROPOSAL", "KSAU", "RECOMMENDED"), ("DECISION", "KS", "DECIDED")] {
        crate::joint_report::decide(&server, &proposed, stage, committee, to).await;
    }
    waits_for(&[("secretary-ks", nobody), ("registrar", &["PUBLISH_JOINT_REPORT"])]).await;
}

async fn a_decision_waits_until_it_is_known_to_have_arrived(server: Server) {
    let query = "{ departmentReport(departmentCode: \"UTB\", year: 2017) { decisions { id stage } } }";
    let registrar = server.user("registrar").await;
    let report = registrar.data(query, json!({})).await["departmentReport"].take();
    let decision = crate::api::with(&report["decisions"], "stage", "DECISION")["id"].clone();
    let selection = "decision { dispatches { id version } }";
    let queue = json!({ "id": decision });
    let sent = registrar.done("queueDispatches", selection, queue).await["decision"]["dispatches"][0].take();
    let nobody: &[&str] = &[];
    let waits_for = async |kinds: &[&str]| {
        let expected: &[(&str, &[&str])] = &[("registrar", kinds), ("secretary-committees", nobody)];
        waits(&server, "dispatch", &sent["id"], expected).await;
    };
    waits_for(&["SEND_DISPATCH"]).await;
    let steps: [(&str, &[&str]); 4] = [
        ("FAILED", &["SEND_DISPATCH"]),
        ("QUEUED", &["SEND_DISPATCH"]),
        ("UNKNOWN", &["CLARIFY_DISPATCH"]),
        ("RECEIVED", nobody),
    ];
    for (version, (to, kinds)) in (1..).zip(steps) {
        let step = json!({ "id": sent["id"], "expectedVersion": version, "to": to, "note": "Ingen kvittens" });
        registrar.done("changeDispatchStatus", "dispatch { id }", step).await;
        waits_for(kinds).await;
    }
}

async fn what_comes_along_waits_for_who_decides_on_it(server: Server) {
    let year = crate::roll_forward::next_year(&server).await["id"].take();
    let nobody: &[&str] = &[];
    let before: &[(&str, &[&str])] = &[("coordinator", nobody), ("controller-ksf", nobody)];
    waits(&server, "controlYear", &year, before).await;
    let coordinator = server.user("coordinator").await;
    let input = json!({ "controlYearId": year });
    coordinator.done("rollForward", "controlYear { year }", input).await;
    let decides: &[&str] = &["DECIDE_CARRY_OVERS"];
    let after: &[(&str, &[&str])] = &[
        ("coordinator", decides),
        ("controller-ksf", decides),
        ("performer-ksf", nobody),
        ("head-utb", nobody),
        ("registrar", nobody),
        ("auditor", nobody),
    ];
    waits(&server, "controlYear", &year, after).await;
    // The whole municipality's points are one piece of work, however many they are.
    let shared = "query($filter: CarryOverFilter) { carryOvers(filter: $filter, first: 100) { nodes { id version department { code } } } }";
    let filter = json!({ "filter": { "year": 2018 } });
    let found = coordinator.data(shared, filter).await["carryOvers"]["nodes"].take();
    let shared = found.as_array().into_iter().flatten();
    for item in shared.filter(|item| item["department"].is_null()) {
        let drop = json!({ "id": item["id"], "expectedVersion": item["version"], "reason": "Följs inte upp" });
        coordinator.done("dropCarryOver", "carryOver { id }", drop).await;
    }
    waits(&server, "controlYear", &year, &[("coordinator", nobody)]).await;
}

async fn a_change_of_access_waits_for_the_other_administrator(server: Server) {
    let administrator = server.user("administrator").await;
    let user = server.user_row("registrar").await;
    let link = json!({ "userId": user["id"], "issuer": "https://login.example.org", "subject": "registrar" });
    let linked = administrator
        .done("createUserIdentity", "userIdentity { accessChange { id } }", link)
        .await;
    let change = &linked["userIdentity"]["accessChange"]["id"];
    let nobody: &[&str] = &[];
    let others: &[(&str, &[&str])] = &[
        ("administrator", nobody),
        ("administrator-2", &["APPROVE_ACCESS_CHANGE"]),
        ("coordinator", nobody),
    ];
    waits(&server, "accessChange", change, others).await;
    // Who gains by it does not approve it.
    let own = server.user_row("administrator-2").await;
    let link = json!({ "userId": own["id"], "issuer": "https://login.example.org", "subject": "second" });
    let linked = administrator
        .done("createUserIdentity", "userIdentity { accessChange { id } }", link)
        .await;
    let gained = &linked["userIdentity"]["accessChange"]["id"];
    waits(&server, "accessChange", gained, &[("administrator-2", nobody)]).await;
    server.approve(&json!({ "id": change })).await;
    waits(&server, "accessChange", change, &[("administrator-2", nobody)]).await;
}

async fn what_is_confidential_waits_for_those_alone_who_may_read_it(server: Server) {
    let performer = server.user("performer-ksf").await;
    let crisis = follow_up(&server, "performer-ksf", "KSF", "Krishantering").await;
    let finding = json!({ "followUpId": crisis["id"], "title": "Ingen reservkraft" });
    let finding = performer.done("registerFinding", "finding { id }", finding).await["finding"]["id"].take();
    let registrar = server.user("registrar").await;
    let mark = json!({ "subjectId": finding, "ground": "OSL 18 kap. 8 §" });
    registrar.done("setSecrecyMark", "secrecyEvent { ground }", mark).await;
    // They may read it; and why it waits says nothing of it.
    waits(&server, "finding", &finding, &[("performer-ksf", &["PLAN_ACTION"])]).await;
    let work = performer.data(QUERY, json!({ "first": 100 })).await;
    assert!(!work.to_string().contains("reservkraft"), "{work}");
    // A policy without confidential reading leaves nobody with work that they could not do.
    let query = "{ policy { number rules { role right } } }";
    let administrator = server.user("administrator").await;
    let mut policy = administrator.data(query, json!({})).await["policy"].take();
    let rules = policy["rules"].as_array_mut().expect("rules");
    rules.retain(|rule| rule["role"] != "PERFORMER" || rule["right"] != "CONFIDENTIAL_READ");
    let input = json!({ "expectedNumber": policy["number"], "rules": policy["rules"], "reason": "Färre läser" });
    let proposed = administrator
        .done("proposePolicy", "policyVersion { accessChange { id } }", input)
        .await;
    server.approve(&proposed["policyVersion"]["accessChange"]).await;
    let nobody: &[&str] = &[];
    waits(
        &server,
        "finding",
        &finding,
        &[("performer-ksf", nobody), ("controller-ksf", &["PLAN_ACTION"])],
    )
    .await;
}

async fn work_pages_without_gaps_in_one_statement(server: Server) {
    for username in [
        "controller-utb",
        "performer-utb",
        "coordinator",
        "secretary-ks",
        "member-ks",
    ] {
        let client = server.user(username).await;
        let before = server.database().statements();
        let whole = client
            .data(
                "{ viewer { myWork(first: 100) { nodes { kind why dueOn } } } }",
                json!({}),
            )
            .await;
        // The beginning of the transaction, the actor, the work; nothing for who has no right that there is work for.
        assert!(server.database().statements() - before <= 3, "{username}");
        let whole = whole["viewer"]["myWork"]["nodes"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let mut paged = Vec::new();
        let mut after = Json::Null;
        loop {
            let page = client.data(QUERY, json!({ "first": 2, "after": after })).await["viewer"]["myWork"].take();
            assert_eq!(page["totalCount"], whole.len());
            for item in page["nodes"].as_array().expect("items") {
                paged.push(json!({ "kind": item["kind"], "why": item["why"], "dueOn": item["dueOn"] }));
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(paged, whole, "{username}");
    }
}
