//! The rules of each life cycle, and what they refuse.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, EXEMPEL, Server};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_control_year_only_goes_forward,
        in_a_closed_year_only_actions_move,
        a_plan_is_adopted_with_a_date_and_then_stays,
        an_adopted_plan_changes_as_a_new_version,
        an_assessment_needs_its_rating_where_the_year_requires_one,
        who_assessed_does_not_review,
        an_assessment_is_sent_back_with_a_reason,
        a_finding_goes_its_way_and_no_other,
        who_mended_a_finding_does_not_verify_it,
        a_finding_is_accepted_by_the_head_with_a_reason,
        an_action_is_extended_and_keeps_its_first_date,
        who_carried_out_an_action_does_not_verify_it,
        a_report_is_submitted_when_complete_or_explained,
        what_is_reviewed_is_no_gap,
        a_submitted_report_is_frozen,
        what_is_frozen_says_what_the_follow_ups_say,
        who_wrote_a_report_does_not_propose_it,
        a_decision_is_bound_to_the_reports_content,
        a_board_with_a_working_committee_decides_after_it,
        a_report_referred_back_is_written_anew,
        only_a_decided_report_is_published,
    ]
}

/// The first error of a mutation that has to be refused.
async fn refused(client: &Client, mutation: &str, input: Json) -> Json {
    client.refused(mutation, input).await.remove(0)
}

pub(crate) async fn year(client: &Client) -> Json {
    let query = "{ controlYear(year: 2017) { id version phase } }";
    client.data(query, json!({})).await["controlYear"].take()
}

/// A department's report of 2017.
pub(crate) async fn report(client: &Client, code: &str) -> Json {
    let query = "query($code: String!) { departmentReport(departmentCode: $code, year: 2017) {
        id version status contentHash title occasion { id } department { id } committee { id } } }";
    client.data(query, json!({ "code": code })).await["departmentReport"].take()
}

/// A department's follow-up of a point, with its assessment.
async fn follow_up(client: &Client, code: &str, title: &str) -> Json {
    let query = "query($code: String!) { followUps(filter: { departmentCode: $code, year: 2017 }) {
        nodes { id version point { id title } assessments { id version status } } } }";
    let data = client.data(query, json!({ "code": code })).await;
    crate::api::with_title(&data["followUps"]["nodes"], title).clone()
}

async fn version(client: &Client, id: &Json, kind: &str) -> Json {
    let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ version }} }} }}");
    client.data(&query, json!({ "id": id })).await["node"]["version"].take()
}

async fn a_control_year_only_goes_forward(server: Server) {
    let coordinator = server.user("coordinator").await;
    let year = year(&coordinator).await;
    for to in ["PREPARING", "RUNNING", "REPORTING"] {
        let input = json!({ "id": year["id"], "expectedVersion": year["version"], "to": to });
        let error = refused(&coordinator, "advanceControlYear", input).await;
        assert_eq!(error["code"], "ILLEGAL_TRANSITION");
        assert_eq!(
            (&error["from"], &error["allowed"]),
            (&json!("REPORTING"), &json!(["CLOSED"]))
        );
    }
}

async fn in_a_closed_year_only_actions_move(server: Server) {
    let coordinator = server.user("coordinator").await;
    let year = year(&coordinator).await;
    let close = json!({ "id": year["id"], "expectedVersion": year["version"], "to": "CLOSED" });
    coordinator
        .done("advanceControlYear", "controlYear { phase }", close)
        .await;
    let performer = server.user("performer-ksf").await;
    let crisis = follow_up(&performer, "KSF", "Krishantering").await;
    let check = json!({ "followUpId": crisis["id"], "title": "För sent" });
    assert_eq!(performer.refusal("registerCheck", check).await, ["INVALID"]);
    let actions = "{ correctiveActions(filter: { departmentCode: \"KSF\", year: 2017, status: [PLANNED] }) {
        nodes { id version } } }";
    let action = performer.data(actions, json!({})).await["correctiveActions"]["nodes"][0].take();
    let start = json!({ "id": action["id"], "expectedVersion": action["version"], "to": "ONGOING" });
    performer
        .done("changeCorrectiveActionStatus", "correctiveAction { status }", start)
        .await;
}

