//! How many statements each documented operation costs, whatever the size of what it reads.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        the_department_report_costs_at_most_twelve_whatever_its_points,
        the_joint_follow_up_costs_at_most_six_whatever_its_departments,
        every_documented_operation_keeps_its_number,
    ]
}

const REPORT: &str = include_str!("../../schema/operations/DepartmentReport.graphql");
const JOINT: &str = include_str!("../../schema/operations/JointFollowUp.graphql");

/// The documented operations and what each may cost, the beginning of its transaction and the actor included.
const COSTS: &[(&str, &str, u64)] = &[
    (
        "Attachments",
        r#"{ "departmentCode": "UTB", "year": 2017, "first": 20 }"#,
        12,
    ),
    ("CarryOvers", r#"{ "year": 2018 }"#, 4),
    ("CaseFile", r#"{ "number": "KS/2016:389" }"#, 6),
    ("ControlYear", r#"{ "year": 2017 }"#, 13),
    ("DepartmentReport", r#"{ "departmentCode": "KSF", "year": 2017 }"#, 12),
    (
        "DepartmentReportChanges",
        r#"{ "departmentCode": "KSF", "year": 2017 }"#,
        8,
    ),
    ("Findings", r#"{ "year": 2017, "first": 20 }"#, 7),
    ("JointFollowUp", r#"{ "year": 2017 }"#, 6),
    ("JointFollowUpChanges", r#"{ "year": 2017 }"#, 6),
    ("JointReport", r#"{ "year": 2017 }"#, 12),
    ("Labels", r#"{ "types": ["FollowUpStatus", "CorrectiveAction"] }"#, 0),
    ("MyWorkChanges", r#"{ "first": 10 }"#, 5),
    ("OverdueActions", r#"{ "year": 2017, "first": 20 }"#, 7),
    ("RollUp", r#"{ "years": [2017] }"#, 8),
    (
        "ScheduledChecks",
        r#"{ "departmentCode": "KSF", "year": 2017, "first": 20 }"#,
        6,
    ),
    ("Viewer", r#"{ "first": 10 }"#, 8),
];

/// What it costs to tell the audit log that confidential content was read: the beginning of the transaction, the head of
/// the log, the event, the new head.
const EVENT: u64 = 4;

async fn cost(server: &Server, client: &Client, query: &str, variables: Json) -> u64 {
    let before = server.database().statements();
    client.data(query, variables).await;
    server.database().statements() - before
}

async fn the_department_report_costs_at_most_twelve_whatever_its_points(server: Server) {
    let variables = json!({ "departmentCode": "KSF", "year": 2017 });
    let mut costs = Vec::new();
    // The head reads confidential content: the event of that is a transaction of its own.
    for (username, most) in [("coordinator", 12), ("head-ksf", 12 + EVENT)] {
        let client = server.user(username).await;
        let four = cost(&server, &client, REPORT, variables.clone()).await;
        assert!(four <= most, "{four} statements for {username}");
        costs.push((client, four));
    }
    thirty_six_more_points(&server).await;
    for (client, four) in costs {
        let data = client.data(REPORT, variables.clone()).await;
        assert_eq!(data["departmentReport"]["followUps"].as_array().map(Vec::len), Some(40));
        assert_eq!(cost(&server, &client, REPORT, variables.clone()).await, four);
    }
}

/// Adds points to KSF's plan, with a check, a finding and an action each.
async fn thirty_six_more_points(server: &Server) {
    let controller = server.user("controller-ksf").await;
    let (head, secretary) = (server.user("head-ksf").await, server.user("secretary-ks").await);
    let performer = server.user("performer-ksf").await;
    let query =
        "{ controlYear(year: 2017) { id } department(code: \"KSF\") { id controlPlan(year: 2017) { id version } } }";
    let data = controller.data(query, json!({})).await;
    let (year, department) = (&data["controlYear"]["id"], &data["department"]["id"]);
    let plan = &data["department"]["controlPlan"];
    let performer_id = performer.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].take();
    let revise = json!({ "id": plan["id"], "expectedVersion": plan["version"] });
    let mut plan = controller
        .done("reviseControlPlan", "controlPlan { id version }", revise)
        .await["controlPlan"]
        .take();
    let mut points = Vec::new();
    for number in 5..=40 {
        let input = json!({
            "controlYearId": year, "scope": "DEPARTMENT", "departmentId": department, "title": format!("Punkt {number}"),
        });
        let point = controller
            .done("createControlPoint", "controlPoint { id }", input)
            .await["controlPoint"]["id"]
            .take();
        let add = json!({
            "controlPlanId": plan["id"], "expectedVersion": plan["version"], "controlPointId": point, "number": number,
        });
        plan = controller.done("addPlanPoint", "controlPlan { id version }", add).await["controlPlan"].take();
        points.push(point);
    }
    let status = |plan: &Json, to: &str| {
        let adopted_on = (to == "ADOPTED").then_some("2018-02-01");
        json!({ "id": plan["id"], "expectedVersion": plan["version"], "to": to, "adoptedOn": adopted_on })
    };
    let proposed = head
        .done(
            "changeControlPlanStatus",
            "controlPlan { id version }",
            status(&plan, "PROPOSED"),
        )
        .await["controlPlan"]
        .take();
    secretary
        .done(
            "changeControlPlanStatus",
            "controlPlan { id }",
            status(&proposed, "ADOPTED"),
        )
        .await;
    for point in points {
        let start = json!({ "controlPointId": point, "departmentId": department, "performerIds": [performer_id] });
        let started = controller.done("startFollowUp", "followUp { id }", start).await;
        let follow_up = &started["followUp"]["id"];
        let check = json!({ "followUpId": follow_up, "title": "Kontroll" });
        let check = performer.done("registerCheck", "check { id }", check).await["check"]["id"].take();
        let finding = json!({ "followUpId": follow_up, "checkId": check, "title": "Brist", "severity": "LOW" });
        let finding = performer.done("registerFinding", "finding { id }", finding).await["finding"]["id"].take();
        let action = json!({ "findingId": finding, "title": "Åtgärd" });
        performer
            .done("createCorrectiveAction", "correctiveAction { id }", action)
            .await;
    }
}

async fn the_joint_follow_up_costs_at_most_six_whatever_its_departments(server: Server) {
    let coordinator = server.user("coordinator").await;
    let variables = json!({ "year": 2017 });
    let five = cost(&server, &coordinator, JOINT, variables.clone()).await;
    assert!(five <= 6, "{five} statements");
    let administrator = server.user("administrator").await;
    let committee = administrator
        .data("{ committee(code: \"KS\") { id } }", json!({}))
        .await["committee"]["id"]
        .take();
    for number in 6..=20 {
        let input =
            json!({ "code": format!("D{number}"), "name": format!("Förvaltning {number}"), "kind": "DEPARTMENT" });
        let department = administrator.done("createDepartment", "department { id }", input).await;
        let period = json!({
            "departmentId": department["department"]["id"], "committeeId": committee, "validFrom": "2015-01-01",
        });
        administrator
            .done("createDepartmentPeriod", "departmentPeriod { id }", period)
            .await;
    }
    let data = coordinator.data(JOINT, variables.clone()).await;
    assert_eq!(data["jointFollowUp"]["departments"].as_array().map(Vec::len), Some(20));
    assert_eq!(cost(&server, &coordinator, JOINT, variables).await, five);
}

async fn every_documented_operation_keeps_its_number(server: Server) {
    let mut dearer = Vec::new();
    for operation in crate::operations::all() {
        let most = documented(&operation.name).2;
        let (_, spent) = operation.answer(&server, "coordinator").await;
        if spent > most {
            dearer.push(format!("{}: {spent} statements, of at most {most}", operation.name));
        }
    }
    assert!(dearer.is_empty(), "{}", dearer.join(", "));
}

fn documented(operation: &str) -> (&'static str, &'static str, u64) {
    let found = COSTS.iter().find(|(name, _, _)| *name == operation);
    *found.unwrap_or_else(|| panic!("{operation} has no number in COSTS"))
}

/// The variables that a documented operation is tried with.
pub(crate) fn variables(operation: &str) -> Json {
    serde_json::from_str(documented(operation).1).expect("variables")
}
