//! The year 2017, of seven departments.

use serde_json::{Value as Json, json};

use super::world::World;
use crate::api::with;

/// The departments: the first is the executive board's own.
pub(super) const DEPARTMENTS: [&str; 7] = ["F1", "F2", "F3", "F4", "F5", "F6", "F7"];

/// The committee that a department answers to.
pub(super) fn committee_of(department: &str) -> String {
    match department {
        "F1" => "KS".to_owned(),
        other => other.replace('F', "N"),
    }
}

/// Somebody of a department.
pub(super) fn of(role: &str, department: &str) -> String {
    format!("{role}-{}", department.to_lowercase())
}

/// Committees, departments, and the people with their roles: the ones who read confidential content once a second
/// administrator has approved it.
pub(super) async fn organise(world: &mut World) {
    world.on("2016-11-01").await;
    let committee =
        |code: &str, kind: &str, parent: Json| json!({ "code": code, "name": code, "kind": kind, "parentId": parent });
    world
        .act(
            "administrator",
            "createCommittee",
            "committee",
            committee("KS", "EXECUTIVE_BOARD", Json::Null),
            "KS",
        )
        .await;
    let board = world.id("KS");
    world
        .act(
            "administrator",
            "createCommittee",
            "committee",
            committee("KSAU", "WORKING_COMMITTEE", board),
            "KSAU",
        )
        .await;
    for (position, code) in (1..).zip(DEPARTMENTS) {
        let input = json!({ "code": code, "name": code, "kind": "DEPARTMENT", "position": position });
        world
            .act("administrator", "createDepartment", "department", input, code)
            .await;
        let answers_to = committee_of(code);
        if answers_to != "KS" {
            let input = committee(&answers_to, "COMMITTEE", Json::Null);
            world
                .act("administrator", "createCommittee", "committee", input, &answers_to)
                .await;
        }
        let input =
            json!({ "departmentId": world.id(code), "committeeId": world.id(&answers_to), "validFrom": "2016-01-01" });
        world
            .act(
                "administrator",
                "createDepartmentPeriod",
                "departmentPeriod",
                input,
                "period",
            )
            .await;
    }
    person(world, "administrator-2", "ADMINISTRATOR", json!({})).await;
    person(world, "coordinator", "COORDINATOR", json!({})).await;
    person(world, "registrar", "REGISTRAR", json!({})).await;
    for (username, role) in [("secretary", "COMMITTEE_SECRETARY"), ("member", "COMMITTEE_MEMBER")] {
        let at = json!({ "committeeId": world.id("KS") });
        person(world, username, role, at).await;
    }
    for code in &DEPARTMENTS[1..] {
        let at = json!({ "committeeId": world.id(&committee_of(code)) });
        role(world, "secretary", "COMMITTEE_SECRETARY", at).await;
    }
    for code in DEPARTMENTS {
        for (name, held) in [
            ("controller", "DEPARTMENT_CONTROLLER"),
            ("performer", "PERFORMER"),
            ("head", "DEPARTMENT_HEAD"),
        ] {
            let at = json!({ "departmentId": world.id(code) });
            person(world, &of(name, code), held, at).await;
        }
    }
    world.keep("people", json!({}));
}

/// Somebody new with a role; whether that took another administrator's approval.
async fn person(world: &mut World, username: &str, held: &str, at: Json) -> bool {
    let input = json!({ "username": username, "name": username });
    world.act("administrator", "createUser", "user", input, username).await;
    role(world, username, held, at).await
}

/// Gives a role, where and when `at` says; whether that took another administrator's approval.
async fn role(world: &mut World, username: &str, held: &str, at: Json) -> bool {
    let mut input = json!({ "userId": world.id(username), "role": held, "validFrom": "2016-11-01" });
    for (key, value) in at.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    let selected = "roleAssignment accessChange { id version }";
    let granted = world
        .act("administrator", "createRoleAssignment", selected, input, "granted")
        .await;
    let waits = !granted["accessChange"].is_null();
    if waits {
        world.keep("change", granted["accessChange"].clone());
        world
            .take(
                "administrator-2",
                "approveAccessChange",
                "accessChange version",
                "change",
                json!({}),
            )
            .await;
    }
    waits
}

const PLAN: &str = "controlPlan version status";

