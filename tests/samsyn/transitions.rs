//! Every pair of states that no life cycle has, tried by every role: refused with the steps that there are, and nothing of
//! it stored.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server};
use crate::audit::Log;
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_control_year,
        a_control_plan,
        an_assessment,
        a_finding,
        a_corrective_action,
        a_department_report,
        a_joint_report,
        a_dispatch,
        a_proposal_to_come_along,
    ]
}

const USERS: [&str; 9] = [
    "coordinator",
    "controller-ksf",
    "performer-ksf",
    "head-ksf",
    "secretary-ks",
    "member-ks",
    "registrar",
    "auditor",
    "administrator",
];

/// The refusals that tell nothing of a state.
const BEFORE_THE_STATE: [&str; 3] = ["FORBIDDEN", "NOT_FOUND", "SEPARATION_OF_DUTIES"];

/// A mutation that takes the thing to a state.
struct Step {
    to: &'static str,
    mutation: &'static str,
    /// Who would be told of the life cycle, in some state.
    rightful: &'static str,
    /// What its input has beside the id and the version.
    more: Json,
    /// What the id is called in its input.
    id: &'static str,
}

impl Step {
    fn new(to: &'static str, mutation: &'static str, rightful: &'static str, more: Json) -> Self {
        Self {
            to,
            mutation,
            rightful,
            more,
            id: "id",
        }
    }

    /// What it says of the thing as it is read.
    fn input(&self, thing: &Json) -> Json {
        let mut input = self.more.clone();
        input[self.id] = thing["id"].clone();
        // A decision says by the hash of its content which report it is on.
        if self.mutation != "recordDecision" {
            input["expectedVersion"] = thing["version"].clone();
        }
        input
    }

    fn told(&self, username: &str) -> String {
        format!("to {} by {username}", self.to)
    }
}

/// Something that goes through states.
struct Thing {
    /// Puts it into the state that stands for `STATE`.
    put: String,
    /// Reads it by its id.
    kind: &'static str,
    state: &'static str,
    id: Json,
    /// Whether it says what may be done to it.
    says: bool,
    /// Each state with those that may follow it.
    cycle: Vec<(&'static str, Vec<&'static str>)>,
    steps: Vec<Step>,
}

impl Thing {
    /// What there is of it, as somebody sees it who sees everything.
    async fn read(&self, reader: &Client) -> Json {
        let query = format!(
            "query($id: ID!) {{ node(id: $id) {{ ... on {} {{ id version state: {} }} }} }}",
            self.kind, self.state
        );
        reader.data(&query, json!({ "id": self.id })).await["node"].take()
    }

    /// Tries every step that the life cycle does not have, from every state, as everybody.
    async fn try_every_other_step(self, server: &Server) {
        let log = Log::of(server).await;
        let reader = server.user("auditor").await;
        let mut told = 0;
        for (from, allowed) in &self.cycle {
            log.sql(&self.put.replace("STATE", from)).await;
            let before = self.read(&reader).await;
            assert_eq!(before["state"], *from, "{} is put there", self.kind);
            for step in self.steps.iter().filter(|step| !allowed.contains(&step.to)) {
                for username in USERS {
                    let input = step.input(&before);
                    let client = server.user(username).await;
                    let said = self.said(&client, step).await;
                    let errors = client.refused(step.mutation, input).await;
                    self.compare(said, &errors, &step.told(username));
                    let what = format!("{} from {from} to {} by {username}: {errors:?}", self.kind, step.to);
                    told += usize::from(is_told(&errors, from, allowed, &what));
                    let rightful = username != step.rightful || errors.iter().all(|error| error["code"] != "FORBIDDEN");
                    assert!(rightful, "{what}");
                }
            }
            assert_eq!(self.read(&reader).await, before, "nothing is stored of it");
        }
        assert!(told > 0, "nobody was told of the life cycle of a {}", self.kind);
    }
}

