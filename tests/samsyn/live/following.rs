//! What comes when something changes, and from where it goes on.

use std::time::Duration;

use libtest_mimic::Trial;
use samsyn::live::LiveLimits;
use serde_json::json;

use super::events::Events;
use super::socket::Socket;
use super::{JOINT, REPORT, WORK, name_of, rename, token};
use crate::api::{Server, quick};
use crate::audit::Log;
use crate::harness::{Suite, trials};

/// Long enough for an event that must not come.
const A_WHILE: Duration = Duration::from_millis(700);

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        the_present_comes_first_and_then_what_changes,
        a_client_goes_on_from_the_last_event_that_it_has,
        what_changes_for_others_comes_to_nobody_else,
        a_slow_client_gets_the_latest_and_not_all,
        my_work_comes_and_goes,
        a_report_is_followed_to_its_end,
        confidential_content_is_recorded_when_it_is_sent_and_only_then,
        a_budget_that_is_used_up_delays_what_comes,
    ]
}

async fn the_present_comes_first_and_then_what_changes(server: Server) {
    let mut socket = Socket::of(&server.url("/graphql"), Some(&token(&server, "coordinator").await)).await;
    socket.subscribe("1", JOINT, json!({})).await;
    let first = socket.event("1").await;
    assert_eq!(name_of(&first, "UTB"), "Utbildningsförvaltningen");
    socket.hears_nothing(A_WHILE).await;
    rename(&server, "UTB", "Utbildning").await;
    let second = socket.event("1").await;
    assert_eq!(name_of(&second, "UTB"), "Utbildning");
    assert_ne!(first["jointFollowUp"]["eventId"], second["jointFollowUp"]["eventId"]);
    // Two changes that come to nothing for what is selected.
    let user = json!({ "username": "new", "name": "Ny" });
    server
        .user("administrator")
        .await
        .done("createUser", "user { id }", user)
        .await;
    socket.hears_nothing(A_WHILE).await;
}

async fn a_client_goes_on_from_the_last_event_that_it_has(server: Server) {
    let coordinator = token(&server, "coordinator").await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&coordinator)).await;
    socket.subscribe("1", JOINT, json!({})).await;
    let first = socket.event("1").await["jointFollowUp"]["eventId"].take();
    drop(socket);
    // Nothing has happened: only what comes is sent.
    let mut socket = Socket::of(&server.url("/graphql"), Some(&coordinator)).await;
    socket.subscribe("1", JOINT, json!({ "after": first })).await;
    socket.hears_nothing(A_WHILE).await;
    rename(&server, "UTB", "Utbildning").await;
    assert_eq!(name_of(&socket.event("1").await, "UTB"), "Utbildning");
    drop(socket);
    // Something has: it is sent at once, by either transport.
    let mut socket = Socket::of(&server.url("/graphql"), Some(&coordinator)).await;
    socket.subscribe("1", JOINT, json!({ "after": first })).await;
    let second = socket.event("1").await;
    assert_eq!(name_of(&second, "UTB"), "Utbildning");
    let first = first.as_str().expect("an id");
    let mut events = Events::follow(&server, &coordinator, JOINT, json!({}), first).await;
    let (event, id) = events.data().await;
    assert_eq!(name_of(&event, "UTB"), "Utbildning");
    // What the browser has received since weighs more than what it began with.
    let mut events = Events::follow(&server, &coordinator, JOINT, json!({ "after": first }), &id).await;
    events.hears_nothing(A_WHILE).await;
}

async fn what_changes_for_others_comes_to_nobody_else(server: Server) {
    let url = server.url("/graphql");
    // Somebody of a department sees their own column alone.
    let mut controller = Socket::of(&url, Some(&token(&server, "controller-ksf").await)).await;
    controller.subscribe("joint", JOINT, json!({})).await;
    controller.event("joint").await;
    let mut public = Socket::of(&url, None).await;
    public.subscribe("report", REPORT, json!({ "code": "KSF" })).await;
    assert!(public.event("report").await["departmentReport"]["departmentReport"].is_null());
    let mut head = Socket::of(&url, Some(&token(&server, "head-utb").await)).await;
    head.subscribe("report", REPORT, json!({ "code": "KSF" })).await;
    assert!(head.event("report").await["departmentReport"]["departmentReport"].is_null());
    let elsewhere = server
        .token(crate::api::EXEMPEL, "head-ksf", chrono::TimeDelta::hours(1))
        .await;
    let mut elsewhere = Socket::of(&url, Some(&elsewhere)).await;
    elsewhere.subscribe("joint", JOINT, json!({})).await;
    elsewhere.event("joint").await;
    let mut coordinator = Socket::of(&url, Some(&token(&server, "coordinator").await)).await;
    coordinator.subscribe("joint", JOINT, json!({})).await;
    coordinator.event("joint").await;

    rename(&server, "SBF", "Samhällsbyggnad").await;
    assert_eq!(name_of(&coordinator.event("joint").await, "SBF"), "Samhällsbyggnad");
    rename(&server, "KSF", "Kansliet").await;
    assert_eq!(name_of(&coordinator.event("joint").await, "KSF"), "Kansliet");
    assert_eq!(name_of(&controller.event("joint").await, "KSF"), "Kansliet");
    for other in [&mut controller, &mut public, &mut head, &mut elsewhere] {
        other.hears_nothing(A_WHILE).await;
    }
}

