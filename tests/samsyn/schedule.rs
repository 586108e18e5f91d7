//! Checks several times a year: planned on the point, derived for each follow-up, waiting for who performs them.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, each, with, with_title};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        times_are_planned_on_a_new_point,
        times_are_looked_through,
        each_time_stands_by_the_checks_of_its_follow_up,
        a_check_that_is_withheld_leaves_it_unknown,
        who_sees_a_report_alone_sees_no_plan,
        a_check_that_is_due_waits_for_its_performers,
        a_central_check_does_it_for_all,
        times_come_along_to_the_next_year,
        their_number_costs_no_statements,
    ]
}

const POINT: &str = "query { controlYear(year: 2017) { id sharedPlan { points { point {
    id version title schedule scheduledTimes { earliest latest text } } } } } }";

/// A shared point of the demonstration.
async fn point(client: &Client, title: &str) -> Json {
    let data = client.data(POINT, json!({})).await;
    with_title(&data["controlYear"]["sharedPlan"]["points"], title)["point"].clone()
}

/// The three times that the crisis plan is checked at in the tests' year, which is over on their day, the last time apart.
fn three() -> Json {
    json!([
        { "earliest": "2017-05-25", "latest": "2017-05-31", "text": "slutet av maj 2017" },
        { "earliest": "2017-10-01", "latest": "2017-10-31", "text": "oktober 2017" },
        { "earliest": "2018-01-01", "latest": "2018-03-31", "text": "efter bokslutet" },
    ])
}

/// Plans times of the crisis plan, which is in an adopted plan.
async fn plan(server: &Server, times: Json) -> Json {
    let coordinator = server.user("coordinator").await;
    let present = point(&coordinator, "Krishantering").await;
    let change = json!({ "id": present["id"], "expectedVersion": present["version"], "scheduledTimes": times });
    let fields = "controlPoint { id version schedule scheduledTimes { earliest latest text } }";
    coordinator.done("updateControlPoint", fields, change).await["controlPoint"].take()
}

const FOLLOW_UP: &str = "query($code: String!) { followUps(filter: { departmentCode: $code, year: 2017 }) { nodes {
    id point { id title } scheduledChecks { time { text } state checks { id title } } } } }";

async fn follow_up(client: &Client, code: &str) -> Json {
    let data = client.data(FOLLOW_UP, json!({ "code": code })).await;
    with_title(&data["followUps"]["nodes"], "Krishantering").clone()
}

async fn states(client: &Client, code: &str) -> Vec<Json> {
    each(&follow_up(client, code).await["scheduledChecks"], "state")
}

/// Registers a check of a follow-up, performed in a period.
async fn check(client: &Client, follow_up: &Json, earliest: &str, latest: &str) -> Json {
    let performed = json!({ "earliest": earliest, "latest": latest, "text": "då" });
    let input = json!({ "followUpId": follow_up["id"], "title": "Kontroll", "performedOn": performed });
    client.done("registerCheck", "check { id }", input).await["check"]["id"].take()
}

async fn times_are_planned_on_a_new_point(server: Server) {
    let coordinator = server.user("coordinator").await;
    let year = coordinator.data(POINT, json!({})).await["controlYear"]["id"].take();
    let input = json!({
        "controlYearId": year, "scope": "SHARED", "title": "Attest",
        "schedule": ["tre gånger om året"], "scheduledTimes": three(),
    });
    let fields = "controlPoint { schedule scheduledTimes { earliest latest text } }";
    let point = coordinator.done("createControlPoint", fields, input).await["controlPoint"].take();
    assert_eq!(point["schedule"], json!(["tre gånger om året"]));
    assert_eq!(point["scheduledTimes"], three());
    // Of a point in an adopted plan the words stay, and when they are carried out is planned.
    let planned = plan(&server, three()).await;
    assert_eq!(planned["scheduledTimes"], three());
    let again = plan(&server, three()).await;
    assert_eq!(again["version"], planned["version"], "nothing changed");
    let fewer = plan(&server, json!([three()[1]])).await;
    assert_eq!(each(&fewer["scheduledTimes"], "text"), ["oktober 2017"]);
    let performer = server.user("performer-ksf").await;
    let change = json!({ "id": fewer["id"], "expectedVersion": fewer["version"], "scheduledTimes": [] });
    assert_eq!(performer.refusal("updateControlPoint", change).await, ["FORBIDDEN"]);
    assert_eq!(plan(&server, json!([])).await["scheduledTimes"], json!([]));
}

