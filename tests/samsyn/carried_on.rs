//! What came along to the next year lives there alone, with its whole history.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, with_title};
use crate::harness::{Suite, trials};
use crate::roll_forward::{accept, items, with_points};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        who_did_it_the_year_before_does_not_verify_the_finding,
        who_did_it_the_year_before_does_not_verify_the_action,
        what_came_along_lives_in_the_later_year_alone,
        an_earlier_action_waits_for_who_may_write_it,
        a_finding_is_resolved_when_no_action_of_any_year_is_left,
        a_dropped_action_holds_no_finding_back,
        hands_are_remembered_through_all_the_years,
    ]
}

const FINDING: &str = "finding { id version status }";
const ACTION: &str = "correctiveAction { id version status }";

/// The follow-up of kommunstyrelsens förvaltning of a point in a year.
async fn follow_up(client: &Client, year: i32, title: &str) -> Json {
    let query = "query($year: Int!) { followUps(filter: { departmentCode: \"KSF\", year: $year }, first: 100) {
        nodes { id version point { id title } } } }";
    let data = client.data(query, json!({ "year": year })).await;
    with_title(&data["followUps"]["nodes"], title).clone()
}

async fn step(client: &Client, mutation: &str, object: &str, of: &Json, to: &str) -> Json {
    let mut input = json!({ "id": of["id"], "expectedVersion": of["version"], "to": to });
    if to == "DONE" {
        input["doneOn"] = json!({ "earliest": "2018-01-10", "latest": "2018-01-10", "text": "10 januari" });
    }
    let name = object.split(' ').next().unwrap_or_default();
    client.done(mutation, object, input).await[name].take()
}

async fn finding_to(client: &Client, finding: &Json, to: &str) -> Json {
    step(client, "changeFindingStatus", FINDING, finding, to).await
}

async fn action_to(client: &Client, action: &Json, to: &str) -> Json {
    step(client, "changeCorrectiveActionStatus", ACTION, action, to).await
}

/// A finding of 2017 with an action that is to mend it by a day.
async fn finding_with_action(performer: &Client, due_on: &str) -> (Json, Json) {
    let crisis = follow_up(performer, 2017, "Krishantering").await;
    let input = json!({ "followUpId": crisis["id"], "title": "Ingen reservkraft", "severity": "CRITICAL" });
    let finding = performer.done("registerFinding", FINDING, input).await["finding"].take();
    let input = json!({ "findingId": finding["id"], "title": "Köp ett aggregat", "dueOn": due_on });
    let action = performer.done("createCorrectiveAction", ACTION, input).await["correctiveAction"].take();
    let finding = finding_to(performer, &finding, "ACTION_PLANNED").await;
    (finding, action)
}

/// Proposes anew, and accepts what is about a finding or an action of the year before.
async fn carry(server: &Server, by: &Client, field: &str, of: &Json) -> Json {
    let coordinator = server.user("coordinator").await;
    let year = "{ controlYear(year: 2018) { id } }";
    let year = coordinator.data(year, json!({})).await["controlYear"]["id"].take();
    coordinator
        .done("rollForward", "controlYear { id }", json!({ "controlYearId": year }))
        .await;
    let proposed = items(by, json!({ "year": 2018 })).await;
    let item = proposed["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|item| item[field]["id"] == of["id"])
        .cloned()
        .unwrap_or_else(|| panic!("no proposal of {of} in {proposed:#}"));
    accept(by, &item, json!({})).await
}

/// Assigns the performer to the follow-up that a finding or an action of 2018 hangs on.
async fn assign(server: &Server, username: &str) {
    let controller = server.user("controller-ksf").await;
    let crisis = follow_up(&controller, 2018, "Krishantering").await;
    let performer = server.user_row(username).await["id"].take();
    let input = json!({ "id": crisis["id"], "expectedVersion": crisis["version"], "performerIds": [performer] });
    controller.done("assignPerformers", "followUp { id }", input).await;
}

async fn version(client: &Client, of: &Json, kind: &str) -> Json {
    let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ id version status }} }} }}");
    client.data(&query, json!({ "id": of["id"] })).await["node"].take()
}