async fn new_plan(server: &Server) -> (Json, Json) {
    let coordinator = server.user("coordinator").await;
    let input = json!({ "year": 2018, "ratingBasis": "RESULT" });
    let year = coordinator.done("createControlYear", "controlYear { id }", input).await["controlYear"].take();
    let committee = coordinator.data("{ committee(code: \"KS\") { id } }", json!({})).await["committee"]["id"].take();
    let input = json!({ "controlYearId": year["id"], "scope": "SHARED", "committeeId": committee });
    let plan = coordinator
        .done("createControlPlan", "controlPlan { id version }", input)
        .await;
    (year, plan["controlPlan"].clone())
}

const PLAN: &str =
    "controlPlan { id version status planVersion validFrom adoptedOn points { number point { title } } }";

async fn a_plan_is_adopted_with_a_date_and_then_stays(server: Server) {
    let (year, plan) = new_plan(&server).await;
    let (coordinator, secretary) = (server.user("coordinator").await, server.user("secretary-ks").await);
    let to = |version: i32, to: &str| json!({ "id": plan["id"], "expectedVersion": version, "to": to });
    let error = refused(&coordinator, "changeControlPlanStatus", to(1, "CLOSED")).await;
    assert_eq!(
        (&error["from"], &error["allowed"]),
        (&json!("DRAFT"), &json!(["PROPOSED"]))
    );
    let error = refused(&coordinator, "changeControlPlanStatus", to(1, "PROPOSED")).await;
    assert_eq!(
        (&error["code"], &error["missing"]),
        (&json!("INCOMPLETE"), &json!(["a control point"]))
    );
    let input = json!({ "controlYearId": year["id"], "scope": "SHARED", "title": "En punkt" });
    let point = coordinator
        .done("createControlPoint", "controlPoint { id version }", input)
        .await["controlPoint"]
        .take();
    let add = |version: i32, number: i32| json!({ "controlPlanId": plan["id"], "expectedVersion": version, "controlPointId": point["id"], "number": number });
    coordinator.done("addPlanPoint", PLAN, add(1, 1)).await;
    coordinator
        .done("changeControlPlanStatus", PLAN, to(2, "PROPOSED"))
        .await;
    // Adopting is the committee's, and has a date.
    assert_eq!(
        coordinator.refusal("changeControlPlanStatus", to(3, "ADOPTED")).await,
        ["FORBIDDEN"]
    );
    let error = refused(&secretary, "changeControlPlanStatus", to(3, "ADOPTED")).await;
    assert_eq!(error["path"], json!(["adoptedOn"]));
    let mut adopt = to(3, "ADOPTED");
    adopt["adoptedOn"] = json!("2017-12-13");
    let adopted = secretary.done("changeControlPlanStatus", PLAN, adopt).await["controlPlan"].take();
    assert_eq!(
        (&adopted["status"], &adopted["validFrom"], &adopted["adoptedOn"]),
        (&json!("ADOPTED"), &json!("2017-12-13"), &json!("2017-12-13"))
    );
    let refusal = coordinator.refusal("addPlanPoint", add(4, 2)).await;
    assert!(
        ["INVALID", "ILLEGAL_TRANSITION"].contains(&refusal[0].as_str()),
        "{refusal:?}"
    );
    // What it promised is not rewritten.
    let rewrite = json!({ "id": point["id"], "expectedVersion": point["version"], "title": "En annan punkt" });
    assert_eq!(coordinator.refusal("updateControlPoint", rewrite).await, ["INVALID"]);
    // A year without an occasion does not begin.
    let begin = json!({ "id": year["id"], "expectedVersion": 1, "to": "RUNNING" });
    assert_eq!(coordinator.refusal("advanceControlYear", begin).await, ["INCOMPLETE"]);
}