impl Thing {
    /// What it says to somebody of a step: none where it does not say or they do not see it.
    async fn said(&self, client: &Client, step: &Step) -> Option<Json> {
        if !self.says {
            return None;
        }
        let query = format!(
            "query($id: ID!) {{ node(id: $id) {{ ... on {} {{ can {{ action allowed reason }} }} }} }}",
            self.kind
        );
        let seen = client.data(&query, json!({ "id": self.id })).await["node"].take();
        let said = seen["can"].as_array()?.iter();
        let action = format!("{}.{}", step.mutation, step.to);
        let action = said
            .clone()
            .find(|said| said["action"] == step.mutation || said["action"] == action);
        let reached = self.cycle.iter().any(|(_, allowed)| allowed.contains(&step.to));
        assert_eq!(
            action.is_some(),
            reached,
            "{} of {} to {}",
            self.kind,
            step.mutation,
            step.to
        );
        action.cloned()
    }

    /// What it says is what the mutation does.
    fn compare(&self, said: Option<Json>, errors: &[Json], what: &str) {
        let Some(said) = said else { return };
        let reason = errors.first().map_or(Json::Null, |error| error["code"].clone());
        assert_eq!(
            (&said["allowed"], &said["reason"]),
            (&json!(errors.is_empty()), &reason),
            "{} {what}: {errors:?}",
            self.kind
        );
    }

    /// Tries every step that the life cycle has, from every state, as everybody: it is done by those to whom it was said
    /// that they may, and by nobody else.
    async fn try_every_step(&self, server: &Server) {
        let log = Log::of(server).await;
        let reader = server.user("auditor").await;
        let mut done = 0;
        for (from, allowed) in &self.cycle {
            for step in self.steps.iter().filter(|step| allowed.contains(&step.to)) {
                for username in USERS {
                    log.sql(&self.put.replace("STATE", from)).await;
                    let before = self.read(&reader).await;
                    let input = step.input(&before);
                    let client = server.user(username).await;
                    let said = self.said(&client, step).await;
                    let answer = client.mutate(step.mutation, "errors { code }", input).await;
                    let errors: Vec<Json> = answer["errors"].as_array().into_iter().flatten().cloned().collect();
                    done += usize::from(errors.is_empty());
                    self.compare(said, &errors, &step.told(username));
                }
            }
        }
        assert!(done > 0, "nobody takes a {} anywhere", self.kind);
    }
}