async fn times_are_looked_through(server: Server) {
    let coordinator = server.user("coordinator").await;
    let present = point(&coordinator, "Krishantering").await;
    let time = |earliest: &str, latest: &str| json!({ "earliest": earliest, "latest": latest, "text": "då" });
    let many: Vec<Json> = (0..61).map(|_| time("2017-01-01", "2017-01-01")).collect();
    for (times, code, path, message) in [
        (
            json!([time("2016-12-31", "2017-01-31")]),
            "INVALID",
            json!(["scheduledTimes", "0"]),
            "It has to be from 2017-01-01 to 2018-03-31.",
        ),
        (
            json!([time("2017-02-01", "2017-01-31")]),
            "INVALID",
            json!(["scheduledTimes", "0", "latest"]),
            "The last day that it can be comes before the first.",
        ),
        (
            json!([time("2017-01-01", "2017-01-31"), time("2017-01-31", "2017-02-28")]),
            "INVALID",
            json!(["scheduledTimes", "1", "earliest"]),
            "It has to begin after the time before it ends.",
        ),
        (
            json!(many),
            "LIMIT",
            json!(["scheduledTimes"]),
            "A point has at most 60 scheduled times, not 61.",
        ),
    ] {
        let change = json!({ "id": present["id"], "expectedVersion": present["version"], "scheduledTimes": times });
        let errors = coordinator.refused("updateControlPoint", change).await;
        assert_eq!(
            (&errors[0]["code"], &errors[0]["path"]),
            (&json!(code), &path),
            "{errors:?}"
        );
        assert_eq!(errors[0]["message"], message);
    }
    let change = json!({ "id": present["id"], "expectedVersion": present["version"], "scheduledTimes": null });
    assert_eq!(coordinator.refusal("updateControlPoint", change).await, ["INVALID"]);
}

async fn each_time_stands_by_the_checks_of_its_follow_up(server: Server) {
    plan(&server, three()).await;
    let performer = server.user("performer-kff").await;
    assert_eq!(states(&performer, "KFF").await, ["MISSED", "MISSED", "DUE"]);
    for (day, expected) in [
        ("2017-05-24", ["NOT_DUE", "NOT_DUE", "NOT_DUE"]),
        ("2017-05-31", ["DUE", "NOT_DUE", "NOT_DUE"]),
        ("2017-06-01", ["MISSED", "NOT_DUE", "NOT_DUE"]),
    ] {
        let that_day = server.on(day).await;
        assert_eq!(
            states(&that_day.user("performer-kff").await, "KFF").await,
            expected,
            "{day}"
        );
    }
    let own = follow_up(&performer, "KFF").await;
    let may = check(&performer, &own, "2017-05-01", "2017-05-31").await;
    check(&performer, &own, "2017-11-01", "2017-11-01").await;
    let last = check(&performer, &own, "2018-01-20", "2018-01-20").await;
    let seen = follow_up(&performer, "KFF").await["scheduledChecks"].take();
    assert_eq!(
        each(&seen, "state"),
        ["DONE", "MISSED", "DONE"],
        "what is done too late is not done in time"
    );
    assert_eq!(seen[0]["checks"], json!([{ "id": may, "title": "Kontroll" }]));
    assert_eq!(seen[1]["checks"], json!([]));
    assert_eq!(seen[2]["checks"][0]["id"], last);
    assert_eq!(seen[0]["time"]["text"], "slutet av maj 2017");
    // Another department's is another matter, and a check without a time is of none.
    let other = server.user("performer-utb").await;
    let without = json!({ "followUpId": follow_up(&other, "UTB").await["id"], "title": "Kontroll" });
    other.done("registerCheck", "check { id }", without).await;
    assert_eq!(states(&other, "UTB").await, ["MISSED", "MISSED", "DUE"]);
}

async fn a_check_that_is_withheld_leaves_it_unknown(server: Server) {
    plan(&server, three()).await;
    let performer = server.user("performer-kff").await;
    let own = follow_up(&performer, "KFF").await;
    let secret = check(&performer, &own, "2017-10-02", "2017-10-02").await;
    let mark = json!({ "subjectId": secret, "ground": "OSL 18 kap. 8 §" });
    server
        .user("registrar")
        .await
        .done("setSecrecyMark", "secrecyEvent { ground }", mark)
        .await;
    let coordinator = server.user("coordinator").await;
    assert_eq!(states(&coordinator, "KFF").await, [Json::Null, Json::Null, Json::Null]);
    assert_eq!(states(&performer, "KFF").await, ["MISSED", "DONE", "DUE"]);
}

async fn who_sees_a_report_alone_sees_no_plan(server: Server) {
    plan(&server, three()).await;
    let query = "{ departmentReport(departmentCode: \"UTB\", year: 2017) { followUps { scheduledChecks { state } } } }";
    for client in [server.public(), server.user("member-ks").await] {
        let data = client.data(query, json!({})).await;
        for follow_up in data["departmentReport"]["followUps"].as_array().expect("a report") {
            assert_eq!(follow_up["scheduledChecks"], json!([]));
        }
    }
}