/// The year with its occasions and scale, the shared plan, and each department's with a point of its own.
pub(super) async fn plan(world: &mut World) {
    world.on("2016-11-15").await;
    let input = json!({ "year": 2017, "ratingBasis": "RESULT", "riskMaximum": 4 });
    world
        .act("coordinator", "createControlYear", "controlYear version", input, "year")
        .await;
    for (position, code, due) in [(1, "DELAR", "2017-08-31"), (2, "HELAR", "2018-01-31")] {
        let input = json!({
            "controlYearId": world.id("year"), "code": code, "label": code, "position": position, "dueOn": due,
        });
        world
            .act(
                "coordinator",
                "createReportingOccasion",
                "reportingOccasion version",
                input,
                code,
            )
            .await;
    }
    let levels = json!([{ "code": "GRON" }, { "code": "GUL" }, { "code": "ROD" }]);
    let object = world.object("year");
    let input = json!({ "controlYearId": object["id"], "expectedVersion": object["version"], "levels": levels });
    world
        .act(
            "coordinator",
            "setRatingScale",
            "controlYear version phase",
            input,
            "year",
        )
        .await;
    shared_plan(world).await;
    for code in DEPARTMENTS {
        department_plan(world, code).await;
    }
    let advance = json!({ "to": "RUNNING" });
    world.on("2017-01-02").await;
    world
        .take(
            "coordinator",
            "advanceControlYear",
            "controlYear version phase",
            "year",
            advance,
        )
        .await;
}

async fn shared_plan(world: &mut World) {
    let input = json!({ "controlYearId": world.id("year"), "scope": "SHARED", "committeeId": world.id("KS") });
    world
        .act("coordinator", "createControlPlan", PLAN, input, "shared")
        .await;
    for (number, title) in [(1, "Krishantering"), (2, "Inköp")] {
        let input = json!({ "controlYearId": world.id("year"), "scope": "SHARED", "title": title });
        world
            .act("coordinator", "createControlPoint", "controlPoint", input, title)
            .await;
        let plan = world.object("shared");
        let input = json!({
            "controlPlanId": plan["id"], "expectedVersion": plan["version"], "controlPointId": world.id(title), "number": number,
        });
        world.act("coordinator", "addPlanPoint", PLAN, input, "shared").await;
    }
    let input =
        json!({ "controlPointId": world.id("Inköp"), "departmentId": world.id("F7"), "reason": "Gör inga inköp" });
    world
        .act("coordinator", "createExemption", "exemption", input, "exemption")
        .await;
    world
        .take(
            "coordinator",
            "changeControlPlanStatus",
            PLAN,
            "shared",
            json!({ "to": "PROPOSED" }),
        )
        .await;
    let adopt = json!({ "to": "ADOPTED", "adoptedOn": "2016-11-14" });
    world
        .take("secretary", "changeControlPlanStatus", PLAN, "shared", adopt)
        .await;
}

async fn department_plan(world: &mut World, code: &str) {
    let (controller, head) = (of("controller", code), of("head", code));
    let (year, department) = (world.id("year"), world.id(code));
    let risk = json!({
        "controlYearId": year, "departmentId": department, "description": format!("Risk i {code}"),
        "category": "Verksamhet", "likelihood": 3, "consequence": 4, "treatment": "CONTROL",
    });
    world
        .act_beside(&controller, &["coordinator"], "createRisk", "risk value", risk, "risk")
        .await;
    assert_eq!(world.object("risk")["value"], 12);
    let input = json!({
        "controlYearId": year, "scope": "DEPARTMENT", "committeeId": world.id(&committee_of(code)), "departmentId": department,
    });
    let plan = format!("plan-{code}");
    let made = world
        .act(
            &controller,
            "createControlPlan",
            "controlPlan version points { number }",
            input,
            &plan,
        )
        .await;
    let shared = if code == "F7" { 1 } else { 2 };
    assert_eq!(
        made["points"].as_array().map(Vec::len),
        Some(shared),
        "the shared points are there at once"
    );
    let input = json!({
        "controlYearId": year, "scope": "DEPARTMENT", "departmentId": department, "title": format!("Egen punkt i {code}"),
        "riskIds": [world.id("risk")],
    });
    let point = format!("point-{code}");
    world
        .act(&controller, "createControlPoint", "controlPoint", input, &point)
        .await;
    let object = world.object(&plan);
    let input = json!({
        "controlPlanId": object["id"], "expectedVersion": object["version"], "controlPointId": world.id(&point), "number": 3,
    });
    world.act(&controller, "addPlanPoint", PLAN, input, &plan).await;
    world
        .take(
            &head,
            "changeControlPlanStatus",
            PLAN,
            &plan,
            json!({ "to": "PROPOSED" }),
        )
        .await;
    let adopt = json!({ "to": "ADOPTED", "adoptedOn": "2016-11-14" });
    world
        .take("secretary", "changeControlPlanStatus", PLAN, &plan, adopt)
        .await;
}