async fn an_adopted_plan_changes_as_a_new_version(server: Server) {
    let controller = server.user("controller-ksf").await;
    let query = "query($on: Date) { department(code: \"KSF\") {
        controlPlan(year: 2017, on: $on) { id version planVersion status points { number } } } }";
    let plan = controller.data(query, json!({})).await["department"]["controlPlan"].take();
    let revise = json!({ "id": plan["id"], "expectedVersion": plan["version"] });
    let revised = controller.done("reviseControlPlan", PLAN, revise).await["controlPlan"].take();
    assert_eq!(
        (&revised["planVersion"], &revised["status"]),
        (&json!(2), &json!("DRAFT"))
    );
    assert_eq!(revised["points"].as_array().map(Vec::len), Some(4));
    // Until it is adopted, the first version is in force.
    let in_force = controller.data(query, json!({})).await["department"]["controlPlan"].take();
    assert_eq!(in_force["planVersion"], 1);
    let to = |version: &Json, to: &str| json!({ "id": revised["id"], "expectedVersion": version, "to": to });
    let head = server.user("head-ksf").await;
    let proposed = head
        .done("changeControlPlanStatus", PLAN, to(&revised["version"], "PROPOSED"))
        .await["controlPlan"]
        .take();
    let mut adopt = to(&proposed["version"], "ADOPTED");
    adopt["adoptedOn"] = json!("2018-02-01");
    let secretary = server.user("secretary-ks").await;
    secretary.done("changeControlPlanStatus", PLAN, adopt).await;
    let in_force = controller.data(query, json!({})).await["department"]["controlPlan"].take();
    assert_eq!(in_force["planVersion"], 2);
    let follow_ups = "{ departmentReport(departmentCode: \"KSF\", year: 2017) { followUps { number } } }";
    let data = controller.data(follow_ups, json!({})).await;
    assert_eq!(data["departmentReport"]["followUps"].as_array().map(Vec::len), Some(4));
}

async fn an_assessment_needs_its_rating_where_the_year_requires_one(server: Server) {
    let performer = server.user_of(EXEMPEL, "performer-ksf").await;
    let coordinator = server.user_of(EXEMPEL, "coordinator").await;
    let data = coordinator
        .data(
            "{ controlYear(year: 2017) { occasions { id } } followUps { nodes { id } } }",
            json!({}),
        )
        .await;
    let begin = json!({
        "followUpId": data["followUps"]["nodes"][0]["id"],
        "occasionId": data["controlYear"]["occasions"][0]["id"],
    });
    let begun = performer
        .done("beginAssessment", "assessment { id version status }", begin)
        .await["assessment"]
        .take();
    assert_eq!(begun["status"], "IN_PROGRESS");
    let mut assess = json!({ "assessmentId": begun["id"], "expectedVersion": 1, "conclusion": "Bra" });
    let error = refused(&performer, "assessFollowUp", assess.clone()).await;
    assert_eq!(error["path"], json!(["ratingCode"]));
    assess["ratingCode"] = json!("GREEN");
    let error = refused(&performer, "assessFollowUp", assess.clone()).await;
    assert_eq!(error["path"], json!(["ratingCode"]), "another municipality's code");
    assess["ratingCode"] = json!("DELVIS");
    performer
        .done("assessFollowUp", "assessment { status rating { code } }", assess)
        .await;
}

/// A new role from the beginning of 2018 for a user of Mjölby, in a department.
pub(crate) async fn grant(server: &Server, username: &str, role: &str, department: &str) {
    server
        .approve(&proposed_grant(server, username, role, department).await)
        .await;
}

/// Gives a user a role in a department, and answers what waits for a second administrator.
pub(crate) async fn proposed_grant(server: &Server, username: &str, role: &str, department: &str) -> Json {
    let administrator = server.user("administrator").await;
    let query = "query($code: String!) { department(code: $code) { id } }";
    let department = administrator.data(query, json!({ "code": department })).await;
    let input = json!({
        "userId": server.user_row(username).await["id"],
        "role": role,
        "departmentId": department["department"]["id"],
        "validFrom": "2018-01-01",
    });
    administrator
        .done("createRoleAssignment", "roleAssignment { accessChange { id } }", input)
        .await["roleAssignment"]["accessChange"]
        .take()
}

/// Lets the performer of KFF assess their one follow-up; answers the assessment.
pub(crate) async fn assess_kff(server: &Server) -> Json {
    let performer = server.user("performer-kff").await;
    let follow_up = follow_up(&performer, "KFF", "Krishantering").await;
    let assessment = &follow_up["assessments"][0];
    let input = json!({
        "assessmentId": assessment["id"],
        "expectedVersion": assessment["version"],
        "ratingCode": "GREEN",
        "conclusion": "Klart",
    });
    performer
        .done("assessFollowUp", "assessment { id version status }", input)
        .await["assessment"]
        .take()
}

async fn who_assessed_does_not_review(server: Server) {
    let assessment = assess_kff(&server).await;
    let performer = server.user("performer-kff").await;
    let review = json!({ "id": assessment["id"], "expectedVersion": assessment["version"] });
    assert_eq!(
        performer.refusal("reviewAssessment", review.clone()).await,
        ["FORBIDDEN"]
    );
    grant(&server, "performer-kff", "DEPARTMENT_CONTROLLER", "KFF").await;
    assert_eq!(
        performer.refusal("reviewAssessment", review.clone()).await,
        ["SEPARATION_OF_DUTIES"]
    );
    let mut back = review.clone();
    back["reason"] = json!("Görs om");
    assert_eq!(
        performer.refusal("sendBackAssessment", back).await,
        ["SEPARATION_OF_DUTIES"]
    );
    let head = server.user("head-kff").await;
    let done = head.done("reviewAssessment", "assessment { status }", review).await;
    assert_eq!(done["assessment"]["status"], "REVIEWED");
}

