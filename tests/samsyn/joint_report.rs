//! The joint report: compiled, frozen, decided on and published as a thing of its own.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, with};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        it_is_submitted_when_everybody_has_reported_or_is_explained,
        it_goes_through_the_working_committee_to_the_board,
        what_is_frozen_stays_as_it_was,
        what_is_marked_later_is_withheld_in_it,
        it_is_the_same_whoever_submits_it,
        its_case_is_open_to_who_sees_it,
        it_is_referred_back_and_written_anew,
        who_compiled_it_does_not_lay_it_before_the_board,
    ]
}

const REPORT: &str = "jointReport { id version status contentHash publishedAt }";

const FROZEN: &str = "{ jointReport(year: 2017) { status contentHash frozen {
    title year occasion { code label dueOn } department { code } committee { code name } caseNumber
    departments { code name }
    points { number title reported expected cells { departmentCode state rating { code } trend openFindings withheld { ground } } }
    reports { department { code } committee { code } status contentHash } gaps { department { code } explanation }
} } }";

async fn id_of(client: &Client, query: &str, path: &str) -> Json {
    client.data(query, json!({})).await.pointer(path).cloned().expect(path)
}

/// The demonstration's draft.
pub(crate) async fn draft(server: &Server) -> Json {
    let coordinator = server.user("coordinator").await;
    let query = "{ jointReport(year: 2017) { id version status contentHash publishedAt } }";
    coordinator.data(query, json!({})).await["jointReport"].take()
}

/// The departments that the report lacks.
fn lacking(error: &Json) -> Vec<String> {
    let lines = error["missing"].as_array().cloned().unwrap_or_default();
    let mut codes: Vec<String> = lines
        .iter()
        .filter_map(|line| Some(line.as_str()?.split(':').next()?.to_owned()))
        .collect();
    codes.dedup();
    codes
}

/// A joint report that is submitted, every department that is late explained.
async fn submitted(server: &Server) -> Json {
    submitted_by(server, &server.user("coordinator").await).await
}

/// A joint report that somebody submits, every department that is late explained by the coordinator.
async fn submitted_by(server: &Server, submitter: &Client) -> Json {
    submit(server, draft(server).await, submitter).await
}

/// A draft that somebody submits, every department that is late explained by the coordinator.
pub(crate) async fn submit(server: &Server, mut report: Json, submitter: &Client) -> Json {
    let coordinator = server.user("coordinator").await;
    let submit = json!({ "id": report["id"], "expectedVersion": report["version"] });
    let errors = coordinator.refused("submitJointReport", submit).await;
    for code in lacking(&errors[0]) {
        let query = format!("{{ department(code: \"{code}\") {{ id }} }}");
        let explain = json!({
            "reportId": report["id"], "expectedVersion": report["version"],
            "departmentId": id_of(&coordinator, &query, "/department/id").await,
            "explanation": format!("{code} redovisar i mars."),
        });
        report = coordinator.done("explainJointGap", REPORT, explain).await["jointReport"].take();
    }
    let submit = json!({ "id": report["id"], "expectedVersion": report["version"] });
    submitter.done("submitJointReport", REPORT, submit).await["jointReport"].take()
}

async fn proposed(server: &Server) -> Json {
    let report = submitted(server).await;
    let propose = json!({ "id": report["id"], "expectedVersion": report["version"] });
    let head = server.user("head-ksf").await;
    head.done("proposeJointReport", REPORT, propose).await["jointReport"].take()
}

/// What a committee made of the report.
pub(crate) async fn decide(server: &Server, report: &Json, stage: &str, committee: &str, to: &str) -> Json {
    let secretary = server.user("secretary-ks").await;
    let query = format!("{{ committee(code: \"{committee}\") {{ id }} }}");
    let input = json!({
        "jointReportId": report["id"], "reportContentHash": report["contentHash"], "stage": stage,
        "body": "Kommunstyrelsen", "committeeId": id_of(&secretary, &query, "/committee/id").await,
        "meetingDate": "2018-02-14", "section": "31", "reportStatus": to,
        "items": [{ "text": "Uppföljningen godkänns.", "nature": "DECISION", "outcome": "APPROVED" }],
        "recipients": [{ "name": "Samtliga nämnder" }],
    });
    secretary
        .mutate(
            "recordDecision",
            "decision { id jointReport { status } report { id } }",
            input,
        )
        .await
}

