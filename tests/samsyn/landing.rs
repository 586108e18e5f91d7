//! Where what comes along lands, who lets it, and several things at once.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::administration::{account_with, token};
use crate::api::{Client, Server, each, with, with_title};
use crate::harness::{Suite, trials};
use crate::life_cycles::grant;
use crate::roll_forward::{accept, department, items, next_year, point, risk, roll, succeed};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        what_comes_along_lands_on_a_department_that_stands,
        nobody_takes_what_they_could_not_decide_on,
        points_that_were_never_in_force_do_not_come_along,
        an_action_in_the_plan_takes_the_plans_right,
        several_come_along_in_one_go,
        several_come_along_or_none,
        what_is_named_comes_along_together,
    ]
}

fn of(item: &Json) -> Json {
    json!({ "id": item["id"], "expectedVersion": item["version"] })
}

async fn what_comes_along_lands_on_a_department_that_stands(server: Server) {
    risk(&server, "controller-kff", "KFF", "Bidrag betalas ut två gånger").await;
    let year = next_year(&server).await;
    let before = roll(&server, &year).await;
    succeed(&server, "KFF", "UTB").await;
    let controller = server.user("controller-utb").await;
    let stale = with(&before["nodes"], "fromDepartment", json!({ "code": "KFF" }));
    let errors = controller.refused("acceptCarryOver", of(stale)).await;
    assert_eq!(
        (&errors[0]["code"], &errors[0]["path"]),
        (&json!("INVALID"), &json!(["departmentId"]))
    );
    // What is recorded later counts when the year is rolled forward again, and nothing else changes.
    let after = roll(&server, &year).await;
    assert_eq!(after["totalCount"], before["totalCount"]);
    let nodes = |items: &Json| items["nodes"].as_array().cloned().unwrap_or_default();
    for (before, after) in nodes(&before).iter().zip(nodes(&after)) {
        if before["fromDepartment"]["code"] == "KFF" {
            assert_eq!(after["department"]["code"], "UTB", "{after:#}");
        } else {
            assert_eq!(*before, after);
        }
    }
    assert_eq!(roll(&server, &year).await, after, "again changes nothing");
    let moved = with(&after["nodes"], "id", stale["id"].clone());
    let mut gone = of(moved);
    gone["departmentId"] = department(&server, "KFF").await["id"].take();
    let errors = controller.refused("acceptCarryOver", gone).await;
    assert_eq!(errors[0]["path"], json!(["departmentId"]));
    let accepted = accept(&controller, moved, json!({})).await;
    assert_eq!(
        (&accepted["status"], &accepted["department"]["code"]),
        (&json!("ACCEPTED"), &json!("UTB"))
    );
    // What was decided stays where it is.
    let again = roll(&server, &year).await;
    assert_eq!(with(&again["nodes"], "id", stale["id"].clone())["status"], "ACCEPTED");
}

async fn nobody_takes_what_they_could_not_decide_on(server: Server) {
    risk(&server, "controller-ksf", "KSF", "Ett avtal sägs inte upp i tid").await;
    let year = next_year(&server).await;
    let proposed = roll(&server, &year).await;
    let item = with(
        &proposed["nodes"],
        "risk",
        json!({ "description": "Ett avtal sägs inte upp i tid" }),
    );
    // They read it as the head there, and write risks elsewhere.
    grant(&server, "controller-utb", "DEPARTMENT_HEAD", "KSF").await;
    let controller = server.user("controller-utb").await;
    let mut input = of(item);
    input["departmentId"] = department(&server, "UTB").await["id"].take();
    assert_eq!(controller.refusal("acceptCarryOver", input).await, ["FORBIDDEN"]);
    let own = server.user("controller-ksf").await;
    let accepted = accept(&own, item, json!({})).await;
    assert_eq!(accepted["newRisk"]["department"]["code"], "KSF");
}