async fn an_assessment_is_sent_back_with_a_reason(server: Server) {
    let assessment = assess_kff(&server).await;
    let head = server.user("head-kff").await;
    let mut back = json!({ "id": assessment["id"], "expectedVersion": assessment["version"], "reason": "" });
    let error = refused(&head, "sendBackAssessment", back.clone()).await;
    assert_eq!(error["path"], json!(["reason"]));
    back["reason"] = json!("Slutsatsen saknar underlag");
    let done = head
        .done("sendBackAssessment", "assessment { status version }", back)
        .await;
    assert_eq!(done["assessment"]["status"], "IN_PROGRESS");
    let review = json!({ "id": assessment["id"], "expectedVersion": done["assessment"]["version"] });
    let error = refused(&head, "reviewAssessment", review).await;
    assert_eq!(error["code"], "ILLEGAL_TRANSITION");
    assert_eq!(error["from"], "IN_PROGRESS");
}

const FINDING: &str = "finding { id version status }";

/// A finding of KSF's crisis point, registered by its performer.
async fn new_finding(performer: &Client) -> Json {
    let crisis = follow_up(performer, "KSF", "Krishantering").await;
    let input = json!({ "followUpId": crisis["id"], "title": "En brist", "severity": "LOW" });
    performer.done("registerFinding", FINDING, input).await["finding"].take()
}

/// Moves a finding on; answers it as it is then.
async fn move_finding(client: &Client, finding: &Json, to: &str) -> Json {
    let input = json!({ "id": finding["id"], "expectedVersion": finding["version"], "to": to });
    client.done("changeFindingStatus", FINDING, input).await["finding"].take()
}

async fn a_finding_goes_its_way_and_no_other(server: Server) {
    let performer = server.user("performer-ksf").await;
    let finding = new_finding(&performer).await;
    for to in ["RESOLVED", "VERIFIED", "OPEN"] {
        let input = json!({ "id": finding["id"], "expectedVersion": 1, "to": to });
        let error = refused(&performer, "changeFindingStatus", input).await;
        assert_eq!(
            (&error["code"], &error["from"]),
            (&json!("ILLEGAL_TRANSITION"), &json!("OPEN")),
            "{to}"
        );
        assert_eq!(error["allowed"], json!(["ACTION_PLANNED", "ACCEPTED"]));
    }
    let plan = json!({ "id": finding["id"], "expectedVersion": 1, "to": "ACTION_PLANNED" });
    let error = refused(&performer, "changeFindingStatus", plan).await;
    assert_eq!(error["code"], "INCOMPLETE", "there is no action yet");
}

/// A finding that the performer has mended.
async fn resolved_finding(performer: &Client) -> Json {
    let finding = new_finding(performer).await;
    let action = json!({ "findingId": finding["id"], "title": "En åtgärd" });
    performer
        .done("createCorrectiveAction", "correctiveAction { id }", action)
        .await;
    let finding = json!({ "id": finding["id"], "version": version(performer, &finding["id"], "Finding").await });
    let finding = move_finding(performer, &finding, "ACTION_PLANNED").await;
    move_finding(performer, &finding, "RESOLVED").await
}

async fn who_mended_a_finding_does_not_verify_it(server: Server) {
    let performer = server.user("performer-ksf").await;
    let finding = resolved_finding(&performer).await;
    let verify = json!({ "id": finding["id"], "expectedVersion": finding["version"], "to": "VERIFIED" });
    assert_eq!(
        performer.refusal("changeFindingStatus", verify.clone()).await,
        ["SEPARATION_OF_DUTIES"]
    );
    // Nor do they have it forgotten that it was them, by saying that it failed.
    let mut failed = verify.clone();
    failed["to"] = json!("OPEN");
    failed["reason"] = json!("Kvarstår");
    assert_eq!(
        performer.refusal("changeFindingStatus", failed).await,
        ["SEPARATION_OF_DUTIES"]
    );
    let controller = server.user("controller-ksf").await;
    let verified = controller.done("changeFindingStatus", FINDING, verify).await;
    assert_eq!(verified["finding"]["status"], "VERIFIED");
}

