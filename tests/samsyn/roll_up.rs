//! Roll-ups: what they count is what the lists show, for each reader.

use std::collections::BTreeMap;

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, with};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        ratings_are_those_of_the_follow_ups,
        completeness_is_that_of_the_joint_follow_up,
        open_findings_are_those_of_the_list,
        overdue_actions_are_those_of_the_list,
        points_without_checks_are_counted,
        trends_compare_with_the_year_before,
        a_committee_rolls_up_its_own,
        each_reader_counts_what_they_see,
        what_it_is_of_is_looked_through,
    ]
}

const ROLL_UP: &str = "query($of: RollUpInput!) { rollUp(of: $of) {
    ratings { year rating { code } count }
    completeness { year department { code } expected reported started missing }
    openFindings { year severity area count }
    overdueActions { year department { code } count oldestDueOn }
    pointsWithoutChecks { year department { code } count }
    trendsByPoint { year point { title } improved unchanged worsened }
    trendsByDepartment { year department { code } improved unchanged worsened }
} }";

async fn roll_up(client: &Client, of: Json) -> Json {
    client.data(ROLL_UP, json!({ "of": of })).await["rollUp"].take()
}

async fn of_2017(client: &Client) -> Json {
    roll_up(client, json!({ "years": [2017] })).await
}

async fn nodes(client: &Client, list: &str, filter: &str, fields: &str) -> Vec<Json> {
    let query = format!("{{ {list}(filter: {filter}, first: 100) {{ totalCount nodes {{ {fields} }} }} }}");
    let mut found = client.data(&query, json!({})).await;
    let nodes = found[list]["nodes"].as_array().cloned().unwrap_or_default();
    assert_eq!(found[list]["totalCount"].take(), json!(nodes.len()), "all on one page");
    nodes
}

/// How often each value occurs.
fn counted(values: impl Iterator<Item = String>) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

fn tallied(tallies: &Json, key: impl Fn(&Json) -> String) -> BTreeMap<String, i64> {
    let rows = tallies.as_array().into_iter().flatten();
    rows.map(|row| (key(row), row["count"].as_i64().unwrap_or_default()))
        .collect()
}

async fn ratings_are_those_of_the_follow_ups(server: Server) {
    for username in ["coordinator", "head-ksf", "auditor"] {
        let client = server.user(username).await;
        let follow_ups = nodes(
            &client,
            "followUps",
            "{ year: 2017 }",
            "assessments { status rating { code } }",
        )
        .await;
        let assessments = follow_ups
            .iter()
            .flat_map(|row| row["assessments"].as_array().into_iter().flatten());
        let reviewed = assessments.filter(|row| row["status"] == "REVIEWED" && !row["rating"].is_null());
        let expected = counted(reviewed.map(|row| row["rating"]["code"].to_string()));
        let found = of_2017(&client).await;
        assert_eq!(
            tallied(&found["ratings"], |row| row["rating"]["code"].to_string()),
            expected,
            "{username}"
        );
        assert!(!expected.is_empty());
    }
}

async fn completeness_is_that_of_the_joint_follow_up(server: Server) {
    let coordinator = server.user("coordinator").await;
    let query = "{ jointFollowUp(year: 2017) { departments { code } points { cells { department { code } state } } } }";
    let joint = coordinator.data(query, json!({})).await["jointFollowUp"].take();
    let shared = roll_up(&coordinator, json!({ "years": [2017], "scope": "SHARED" })).await;
    for department in joint["departments"].as_array().into_iter().flatten() {
        let cells = joint["points"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|point| point["cells"].as_array().into_iter().flatten());
        let states = counted(
            cells
                .filter(|cell| cell["department"] == *department)
                .map(|cell| cell["state"].to_string()),
        );
        let of = |state: &str| json!(states.get(&format!("\"{state}\"")).copied().unwrap_or_default());
        let tally = with(&shared["completeness"], "department", department.clone());
        for (field, state) in [("reported", "REPORTED"), ("started", "STARTED"), ("missing", "MISSING")] {
            assert_eq!(tally[field], of(state), "{field} of {department}");
        }
        let applies: i64 = states
            .iter()
            .filter(|(state, _)| *state != "\"NOT_APPLICABLE\"")
            .map(|(_, count)| count)
            .sum();
        assert_eq!(tally["expected"], json!(applies), "{department}");
    }
    // With their own points it is more.
    let all = of_2017(&coordinator).await;
    let ksf = with(&all["completeness"], "department", json!({ "code": "KSF" }));
    assert_eq!((&ksf["expected"], &ksf["reported"]), (&json!(4), &json!(4)));
}