/// The kinds of work that wait for somebody about a finding or an action.
async fn work(client: &Client, field: &str, of: &Json) -> Vec<String> {
    let query = "{ viewer { myWork(first: 100) { nodes { kind finding { id } action { id } } } } }";
    let work = client.data(query, json!({})).await["viewer"]["myWork"]["nodes"].take();
    let items = work.as_array().into_iter().flatten();
    items
        .filter(|item| item[field]["id"] == of["id"])
        .map(|item| item["kind"].as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn who_did_it_the_year_before_does_not_verify_the_finding(server: Server) {
    with_points(&server).await;
    let (performer, controller, head) = (
        server.user("performer-ksf").await,
        server.user("controller-ksf").await,
        server.user("head-ksf").await,
    );
    let (finding, action) = finding_with_action(&performer, "2018-01-31").await;
    let action = action_to(&performer, &action, "ONGOING").await;
    let action = action_to(&performer, &action, "DONE").await;
    // Verified, it stays in its year: nothing of the new one tells who carried it out.
    action_to(&head, &action, "VERIFIED").await;
    finding_to(&controller, &finding, "RESOLVED").await;
    let carried = carry(&server, &controller, "finding", &finding).await["newFinding"].take();
    assert_eq!(carried["status"], "RESOLVED");
    assign(&server, "performer-ksf").await;
    let carried = version(&controller, &carried, "Finding").await;
    let verify = json!({ "id": carried["id"], "expectedVersion": carried["version"], "to": "VERIFIED" });
    for client in [&performer, &controller] {
        assert_eq!(
            client.refusal("changeFindingStatus", verify.clone()).await,
            ["SEPARATION_OF_DUTIES"]
        );
        assert!(work(client, "finding", &carried).await.is_empty());
    }
    assert_eq!(work(&head, "finding", &carried).await, ["VERIFY_FINDING"]);
    head.done("changeFindingStatus", FINDING, verify).await;
}

async fn who_did_it_the_year_before_does_not_verify_the_action(server: Server) {
    with_points(&server).await;
    let (performer, controller, head) = (
        server.user("performer-ksf").await,
        server.user("controller-ksf").await,
        server.user("head-ksf").await,
    );
    let (finding, action) = finding_with_action(&performer, "2018-01-31").await;
    let action = action_to(&performer, &action, "ONGOING").await;
    let action = action_to(&performer, &action, "DONE").await;
    carry(&server, &controller, "finding", &finding).await;
    let carried = carry(&server, &controller, "correctiveAction", &action).await["newCorrectiveAction"].take();
    assign(&server, "performer-ksf").await;
    let carried = version(&controller, &carried, "CorrectiveAction").await;
    let mut failed = json!({ "id": carried["id"], "expectedVersion": carried["version"], "to": "ONGOING" });
    failed["reason"] = json!("Aggregatet startar inte");
    let carried = head.done("changeCorrectiveActionStatus", ACTION, failed).await["correctiveAction"].take();
    // Somebody else did the rest, and that the performer did the first of it is not forgotten.
    let done = action_to(&controller, &carried, "DONE").await;
    let verify = json!({ "id": done["id"], "expectedVersion": done["version"], "to": "VERIFIED" });
    for client in [&performer, &controller] {
        assert_eq!(
            client.refusal("changeCorrectiveActionStatus", verify.clone()).await,
            ["SEPARATION_OF_DUTIES"]
        );
        assert!(work(client, "action", &done).await.is_empty());
    }
    assert_eq!(work(&head, "action", &done).await, ["VERIFY_ACTION"]);
    head.done("changeCorrectiveActionStatus", ACTION, verify).await;
}

/// How many open findings and overdue actions the roll-up of both years tells, of critical severity and of the department.
async fn rolled_up(client: &Client, years: &[i32]) -> (i64, i64) {
    let query = "query($years: [Int!]!) { rollUp(of: { years: $years }) {
        openFindings { severity count } overdueActions { department { code } count } } }";
    let roll_up = client.data(query, json!({ "years": years })).await["rollUp"].take();
    let sum = |list: &str, fits: &dyn Fn(&Json) -> bool| {
        let rows = roll_up[list].as_array().into_iter().flatten();
        rows.filter(|row| fits(row))
            .filter_map(|row| row["count"].as_i64())
            .sum()
    };
    (
        sum("openFindings", &|row| row["severity"] == "CRITICAL"),
        sum("overdueActions", &|row| row["department"]["code"] == "KSF"),
    )
}