/// The points that apply to a department.
fn points_of(code: &str) -> Vec<String> {
    let own = format!("point-{code}");
    match code {
        "F7" => vec!["Krishantering".to_owned(), own],
        _ => vec!["Krishantering".to_owned(), "Inköp".to_owned(), own],
    }
}

/// Follow-ups are started and assigned; each has a check, and the first department's crisis plan a finding and the exercise.
pub(super) async fn carry_out(world: &mut World) {
    world.on("2017-03-01").await;
    for code in DEPARTMENTS {
        let (controller, performer) = (of("controller", code), of("performer", code));
        for point in points_of(code) {
            let input = json!({
                "controlPointId": world.id(&point), "departmentId": world.id(code), "performerIds": [world.id(&performer)],
            });
            let follow_up = format!("follow-up-{code}-{point}");
            world
                .act(&controller, "startFollowUp", "followUp version", input, &follow_up)
                .await;
            let input = json!({ "followUpId": world.id(&follow_up), "title": "Stickprov", "population": 40, "sampleSize": 10, "deviations": 0 });
            world
                .act_beside(
                    &performer,
                    &[controller.as_str()],
                    "registerCheck",
                    "check version",
                    input,
                    "check",
                )
                .await;
        }
    }
    let follow_up = world.id("follow-up-F1-Krishantering");
    let input = json!({ "followUpId": follow_up, "title": "Krisledningen är inte övad", "severity": "HIGH", "area": "Beredskap" });
    world
        .act_beside(
            "performer-f1",
            &["controller-f1"],
            "registerFinding",
            "finding version",
            input,
            "finding",
        )
        .await;
    let input = json!({ "findingId": world.id("finding"), "title": "Krisövning under 2018", "dueOn": "2018-12-31" });
    let also = &["controller-f1"];
    world
        .act_beside(
            "performer-f1",
            also,
            "createCorrectiveAction",
            "correctiveAction version",
            input,
            "exercise",
        )
        .await;
}

/// Assesses and reviews what a department has to report at an occasion, but for those points that are left out.
async fn assess(world: &mut World, code: &str, occasion: &str, left_out: &[&str]) {
    let (controller, performer, head) = (of("controller", code), of("performer", code), of("head", code));
    for point in points_of(code)
        .into_iter()
        .filter(|point| !left_out.contains(&point.as_str()))
    {
        let input =
            json!({ "followUpId": world.id(&format!("follow-up-{code}-{point}")), "occasionId": world.id(occasion) });
        world
            .act(
                &performer,
                "beginAssessment",
                "assessment version status",
                input,
                "assessment",
            )
            .await;
        let object = world.object("assessment");
        let input = json!({
            "assessmentId": object["id"], "expectedVersion": object["version"],
            "ratingCode": if occasion == "DELAR" { "GUL" } else { "GRON" }, "conclusion": "Fungerar",
        });
        world
            .act(
                &performer,
                "assessFollowUp",
                "assessment version status",
                input,
                "assessment",
            )
            .await;
        if code == "F2" && point == "Inköp" && occasion == "HELAR" {
            let reason = json!({ "reason": "Underlaget saknas" });
            let also = &[head.as_str()];
            let sent = world
                .take_beside(
                    &controller,
                    also,
                    "sendBackAssessment",
                    "assessment version status",
                    "assessment",
                    reason,
                )
                .await;
            assert_eq!(sent["status"], "IN_PROGRESS");
            let input = json!({
                "assessmentId": sent["id"], "expectedVersion": sent["version"], "ratingCode": "GRON", "conclusion": "Med underlag",
            });
            world
                .act(
                    &performer,
                    "assessFollowUp",
                    "assessment version status",
                    input,
                    "assessment",
                )
                .await;
        }
        let also = &[head.as_str()];
        world
            .take_beside(
                &controller,
                also,
                "reviewAssessment",
                "assessment version status",
                "assessment",
                json!({}),
            )
            .await;
    }
}

const REPORT: &str = "departmentReport version status contentHash";

async fn submit(world: &mut World, code: &str, occasion: &str) -> String {
    let controller = of("controller", code);
    let input = json!({ "departmentId": world.id(code), "occasionId": world.id(occasion), "title": format!("Redovisning {occasion}") });
    let report = format!("report-{code}-{occasion}");
    world
        .act(&controller, "createDepartmentReport", REPORT, input, &report)
        .await;
    world
        .take(&controller, "submitDepartmentReport", REPORT, &report, json!({}))
        .await;
    report
}