async fn open_findings_are_those_of_the_list(server: Server) {
    for username in ["coordinator", "head-ksf", "controller-utb", "auditor"] {
        let client = server.user(username).await;
        let filter = "{ year: 2017, status: [OPEN, ACTION_PLANNED] }";
        let findings = nodes(&client, "findings", filter, "severity area").await;
        let expected = counted(
            findings
                .iter()
                .map(|row| format!("{} {}", row["severity"], row["area"])),
        );
        let found = of_2017(&client).await;
        let tallies = tallied(&found["openFindings"], |row| {
            format!("{} {}", row["severity"], row["area"])
        });
        assert_eq!(tallies, expected, "{username}");
    }
    // What counts of it is confidential for some: who may read it counts more, and that is noted.
    let (coordinator, auditor) = (server.user("coordinator").await, server.user("auditor").await);
    let total = |found: &Json| -> i64 {
        found["openFindings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row["count"].as_i64())
            .sum()
    };
    assert!(total(&of_2017(&auditor).await) > total(&of_2017(&coordinator).await));
    let log = "{ auditEvents(first: 10) { nodes { action actorUser { username } } } }";
    let log = auditor.data(log, json!({})).await["auditEvents"]["nodes"].take();
    let mut actors = log
        .as_array()
        .into_iter()
        .flatten()
        .map(|event| &event["actorUser"]["username"]);
    assert!(actors.any(|actor| actor == "auditor"), "{log:#}");
}

async fn overdue_actions_are_those_of_the_list(server: Server) {
    let server = server.on("2019-02-01").await;
    for username in ["coordinator", "head-ksf"] {
        let client = server.user(username).await;
        let actions = nodes(
            &client,
            "correctiveActions",
            "{ year: 2017, overdue: true }",
            "dueOn department { code }",
        )
        .await;
        let expected = counted(actions.iter().map(|row| row["department"].to_string()));
        let found = of_2017(&client).await;
        assert_eq!(
            tallied(&found["overdueActions"], |row| row["department"].to_string()),
            expected,
            "{username}"
        );
        let oldest = actions
            .iter()
            .filter(|row| row["department"]["code"] == "KSF")
            .map(|row| row["dueOn"].to_string())
            .min();
        let ksf = with(&found["overdueActions"], "department", json!({ "code": "KSF" }));
        assert_eq!(Some(ksf["oldestDueOn"].to_string()), oldest);
    }
}

async fn points_without_checks_are_counted(server: Server) {
    let coordinator = server.user("coordinator").await;
    let plans = "{ controlYear(year: 2017) { departmentPlans { department { code } points { point { id } } } } }";
    let plans = coordinator.data(plans, json!({})).await["controlYear"]["departmentPlans"].take();
    let checked = nodes(
        &coordinator,
        "followUps",
        "{ year: 2017 }",
        "point { id } department { code } checks { id }",
    )
    .await;
    let found = of_2017(&coordinator).await;
    for plan in plans.as_array().into_iter().flatten() {
        let without = plan["points"].as_array().into_iter().flatten().filter(|place| {
            !checked.iter().any(|row| {
                row["point"] == place["point"] && row["department"] == plan["department"] && row["checks"] != json!([])
            })
        });
        let expected = without.count();
        let tallies = found["pointsWithoutChecks"].as_array().into_iter().flatten();
        let tally = tallies.clone().find(|row| row["department"] == plan["department"]);
        assert_eq!(
            tally.map_or(json!(0), |row| row["count"].clone()),
            json!(expected),
            "{plan:#}"
        );
    }
}

async fn trends_compare_with_the_year_before(server: Server) {
    // The demonstration has one year: what is stated there is what counts.
    let coordinator = server.user("coordinator").await;
    let rows = nodes(
        &coordinator,
        "followUps",
        "{ year: 2017 }",
        "trend status point { title } department { code }",
    )
    .await;
    let stated = rows
        .iter()
        .filter(|row| row["status"] == "REVIEWED" && !row["trend"].is_null())
        .count();
    let found = of_2017(&coordinator).await;
    let sum = |tallies: &Json| -> usize {
        let rows = tallies.as_array().into_iter().flatten();
        let each =
            rows.flat_map(|row| ["improved", "unchanged", "worsened"].map(|way| row[way].as_u64().unwrap_or_default()));
        usize::try_from(each.sum::<u64>()).expect("it fits")
    };
    assert_eq!(sum(&found["trendsByPoint"]), stated);
    assert_eq!(sum(&found["trendsByDepartment"]), stated);
}

async fn a_committee_rolls_up_its_own(server: Server) {
    let coordinator = server.user("coordinator").await;
    let found = roll_up(&coordinator, json!({ "years": [2017, 2018], "committeeCode": "UN" })).await;
    let codes: Vec<_> = found["completeness"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| row["department"]["code"].clone())
        .collect();
    assert_eq!(codes, [json!("UTB")]);
    let whole = of_2017(&coordinator).await;
    let total = |found: &Json| -> i64 {
        found["ratings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| row["count"].as_i64())
            .sum()
    };
    let mut parts = 0;
    for code in ["KS", "UN", "OSN", "KFN", "SBN"] {
        parts += total(&roll_up(&coordinator, json!({ "years": [2017], "committeeCode": code })).await);
    }
    assert_eq!(parts, total(&whole));
}

async fn each_reader_counts_what_they_see(server: Server) {
    let controller = server.user("controller-utb").await;
    let found = of_2017(&controller).await;
    let codes: Vec<_> = found["completeness"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| row["department"]["code"].clone())
        .collect();
    assert_eq!(codes, [json!("UTB")]);
    // The administrator reads no content: what they count is what the public counts.
    let public = of_2017(&server.public()).await;
    assert_eq!(of_2017(&server.user("administrator").await).await, public);
    // The public counts what is published: UTB's report.
    assert_eq!(public["completeness"], json!([]));
    let published =
        "{ departmentReport(departmentCode: \"UTB\", year: 2017) { followUps { assessments { rating { code } } } } }";
    let published = server.public().data(published, json!({})).await["departmentReport"]["followUps"].take();
    let shown = published
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row["assessments"].as_array().into_iter().flatten());
    let expected = counted(
        shown
            .filter(|row| !row["rating"].is_null())
            .map(|row| row["rating"]["code"].to_string()),
    );
    assert_eq!(
        tallied(&public["ratings"], |row| row["rating"]["code"].to_string()),
        expected
    );
}

async fn what_it_is_of_is_looked_through(server: Server) {
    let coordinator = server.user("coordinator").await;
    for (years, code) in [
        (json!([]), "BAD_REQUEST"),
        (json!([1]), "BAD_REQUEST"),
        (json!(vec![2017; 11]), "LIMIT_EXCEEDED"),
    ] {
        let (found, _) = coordinator.error(ROLL_UP, json!({ "of": { "years": years } })).await;
        assert_eq!(found, code, "{years}");
    }
    let nothing = roll_up(&coordinator, json!({ "years": [2016], "committeeCode": "INGEN" })).await;
    assert_eq!(nothing["completeness"], json!([]));
}