async fn overdue(client: &Client) -> Vec<Json> {
    let query =
        "{ correctiveActions(filter: { departmentCode: \"KSF\", overdue: true }, first: 100) { nodes { id } } }";
    let found = client.data(query, json!({})).await["correctiveActions"]["nodes"].take();
    crate::api::each(&found, "id")
}

async fn what_came_along_lives_in_the_later_year_alone(server: Server) {
    with_points(&server).await;
    let (performer, controller) = (server.user("performer-ksf").await, server.user("controller-ksf").await);
    let (finding, action) = finding_with_action(&performer, "2018-01-31").await;
    let before = rolled_up(&controller, &[2017, 2018]).await;
    let late = overdue(&controller).await;
    assert!(late.contains(&action["id"]));
    let joint =
        "{ jointFollowUp(year: 2017) { points { point { title } cells { department { code } openFindings } } } }";
    let open = |matrix: &Json| {
        let points = matrix["jointFollowUp"]["points"].as_array().into_iter().flatten();
        let cells = points
            .filter(|row| row["point"]["title"] == "Krishantering")
            .filter_map(|row| row["cells"].as_array())
            .flatten();
        let own = cells.filter(|cell| cell["department"]["code"] == "KSF");
        own.filter_map(|cell| cell["openFindings"].as_i64()).sum::<i64>()
    };
    let open_before = open(&controller.data(joint, json!({})).await);

    let new_finding = carry(&server, &controller, "finding", &finding).await["newFinding"].take();
    let new_action = carry(&server, &controller, "correctiveAction", &action).await["newCorrectiveAction"].take();

    // It counts once, and in the later year.
    assert_eq!(rolled_up(&controller, &[2017, 2018]).await, before);
    let (findings, actions) = rolled_up(&controller, &[2017]).await;
    assert_eq!((findings, actions), (before.0 - 1, before.1 - 1));
    let late = overdue(&controller).await;
    assert!(!late.contains(&action["id"]) && late.contains(&new_action["id"]));
    assert_eq!(open(&controller.data(joint, json!({})).await), open_before - 1);
    // It waits once.
    for (field, earlier, later, kind) in [
        ("action", &action, &new_action, "MEND_ACTION"),
        ("finding", &finding, &new_finding, "RESOLVE_FINDING"),
    ] {
        assert!(work(&controller, field, earlier).await.is_empty());
        let expected: &[&str] = if kind == "MEND_ACTION" { &[kind] } else { &[] };
        assert_eq!(work(&controller, field, later).await, expected);
    }
    // The earlier ones lead to the later.
    let query = "query($finding: ID!, $action: ID!) {
        finding: node(id: $finding) { ... on Finding { status carriedTo { id } } }
        action: node(id: $action) { ... on CorrectiveAction { status overdue carriedTo { id } } } }";
    let ids = json!({ "finding": finding["id"], "action": action["id"] });
    let told = controller.data(query, ids.clone()).await;
    assert_eq!(told["finding"]["carriedTo"]["id"], new_finding["id"]);
    assert_eq!(
        (&told["action"]["carriedTo"]["id"], &told["action"]["overdue"]),
        (&new_action["id"], &json!(false))
    );
    // Steps are taken there: in which year is told who sees it there.
    let action_now = version(&controller, &action, "CorrectiveAction").await;
    let begin = json!({ "id": action["id"], "expectedVersion": action_now["version"], "to": "ONGOING" });
    let extend = json!({
        "id": action["id"], "expectedVersion": action_now["version"], "dueOn": "2018-12-31", "reason": "Försenat",
        "decidedBy": "Förvaltningschef",
    });
    let resolve = json!({ "id": finding["id"], "expectedVersion": finding["version"], "to": "RESOLVED" });
    let more = json!({ "findingId": finding["id"], "title": "Köp ett till" });
    for (mutation, input) in [
        ("changeCorrectiveActionStatus", begin),
        ("extendCorrectiveAction", extend),
        ("changeFindingStatus", resolve),
        ("createCorrectiveAction", more),
    ] {
        for (client, told) in [(&controller, true), (&performer, false)] {
            let errors = client.refused(mutation, input.clone()).await;
            let message = errors[0]["message"].as_str().unwrap_or_default();
            assert_eq!(errors[0]["code"], "INVALID", "{mutation}: {errors:?}");
            assert_eq!(message.contains("2018"), told, "{mutation}: {message}");
        }
    }
    let told = performer.data(query, ids).await;
    assert_eq!(
        (&told["finding"]["carriedTo"], &told["action"]["carriedTo"]),
        (&Json::Null, &Json::Null)
    );
}