/// Whether errors tell of a life cycle: as it is.
fn is_told(errors: &[Json], from: &str, allowed: &[&str], what: &str) -> bool {
    let Some(error) = errors.iter().find(|error| error["code"] == "ILLEGAL_TRANSITION") else {
        let codes = errors.iter().map(|error| error["code"].as_str().unwrap_or_default());
        assert!(codes.into_iter().any(|code| BEFORE_THE_STATE.contains(&code)), "{what}");
        return false;
    };
    assert_eq!(error["from"], *from, "{what}");
    let told: Vec<&str> = error["allowed"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .collect();
    assert_eq!(told, allowed, "{what}");
    true
}

async fn id_at(server: &Server, query: &str, path: &str) -> Json {
    let found = server.user("auditor").await.data(query, json!({})).await;
    found
        .pointer(path)
        .cloned()
        .unwrap_or_else(|| panic!("no {path} in {found:#}"))
}

async fn a_control_year(server: Server) {
    let step = |to| Step::new(to, "advanceControlYear", "coordinator", json!({ "to": to }));
    let thing = Thing {
        put: "UPDATE control_year SET phase = 'STATE' WHERE OURS AND year = 2017".to_owned(),
        kind: "ControlYear",
        says: true,
        state: "phase",
        id: id_at(&server, "{ controlYear(year: 2017) { id } }", "/controlYear/id").await,
        cycle: vec![
            ("PREPARING", vec!["RUNNING"]),
            ("RUNNING", vec!["REPORTING"]),
            ("REPORTING", vec!["CLOSED"]),
            ("CLOSED", vec![]),
        ],
        steps: ["PREPARING", "RUNNING", "REPORTING", "CLOSED"].map(step).into(),
    };
    thing.try_every_step(&server).await;
    thing.try_every_other_step(&server).await;
}

async fn a_control_plan(server: Server) {
    let step = |(to, rightful)| {
        let adopted_on = (to == "ADOPTED").then_some("2018-02-01");
        Step::new(
            to,
            "changeControlPlanStatus",
            rightful,
            json!({ "to": to, "adoptedOn": adopted_on }),
        )
    };
    let thing = Thing {
        put: "UPDATE control_plan SET status = 'STATE' WHERE OURS AND scope = 'SHARED'".to_owned(),
        kind: "ControlPlan",
        says: false,
        state: "status",
        id: id_at(
            &server,
            "{ controlYear(year: 2017) { sharedPlan { id } } }",
            "/controlYear/sharedPlan/id",
        )
        .await,
        cycle: vec![
            ("DRAFT", vec!["PROPOSED"]),
            ("PROPOSED", vec!["ADOPTED", "DRAFT"]),
            ("ADOPTED", vec!["CLOSED"]),
            ("CLOSED", vec![]),
        ],
        steps: [
            ("DRAFT", "secretary-ks"),
            ("PROPOSED", "coordinator"),
            ("ADOPTED", "secretary-ks"),
            ("CLOSED", "coordinator"),
        ]
        .map(step)
        .into(),
    };
    thing.try_every_other_step(&server).await;
}

async fn an_assessment(server: Server) {
    let query = "{ departmentReport(departmentCode: \"KSF\", year: 2017) { followUps { assessments { id } } } }";
    let thing = Thing {
        put: "UPDATE assessment SET status = 'STATE' WHERE OURS".to_owned(),
        kind: "Assessment",
        says: true,
        state: "status",
        id: id_at(&server, query, "/departmentReport/followUps/0/assessments/0/id").await,
        cycle: vec![
            ("NOT_STARTED", vec!["IN_PROGRESS"]),
            ("IN_PROGRESS", vec!["ASSESSED"]),
            ("ASSESSED", vec!["REVIEWED", "IN_PROGRESS"]),
            ("REVIEWED", vec![]),
        ],
        steps: vec![
            Step {
                id: "assessmentId",
                ..Step::new(
                    "ASSESSED",
                    "assessFollowUp",
                    "performer-ksf",
                    json!({ "conclusion": "Fungerar" }),
                )
            },
            Step::new("REVIEWED", "reviewAssessment", "head-ksf", json!({})),
            Step::new(
                "IN_PROGRESS",
                "sendBackAssessment",
                "head-ksf",
                json!({ "reason": "Görs om" }),
            ),
        ],
    };
    thing.try_every_step(&server).await;
    thing.try_every_other_step(&server).await;
}

async fn a_finding(server: Server) {
    let performer = server.user("performer-ksf").await;
    let query = "{ followUps(filter: { departmentCode: \"KSF\", year: 2017 }) { nodes { id } } }";
    let follow_up = id_at(&server, query, "/followUps/nodes/0/id").await;
    let input = json!({ "followUpId": follow_up, "title": "Bristen i fråga" });
    let finding = performer.done("registerFinding", "finding { id }", input).await["finding"]["id"].take();
    let step = |(to, rightful): (&'static str, &'static str)| {
        let reason = ["ACCEPTED", "OPEN"].contains(&to).then_some("Därför");
        Step::new(
            to,
            "changeFindingStatus",
            rightful,
            json!({ "to": to, "reason": reason }),
        )
    };
    let thing = Thing {
        put: "UPDATE finding SET status = 'STATE' WHERE OURS AND title = 'Bristen i fråga'".to_owned(),
        kind: "Finding",
        says: false,
        state: "status",
        id: finding,
        cycle: vec![
            ("OPEN", vec!["ACTION_PLANNED", "ACCEPTED"]),
            ("ACTION_PLANNED", vec!["RESOLVED", "ACCEPTED"]),
            ("RESOLVED", vec!["VERIFIED", "OPEN"]),
            ("VERIFIED", vec![]),
            ("ACCEPTED", vec![]),
        ],
        steps: [
            ("OPEN", "head-ksf"),
            ("ACTION_PLANNED", "performer-ksf"),
            ("RESOLVED", "performer-ksf"),
            ("VERIFIED", "head-ksf"),
            ("ACCEPTED", "head-ksf"),
        ]
        .map(step)
        .into(),
    };
    thing.try_every_other_step(&server).await;
}

async fn a_corrective_action(server: Server) {
    let performer = server.user("performer-ksf").await;
    let query = "{ followUps(filter: { departmentCode: \"KSF\", year: 2017 }) { nodes { id } } }";
    let follow_up = id_at(&server, query, "/followUps/nodes/0/id").await;
    let input = json!({ "followUpId": follow_up, "title": "Åtgärden i fråga" });
    let action = performer
        .done("createCorrectiveAction", "correctiveAction { id }", input)
        .await;
    let step = |(to, rightful): (&'static str, &'static str)| {
        let mut more = json!({ "to": to });
        if to == "DONE" {
            more["doneOn"] = json!({ "earliest": "2018-02-01", "latest": "2018-02-01", "text": "1 februari" });
        }
        if to == "CANCELLED" {
            more["reason"] = json!("Behövs inte");
        }
        Step::new(to, "changeCorrectiveActionStatus", rightful, more)
    };
    let thing = Thing {
        put:
            "UPDATE corrective_action SET status = 'STATE', done_text = NULL, done_earliest = NULL, done_latest = NULL \
              WHERE OURS AND title = 'Åtgärden i fråga'"
                .to_owned(),
        kind: "CorrectiveAction",
        says: false,
        state: "status",
        id: action["correctiveAction"]["id"].clone(),
        cycle: vec![
            ("PLANNED", vec!["ONGOING", "CANCELLED"]),
            ("ONGOING", vec!["DONE", "CANCELLED"]),
            ("DONE", vec!["VERIFIED", "ONGOING"]),
            ("VERIFIED", vec![]),
            ("CANCELLED", vec![]),
        ],
        steps: [
            ("PLANNED", "performer-ksf"),
            ("ONGOING", "performer-ksf"),
            ("DONE", "performer-ksf"),
            ("VERIFIED", "head-ksf"),
            ("CANCELLED", "performer-ksf"),
        ]
        .map(step)
        .into(),
    };
    thing.try_every_other_step(&server).await;
}

/// The life cycle of reports.
fn reported() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("DRAFT", vec!["SUBMITTED"]),
        ("SUBMITTED", vec!["PROPOSED", "REFERRED_BACK"]),
        ("PROPOSED", vec!["RECOMMENDED", "DECIDED", "REFERRED_BACK"]),
        ("RECOMMENDED", vec!["DECIDED", "REFERRED_BACK"]),
        ("REFERRED_BACK", vec!["DRAFT"]),
        ("DECIDED", vec![]),
    ]
}