async fn it_is_submitted_when_everybody_has_reported_or_is_explained(server: Server) {
    let coordinator = server.user("coordinator").await;
    let report = draft(&server).await;
    assert_eq!(report["status"], "DRAFT");
    let submit = json!({ "id": report["id"], "expectedVersion": report["version"] });
    let errors = coordinator.refused("submitJointReport", submit).await;
    assert_eq!(errors[0]["code"], "INCOMPLETE");
    let late = lacking(&errors[0]);
    assert!(
        late.contains(&"SBF".to_owned()) && late.contains(&"KFF".to_owned()),
        "{late:?}"
    );
    assert!(
        !late.contains(&"KSF".to_owned()),
        "KSF has reported everything: {late:?}"
    );
    // There is one joint report at an occasion, and a department of the board compiles it.
    let occasion = id_of(
        &coordinator,
        "{ controlYear(year: 2017) { occasions { id } } }",
        "/controlYear/occasions/0/id",
    )
    .await;
    for (code, refusal) in [("KSF", "DUPLICATE"), ("UTB", "INVALID")] {
        let query = format!("{{ department(code: \"{code}\") {{ id }} }}");
        let input = json!({
            "occasionId": occasion, "departmentId": id_of(&coordinator, &query, "/department/id").await, "title": "Igen",
        });
        assert_eq!(coordinator.refusal("createJointReport", input).await, [refusal]);
    }
    let controller = server.user("controller-ksf").await;
    let input = json!({ "occasionId": occasion, "departmentId": occasion, "title": "Igen" });
    assert_eq!(controller.refusal("createJointReport", input).await, ["FORBIDDEN"]);
}

async fn it_goes_through_the_working_committee_to_the_board(server: Server) {
    let board = server.user("member-ks").await;
    let seen = "{ jointReport(year: 2017) { status title decisions { section } } }";
    let submitted = submitted(&server).await;
    assert_eq!(
        board.data(seen, json!({})).await["jointReport"],
        Json::Null,
        "not laid before it yet"
    );
    let propose = json!({ "id": submitted["id"], "expectedVersion": submitted["version"] });
    let head = server.user("head-ksf").await;
    let report = head.done("proposeJointReport", REPORT, propose).await["jointReport"].take();
    assert_eq!(board.data(seen, json!({})).await["jointReport"]["status"], "PROPOSED");
    // The board does not decide past its working committee, nor on other content.
    let early = decide(&server, &report, "DECISION", "KS", "DECIDED").await;
    assert_eq!(early["errors"][0]["code"], "ILLEGAL_TRANSITION");
    let mut other = report.clone();
    other["contentHash"] = json!("0".repeat(64));
    let wrong = decide(&server, &other, "PROPOSAL", "KSAU", "RECOMMENDED").await;
    assert_eq!(wrong["errors"][0]["code"], "CONFLICT");
    let recommended = decide(&server, &report, "PROPOSAL", "KSAU", "RECOMMENDED").await;
    assert_eq!(
        recommended["decision"]["jointReport"]["status"], "RECOMMENDED",
        "{recommended:#}"
    );
    assert_eq!(recommended["decision"]["report"], Json::Null);
    let decided = decide(&server, &report, "DECISION", "KS", "DECIDED").await;
    assert_eq!(decided["decision"]["jointReport"]["status"], "DECIDED", "{decided:#}");
    // The public reads it once the registrar has released it, with its decisions.
    let public = server.public();
    assert_eq!(public.data(seen, json!({})).await["jointReport"], Json::Null);
    let registrar = server.user("registrar").await;
    let version = id_of(
        &registrar,
        "{ jointReport(year: 2017) { version } }",
        "/jointReport/version",
    )
    .await;
    let publish = json!({ "id": report["id"], "expectedVersion": version });
    let published = registrar.done("publishJointReport", REPORT, publish).await["jointReport"].take();
    assert!(!published["publishedAt"].is_null());
    let read = public.data(seen, json!({})).await["jointReport"].take();
    assert_eq!(read["decisions"], json!([{ "section": "31" }, { "section": "31" }]));
    let queue = json!({ "id": decided["decision"]["id"] });
    registrar.done("queueDispatches", "decision { id }", queue).await;
    let sent = "{ jointReport(year: 2017) { decisions { dispatches { status } } } }";
    let read = board.data(sent, json!({})).await["jointReport"]["decisions"].take();
    assert_eq!(read[1]["dispatches"], json!([{ "status": "QUEUED" }]), "{read:#}");
    let read = public.data(sent, json!({})).await["jointReport"]["decisions"].take();
    assert_eq!(read[1]["dispatches"], json!([]), "how it is sent is not for the public");
    let again = json!({ "id": report["id"], "expectedVersion": published["version"] });
    assert_eq!(
        registrar.refusal("publishJointReport", again).await,
        ["ILLEGAL_TRANSITION"]
    );
}

