//! What holds when many act at once, on two servers.

use entity::FollowUpStatus;
use futures_util::future::join_all;
use libtest_mimic::Trial;
use samsyn::graphql::NodeKind;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server};
use crate::audit::Log;
use crate::harness::{Suite, trials};
use crate::life_cycles::{assess_kff, grant, proposed_grant};
use crate::many_departments::{self, Added};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        sixteen_writers_make_one_chain,
        who_assessed_does_not_review_whatever_they_become_meanwhile,
        a_change_is_approved_once_and_not_by_who_proposed_it,
        twenty_departments_submit_while_the_matrix_is_read,
        of_two_who_assess_one_is_told_the_present_version,
    ]
}

const WRITERS: usize = 16;
const CHANGES: usize = 8;

/// Another server process on the same data, as far as the data can tell.
async fn beside(server: &Server) -> Server {
    server.on(samsyn::demo::DAY).await
}

async fn sixteen_writers_make_one_chain(server: Server) {
    let log = Log::of(&server).await;
    let before = log.verify(&[]).await.expect("a whole log").head.sequence;
    let servers = [server.clone(), beside(&server).await];
    let write = |writer: usize| {
        let server = servers[writer % 2].clone();
        async move {
            // Half of them change something, half read what is confidential, which is an event of its own.
            let reads = writer % 4 > 1;
            let client = server.user(if reads { "auditor" } else { "administrator" }).await;
            for change in 0..CHANGES {
                if reads {
                    client
                        .data("{ findings(first: 100) { nodes { title } } }", json!({}))
                        .await;
                } else {
                    let input = json!({ "username": format!("user-{writer}-{change}"), "name": "Ny" });
                    client.done("createUser", "user { id }", input).await;
                }
            }
        }
    };
    join_all((0..WRITERS).map(write)).await;
    let after = log.verify(&[]).await.expect("one unbroken chain").head.sequence;
    assert_eq!(after - before, i64::try_from(WRITERS * CHANGES).expect("a number"));
}

async fn who_assessed_does_not_review_whatever_they_become_meanwhile(server: Server) {
    let assessment = assess_kff(&server).await;
    let role = &server.user_row("performer-kff").await["roleAssignments"][0];
    grant(&server, "performer-kff", "DEPARTMENT_CONTROLLER", "KFF").await;
    let end = json!({ "id": role["id"], "expectedVersion": role["version"], "validTo": "2018-02-14" });
    let administrator = server.user("administrator").await;
    administrator
        .done("updateRoleAssignment", "roleAssignment { id }", end)
        .await;
    // Now they are a controller and no performer any more.
    let servers = [server.clone(), beside(&server).await];
    let review = json!({ "id": assessment["id"], "expectedVersion": assessment["version"] });
    let attempts = (0..WRITERS).map(|number| {
        let (server, review) = (servers[number % 2].clone(), review.clone());
        async move {
            let client = server.user("performer-kff").await;
            client.refusal("reviewAssessment", review).await
        }
    });
    for refusal in join_all(attempts).await {
        assert_eq!(refusal, ["SEPARATION_OF_DUTIES"]);
    }
    let controller = server.user("controller-kff").await;
    controller
        .done("reviewAssessment", "assessment { status }", review)
        .await;
}

async fn a_change_is_approved_once_and_not_by_who_proposed_it(server: Server) {
    let change = proposed_grant(&server, "performer-utb", "DEPARTMENT_CONTROLLER", "UTB").await;
    let servers = [server.clone(), beside(&server).await];
    let approve = json!({ "id": change["id"], "expectedVersion": 1 });
    let attempts = (0..WRITERS).map(|number| {
        let (server, approve) = (servers[number % 2].clone(), approve.clone());
        async move {
            let username = ["administrator", "administrator-2"][usize::from(number % 4 > 1)];
            let client: Client = server.user(username).await;
            let payload = client
                .mutate("approveAccessChange", "accessChange { id status }", approve)
                .await;
            (username, payload["errors"] == json!([]))
        }
    });
    let approved: Vec<&str> = join_all(attempts)
        .await
        .into_iter()
        .filter_map(|(username, done)| done.then_some(username))
        .collect();
    assert_eq!(approved, ["administrator-2"]);
}

const DEPARTMENTS: usize = 20;