/// The steps that a committee takes a report.
async fn decided(server: &Server, report: &'static str) -> Vec<Step> {
    let board = id_at(server, "{ committee(code: \"KS\") { id } }", "/committee/id").await;
    ["RECOMMENDED", "DECIDED", "REFERRED_BACK"]
        .map(|to| Step {
            id: report,
            ..Step::new(
                to,
                "recordDecision",
                "secretary-ks",
                json!({
                    "stage": "DECISION", "body": "Kommunstyrelsen", "committeeId": board, "meetingDate": "2018-02-14",
                    "reportStatus": to, "reportContentHash": "0".repeat(64),
                    "items": [{ "text": "Enligt förslaget.", "nature": "DECISION" }],
                }),
            )
        })
        .into()
}

async fn a_department_report(server: Server) {
    let mut steps = decided(&server, "reportId").await;
    steps.push(Step::new(
        "SUBMITTED",
        "submitDepartmentReport",
        "controller-ksf",
        json!({}),
    ));
    steps.push(Step::new("PROPOSED", "proposeDepartmentReport", "head-ksf", json!({})));
    steps.push(Step::new(
        "DRAFT",
        "reopenDepartmentReport",
        "controller-ksf",
        json!({}),
    ));
    let query = "{ departmentReport(departmentCode: \"KSF\", year: 2017) { id } }";
    let thing = Thing {
        put: "UPDATE department_report SET status = 'STATE' WHERE OURS AND published_at IS NULL".to_owned(),
        kind: "DepartmentReport",
        says: false,
        state: "status",
        id: id_at(&server, query, "/departmentReport/id").await,
        cycle: reported(),
        steps,
    };
    thing.try_every_other_step(&server).await;
}