async fn an_earlier_action_waits_for_who_may_write_it(server: Server) {
    with_points(&server).await;
    let (performer, controller) = (server.user("performer-ksf").await, server.user("controller-ksf").await);
    let (finding, action) = finding_with_action(&performer, "2018-01-31").await;
    // Who may write only elsewhere does not take it from those whose it is.
    let elsewhere = server.user("coordinator").await;
    let year = "{ controlYear(year: 2018) { sharedPlan { id } } }";
    let plan = elsewhere.data(year, json!({})).await["controlYear"]["sharedPlan"]["id"].take();
    let input = json!({ "controlPlanId": plan, "title": "Övertagen", "carriedFromId": action["id"] });
    let errors = elsewhere.refused("createCorrectiveAction", input).await;
    assert_eq!(
        (&errors[0]["code"], &errors[0]["path"]),
        (&json!("FORBIDDEN"), &json!(["carriedFromId"]))
    );
    carry(&server, &controller, "finding", &finding).await;
    let new = carry(&server, &controller, "correctiveAction", &action).await;
    // It comes along once.
    let input = json!({
        "findingId": new["newCorrectiveAction"]["id"], "title": "En gång till", "carriedFromId": action["id"],
    });
    assert!(!controller.refused("createCorrectiveAction", input).await.is_empty());
    let crisis = follow_up(&controller, 2018, "Krishantering").await;
    let input = json!({ "followUpId": crisis["id"], "title": "En gång till", "carriedFromId": action["id"] });
    let errors = controller.refused("createCorrectiveAction", input).await;
    assert_eq!(errors[0]["path"], json!(["carriedFromId"]));
    assert!(
        errors[0]["message"]
            .as_str()
            .is_some_and(|message| message.contains("2018"))
    );
}

async fn a_finding_is_resolved_when_no_action_of_any_year_is_left(server: Server) {
    with_points(&server).await;
    let (performer, controller) = (server.user("performer-ksf").await, server.user("controller-ksf").await);
    let (finding, action) = finding_with_action(&performer, "2018-01-31").await;
    let carried = carry(&server, &controller, "finding", &finding).await["newFinding"].take();
    // The action did not come along: it goes on in its year, and the finding waits for it.
    assert!(work(&controller, "finding", &carried).await.is_empty());
    let action = action_to(&controller, &action, "ONGOING").await;
    action_to(&controller, &action, "DONE").await;
    assert_eq!(work(&controller, "finding", &carried).await, ["RESOLVE_FINDING"]);
}

async fn a_dropped_action_holds_no_finding_back(server: Server) {
    with_points(&server).await;
    let (performer, controller) = (server.user("performer-ksf").await, server.user("controller-ksf").await);
    let (finding, action) = finding_with_action(&performer, "2018-01-31").await;
    let carried = carry(&server, &controller, "finding", &finding).await["newFinding"].take();
    assert!(work(&controller, "finding", &carried).await.is_empty());
    let proposed = items(&controller, json!({ "year": 2018 })).await;
    let mut found = proposed["nodes"].as_array().into_iter().flatten();
    let item = found
        .find(|item| item["correctiveAction"]["id"] == action["id"])
        .expect("the action");
    let drop = json!({ "id": item["id"], "expectedVersion": item["version"], "reason": "Inte längre aktuell" });
    controller.done("dropCarryOver", "carryOver { status }", drop).await;
    assert_eq!(work(&controller, "finding", &carried).await, ["RESOLVE_FINDING"]);
    assert!(work(&controller, "finding", &finding).await.is_empty());
}