async fn a_finding_is_accepted_by_the_head_with_a_reason(server: Server) {
    let performer = server.user("performer-ksf").await;
    let finding = new_finding(&performer).await;
    let mut accept = json!({ "id": finding["id"], "expectedVersion": 1, "to": "ACCEPTED" });
    let refusal = performer.refusal("changeFindingStatus", accept.clone()).await;
    assert!(refusal.contains(&"FORBIDDEN".to_owned()), "{refusal:?}");
    let head = server.user("head-ksf").await;
    let error = refused(&head, "changeFindingStatus", accept.clone()).await;
    assert_eq!(error["path"], json!(["reason"]));
    accept["reason"] = json!("Risken är liten");
    let accepted = head.done("changeFindingStatus", FINDING, accept).await["finding"].take();
    assert_eq!(accepted["status"], "ACCEPTED");
    let open = json!({ "id": finding["id"], "expectedVersion": accepted["version"], "to": "OPEN" });
    let error = refused(&head, "changeFindingStatus", open).await;
    assert_eq!((&error["from"], &error["allowed"]), (&json!("ACCEPTED"), &json!([])));
}

const ACTION: &str =
    "correctiveAction { id version status dueOn originalDueOn overdue extensions { toDate reason decidedBy } }";

async fn new_action(performer: &Client) -> Json {
    let crisis = follow_up(performer, "KSF", "Krishantering").await;
    let input = json!({ "followUpId": crisis["id"], "title": "En åtgärd", "dueOn": "2018-02-01" });
    performer.done("createCorrectiveAction", ACTION, input).await["correctiveAction"].take()
}

async fn an_action_is_extended_and_keeps_its_first_date(server: Server) {
    let performer = server.user("performer-ksf").await;
    let action = new_action(&performer).await;
    assert_eq!(action["overdue"], true);
    let mut extend = json!({
        "id": action["id"],
        "expectedVersion": action["version"],
        "dueOn": "2018-01-01",
        "reason": "Leveransen är försenad",
        "decidedBy": "Förvaltningschef",
    });
    let error = refused(&performer, "extendCorrectiveAction", extend.clone()).await;
    assert_eq!(error["path"], json!(["dueOn"]));
    extend["dueOn"] = json!("2018-06-30");
    let extended = performer.done("extendCorrectiveAction", ACTION, extend).await["correctiveAction"].take();
    assert_eq!(
        (&extended["dueOn"], &extended["originalDueOn"], &extended["overdue"]),
        (&json!("2018-06-30"), &json!("2018-02-01"), &json!(false))
    );
    assert_eq!(extended["extensions"][0]["decidedBy"], "Förvaltningschef");
}

async fn who_carried_out_an_action_does_not_verify_it(server: Server) {
    let performer = server.user("performer-ksf").await;
    let action = new_action(&performer).await;
    let to = |action: &Json, to: &str| json!({ "id": action["id"], "expectedVersion": action["version"], "to": to });
    let error = refused(&performer, "changeCorrectiveActionStatus", to(&action, "VERIFIED")).await;
    assert_eq!(
        (&error["from"], &error["allowed"]),
        (&json!("PLANNED"), &json!(["ONGOING", "CANCELLED"]))
    );
    let ongoing = performer
        .done("changeCorrectiveActionStatus", ACTION, to(&action, "ONGOING"))
        .await["correctiveAction"]
        .take();
    let error = refused(&performer, "changeCorrectiveActionStatus", to(&ongoing, "DONE")).await;
    assert_eq!(error["path"], json!(["doneOn"]));
    let mut done = to(&ongoing, "DONE");
    done["doneOn"] = json!({ "earliest": "2018-02-14", "latest": "2018-02-14", "text": "2018-02-14" });
    let done = performer.done("changeCorrectiveActionStatus", ACTION, done).await["correctiveAction"].take();
    let verify = to(&done, "VERIFIED");
    assert_eq!(
        performer.refusal("changeCorrectiveActionStatus", verify.clone()).await,
        ["SEPARATION_OF_DUTIES"]
    );
    // Nor do they have it forgotten that it was them, by saying that it failed.
    let mut failed = to(&done, "ONGOING");
    failed["reason"] = json!("Kvarstår");
    assert_eq!(
        performer.refusal("changeCorrectiveActionStatus", failed).await,
        ["SEPARATION_OF_DUTIES"]
    );
    let head = server.user("head-ksf").await;
    let verified = head.done("changeCorrectiveActionStatus", ACTION, verify).await;
    assert_eq!(verified["correctiveAction"]["status"], "VERIFIED");
}