/// What a committee makes of a report.
async fn decide(world: &mut World, report: &str, committee: &str, stage: &str, to: &str, day: &str) {
    let object = world.object(report).clone();
    let input = json!({
        "reportId": object["id"], "reportContentHash": object["contentHash"], "stage": stage, "body": committee,
        "committeeId": world.id(committee), "meetingDate": day, "section": "7", "reportStatus": to,
        "items": [{ "text": "Enligt förslaget.", "nature": "DECISION", "outcome": if to == "REFERRED_BACK" { "REFERRED_BACK" } else { "APPROVED" } }],
        "recipients": [{ "name": "Revisionen" }],
    });
    let selected = "decision report { id version status contentHash }";
    let decision = world
        .act("secretary", "recordDecision", selected, input, "decision")
        .await;
    assert_eq!(decision["report"]["status"], *to, "{decision:#}");
    world.keep(report, decision["report"].clone());
}

async fn propose(world: &mut World, report: &str, code: &str) {
    world
        .take(&of("head", code), "proposeDepartmentReport", REPORT, report, json!({}))
        .await;
}

/// The mid-year occasion: the sixth department is late, and has explained it when it reports.
pub(super) async fn report_half_the_year(world: &mut World) {
    world.on("2017-08-20").await;
    for code in DEPARTMENTS.into_iter().filter(|code| *code != "F6") {
        assess(world, code, "DELAR", &[]).await;
        submit(world, code, "DELAR").await;
    }
    world.on("2017-09-05").await;
    let coordinator = world.user("coordinator").await;
    let query = "{ jointFollowUp(year: 2017, occasion: \"DELAR\") { complete missing { department { code } } } }";
    let joint = coordinator.data(query, json!({})).await["jointFollowUp"].take();
    assert_eq!(joint["complete"], false);
    assert_eq!(
        joint["missing"],
        json!([{ "department": { "code": "F6" } }, { "department": { "code": "F6" } }])
    );
    assess(world, "F6", "DELAR", &["Inköp"]).await;
    let input = json!({ "departmentId": world.id("F6"), "occasionId": world.id("DELAR"), "title": "Redovisning, sen" });
    world
        .act("controller-f6", "createDepartmentReport", REPORT, input, "late")
        .await;
    let late = world.object("late").clone();
    let client = world.user("controller-f6").await;
    let submit = json!({ "id": late["id"], "expectedVersion": late["version"] });
    let refusal = client.refused("submitDepartmentReport", submit).await;
    assert_eq!(refusal[0]["missing"], json!(["2. Inköp: not begun"]));
    let input = json!({
        "reportId": late["id"], "expectedVersion": late["version"], "controlPointId": world.id("Inköp"), "explanation": "Vakans",
    });
    world.act("controller-f6", "explainGap", REPORT, input, "late").await;
    world
        .take("controller-f6", "submitDepartmentReport", REPORT, "late", json!({}))
        .await;
}

/// The annual occasion: the third department's report is referred back and comes again, with another hash.
pub(super) async fn report_the_year(world: &mut World) {
    world.on("2018-01-15").await;
    auditor(world).await;
    world
        .take(
            "coordinator",
            "advanceControlYear",
            "controlYear version phase",
            "year",
            json!({ "to": "REPORTING" }),
        )
        .await;
    for code in DEPARTMENTS {
        assess(world, code, "HELAR", &[]).await;
        let report = submit(world, code, "HELAR").await;
        propose(world, &report, code).await;
        if code == "F3" {
            let before = world.object(&report)["contentHash"].clone();
            decide(world, &report, "N3", "DECISION", "REFERRED_BACK", "2018-01-14").await;
            world
                .take("controller-f3", "reopenDepartmentReport", REPORT, &report, json!({}))
                .await;
            let more = json!({ "summary": "Omarbetad" });
            world
                .take("controller-f3", "updateDepartmentReport", REPORT, &report, more)
                .await;
            let again = world
                .take("controller-f3", "submitDepartmentReport", REPORT, &report, json!({}))
                .await;
            assert_ne!(again["contentHash"], before);
            propose(world, &report, code).await;
        }
        if code == "F1" {
            decide(world, &report, "KSAU", "PROPOSAL", "RECOMMENDED", "2018-01-14").await;
        }
        decide(world, &report, &committee_of(code), "DECISION", "DECIDED", "2018-01-15").await;
        world
            .take("registrar", "publishDepartmentReport", REPORT, &report, json!({}))
            .await;
    }
    let published = "{ departmentReport(departmentCode: \"F3\", year: 2017) { status summary } }";
    let member = world.user("member").await;
    let read = member.data(published, json!({})).await["departmentReport"].take();
    assert_eq!(read, json!({ "status": "DECIDED", "summary": "Omarbetad" }));
}