/// A control year, to which what is left of the one before is proposed to come along.
async fn rolled_forward(server: &Server, number: i32) {
    let coordinator = server.user("coordinator").await;
    let input = json!({ "year": number, "ratingBasis": "RESULT" });
    let year = coordinator.done("createControlYear", "controlYear { id }", input).await["controlYear"]["id"].take();
    coordinator
        .done("rollForward", "controlYear { id }", json!({ "controlYearId": year }))
        .await;
}

/// Accepts the department's IT point of the year before and adopts the plan that it lands in; then accepts a finding, and
/// answers what it became.
async fn carry_with_its_point(server: &Server, number: i32, finding: &Json) -> Json {
    let controller = server.user("controller-ksf").await;
    let proposed = items(&controller, json!({ "year": number, "departmentCode": "KSF" })).await;
    accept(&controller, crate::roll_forward::point(&proposed, IT), json!({})).await;
    let query = "query($year: Int!) { department(code: \"KSF\") { controlPlan(year: $year) { id version } } }";
    let plan = controller.data(query, json!({ "year": number })).await["department"]["controlPlan"].take();
    let mut propose = json!({ "id": plan["id"], "expectedVersion": plan["version"], "to": "PROPOSED" });
    let head = server.user("head-ksf").await;
    let proposed_plan = head
        .done("changeControlPlanStatus", "controlPlan { version }", propose.clone())
        .await;
    propose["expectedVersion"] = proposed_plan["controlPlan"]["version"].clone();
    propose["to"] = json!("ADOPTED");
    propose["adoptedOn"] = json!("2018-02-01");
    let secretary = server.user("secretary-ks").await;
    secretary
        .done("changeControlPlanStatus", "controlPlan { id }", propose)
        .await;
    let found = proposed["nodes"].as_array().into_iter().flatten();
    let item = found.clone().find(|item| item["finding"]["id"] == finding["id"]);
    accept(&controller, item.expect("the finding"), json!({})).await["newFinding"].take()
}

const IT: &str = "Säker IT-infrastruktur och system";

async fn hands_are_remembered_through_all_the_years(server: Server) {
    let (performer, controller, head) = (
        server.user("performer-ksf").await,
        server.user("controller-ksf").await,
        server.user("head-ksf").await,
    );
    let follow_up = follow_up(&performer, 2017, IT).await;
    let input = json!({ "followUpId": follow_up["id"], "title": "Ingen brandvägg" });
    let finding = performer.done("registerFinding", FINDING, input).await["finding"].take();
    let input = json!({ "findingId": finding["id"], "title": "Köp en brandvägg", "status": "ONGOING" });
    let action = performer.done("createCorrectiveAction", ACTION, input).await["correctiveAction"].take();
    let finding = finding_to(&performer, &finding, "ACTION_PLANNED").await;
    let action = action_to(&performer, &action, "DONE").await;
    action_to(&head, &action, "VERIFIED").await;
    finding_to(&controller, &finding, "RESOLVED").await;
    rolled_forward(&server, 2018).await;
    let next = carry_with_its_point(&server, 2018, &finding).await;
    rolled_forward(&server, 2019).await;
    let last = carry_with_its_point(&server, 2019, &next).await;
    // Two years later the performer may verify findings of the whole department, and not this one.
    crate::life_cycles::grant(&server, "performer-ksf", "DEPARTMENT_HEAD", "KSF").await;
    let last = version(&head, &last, "Finding").await;
    let verify = json!({ "id": last["id"], "expectedVersion": last["version"], "to": "VERIFIED" });
    assert_eq!(
        performer.refusal("changeFindingStatus", verify.clone()).await,
        ["SEPARATION_OF_DUTIES"]
    );
    assert!(work(&performer, "finding", &last).await.is_empty());
    assert_eq!(work(&head, "finding", &last).await, ["VERIFY_FINDING"]);
    head.done("changeFindingStatus", FINDING, verify).await;
    // The one in between went on to the last.
    let between = version(&controller, &next, "Finding").await;
    let again = json!({ "id": between["id"], "expectedVersion": between["version"], "to": "VERIFIED" });
    let errors = head.refused("changeFindingStatus", again).await;
    let message = errors[0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("2019"), "{message}");
}