async fn points_that_were_never_in_force_do_not_come_along(server: Server) {
    let controller = server.user("controller-ksf").await;
    let query =
        "{ controlYear(year: 2017) { id } department(code: \"KSF\") { id controlPlan(year: 2017) { id version } } }";
    let data = controller.data(query, json!({})).await;
    let plan = &data["department"]["controlPlan"];
    let draft = controller
        .done("reviseControlPlan", "controlPlan { id version }", of(plan))
        .await["controlPlan"]
        .take();
    let input = json!({
        "controlYearId": data["controlYear"]["id"], "scope": "DEPARTMENT", "departmentId": data["department"]["id"],
        "title": "Aldrig antagen",
    });
    let point = controller
        .done("createControlPoint", "controlPoint { id }", input)
        .await["controlPoint"]["id"]
        .take();
    let add = json!({
        "controlPlanId": draft["id"], "expectedVersion": draft["version"], "controlPointId": point, "number": 9,
    });
    controller.done("addPlanPoint", "controlPlan { id }", add).await;
    let year = next_year(&server).await;
    let proposed = roll(&server, &year).await;
    let points = each(&proposed["nodes"], "controlPoint");
    assert!(
        points.iter().all(|point| point["title"] != "Aldrig antagen"),
        "{proposed:#}"
    );
    assert!(
        points
            .iter()
            .any(|point| point["title"] == "Säker IT-infrastruktur och system")
    );
}

async fn an_action_in_the_plan_takes_the_plans_right(server: Server) {
    let year = next_year(&server).await;
    let proposed = roll(&server, &year).await;
    let rights = ["CONTROL_PLAN_READ", "FOLLOW_UP_READ", "EVIDENCE_WRITE"];
    let account = account_with(&server, "arkivet", &rights, Some("KSF")).await;
    let (_, secret) = token(&server.user("administrator").await, &account).await;
    let account = server.with_token(secret);
    let actions = proposed["nodes"].as_array().into_iter().flatten();
    let action = actions
        .filter(|item| item["kind"] == "CORRECTIVE_ACTION" && item["department"]["code"] == "KSF")
        .find(|item| item["correctiveAction"]["title"] == "Krisövning under år 2018");
    let action = action.expect("the exercise that is planned for 2018");
    let errors = account.refused("acceptCarryOver", of(action)).await;
    let message = errors[0]["message"].as_str().unwrap_or_default();
    assert_eq!(errors[0]["code"], "FORBIDDEN", "{errors:?}");
    assert!(message.contains("Accept its control point first"), "{message}");
    let plans = "{ controlYear(year: 2018) { departmentPlans { id } } }";
    let coordinator = server.user("coordinator").await;
    let made = coordinator.data(plans, json!({})).await["controlYear"]["departmentPlans"].take();
    assert_eq!(made, json!([]), "no plan was made by the way");
    // Who writes the plan lets it land there.
    let controller = server.user("controller-ksf").await;
    let accepted = accept(&controller, action, json!({})).await;
    assert_eq!(accepted["newCorrectiveAction"]["origin"], "PLAN");
}

async fn accept_all(client: &Client, input: Json) {
    client.done("acceptCarryOvers", "controlYear { year }", input).await;
}

/// The statuses of what is proposed of a kind and to land on a department.
async fn statuses(client: &Client, filter: Json) -> Vec<Json> {
    let mut filter = filter;
    filter["year"] = json!(2018);
    each(&items(client, filter).await["nodes"], "status")
}

async fn several_come_along_in_one_go(server: Server) {
    risk(&server, "controller-ksf", "KSF", "Ett avtal sägs inte upp i tid").await;
    risk(&server, "controller-ksf", "KSF", "En faktura betalas två gånger").await;
    let year = next_year(&server).await;
    let proposed = roll(&server, &year).await;
    let (coordinator, controller) = (server.user("coordinator").await, server.user("controller-ksf").await);
    let shared = json!({ "controlYearId": year["id"], "kind": "CONTROL_POINT" });
    accept_all(&coordinator, shared.clone()).await;
    for title in ["Krishantering", "Inköp"] {
        let now = items(&coordinator, json!({ "year": 2018, "kind": "CONTROL_POINT" })).await;
        assert_eq!(point(&now, title)["status"], "ACCEPTED");
    }
    let own = json!({ "kind": "CONTROL_POINT", "departmentCode": "KSF" });
    let untouched = statuses(&coordinator, own.clone()).await;
    assert!(!untouched.is_empty() && untouched.iter().all(|status| status == "PROPOSED"));
    let ksf = department(&server, "KSF").await["id"].take();
    for kind in ["RISK", "CONTROL_POINT"] {
        accept_all(
            &controller,
            json!({ "controlYearId": year["id"], "kind": kind, "departmentId": ksf }),
        )
        .await;
        let filter = json!({ "kind": kind, "departmentCode": "KSF" });
        let now = statuses(&controller, filter).await;
        assert!(
            !now.is_empty() && now.iter().all(|status| status == "ACCEPTED"),
            "{kind}"
        );
    }
    // Again, there is nothing left.
    let before = items(&coordinator, json!({ "year": 2018 })).await;
    accept_all(&coordinator, shared).await;
    accept_all(&controller, json!({ "controlYearId": year["id"], "kind": "RISK" })).await;
    assert_eq!(items(&coordinator, json!({ "year": 2018 })).await, before);
    assert_eq!(before["totalCount"], proposed["totalCount"]);
    // Who may accept nothing anywhere is told so.
    let input = json!({ "controlYearId": year["id"] });
    let registrar = server.user("registrar").await;
    assert_eq!(registrar.refusal("acceptCarryOvers", input).await, ["FORBIDDEN"]);
}