async fn what_is_frozen_stays_as_it_was(server: Server) {
    submitted(&server).await;
    let coordinator = server.user("coordinator").await;
    let before = coordinator.data(FROZEN, json!({})).await["jointReport"].take();
    let frozen = &before["frozen"];
    assert_eq!(
        (&frozen["committee"]["code"], &frozen["year"]),
        (&json!("KS"), &json!(2017))
    );
    assert_eq!(frozen["points"].as_array().map(Vec::len), Some(2));
    let crisis = &frozen["points"][0]["cells"];
    assert_eq!(with(crisis, "departmentCode", "KSF")["state"], "REPORTED");
    assert_eq!(
        with(&frozen["points"][1]["cells"], "departmentCode", "KFF")["state"],
        "NOT_APPLICABLE"
    );
    assert_eq!(
        with(&frozen["reports"], "department", json!({ "code": "UTB" }))["status"],
        "DECIDED"
    );
    // What it was made from changes.
    let performer = server.user("performer-ksf").await;
    let query = "{ followUps(filter: { departmentCode: \"KSF\", year: 2017 }) { nodes { id point { title } } } }";
    let follow_ups = performer.data(query, json!({})).await["followUps"]["nodes"].take();
    let id = &crate::api::with_title(&follow_ups, "Krishantering")["id"];
    for number in 0..10 {
        let input = json!({ "followUpId": id, "title": format!("Ny brist {number}"), "severity": "HIGH" });
        performer.done("registerFinding", "finding { id }", input).await;
    }
    let live = "{ jointFollowUp(year: 2017) { points { cells { department { code } openFindings } } } }";
    let live = coordinator.data(live, json!({})).await["jointFollowUp"]["points"][0]["cells"].take();
    let live = with(&live, "department", json!({ "code": "KSF" }))["openFindings"].clone();
    assert_ne!(live, with(crisis, "departmentCode", "KSF")["openFindings"]);
    let after = coordinator.data(FROZEN, json!({})).await["jointReport"].take();
    assert_eq!(before.to_string(), after.to_string(), "byte for byte");
    let report = id_of(
        &coordinator,
        "{ jointReport(year: 2017) { id version } }",
        "/jointReport",
    )
    .await;
    let change = json!({ "id": report["id"], "expectedVersion": report["version"], "title": "En annan rubrik" });
    let errors = coordinator.refused("updateJointReport", change).await;
    assert_eq!(errors[0]["allowed"], json!(["PROPOSED", "REFERRED_BACK"]));
}

/// The department's cell of the first point, as it was submitted.
async fn frozen_cell(client: &Client, department: &str) -> Json {
    let report = client.data(FROZEN, json!({})).await;
    let cells = &report["jointReport"]["frozen"]["points"][0]["cells"];
    with(cells, "departmentCode", department).clone()
}

/// Marks the assessment of the department's work on the first point.
async fn mark_assessment(server: &Server, department: &str) {
    let registrar = server.user("registrar").await;
    let query = format!(
        "{{ followUps(filter: {{ departmentCode: \"{department}\", year: 2017 }}) {{
            nodes {{ point {{ title }} assessments {{ id }} }} }} }}"
    );
    let follow_ups = registrar.data(&query, json!({})).await["followUps"]["nodes"].take();
    let assessment = crate::api::with_title(&follow_ups, "Krishantering")["assessments"][0]["id"].clone();
    let mark = json!({ "subjectId": assessment, "ground": "OSL 18 kap. 13 §" });
    registrar.done("setSecrecyMark", "secrecyEvent { ground }", mark).await;
}

async fn what_is_marked_later_is_withheld_in_it(server: Server) {
    proposed(&server).await;
    let board = server.user("member-ks").await;
    let before = frozen_cell(&board, "KSF").await;
    assert!(!before["rating"].is_null(), "{before:#}");
    mark_assessment(&server, "KSF").await;
    let after = frozen_cell(&board, "KSF").await;
    assert_eq!((&after["rating"], &after["trend"]), (&Json::Null, &Json::Null));
    assert_eq!(after["withheld"], json!({ "ground": "OSL 18 kap. 13 §" }));
    assert_eq!(after["state"], "REPORTED");
    // Its own head reads it, and that is noted.
    let own = frozen_cell(&server.user("head-ksf").await, "KSF").await;
    assert_eq!(own["rating"], before["rating"]);
    let auditor = server.user("auditor").await;
    let log = "{ auditEvents(first: 5) { nodes { action actorUser { username } } } }";
    let log = auditor.data(log, json!({})).await["auditEvents"]["nodes"].take();
    let by_head = |event: &Json| event["actorUser"]["username"] == "head-ksf";
    assert!(log.as_array().into_iter().flatten().any(by_head), "{log:#}");
}

