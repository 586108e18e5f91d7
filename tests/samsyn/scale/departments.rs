use entity::FollowUpStatus;
use libtest_mimic::Trial;
use serde_json::json;

use super::count;
use crate::api::{Client, Server};
use crate::harness::{Suite, trials};
use crate::many_departments;

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![suite, reading_across_departments_costs_the_same_with_four_hundred]
}

const JOINT: &str = include_str!("../../../schema/operations/JointFollowUp.graphql");
const ROLL_UP: &str = include_str!("../../../schema/operations/RollUp.graphql");

const DEPARTMENTS: usize = 400;

async fn reading_across_departments_costs_the_same_with_four_hundred(server: Server) {
    let coordinator = server.user("coordinator").await;
    let before = costs(&server, &coordinator).await;
    let added = many_departments::add(&server, count(DEPARTMENTS), FollowUpStatus::Reviewed).await;
    assert_eq!(costs(&server, &coordinator).await, before);
    let query = "{ jointFollowUp(year: 2017) { points { reported expected } } rollUp(of: { years: [2017] }) {
        completeness { reported } openFindings { severity count } } }";
    let found = coordinator.data(query, json!({})).await;
    let reported = found["jointFollowUp"]["points"][0]["reported"]
        .as_u64()
        .unwrap_or_default();
    assert!(
        reported >= u64::try_from(added.len()).expect("a number"),
        "they are all there: {reported}"
    );
    assert!(found["rollUp"]["completeness"].as_array().map_or(0, Vec::len) > added.len());
}

/// How many statements the joint follow-up and the roll-ups take.
async fn costs(server: &Server, client: &Client) -> [u64; 2] {
    let mut costs = [0; 2];
    for (cost, (query, variables)) in costs.iter_mut().zip([
        (JOINT, json!({ "year": 2017 })),
        (ROLL_UP, json!({ "years": [2016, 2017] })),
    ]) {
        let before = server.database().statements();
        client.data(query, variables).await;
        *cost = server.database().statements() - before;
    }
    costs
}
