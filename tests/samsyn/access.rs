//! Who sees what.

use chrono::TimeDelta;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{EXEMPEL, MJOLBY, Server, each};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        the_public_reads_decided_and_published_reports_only,
        another_municipalitys_id_is_an_id_that_does_not_exist,
        another_municipalitys_object_cannot_be_changed,
        departments_do_not_see_each_other,
        a_committee_reads_what_is_laid_before_it,
        the_administrator_reads_no_content,
        an_auditor_reads_confidential_content_for_a_limited_time,
        a_disabled_user_is_out_at_the_next_request,
        an_ended_role_is_gone_at_the_next_request,
        nobody_grants_themself_a_role,
        missing_and_expired_tokens_are_refused,
        filters_and_counts_tell_nothing_of_what_is_withheld,
    ]
}

const STATUS: &str = "query($code: String!) { departmentReport(departmentCode: $code, year: 2017) { status } }";

async fn the_public_reads_decided_and_published_reports_only(server: Server) {
    let public = server.public();
    let report = |code: &'static str| {
        let public = public.clone();
        async move { public.data(STATUS, json!({ "code": code })).await["departmentReport"].take() }
    };
    assert_eq!(report("UTB").await["status"], "DECIDED");
    for code in ["KSF", "OSF", "KFF", "SBF"] {
        assert_eq!(report(code).await, Json::Null, "{code}");
    }
    let data = public
        .data(
            "{ followUps { totalCount nodes { department { code } } } viewer { user { id } } }",
            json!({}),
        )
        .await;
    assert_eq!(data["followUps"]["totalCount"], 3);
    assert!(
        each(&data["followUps"]["nodes"], "department")
            .iter()
            .all(|it| it["code"] == "UTB")
    );
    assert_eq!(data["viewer"]["user"], Json::Null);
    let (code, _) = public
        .error(
            "mutation { createUser(input: { username: \"x\", name: \"x\" }) { errors { code } } }",
            json!({}),
        )
        .await;
    assert_eq!(code, "UNAUTHENTICATED");
}

async fn another_municipalitys_id_is_an_id_that_does_not_exist(server: Server) {
    let other = server.user_of(EXEMPEL, "head-ksf").await;
    let found = other
        .data("{ findings { nodes { id followUp { id } } } }", json!({}))
        .await;
    let finding = &found["findings"]["nodes"][0];
    let head = server.user("head-ksf").await;
    for id in [&finding["id"], &finding["followUp"]["id"]] {
        let query = "query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }";
        assert_eq!(
            head.data(query, json!({ "id": id })).await,
            json!({ "node": null, "nodes": [null] })
        );
        assert_eq!(other.data(query, json!({ "id": id })).await["node"]["id"], *id);
    }
}

async fn another_municipalitys_object_cannot_be_changed(server: Server) {
    let other = server.user_of(EXEMPEL, "performer-ksf").await;
    let found = other
        .data("{ findings { nodes { id followUp { id } } } }", json!({}))
        .await;
    let follow_up = &found["findings"]["nodes"][0]["followUp"]["id"];
    let performer = server.user("performer-ksf").await;
    let refusal = performer
        .refusal("registerFinding", json!({ "followUpId": follow_up, "title": "x" }))
        .await;
    assert_eq!(refusal, ["NOT_FOUND"]);
}

async fn departments_do_not_see_each_other(server: Server) {
    let head = server.user("head-utb").await;
    assert_eq!(
        head.data(STATUS, json!({ "code": "KSF" })).await["departmentReport"],
        Json::Null
    );
    let data = head
        .data("{ followUps { totalCount nodes { department { code } } } }", json!({}))
        .await;
    assert_eq!(data["followUps"]["totalCount"], 3);
    let data = head
        .data(
            "{ findings(filter: { departmentCode: \"KSF\" }) { totalCount nodes { id } } }",
            json!({}),
        )
        .await;
    assert_eq!(data["findings"], json!({ "totalCount": 0, "nodes": [] }));
}

async fn a_committee_reads_what_is_laid_before_it(server: Server) {
    let member = server.user("member-ks").await;
    assert_eq!(
        member.data(STATUS, json!({ "code": "KSF" })).await["departmentReport"]["status"],
        "RECOMMENDED"
    );
    // The executive board also reads what is laid before other committees, but not before it is.
    assert_eq!(
        member.data(STATUS, json!({ "code": "UTB" })).await["departmentReport"]["status"],
        "DECIDED"
    );
    assert_eq!(
        member.data(STATUS, json!({ "code": "OSF" })).await["departmentReport"],
        Json::Null
    );
}