async fn it_is_the_same_whoever_submits_it(server: Server) {
    // A machine that compiles the report and sees no follow-ups.
    let rights = ["JOINT_REPORT_WRITE"];
    let (_, machine) = crate::administration::service_account(&server, "compiler", &rights, None).await;
    submitted_by(&server, &machine).await;
    let coordinator = server.user("coordinator").await;
    let by_machine = coordinator.data(FROZEN, json!({})).await["jointReport"]["frozen"].take();
    assert!(!frozen_cell(&coordinator, "KSF").await["rating"].is_null());
    mark_assessment(&server, "KSF").await;
    let after = frozen_cell(&coordinator, "KSF").await;
    assert_eq!(
        after["withheld"],
        json!({ "ground": "OSL 18 kap. 13 §" }),
        "{by_machine:#}"
    );
    assert_eq!(after["rating"], Json::Null);
}

async fn its_case_is_open_to_who_sees_it(server: Server) {
    let registrar = server.user("registrar").await;
    let number = "KS/2018:77";
    let case = json!({ "number": number, "title": "Gemensam uppföljning" });
    let case = registrar.done("createCaseFile", "caseFile { id }", case).await["caseFile"]["id"].take();
    let coordinator = server.user("coordinator").await;
    let draft = draft(&server).await;
    let change = json!({ "id": draft["id"], "expectedVersion": draft["version"], "caseFileId": case });
    let draft = coordinator.done("updateJointReport", REPORT, change).await["jointReport"].take();
    let query = format!("{{ caseFile(number: \"{number}\") {{ number }} }}");
    let board = server.user("member-ks").await;
    let controller = server.user("controller-utb").await;
    assert_eq!(board.data(&query, json!({})).await["caseFile"], Json::Null);
    let report = submit(&server, draft, &coordinator).await;
    let propose = json!({ "id": report["id"], "expectedVersion": report["version"] });
    server
        .user("head-ksf")
        .await
        .done("proposeJointReport", REPORT, propose)
        .await;
    assert_eq!(board.data(&query, json!({})).await["caseFile"]["number"], number);
    assert_eq!(controller.data(&query, json!({})).await["caseFile"], Json::Null);
}

async fn it_is_referred_back_and_written_anew(server: Server) {
    let report = proposed(&server).await;
    let referred = decide(&server, &report, "DECISION", "KSAU", "REFERRED_BACK").await;
    assert_eq!(
        referred["decision"]["jointReport"]["status"], "REFERRED_BACK",
        "{referred:#}"
    );
    let coordinator = server.user("coordinator").await;
    let now = id_of(
        &coordinator,
        "{ jointReport(year: 2017) { id version } }",
        "/jointReport",
    )
    .await;
    let reopen = json!({ "id": now["id"], "expectedVersion": now["version"] });
    let reopened = coordinator.done("reopenJointReport", REPORT, reopen).await["jointReport"].take();
    assert_eq!(
        (&reopened["status"], &reopened["contentHash"]),
        (&json!("DRAFT"), &Json::Null)
    );
    let change = json!({ "id": now["id"], "expectedVersion": reopened["version"], "summary": "Omarbetad." });
    let changed = coordinator.done("updateJointReport", REPORT, change).await["jointReport"].take();
    let submit = json!({ "id": now["id"], "expectedVersion": changed["version"] });
    let again = coordinator.done("submitJointReport", REPORT, submit).await["jointReport"].take();
    assert_ne!(again["contentHash"], report["contentHash"]);
}

async fn who_compiled_it_does_not_lay_it_before_the_board(server: Server) {
    crate::life_cycles::grant(&server, "coordinator", "DEPARTMENT_HEAD", "KSF").await;
    let report = submitted(&server).await;
    let propose = json!({ "id": report["id"], "expectedVersion": report["version"] });
    let coordinator = server.user("coordinator").await;
    assert_eq!(
        coordinator.refusal("proposeJointReport", propose.clone()).await,
        ["SEPARATION_OF_DUTIES"]
    );
    // The head of another department does not even see it.
    let other = server.user("head-utb").await;
    assert_eq!(other.refusal("proposeJointReport", propose).await, ["NOT_FOUND"]);
}