/// The auditor, for the year in which the audit is made.
async fn auditor(world: &mut World) {
    let period = json!({ "validFrom": "2018-01-01", "validTo": "2018-12-31" });
    assert!(
        person(world, "auditor", "AUDITOR", period).await,
        "they read what is confidential"
    );
}

const JOINT: &str = "jointReport version status contentHash";

/// The joint report, through the working committee to the board, and to the public.
pub(super) async fn report_jointly(world: &mut World) {
    world.on("2018-02-10").await;
    let input = json!({ "occasionId": world.id("HELAR"), "departmentId": world.id("F1"), "title": "Gemensam uppföljning 2017" });
    world
        .act("coordinator", "createJointReport", JOINT, input, "joint")
        .await;
    world
        .take("coordinator", "submitJointReport", JOINT, "joint", json!({}))
        .await;
    world
        .take("head-f1", "proposeJointReport", JOINT, "joint", json!({}))
        .await;
    for (committee, stage, to) in [("KSAU", "PROPOSAL", "RECOMMENDED"), ("KS", "DECISION", "DECIDED")] {
        let object = world.object("joint").clone();
        let input = json!({
            "jointReportId": object["id"], "reportContentHash": object["contentHash"], "stage": stage, "body": committee,
            "committeeId": world.id(committee), "meetingDate": "2018-02-10", "section": "31", "reportStatus": to,
            "items": [{ "text": "Uppföljningen godkänns.", "nature": "DECISION", "outcome": "APPROVED" }],
            "recipients": [{ "name": "Samtliga nämnder" }],
        });
        let selected = "decision jointReport { id version status contentHash }";
        let decision = world
            .act("secretary", "recordDecision", selected, input, "joint-decision")
            .await;
        assert_eq!(decision["jointReport"]["status"], to);
        world.keep("joint", decision["jointReport"].clone());
    }
    world
        .take("registrar", "publishJointReport", JOINT, "joint", json!({}))
        .await;
    let input = json!({ "id": world.id("joint-decision") });
    let selected = "decision dispatches { id version status }";
    let sent = world.act("registrar", "queueDispatches", selected, input, "sent").await;
    world.keep("dispatch", sent["dispatches"][0].clone());
    for to in ["SENT", "RECEIVED", "REGISTERED"] {
        world
            .take(
                "registrar",
                "changeDispatchStatus",
                "dispatch version status",
                "dispatch",
                json!({ "to": to }),
            )
            .await;
    }
    let frozen = "{ jointReport(year: 2017) { frozen { points { number reported expected cells { departmentCode state rating { code } } } gaps { explanation } } } }";
    let member = world.user("member").await;
    let frozen = member.data(frozen, json!({})).await["jointReport"]["frozen"].take();
    assert_eq!(
        (&frozen["points"][0]["reported"], &frozen["points"][0]["expected"]),
        (&json!(7), &json!(7))
    );
    assert_eq!(
        (&frozen["points"][1]["reported"], &frozen["points"][1]["expected"]),
        (&json!(6), &json!(6))
    );
    assert_eq!(
        with(&frozen["points"][1]["cells"], "departmentCode", "F7")["state"],
        "NOT_APPLICABLE"
    );
    assert_eq!(frozen["gaps"], json!([]));
}

/// The year is closed: actions still move, and nothing is assessed any more.
pub(super) async fn close(world: &mut World) {
    world.on("2018-03-01").await;
    world
        .take(
            "coordinator",
            "advanceControlYear",
            "controlYear version phase",
            "year",
            json!({ "to": "CLOSED" }),
        )
        .await;
    world.keep("year-2017", world.object("year").clone());
    let performer = world.user("performer-f1").await;
    let late = json!({ "followUpId": world.id("follow-up-F1-Krishantering"), "title": "För sent" });
    assert_eq!(performer.refusal("registerCheck", late).await, ["INVALID"]);
    let to = json!({ "to": "ONGOING" });
    let also = &["controller-f1"];
    let selected = "correctiveAction version status";
    world
        .take_beside(
            "performer-f1",
            also,
            "changeCorrectiveActionStatus",
            selected,
            "exercise",
            to,
        )
        .await;
}