async fn several_come_along_or_none(server: Server) {
    risk(&server, "controller-ksf", "KSF", "Ett avtal sägs inte upp i tid").await;
    let controller = server.user("controller-ksf").await;
    let query = "{ followUps(filter: { departmentCode: \"KSF\", year: 2017 }) { nodes { id point { title } } } }";
    let found = controller.data(query, json!({})).await;
    let crisis = with_title(&found["followUps"]["nodes"], "Krishantering");
    for title in ["Ingen reservkraft", "Ingen övning"] {
        let input = json!({ "followUpId": crisis["id"], "title": title });
        controller.done("registerFinding", "finding { id }", input).await;
    }
    let year = next_year(&server).await;
    roll(&server, &year).await;
    let before = items(&controller, json!({ "year": 2018 })).await;
    // The shared plan is not adopted yet: findings of its points have nowhere to land, and then nothing comes along.
    let input = json!({ "controlYearId": year["id"] });
    let errors = controller.refused("acceptCarryOvers", input).await;
    let ids: Vec<Json> = each(&before["nodes"], "id");
    for error in &errors {
        assert_eq!(error["path"].as_array().map(Vec::len), Some(1), "{errors:?}");
        assert!(ids.contains(&error["path"][0]), "{errors:?}");
    }
    assert!(errors.len() > 1, "all at once: {errors:?}");
    assert_eq!(items(&controller, json!({ "year": 2018 })).await, before);
}

async fn what_is_named_comes_along_together(server: Server) {
    risk(&server, "controller-ksf", "KSF", "Ett avtal sägs inte upp i tid").await;
    risk(&server, "controller-utb", "UTB", "En elev glöms bort").await;
    let year = next_year(&server).await;
    let proposed = roll(&server, &year).await;
    let controller = server.user("controller-ksf").await;
    let own = with(&proposed["nodes"], "fromDepartment", json!({ "code": "KSF" }));
    let other = with(
        &proposed["nodes"],
        "risk",
        json!({ "description": "En elev glöms bort" }),
    );
    let shared = point(&proposed, "Inköp");
    let input = |ids: Json| json!({ "controlYearId": year["id"], "ids": ids });
    let errors = controller
        .refused(
            "acceptCarryOvers",
            input(json!([own["id"], other["id"], shared["id"], "nothing"])),
        )
        .await;
    assert_eq!(errors[0]["path"], json!(["ids", "3"]), "{errors:?}");
    let errors = controller
        .refused("acceptCarryOvers", input(json!([own["id"], other["id"], shared["id"]])))
        .await;
    let found: Vec<_> = errors.iter().map(|error| (&error["code"], &error["path"])).collect();
    assert_eq!(
        found,
        [
            (&json!("NOT_FOUND"), &json!(["ids", "1"])),
            (&json!("FORBIDDEN"), &json!(["ids", "2"]))
        ]
    );
    let mut both = input(json!([own["id"]]));
    both["kind"] = json!("RISK");
    assert_eq!(controller.refusal("acceptCarryOvers", both).await, ["INVALID"]);
    let many = vec![own["id"].clone(); 201];
    assert_eq!(
        controller.refusal("acceptCarryOvers", input(json!(many))).await,
        ["LIMIT"]
    );
    accept_all(&controller, input(json!([own["id"], own["id"]]))).await;
    let now = items(&controller, json!({ "year": 2018 })).await;
    let accepted = with(&now["nodes"], "id", own["id"].clone()).clone();
    assert_eq!(accepted["status"], "ACCEPTED");
    accept_all(&controller, input(json!([own["id"]]))).await;
    let again = items(&controller, json!({ "year": 2018 })).await;
    assert_eq!(again, now, "what has come along stays as it is");
}