async fn a_joint_report(server: Server) {
    let mut steps = decided(&server, "jointReportId").await;
    steps.push(Step::new("SUBMITTED", "submitJointReport", "coordinator", json!({})));
    steps.push(Step::new("PROPOSED", "proposeJointReport", "head-ksf", json!({})));
    steps.push(Step::new("DRAFT", "reopenJointReport", "coordinator", json!({})));
    let thing = Thing {
        put: format!(
            "UPDATE joint_report SET content_hash = '{}', status = 'STATE' WHERE OURS",
            "1".repeat(64)
        ),
        kind: "JointReport",
        says: false,
        state: "status",
        id: id_at(&server, "{ jointReport(year: 2017) { id } }", "/jointReport/id").await,
        cycle: reported(),
        steps,
    };
    thing.try_every_other_step(&server).await;
}

async fn a_dispatch(server: Server) {
    let secretary = server.user("secretary-ks").await;
    let query = "{ committee(code: \"KS\") { id } caseFile(number: \"KS/2016:389\") { id } }";
    let found = secretary.data(query, json!({})).await;
    let input = json!({
        "caseFileId": found["caseFile"]["id"], "committeeId": found["committee"]["id"], "stage": "DECISION",
        "body": "Kommunstyrelsen", "items": [{ "text": "Enligt förslaget.", "nature": "DECISION" }],
        "recipients": [{ "name": "Revisionen" }],
    });
    let decision = secretary.done("recordDecision", "decision { id }", input).await["decision"]["id"].take();
    let queue = json!({ "id": decision });
    let registrar = server.user("registrar").await;
    let queued = registrar
        .done("queueDispatches", "decision { dispatches { id } }", queue)
        .await;
    let step = |to| {
        Step::new(
            to,
            "changeDispatchStatus",
            "registrar",
            json!({ "to": to, "note": "Så gick det" }),
        )
    };
    let states = [
        "QUEUED",
        "SENT",
        "RECEIVED",
        "REGISTERED",
        "REJECTED",
        "FAILED",
        "UNKNOWN",
    ];
    let thing = Thing {
        put: "UPDATE dispatch SET status = 'STATE' WHERE OURS".to_owned(),
        kind: "Dispatch",
        says: false,
        state: "status",
        id: queued["decision"]["dispatches"][0]["id"].clone(),
        cycle: vec![
            ("QUEUED", vec!["SENT", "FAILED", "UNKNOWN"]),
            ("SENT", vec!["RECEIVED", "REJECTED", "FAILED", "UNKNOWN"]),
            ("RECEIVED", vec!["REGISTERED", "REJECTED"]),
            ("REGISTERED", vec![]),
            ("REJECTED", vec![]),
            ("FAILED", vec!["QUEUED"]),
            ("UNKNOWN", vec!["RECEIVED", "REJECTED", "FAILED"]),
        ],
        steps: states.map(step).into(),
    };
    thing.try_every_other_step(&server).await;
}

async fn a_proposal_to_come_along(server: Server) {
    let coordinator = server.user("coordinator").await;
    let input = json!({ "year": 2018, "ratingBasis": "RESULT" });
    let year = coordinator.done("createControlYear", "controlYear { id }", input).await["controlYear"]["id"].take();
    coordinator
        .done("rollForward", "controlYear { id }", json!({ "controlYearId": year }))
        .await;
    let query = "{ carryOvers(filter: { kind: CONTROL_POINT }) { nodes { id } } }";
    let thing = Thing {
        put: "UPDATE carry_over SET status = 'STATE' WHERE OURS".to_owned(),
        kind: "CarryOver",
        says: false,
        state: "status",
        id: id_at(&server, query, "/carryOvers/nodes/0/id").await,
        cycle: vec![
            ("DROPPED", vec!["ACCEPTED", "CHANGED"]),
            ("ACCEPTED", vec![]),
            ("CHANGED", vec![]),
        ],
        steps: vec![
            Step::new("ACCEPTED", "acceptCarryOver", "coordinator", json!({})),
            Step::new(
                "CHANGED",
                "acceptCarryOver",
                "coordinator",
                json!({ "title": "En annan rubrik" }),
            ),
            Step::new(
                "DROPPED",
                "dropCarryOver",
                "coordinator",
                json!({ "reason": "Behövs inte" }),
            ),
        ],
    };
    thing.try_every_other_step(&server).await;
}