/// The checks that wait for somebody, with the day that each is due.
async fn waiting(client: &Client) -> Vec<(Json, Json)> {
    let query = "{ viewer { myWork(first: 100) { nodes { kind why dueOn followUp { point { title } } } } } }";
    let data = client.data(query, json!({})).await;
    let nodes = data["viewer"]["myWork"]["nodes"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    nodes
        .into_iter()
        .filter(|item| item["kind"] == "PERFORM_CHECK")
        .map(|item| {
            assert_eq!(item["followUp"]["point"]["title"], "Krishantering");
            (item["dueOn"].clone(), item["why"].clone())
        })
        .collect()
}

async fn a_check_that_is_due_waits_for_its_performers(server: Server) {
    let performer = server.user("performer-kff").await;
    assert_eq!(waiting(&performer).await, []);
    plan(&server, three()).await;
    let due = waiting(&performer).await;
    let why = |time: &str| {
        json!(format!(
            "A check of \"Krishantering\" of KFF is to be performed: {time}."
        ))
    };
    assert_eq!(
        due,
        [
            (json!("2017-05-31"), why("slutet av maj 2017")),
            (json!("2017-10-31"), why("oktober 2017")),
            (json!("2018-03-31"), why("efter bokslutet")),
        ]
    );
    for username in ["controller-kff", "head-kff", "coordinator", "auditor"] {
        assert_eq!(waiting(&server.user(username).await).await, [], "{username}");
    }
    let early = server.on("2017-05-24").await;
    assert_eq!(
        waiting(&early.user("performer-kff").await).await,
        [],
        "nothing is due yet"
    );
    // One that comes late catches up with what was missed before.
    let own = follow_up(&performer, "KFF").await;
    check(&performer, &own, "2017-11-01", "2017-11-01").await;
    assert_eq!(
        waiting(&performer).await,
        [(json!("2018-03-31"), why("efter bokslutet"))]
    );
    check(&performer, &own, "2018-01-01", "2018-01-31").await;
    assert_eq!(waiting(&performer).await, []);
}

async fn a_central_check_does_it_for_all(server: Server) {
    plan(&server, three()).await;
    let coordinator = server.user("coordinator").await;
    let input = json!({
        "controlPointId": point(&coordinator, "Krishantering").await["id"],
        "title": "Kontroll för alla",
        "performedOn": { "earliest": "2018-01-10", "latest": "2018-01-10", "text": "10 januari" },
    });
    coordinator.done("registerCentralCheck", "check { id }", input).await;
    for code in ["KFF", "UTB"] {
        let performer = server.user(&format!("performer-{}", code.to_lowercase())).await;
        assert_eq!(states(&performer, code).await, ["MISSED", "MISSED", "DONE"], "{code}");
        assert_eq!(waiting(&performer).await, [], "{code}");
    }
}

async fn times_come_along_to_the_next_year(server: Server) {
    plan(&server, three()).await;
    let coordinator = server.user("coordinator").await;
    let next = json!({ "year": 2018, "ratingBasis": "RESULT" });
    let next = coordinator.done("createControlYear", "controlYear { id }", next).await["controlYear"]["id"].take();
    let roll = json!({ "controlYearId": next });
    coordinator.done("rollForward", "controlYear { year }", roll).await;
    let query =
        "{ carryOvers(first: 100, filter: { kind: CONTROL_POINT }) { nodes { id version controlPoint { title } } } }";
    let proposed = coordinator.data(query, json!({})).await;
    let nodes = proposed["carryOvers"]["nodes"].as_array().cloned().unwrap_or_default();
    let crisis = nodes
        .iter()
        .find(|node| node["controlPoint"]["title"] == "Krishantering")
        .expect("a proposal");
    let accept = json!({ "id": crisis["id"], "expectedVersion": crisis["version"] });
    coordinator.done("acceptCarryOver", "carryOver { id }", accept).await;
    let query = "{ controlPoints(filter: { year: 2018 }) { nodes { title scheduledTimes { earliest latest text } } } }";
    let points = coordinator.data(query, json!({})).await["controlPoints"]["nodes"].take();
    let point = with(&points, "title", "Krishantering");
    assert_eq!(
        point["scheduledTimes"],
        json!([
            { "earliest": "2018-05-25", "latest": "2018-05-31", "text": "slutet av maj 2018" },
            { "earliest": "2018-10-01", "latest": "2018-10-31", "text": "oktober 2018" },
            { "earliest": "2019-01-01", "latest": "2019-03-31", "text": "efter bokslutet" },
        ])
    );
}

async fn their_number_costs_no_statements(server: Server) {
    let coordinator = server.user("coordinator").await;
    let cost = |client: Client| {
        let database = server.database().clone();
        async move {
            let query = "{ followUps(first: 100) { nodes { point { scheduledTimes { text } }
                checks { id } scheduledChecks { state checks { id } } } } }";
            let before = database.statements();
            client.data(query, json!({})).await;
            database.statements() - before
        }
    };
    plan(&server, json!([three()[0]])).await;
    let one = cost(coordinator.clone()).await;
    plan(&server, three()).await;
    assert_eq!(cost(coordinator).await, one);
}