const REPORT: &str = "departmentReport { id version status contentHash }";

/// A draft of KFF's report.
pub(crate) async fn draft_kff(server: &Server) -> Json {
    let controller = server.user("controller-kff").await;
    let query = "{ department(code: \"KFF\") { id } controlYear(year: 2017) { occasions { id } } }";
    let data = controller.data(query, json!({})).await;
    let input = json!({
        "departmentId": data["department"]["id"],
        "occasionId": data["controlYear"]["occasions"][0]["id"],
        "title": "Uppföljning 2017",
    });
    controller.done("createDepartmentReport", REPORT, input).await["departmentReport"].take()
}

fn same(report: &Json) -> Json {
    json!({ "id": report["id"], "expectedVersion": report["version"] })
}

async fn a_report_is_submitted_when_complete_or_explained(server: Server) {
    let controller = server.user("controller-kff").await;
    let draft = draft_kff(&server).await;
    assert_eq!(draft["contentHash"], Json::Null);
    let error = refused(&controller, "submitDepartmentReport", same(&draft)).await;
    assert_eq!(error["code"], "INCOMPLETE");
    let missing = error["missing"].as_array().expect("what is missing");
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(missing[0].as_str().is_some_and(|line| line.contains("Krishantering")));
    let point = follow_up(&controller, "KFF", "Krishantering").await["point"]["id"].take();
    let explain = json!({
        "reportId": draft["id"],
        "expectedVersion": draft["version"],
        "controlPointId": point,
        "explanation": "Kontrollen görs i mars",
    });
    let explained = controller.done("explainGap", REPORT, explain).await["departmentReport"].take();
    let submitted = controller
        .done("submitDepartmentReport", REPORT, same(&explained))
        .await;
    assert_eq!(submitted["departmentReport"]["status"], "SUBMITTED");
}

/// What follow-ups say, frozen and live, in one order.
const SHAPES: &str = "number point { title scope process purpose scopeText method schedule responsibleFunctions }
    checks { title method result } reviews { title conditions scopeText dated registrationNumber }
    findings { title description severity severityBasis acceptedReason reopenedReason }
    actions { title description responsibleFunction dueOn reopenedReason cancelledReason
        extensions { fromDate toDate reason decidedBy } }";

fn ordered(follow_ups: &Json) -> Vec<Json> {
    let mut follow_ups = follow_ups.as_array().cloned().expect("follow-ups");
    for follow_up in &mut follow_ups {
        for list in ["findings", "actions"] {
            let list = follow_up[list].as_array_mut().expect("a list");
            list.sort_by_key(ToString::to_string);
        }
    }
    follow_ups
}

async fn what_is_frozen_says_what_the_follow_ups_say(server: Server) {
    let performer = server.user("performer-kff").await;
    let controller = server.user("controller-kff").await;
    let crisis = follow_up(&performer, "KFF", "Krishantering").await;
    let finding = json!({
        "followUpId": crisis["id"], "title": "Planen saknas", "severity": "LOW", "severityBasis": "Vår läsning",
    });
    let finding = performer
        .done("registerFinding", "finding { id version }", finding)
        .await["finding"]
        .take();
    let action = json!({
        "findingId": finding["id"], "title": "Skriv planen", "description": "Med alla enheter", "dueOn": "2018-03-01",
    });
    let fields = "correctiveAction { id version }";
    let action = performer.done("createCorrectiveAction", fields, action).await["correctiveAction"].take();
    let extend = json!({
        "id": action["id"], "expectedVersion": action["version"], "dueOn": "2018-06-01",
        "reason": "Sjukdom", "decidedBy": "Förvaltningschefen",
    });
    controller.done("extendCorrectiveAction", fields, extend).await;
    let draft = draft_kff(&server).await;
    let explain = json!({
        "reportId": draft["id"],
        "expectedVersion": draft["version"],
        "controlPointId": crisis["point"]["id"],
        "explanation": "Kontrollen görs i mars",
    });
    let explained = controller.done("explainGap", REPORT, explain).await["departmentReport"].take();
    controller
        .done("submitDepartmentReport", REPORT, same(&explained))
        .await;
    for (reader, code) in [("head-kff", "KFF"), ("head-ksf", "KSF")] {
        let query = format!(
            "{{ departmentReport(departmentCode: \"{code}\", year: 2017) {{
                followUps {{ {SHAPES} }} frozen {{ followUps {{ {SHAPES} }} }} }} }}"
        );
        let data = server.user(reader).await.data(&query, json!({})).await["departmentReport"].take();
        let frozen = ordered(&data["frozen"]["followUps"]);
        assert_eq!(frozen, ordered(&data["followUps"]), "{code}");
        let text = json!(frozen).to_string();
        let said = if code == "KFF" {
            ["Vår läsning", "Med alla enheter", "Sjukdom"]
        } else {
            ["Samsyns läsning", "Slutet av maj", "scopeText"]
        };
        for said in said {
            assert!(text.contains(said), "{code}: {said}");
        }
    }
}