async fn a_slow_client_gets_the_latest_and_not_all(server: Server) {
    let limits = LiveLimits {
        pause: Duration::from_secs(2),
        ..quick()
    };
    let server = server.holding(limits).await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&token(&server, "coordinator").await)).await;
    socket.subscribe("1", JOINT, json!({})).await;
    socket.event("1").await;
    for number in 1..=8 {
        rename(&server, "UTB", &format!("Namn {number}")).await;
    }
    let mut names = Vec::new();
    while names.last().is_none_or(|last| last != "Namn 8") {
        names.push(name_of(&socket.event("1").await, "UTB"));
    }
    assert!(names.len() <= 4, "{names:?}");
    socket.hears_nothing(Duration::from_secs(3)).await;
}

async fn my_work_comes_and_goes(server: Server) {
    let url = server.url("/graphql");
    let mut socket = Socket::of(&url, Some(&token(&server, "controller-kff").await)).await;
    socket.subscribe("1", WORK, json!({})).await;
    let before = socket.event("1").await["myWork"]["myWork"]["totalCount"]
        .as_u64()
        .expect("a count");
    // Assessed by the performer, it waits for the controller.
    crate::life_cycles::assess_kff(&server).await;
    let mut after = socket.event("1").await["myWork"]["myWork"].take();
    while after["totalCount"].as_u64() == Some(before) {
        after = socket.event("1").await["myWork"]["myWork"].take();
    }
    let kinds: Vec<&str> = after["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter_map(|node| node["kind"].as_str())
        .collect();
    assert!(kinds.contains(&"REVIEW"), "{kinds:?}");
}

async fn a_report_is_followed_to_its_end(server: Server) {
    let url = server.url("/graphql");
    let mut socket = Socket::of(&url, Some(&token(&server, "registrar").await)).await;
    socket.subscribe("1", REPORT, json!({ "code": "KSF" })).await;
    assert_eq!(
        socket.event("1").await["departmentReport"]["departmentReport"]["status"],
        "RECOMMENDED"
    );
    let mut public = Socket::of(&url, None).await;
    public.subscribe("1", REPORT, json!({ "code": "KSF" })).await;
    assert!(public.event("1").await["departmentReport"]["departmentReport"].is_null());
    crate::leaks::decide_and_publish(&server).await;
    let decided = socket.event("1").await;
    assert_eq!(decided["departmentReport"]["departmentReport"]["status"], "DECIDED");
    // It is the public's only once it is published.
    let published = public.event("1").await;
    assert_eq!(published["departmentReport"]["departmentReport"]["status"], "DECIDED");
}

async fn confidential_content_is_recorded_when_it_is_sent_and_only_then(server: Server) {
    const FINDINGS: &str = "subscription Brister { departmentReport(departmentCode: \"KSF\", year: 2017) {
        departmentReport { department { name } followUps { findings { title } } } } }";
    let log = Log::of(&server).await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&token(&server, "auditor").await)).await;
    let reads = || async {
        let events = crate::audit::exported(&log).await;
        let reads = events.iter().filter(|event| event["action"] == "confidential.read");
        reads.filter(|event| event["payload"]["operation"] == "Brister").count()
    };
    assert_eq!(reads().await, 0);
    socket.subscribe("1", FINDINGS, json!({})).await;
    socket.event("1").await;
    assert_eq!(reads().await, 1);
    rename(&server, "UTB", "Utbildning").await;
    socket.hears_nothing(A_WHILE).await;
    assert_eq!(reads().await, 1);
    rename(&server, "KSF", "Kansliet").await;
    socket.event("1").await;
    assert_eq!(reads().await, 2);
}

async fn a_budget_that_is_used_up_delays_what_comes(server: Server) {
    use samsyn::graphql::limits::Budgets;
    use std::num::NonZeroU32;
    let changing = server.clone();
    let points = |number| NonZeroU32::new(number).expect("points");
    let cost = {
        let budgets = |sign_in: samsyn::server::SignIn| sign_in.with_budgets(Budgets::new(points(100_000), points(1)));
        let server = server.signing_in(budgets).await;
        let mut socket = Socket::of(&server.url("/graphql"), Some(&token(&server, "coordinator").await)).await;
        socket.subscribe("1", JOINT, json!({})).await;
        let told = socket.next().await["payload"]["extensions"]["cost"]["requested"].as_u64();
        u32::try_from(told.expect("a cost")).expect("points")
    };
    // Enough for one event, and for another after two seconds.
    let budgets = |sign_in: samsyn::server::SignIn| sign_in.with_budgets(Budgets::new(points(cost), points(cost / 2)));
    let server = server.signing_in(budgets).await;
    let mut socket = Socket::of(&server.url("/graphql"), Some(&token(&server, "coordinator").await)).await;
    socket.subscribe("1", JOINT, json!({})).await;
    socket.event("1").await;
    rename(&changing, "UTB", "Utbildning").await;
    socket.hears_nothing(A_WHILE).await;
    assert_eq!(name_of(&socket.event("1").await, "UTB"), "Utbildning");
    // Whoever asks for more than there is learns when there will be.
    let mut other = Socket::of(&server.url("/graphql"), Some(&token(&server, "coordinator").await)).await;
    other.subscribe("1", JOINT, json!({})).await;
    assert_eq!(other.error("1").await, "RATE_LIMITED");
}