async fn the_administrator_reads_no_content(server: Server) {
    let administrator = server.user("administrator").await;
    assert_eq!(
        administrator.data(STATUS, json!({ "code": "KSF" })).await["departmentReport"],
        Json::Null
    );
    // What is published is everybody's; beyond that there is nothing for them.
    let counts = "{ followUps { totalCount } findings { totalCount } correctiveActions { totalCount } }";
    let own = administrator.data(counts, json!({})).await;
    assert_eq!(own, server.public().data(counts, json!({})).await);
    let plans = "{ controlYear(year: 2017) { sharedPlan { id } departmentPlans { id } } controlPoints { totalCount } }";
    let plans = administrator.data(plans, json!({})).await;
    assert_eq!(
        plans["controlYear"],
        json!({ "sharedPlan": null, "departmentPlans": [] })
    );
}

const WITHHELD: &str = "{ findings(filter: { departmentCode: \"KSF\", year: 2017 }, first: 100) {
    totalCount nodes { title withheld { ground } } } }";

async fn an_auditor_reads_confidential_content_for_a_limited_time(server: Server) {
    let data = server.user("auditor").await.data(WITHHELD, json!({})).await;
    assert!(each(&data["findings"]["nodes"], "withheld").iter().all(Json::is_null));
    let later = server.on("2019-01-01").await;
    let data = later.user("auditor").await.data(WITHHELD, json!({})).await;
    assert_eq!(data["findings"]["totalCount"], 0);
}

const USERS: &str = "{ viewer { user { id version username } roles { id version role } } }";

async fn a_disabled_user_is_out_at_the_next_request(server: Server) {
    let head = server.user("head-ksf").await;
    let me = head.data(USERS, json!({})).await["viewer"]["user"].take();
    let administrator = server.user("administrator").await;
    let input = json!({ "id": me["id"], "expectedVersion": me["version"], "active": false });
    administrator.done("updateUser", "user { active }", input).await;
    let (code, _) = head.error(USERS, json!({})).await;
    assert_eq!(code, "UNAUTHENTICATED");
}

async fn an_ended_role_is_gone_at_the_next_request(server: Server) {
    let coordinator = server.user("coordinator").await;
    let role = coordinator.data(USERS, json!({})).await["viewer"]["roles"][0].take();
    let administrator = server.user("administrator").await;
    let input = json!({ "id": role["id"], "expectedVersion": role["version"], "validTo": "2018-02-14" });
    administrator
        .done("updateRoleAssignment", "roleAssignment { validTo }", input)
        .await;
    let data = coordinator.data(STATUS, json!({ "code": "KSF" })).await;
    assert_eq!(data["departmentReport"], Json::Null);
}

async fn nobody_grants_themself_a_role(server: Server) {
    let administrator = server.user("administrator").await;
    let me = administrator.data(USERS, json!({})).await["viewer"]["user"].take();
    let refusal = administrator
        .refusal(
            "createRoleAssignment",
            json!({ "userId": me["id"], "role": "COORDINATOR", "validFrom": "2018-01-01" }),
        )
        .await;
    assert_eq!(refusal, ["SEPARATION_OF_DUTIES"]);
}

async fn missing_and_expired_tokens_are_refused(server: Server) {
    let expired = server.token(MJOLBY, "coordinator", TimeDelta::seconds(-1)).await;
    let (code, message) = server
        .with_token(expired)
        .error("{ viewer { user { id } } }", json!({}))
        .await;
    assert_eq!(code, "UNAUTHENTICATED");
    assert!(message.contains("expired"), "{message}");
    let (code, _) = server
        .with_token("nonsense".to_owned())
        .error("{ __typename }", json!({}))
        .await;
    assert_eq!(code, "UNAUTHENTICATED");
    let answer = server
        .http()
        .post(server.url("/graphql"))
        .header("authorization", "Basic eDp5")
        .json(&json!({ "query": "{ __typename }" }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.headers()["www-authenticate"], "Bearer");
}

async fn filters_and_counts_tell_nothing_of_what_is_withheld(server: Server) {
    let query = "query($filter: FindingFilter) { findings(filter: $filter, first: 100) { totalCount nodes { withheld { ground } } } }";
    let coordinator = server.user("coordinator").await;
    let count = |filter: Json| {
        let coordinator = coordinator.clone();
        async move {
            let data = coordinator.data(query, json!({ "filter": filter })).await;
            data["findings"]["totalCount"].as_u64().expect("a count")
        }
    };
    let everything = json!({ "departmentCode": "KSF", "year": 2017 });
    assert_eq!(count(everything).await, 14);
    for filter in [
        json!({ "departmentCode": "KSF", "status": ["ACTION_PLANNED"] }),
        json!({ "departmentCode": "KSF", "area": "Nätverk" }),
    ] {
        assert_eq!(count(filter.clone()).await, 0, "{filter}");
    }
    assert_eq!(count(json!({ "departmentCode": "KSF", "severity": ["HIGH"] })).await, 3);
}