async fn what_is_reviewed_is_no_gap(server: Server) {
    let controller = server.user("controller-kff").await;
    let draft = draft_kff(&server).await;
    let explain = |report: &Json, point: &Json| {
        json!({
            "reportId": report["id"],
            "expectedVersion": report["version"],
            "controlPointId": point["id"],
            "explanation": "Kontrollen görs i mars",
        })
    };
    let crisis = follow_up(&controller, "KFF", "Krishantering").await;
    let input = explain(&draft, &crisis["point"]);
    let draft = controller.done("explainGap", REPORT, input).await["departmentReport"].take();
    let gaps = "{ departmentReport(departmentCode: \"KFF\", year: 2017) { gaps { point { title } explanation } } }";
    let expected = json!([{ "point": { "title": "Krishantering" }, "explanation": "Kontrollen görs i mars" }]);
    let read = controller.data(gaps, json!({})).await;
    assert_eq!(read["departmentReport"]["gaps"], expected);
    let assessment = assess_kff(&server).await;
    let review = json!({ "id": assessment["id"], "expectedVersion": assessment["version"] });
    let head = server.user("head-kff").await;
    head.done("reviewAssessment", "assessment { status }", review).await;
    let error = refused(&controller, "explainGap", explain(&draft, &crisis["point"])).await;
    assert_eq!(error["code"], "INVALID");
    assert_eq!(error["path"], json!(["controlPointId"]));
    // What was not needed in the end goes no further than the draft.
    controller.done("submitDepartmentReport", REPORT, same(&draft)).await;
    let read = controller.data(gaps, json!({})).await;
    assert_eq!(read["departmentReport"]["gaps"], json!([]));
}

async fn a_submitted_report_is_frozen(server: Server) {
    let controller = server.user("controller-ksf").await;
    let report = report(&controller, "KSF").await;
    let mut change = same(&report);
    change["title"] = json!("En annan rubrik");
    let error = refused(&controller, "updateDepartmentReport", change).await;
    assert!(["INVALID", "ILLEGAL_TRANSITION"].contains(&error["code"].as_str().unwrap_or_default()));
    let frozen = "{ departmentReport(departmentCode: \"KSF\", year: 2017) { contentHash
        followUps { number checks { title } } frozen { followUps { number checks { title } findings { title withheld { ground } } } } } }";
    let before = controller.data(frozen, json!({})).await["departmentReport"].take();
    // What is done afterwards shows among the follow-ups as they are now, and not in what was submitted.
    let performer = server.user("performer-ksf").await;
    let crisis = follow_up(&performer, "KSF", "Krishantering").await;
    let check = json!({ "followUpId": crisis["id"], "title": "En senare kontroll" });
    performer.done("registerCheck", "check { id }", check).await;
    let after = controller.data(frozen, json!({})).await["departmentReport"].take();
    assert_eq!(before["frozen"], after["frozen"]);
    assert_eq!(before["contentHash"], after["contentHash"]);
    assert_eq!(after["followUps"][0]["checks"].as_array().map(Vec::len), Some(2));
    // Marked findings are withheld in it too.
    let coordinator = server.user("coordinator").await;
    let seen = coordinator.data(frozen, json!({})).await["departmentReport"].take();
    let findings = seen["frozen"]["followUps"][3]["findings"]
        .as_array()
        .cloned()
        .expect("findings");
    let withheld = findings.iter().filter(|finding| !finding["withheld"].is_null());
    assert_eq!(withheld.count(), 11);
    assert!(
        findings
            .iter()
            .all(|finding| finding["withheld"].is_null() != finding["title"].is_null())
    );
}