async fn twenty_departments_submit_while_the_matrix_is_read(server: Server) {
    let added = many_departments::add(&server, DEPARTMENTS, FollowUpStatus::Assessed).await;
    let servers = [server.clone(), beside(&server).await];
    let query = "{ controlYear(year: 2017) { occasions { id } } }";
    let occasion =
        server.user("coordinator").await.data(query, json!({})).await["controlYear"]["occasions"][0]["id"].take();
    let reports = added.iter().enumerate().map(|(index, department)| {
        let (server, occasion) = (servers[index % 2].clone(), occasion.clone());
        async move { review_and_submit(&server.user("controller-utb").await, department, &occasion).await }
    });
    let done = tokio::sync::watch::channel(false);
    let reading = read_until(server.clone(), done.1);
    let submitting = async {
        let hashes = join_all(reports).await;
        done.0.send(true).expect("somebody reads");
        hashes
    };
    let (read, hashes) = tokio::join!(reading, submitting);
    assert!(read > 1, "the matrix was read {read} times meanwhile");
    assert!(
        hashes
            .iter()
            .all(|hash| hash.as_str().is_some_and(|hash| hash.len() == 64))
    );
    let matrix = joint(&server.user("coordinator").await).await;
    for department in &added {
        let query = "query($code: String!) { departmentReport(departmentCode: $code, year: 2017) { status } }";
        let report = server
            .user("coordinator")
            .await
            .data(query, json!({ "code": department.code }))
            .await;
        assert_eq!(report["departmentReport"]["status"], "SUBMITTED", "{}", department.code);
        for point in matrix["points"].as_array().into_iter().flatten() {
            let cells = point["cells"].as_array().into_iter().flatten();
            let mut own = cells.filter(|cell| cell["department"]["code"] == department.code.as_str());
            assert_eq!(own.next().map(|cell| &cell["state"]), Some(&json!("REPORTED")));
        }
    }
}

async fn review_and_submit(client: &Client, department: &Added, occasion: &Json) -> Json {
    for assessment in &department.assessments {
        let review = json!({ "id": NodeKind::Assessment.encode(*assessment), "expectedVersion": 1 });
        client.done("reviewAssessment", "assessment { status }", review).await;
    }
    let input = json!({
        "departmentId": NodeKind::Department.encode(department.id), "occasionId": occasion, "title": department.code,
    });
    let report = client
        .done("createDepartmentReport", "departmentReport { id version }", input)
        .await["departmentReport"]
        .take();
    let submit = json!({ "id": report["id"], "expectedVersion": report["version"] });
    let submitted = client
        .done("submitDepartmentReport", "departmentReport { contentHash }", submit)
        .await;
    submitted["departmentReport"]["contentHash"].clone()
}

async fn joint(client: &Client) -> Json {
    let query = "{ jointFollowUp(year: 2017) { complete missing { department { code } } points { reported expected
        cells { department { code } state rating { code } } ratings { count } } } }";
    client.data(query, json!({})).await["jointFollowUp"].take()
}

/// Reads the matrix over and over; each reading agrees with itself, and none takes back what an earlier one showed.
async fn read_until(server: Server, done: tokio::sync::watch::Receiver<bool>) -> usize {
    let coordinator = server.user("coordinator").await;
    let (mut readings, mut before) = (0, 0);
    while !*done.borrow() {
        let matrix = joint(&coordinator).await;
        let (mut reported, mut missing) = (0, 0);
        for point in matrix["points"].as_array().into_iter().flatten() {
            let cells = point["cells"].as_array().cloned().unwrap_or_default();
            let count = |state: &str| cells.iter().filter(|cell| cell["state"] == state).count();
            assert_eq!(point["reported"], json!(count("REPORTED")));
            assert_eq!(point["expected"], json!(cells.len() - count("NOT_APPLICABLE")));
            let rated: u64 = point["ratings"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|rating| rating["count"].as_u64())
                .sum();
            let shown = cells.iter().filter(|cell| !cell["rating"].is_null()).count();
            assert_eq!(rated, u64::try_from(shown).expect("a number"));
            reported += count("REPORTED");
            missing += count("MISSING");
        }
        assert_eq!(matrix["missing"].as_array().map(Vec::len), Some(missing));
        assert!(reported >= before, "{reported} after {before}");
        (readings, before) = (readings + 1, reported);
    }
    readings
}

async fn of_two_who_assess_one_is_told_the_present_version(server: Server) {
    grant(&server, "performer-utb", "PERFORMER", "KFF").await;
    let controller = server.user("controller-kff").await;
    let query = "{ followUps(filter: { departmentCode: \"KFF\", year: 2017 }) { nodes { id version assessments { id version } } } }";
    let follow_up = controller.data(query, json!({})).await["followUps"]["nodes"][0].take();
    let both = [
        server.user_row("performer-kff").await["id"].take(),
        server.user_row("performer-utb").await["id"].take(),
    ];
    let assign = json!({ "id": follow_up["id"], "expectedVersion": follow_up["version"], "performerIds": both });
    controller.done("assignPerformers", "followUp { id }", assign).await;
    let assessment = &follow_up["assessments"][0];
    let servers = [server.clone(), beside(&server).await];
    let attempts = ["performer-kff", "performer-utb"].into_iter().zip(servers).map(|(username, server)| async move {
        let input = json!({
            "id": assessment["id"], "expectedVersion": assessment["version"], "conclusion": format!("Enligt {username}"),
        });
        let client = server.user(username).await;
        client.mutate("updateAssessment", "assessment { version conclusion }", input).await
    });
    let answers = join_all(attempts).await;
    let (done, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer["errors"] == json!([]));
    assert_eq!((done.len(), refused.len()), (1, 1));
    let error = &refused[0]["errors"][0];
    assert_eq!(
        (&error["code"], &error["currentVersion"]),
        (&json!("CONFLICT"), &done[0]["assessment"]["version"])
    );
}