async fn who_wrote_a_report_does_not_propose_it(server: Server) {
    grant(&server, "controller-osf", "DEPARTMENT_HEAD", "OSF").await;
    let controller = server.user("controller-osf").await;
    let report = report(&controller, "OSF").await;
    assert_eq!(
        controller.refusal("proposeDepartmentReport", same(&report)).await,
        ["SEPARATION_OF_DUTIES"]
    );
    let head = server.user("head-osf").await;
    head.done("proposeDepartmentReport", REPORT, same(&report)).await;
}

/// A decision of the board of OSF about its report.
pub(crate) fn decision(report: &Json, hash: &Json) -> Json {
    json!({
        "reportId": report["id"],
        "reportContentHash": hash,
        "reportStatus": "DECIDED",
        "stage": "DECISION",
        "body": "Nämnden",
        "committeeId": report["committee"]["id"],
        "meetingDate": "2018-02-14",
        "items": [{ "text": "Godkänns", "nature": "DECISION", "outcome": "APPROVED" }],
    })
}

async fn a_decision_is_bound_to_the_reports_content(server: Server) {
    let head = server.user("head-osf").await;
    let submitted = report(&head, "OSF").await;
    let secretary = server.user("secretary-committees").await;
    head.done("proposeDepartmentReport", REPORT, same(&submitted)).await;
    let other = decision(&submitted, &json!("0".repeat(64)));
    assert_eq!(secretary.refusal("recordDecision", other).await, ["CONFLICT"]);
    assert_eq!(report(&head, "OSF").await["status"], "PROPOSED");
    let mut undated = decision(&submitted, &submitted["contentHash"]);
    undated["meetingDate"] = Json::Null;
    let error = refused(&secretary, "recordDecision", undated).await;
    assert_eq!(error["path"], json!(["meetingDate"]));
    let same = decision(&submitted, &submitted["contentHash"]);
    secretary
        .done("recordDecision", "decision { id contentHash }", same)
        .await;
    assert_eq!(report(&head, "OSF").await["status"], "DECIDED");
}

async fn a_board_with_a_working_committee_decides_after_it(server: Server) {
    let secretary = server.user("secretary-ks").await;
    let recommended = report(&secretary, "KSF").await;
    assert_eq!(recommended["status"], "RECOMMENDED");
    let mut decide = decision(&recommended, &recommended["contentHash"]);
    decide["body"] = json!("Kommunstyrelsen");
    secretary.done("recordDecision", "decision { id }", decide).await;
    assert_eq!(report(&secretary, "KSF").await["status"], "DECIDED");
}

async fn a_report_referred_back_is_written_anew(server: Server) {
    let secretary = server.user("secretary-ks").await;
    let recommended = report(&secretary, "KSF").await;
    let mut back = decision(&recommended, &recommended["contentHash"]);
    back["reportStatus"] = json!("REFERRED_BACK");
    back["items"] = json!([{ "text": "Återremitteras", "nature": "DECISION", "outcome": "REFERRED_BACK" }]);
    secretary.done("recordDecision", "decision { id }", back).await;
    let controller = server.user("controller-ksf").await;
    let referred = report(&controller, "KSF").await;
    assert_eq!(referred["status"], "REFERRED_BACK");
    let reopened = controller.done("reopenDepartmentReport", REPORT, same(&referred)).await["departmentReport"].take();
    assert_eq!(
        (&reopened["status"], &reopened["contentHash"]),
        (&json!("DRAFT"), &Json::Null)
    );
    // A draft is not laid before anybody.
    let member = server.user("member-ks").await;
    assert_eq!(report(&member, "KSF").await, Json::Null);
    let mut change = same(&reopened);
    change["summary"] = json!("Omarbetad");
    let changed = controller.done("updateDepartmentReport", REPORT, change).await["departmentReport"].take();
    let again = controller.done("submitDepartmentReport", REPORT, same(&changed)).await["departmentReport"].take();
    assert_ne!(again["contentHash"], recommended["contentHash"]);
}

async fn only_a_decided_report_is_published(server: Server) {
    let registrar = server.user("registrar").await;
    let recommended = report(&registrar, "KSF").await;
    let error = refused(&registrar, "publishDepartmentReport", same(&recommended)).await;
    assert!(["ILLEGAL_TRANSITION", "INVALID"].contains(&error["code"].as_str().unwrap_or_default()));
    let published = report(&registrar, "UTB").await;
    let refusal = registrar.refusal("publishDepartmentReport", same(&published)).await;
    assert_eq!(refusal.len(), 1, "twice");
}
