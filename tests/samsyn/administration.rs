//! Who may do what, kept as data: the policy, the second administrator, service accounts, and why somebody may.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, with, with_title};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_policy_counts_once_a_second_administrator_has_approved_it,
        a_policy_is_changed_one_at_a_time_and_from_the_one_in_force,
        a_policy_that_breaks_an_invariant_is_refused_by_name,
        a_policy_is_not_approved_by_who_gains_by_it,
        who_reads_confidential_content_waits_for_a_second_administrator,
        a_rejected_and_a_withdrawn_change_never_count,
        a_service_account_may_do_exactly_what_it_was_given,
        a_token_expires_is_revoked_and_is_replaced_with_overlap,
        a_token_of_an_account_that_reads_confidential_content_waits,
        duties_are_separated_also_through_a_service_account,
        a_small_municipality_lets_an_author_propose_and_the_report_shows_it,
        a_link_to_a_provider_takes_two_administrators,
        why_somebody_may_is_explained,
    ]
}

const POLICY: &str = "{ policy { number rules { role right } version { id } } }";

/// The rules in force and their number.
async fn policy(client: &Client) -> (Vec<Json>, i64) {
    let found = client.data(POLICY, json!({})).await["policy"].take();
    let rules = found["rules"].as_array().expect("rules").clone();
    (rules, found["number"].as_i64().expect("a number"))
}

/// Proposes the policy in force with one more rule; answers the change that waits.
async fn propose_rule(server: &Server, role: &str, right: &str) -> Json {
    propose(server, |rules| rules.push(json!({ "role": role, "right": right }))).await
}

/// Proposes the policy in force without a rule of it; answers the change that waits.
pub(crate) async fn propose_without_rule(server: &Server, role: &str, right: &str) -> Json {
    let rule = json!({ "role": role, "right": right });
    propose(server, |rules| {
        let before = rules.len();
        rules.retain(|other| *other != rule);
        assert_ne!(rules.len(), before, "there is no rule {rule}");
    })
    .await
}

async fn propose(server: &Server, change: impl FnOnce(&mut Vec<Json>)) -> Json {
    let administrator = server.user("administrator").await;
    let (mut rules, number) = policy(&administrator).await;
    change(&mut rules);
    let input = json!({ "expectedNumber": number, "rules": rules, "reason": "A test." });
    let payload = administrator
        .done(
            "proposePolicy",
            "policyVersion { number accessChange { id status } }",
            input,
        )
        .await;
    payload["policyVersion"]["accessChange"].clone()
}

/// A new user with a role, approved.
pub(crate) async fn new_user(server: &Server, username: &str, role: &str, department: Option<&str>) -> Client {
    let administrator = server.user("administrator").await;
    let input = json!({ "username": username, "name": username });
    let user = administrator.done("createUser", "user { id }", input).await["user"]["id"].take();
    let department = match department {
        Some(code) => {
            let query = "query($code: String!) { department(code: $code) { id } }";
            administrator.data(query, json!({ "code": code })).await["department"]["id"].take()
        }
        None => Json::Null,
    };
    let input = json!({ "userId": user, "role": role, "departmentId": department, "validFrom": "2018-01-01" });
    let made = administrator
        .done(
            "createRoleAssignment",
            "roleAssignment { inForce accessChange { id } }",
            input,
        )
        .await["roleAssignment"]
        .take();
    assert_eq!(made["inForce"], made["accessChange"].is_null());
    if !made["accessChange"].is_null() {
        server.approve(&made["accessChange"]).await;
    }
    server.user(username).await
}

/// A new service account with permissions in a department, and a token of it.
pub(crate) async fn service_account(
    server: &Server,
    name: &str,
    rights: &[&str],
    department: Option<&str>,
) -> (Json, Client) {
    let account = account_with(server, name, rights, department).await;
    let (_, secret) = token(&server.user("administrator").await, &account).await;
    (account, server.with_token(secret))
}

/// A new service account with permissions in a department.
pub(crate) async fn account_with(server: &Server, name: &str, rights: &[&str], department: Option<&str>) -> Json {
    let administrator = server.user("administrator").await;
    let input = json!({ "username": name, "name": name });
    let account = administrator
        .done("createServiceAccount", "user { id kind }", input)
        .await["user"]
        .take();
    assert_eq!(account["kind"], "SERVICE");
    let department = match department {
        Some(code) => {
            let query = "query($code: String!) { department(code: $code) { id } }";
            administrator.data(query, json!({ "code": code })).await["department"]["id"].take()
        }
        None => Json::Null,
    };
    for right in rights {
        let input = json!({
            "userId": account["id"], "right": right, "departmentId": department, "validFrom": "2018-01-01",
        });
        administrator
            .done("createServicePermission", "servicePermission { inForce }", input)
            .await;
    }
    account["id"].clone()
}

/// Real time decides when tokens end: well ahead of it.
fn in_days(days: i64) -> String {
    (chrono::Utc::now() + chrono::TimeDelta::days(days)).to_rfc3339()
}

/// A token of a service account, with the text that is shown once.
pub(crate) async fn token(administrator: &Client, account: &Json) -> (Json, String) {
    let input = json!({ "userId": account, "name": "registry", "expiresAt": in_days(30) });
    let selection = "secret serviceToken { id version hint inForce lastUsedAt accessChange { id } }";
    let mut payload = administrator.done("createServiceToken", selection, input).await;
    let secret = payload["secret"].as_str().expect("a secret").to_owned();
    assert!(secret.starts_with("samsyn_sa_"), "{secret}");
    (payload["serviceToken"].take(), secret)
}

async fn a_policy_counts_once_a_second_administrator_has_approved_it(server: Server) {
    const REPORT: &str = "{ departmentReport(departmentCode: \"UTB\", year: 2017) { status } \
                          followUps(first: 1) { totalCount } }";
    let member = server.user("member-ks").await;
    let before = member.data(REPORT, json!({})).await;
    let change = propose_rule(&server, "COMMITTEE_MEMBER", "USER_READ").await;
    assert_eq!(change["status"], "PENDING");
    assert_eq!(member.data(POLICY, json!({})).await["policy"]["number"], 0);
    // Who proposed it does not approve it.
    let administrator = server.user("administrator").await;
    let input = json!({ "id": change["id"], "expectedVersion": 1 });
    assert_eq!(
        administrator.refusal("approveAccessChange", input).await,
        ["SEPARATION_OF_DUTIES"]
    );
    // Another process on the same database knows of it on the next request, without a restart.
    let other = server.on("2018-02-15").await;
    assert_eq!(
        other.user("member-ks").await.data(POLICY, json!({})).await["policy"]["number"],
        0
    );
    server.approve(&change).await;
    for server in [&server, &other] {
        let found = server.user("member-ks").await.data(POLICY, json!({})).await["policy"].take();
        assert_eq!(found["number"], 1);
        assert!(
            found["rules"]
                .as_array()
                .expect("rules")
                .contains(&json!({ "role": "COMMITTEE_MEMBER", "right": "USER_READ" }))
        );
    }
    assert_eq!(member.data(REPORT, json!({})).await, before);
    // The other municipality has the policy that it had.
    let elsewhere = server.user_of(crate::api::EXEMPEL, "coordinator").await;
    assert_eq!(elsewhere.data(POLICY, json!({})).await["policy"]["number"], 0);
}

async fn a_policy_is_changed_one_at_a_time_and_from_the_one_in_force(server: Server) {
    let administrator = server.user("administrator").await;
    let (rules, number) = policy(&administrator).await;
    let input = |number: i64, rules: &[Json]| json!({ "expectedNumber": number, "rules": rules, "reason": "A test." });
    let same = administrator.refusal("proposePolicy", input(number, &rules)).await;
    assert_eq!(same, ["DUPLICATE"]);
    let fewer = &rules[1..];
    let stale = administrator.refusal("proposePolicy", input(number + 1, fewer)).await;
    assert_eq!(stale, ["CONFLICT"]);
    let twice = [&rules[..], &rules[..1]].concat();
    assert_eq!(
        administrator.refusal("proposePolicy", input(number, &twice)).await,
        ["DUPLICATE", "DUPLICATE"]
    );
    administrator
        .done("proposePolicy", "policyVersion { number }", input(number, fewer))
        .await;
    let second = administrator.refusal("proposePolicy", input(number, fewer)).await;
    assert_eq!(second, ["DUPLICATE"]);
    for username in ["coordinator", "auditor", "head-ksf"] {
        let refusal = server
            .user(username)
            .await
            .refusal("proposePolicy", input(number, fewer))
            .await;
        assert_eq!(refusal, ["FORBIDDEN"], "{username}");
    }
}

async fn a_policy_that_breaks_an_invariant_is_refused_by_name(server: Server) {
    let administrator = server.user("administrator").await;
    let (rules, number) = policy(&administrator).await;
    let with_rule = |role: &str, right: &str| {
        let mut rules = rules.clone();
        rules.push(json!({ "role": role, "right": right }));
        rules
    };
    let without = |role: &str, right: &str| {
        let gone = json!({ "role": role, "right": right });
        rules.iter().filter(|rule| **rule != gone).cloned().collect::<Vec<_>>()
    };
    for (rules, invariant) in [
        (
            with_rule("ADMINISTRATOR", "CONFIDENTIAL_READ"),
            "ADMINISTRATOR_READS_NO_CONTENT",
        ),
        (
            without("ADMINISTRATOR", "POLICY_MANAGE"),
            "ADMINISTRATOR_KEEPS_MANAGING",
        ),
        (
            with_rule("COORDINATOR", "USER_MANAGE"),
            "ONLY_THE_ADMINISTRATOR_MANAGES",
        ),
        (with_rule("AUDITOR", "DECISION_RECORD"), "AUDITOR_CHANGES_NOTHING"),
        (
            with_rule("REGISTRAR", "AUDIT_LOG_READ"),
            "LOG_READERS_READ_CONFIDENTIAL",
        ),
    ] {
        let query = "mutation($input: ProposePolicyInput!) { proposePolicy(input: $input) { policyVersion { id }
            errors { code message path ... on InvariantError { invariant } } } }";
        let input = json!({ "expectedNumber": number, "rules": rules, "reason": "A test." });
        let payload = administrator.data(query, json!({ "input": input })).await["proposePolicy"].take();
        assert_eq!(payload["policyVersion"], Json::Null);
        let error = &payload["errors"][0];
        assert_eq!(
            (&error["code"], &error["invariant"]),
            (&json!("INVALID"), &json!(invariant)),
            "{payload:#}"
        );
        assert_eq!(error["path"], json!(["rules"]));
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|text| text.starts_with(invariant)),
            "{error}"
        );
    }
    assert_eq!(policy(&administrator).await.1, number);
}

async fn a_policy_is_not_approved_by_who_gains_by_it(server: Server) {
    // The second administrator is a coordinator too, and coordinators would gain.
    let administrator = server.user("administrator").await;
    let id = server.user_row("administrator-2").await["id"].take();
    let input = json!({ "userId": id, "role": "COORDINATOR", "validFrom": "2018-01-01" });
    administrator
        .done("createRoleAssignment", "roleAssignment { id }", input)
        .await;
    let change = propose_rule(&server, "COORDINATOR", "CONFIDENTIAL_READ").await;
    let second = server.user("administrator-2").await;
    let input = json!({ "id": change["id"], "expectedVersion": 1 });
    assert_eq!(
        second.refusal("approveAccessChange", input.clone()).await,
        ["SEPARATION_OF_DUTIES"]
    );
    let third = new_user(&server, "administrator-3", "ADMINISTRATOR", None).await;
    third
        .done("approveAccessChange", "accessChange { status }", input)
        .await;
    assert_eq!(policy(&third).await.1, 1);
}

async fn who_reads_confidential_content_waits_for_a_second_administrator(server: Server) {
    let administrator = server.user("administrator").await;
    let input = json!({ "username": "auditor-2", "name": "Revisor" });
    let id = administrator.done("createUser", "user { id }", input).await["user"]["id"].take();
    let input = json!({ "userId": id, "role": "AUDITOR", "validFrom": "2018-01-01", "validTo": "2018-06-30" });
    let made = administrator
        .done(
            "createRoleAssignment",
            "roleAssignment { id version inForce accessChange { id } }",
            input,
        )
        .await["roleAssignment"]
        .take();
    assert_eq!(made["inForce"], false);
    let auditor = server.user("auditor-2").await;
    const COUNT: &str = "{ findings { totalCount } viewer { roles { role } } }";
    let before = auditor.data(COUNT, json!({})).await;
    // Somebody without a role sees what the public sees: what is published.
    let public = server.public().data("{ findings { totalCount } }", json!({})).await;
    assert_eq!(
        (&before["findings"], &before["viewer"]["roles"]),
        (&public["findings"], &json!([]))
    );
    // It is not changed while it waits: the second administrator approves what they see.
    let input = json!({ "id": made["id"], "expectedVersion": made["version"], "validTo": "2018-12-31" });
    assert_eq!(administrator.refusal("updateRoleAssignment", input).await, ["INVALID"]);
    server.approve(&made["accessChange"]).await;
    let after = auditor.data(COUNT, json!({})).await;
    let everything = server.user("auditor").await.data(COUNT, json!({})).await;
    assert_eq!(after["findings"], everything["findings"]);
    assert_ne!(after["findings"], before["findings"]);
    // Approved, it is made shorter by one administrator, and not longer.
    let input = |to: &str, version: i32| json!({ "id": made["id"], "expectedVersion": version, "validTo": to });
    let longer = administrator
        .refusal("updateRoleAssignment", input("2018-12-31", 2))
        .await;
    assert_eq!(longer, ["SEPARATION_OF_DUTIES"]);
    administrator
        .done("updateRoleAssignment", "roleAssignment { id }", input("2018-02-14", 2))
        .await;
    assert_eq!(auditor.data(COUNT, json!({})).await, before);
    // Nobody approves what they are given themself.
    let id = server.user_row("administrator-2").await["id"].take();
    let make = json!({ "userId": id, "role": "REGISTRAR", "validFrom": "2018-01-01" });
    let own = administrator
        .done("createRoleAssignment", "roleAssignment { accessChange { id } }", make)
        .await["roleAssignment"]["accessChange"]
        .take();
    let approve = json!({ "id": own["id"], "expectedVersion": 1 });
    let second = server.user("administrator-2").await;
    assert_eq!(
        second.refusal("approveAccessChange", approve).await,
        ["SEPARATION_OF_DUTIES"]
    );
}

async fn a_rejected_and_a_withdrawn_change_never_count(server: Server) {
    let administrator = server.user("administrator").await;
    let second = server.user("administrator-2").await;
    let id = server.user_row("coordinator").await["id"].take();
    let grant = json!({ "userId": id, "role": "REGISTRAR", "validFrom": "2018-01-01" });
    let made = |payload: Json| payload["roleAssignment"]["accessChange"]["id"].clone();
    let selection = "roleAssignment { accessChange { id } }";
    let first = made(
        administrator
            .done("createRoleAssignment", selection, grant.clone())
            .await,
    );
    // The same again while it waits is refused; after its rejection it may be proposed anew.
    assert_eq!(
        administrator.refusal("createRoleAssignment", grant.clone()).await,
        ["DUPLICATE"]
    );
    let reject = json!({ "id": first, "expectedVersion": 1, "reason": "Not needed." });
    second
        .done("rejectAccessChange", "accessChange { status reason }", reject)
        .await;
    let again = made(administrator.done("createRoleAssignment", selection, grant).await);
    let withdraw = json!({ "id": again, "expectedVersion": 1 });
    assert_eq!(
        second.refusal("withdrawAccessChange", withdraw.clone()).await,
        ["INVALID"]
    );
    administrator
        .done("withdrawAccessChange", "accessChange { status }", withdraw)
        .await;
    for id in [&first, &again] {
        let approve = json!({ "id": id, "expectedVersion": 2 });
        assert_eq!(
            second.refusal("approveAccessChange", approve).await,
            ["ILLEGAL_TRANSITION"]
        );
    }
    let query = "{ accessChanges(status: PENDING) { totalCount } }";
    assert_eq!(second.data(query, json!({})).await["accessChanges"]["totalCount"], 0);
    // Others learn nothing of what waits.
    let coordinator = server.user("coordinator").await;
    let all = "{ accessChanges { totalCount nodes { id } } }";
    let none = json!({ "accessChanges": { "totalCount": 0, "nodes": [] } });
    assert_eq!(coordinator.data(all, json!({})).await, none);
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(coordinator.data(node, json!({ "id": first })).await["node"], Json::Null);
}

async fn a_service_account_may_do_exactly_what_it_was_given(server: Server) {
    let rights = ["CASE_FILE_READ", "FOLLOW_UP_READ"];
    let (id, registry) = service_account(&server, "registry", &rights, Some("UTB")).await;
    let query = "{ viewer { user { username } } followUps(first: 100) { nodes { department { code } } }
        findings { totalCount } controlPoints { totalCount } users { totalCount } }";
    let seen = registry.data(query, json!({})).await;
    assert_eq!(seen["viewer"]["user"]["username"], "registry");
    let follow_ups = seen["followUps"]["nodes"].as_array().expect("a list");
    assert!(!follow_ups.is_empty());
    assert!(
        follow_ups.iter().all(|row| row["department"]["code"] == "UTB"),
        "{seen}"
    );
    assert_eq!(seen["users"]["totalCount"], 1);
    // Neither does it do what it may not, nor what roles are for.
    let create = json!({ "username": "x", "name": "X" });
    assert_eq!(registry.refusal("createUser", create).await, ["FORBIDDEN"]);
    let administrator = server.user("administrator").await;
    let role = json!({ "userId": id, "role": "COORDINATOR", "validFrom": "2018-01-01" });
    assert_eq!(administrator.refusal("createRoleAssignment", role).await, ["INVALID"]);
    for right in ["USER_MANAGE", "POLICY_MANAGE"] {
        let managing = json!({ "userId": id, "right": right, "validFrom": "2018-01-01" });
        // Who was shown a token of the account gives it nothing; another administrator may not give this.
        let refusal = server
            .user("administrator-2")
            .await
            .refusal("createServicePermission", managing)
            .await;
        assert_eq!(refusal, ["INVALID"], "{right}");
    }
    let more = json!({ "userId": id, "right": "CONTROL_PLAN_READ", "validFrom": "2018-01-01" });
    assert_eq!(
        administrator.refusal("createServicePermission", more).await,
        ["SEPARATION_OF_DUTIES"]
    );
    // Disabled, it is refused on its next request.
    let update = json!({ "id": id, "expectedVersion": 1, "active": false });
    administrator.done("updateUser", "user { active }", update).await;
    let (code, _) = registry.error("{ viewer { user { id } } }", json!({})).await;
    assert_eq!(code, "UNAUTHENTICATED");
}

async fn a_token_expires_is_revoked_and_is_replaced_with_overlap(server: Server) {
    let (id, old) = service_account(&server, "registry", &["CASE_FILE_READ"], None).await;
    let administrator = server.user("administrator").await;
    const WHO: &str = "{ viewer { user { username } } }";
    old.data(WHO, json!({})).await;
    let tokens = || async {
        let query = "query($id: ID!) { node(id: $id) { ... on User { tokens {
            id version name hint lastUsedAt expiresAt revokedAt issuedBy { username } } } } }";
        administrator.data(query, json!({ "id": id })).await["node"]["tokens"].take()
    };
    // The use is noted in its own time.
    let mut found = tokens().await;
    for _ in 0..50 {
        if !found[0]["lastUsedAt"].is_null() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        found = tokens().await;
    }
    assert!(!found[0]["lastUsedAt"].is_null(), "{found:#}");
    assert_eq!(found[0]["issuedBy"]["username"], "administrator");
    let rotate = |overlap: i32| json!({ "id": found[0]["id"], "expectedVersion": found[0]["version"], "expiresAt": in_days(60), "overlapHours": overlap });
    for (input, code) in [(rotate(-1), "INVALID"), (rotate(169), "INVALID")] {
        assert_eq!(administrator.refusal("rotateServiceToken", input).await, [code]);
    }
    let payload = administrator
        .done(
            "rotateServiceToken",
            "secret serviceToken { id version name }",
            rotate(1),
        )
        .await;
    let new = server.with_token(payload["secret"].as_str().expect("a secret").to_owned());
    for client in [&old, &new] {
        assert_eq!(
            client.data(WHO, json!({})).await["viewer"]["user"]["username"],
            "registry"
        );
    }
    let revoke = json!({ "id": payload["serviceToken"]["id"], "expectedVersion": 1 });
    administrator
        .done("revokeServiceToken", "serviceToken { revokedAt }", revoke)
        .await;
    assert_eq!(new.error(WHO, json!({})).await.0, "UNAUTHENTICATED");
    old.data(WHO, json!({})).await;
    // Rotated without an overlap, the old one stops at once.
    let again = tokens().await;
    let first = with(&again, "id", found[0]["id"].clone());
    let input =
        json!({ "id": first["id"], "expectedVersion": first["version"], "expiresAt": in_days(60), "overlapHours": 0 });
    administrator.done("rotateServiceToken", "secret", input).await;
    assert_eq!(old.error(WHO, json!({})).await.0, "UNAUTHENTICATED");
    for expires in [in_days(-1), in_days(400)] {
        let input = json!({ "userId": id, "name": "x", "expiresAt": expires });
        assert_eq!(administrator.refusal("createServiceToken", input).await, ["INVALID"]);
    }
    for malformed in ["samsyn_sa_", "samsyn_sa_AAAA"] {
        let (code, message) = server.with_token(malformed.to_owned()).error(WHO, json!({})).await;
        assert_eq!(code, "UNAUTHENTICATED", "{message}");
    }
}

async fn a_token_of_an_account_that_reads_confidential_content_waits(server: Server) {
    let administrator = server.user("administrator").await;
    let input = json!({ "username": "analysis", "name": "Analys" });
    let id = administrator.done("createServiceAccount", "user { id }", input).await["user"]["id"].take();
    let input = json!({ "userId": id, "right": "CONFIDENTIAL_READ", "validFrom": "2018-01-01" });
    let permission = administrator
        .done(
            "createServicePermission",
            "servicePermission { inForce accessChange { id } }",
            input,
        )
        .await["servicePermission"]
        .take();
    assert_eq!(permission["inForce"], false);
    server.approve(&permission["accessChange"]).await;
    let (token, secret) = token(&administrator, &id).await;
    assert_eq!(token["inForce"], false);
    const WHO: &str = "{ viewer { user { username } } }";
    let client = server.with_token(secret);
    assert_eq!(client.error(WHO, json!({})).await.0, "UNAUTHENTICATED");
    server.approve(&token["accessChange"]).await;
    assert_eq!(
        client.data(WHO, json!({})).await["viewer"]["user"]["username"],
        "analysis"
    );
}

/// Assesses the one follow-up of KFF; answers the assessment.
pub(crate) async fn assessed_by(machine: &Client) -> Json {
    let query = "{ followUps(first: 100, filter: { departmentCode: \"KFF\" }) { nodes {
        id point { title } assessments { id version status } } } }";
    let follow_ups = machine.data(query, json!({})).await["followUps"]["nodes"].take();
    let assessment = &with_title(&follow_ups, "Krishantering")["assessments"][0];
    let input = json!({
        "assessmentId": assessment["id"], "expectedVersion": assessment["version"],
        "ratingCode": "GREEN", "conclusion": "In order.",
    });
    machine.done("assessFollowUp", "assessment { id version }", input).await["assessment"].take()
}

/// Makes the administrator a controller of KFF too. Two others have to see to that.
pub(crate) async fn make_the_administrator_a_controller(server: &Server) {
    let administrator = server.user("administrator").await;
    let query = "{ viewer { user { id } } department(code: \"KFF\") { id } }";
    let data = administrator.data(query, json!({})).await;
    let second = server.user("administrator-2").await;
    let input = json!({
        "userId": data["viewer"]["user"]["id"], "role": "DEPARTMENT_CONTROLLER",
        "departmentId": data["department"]["id"], "validFrom": "2018-01-01",
    });
    let made = second
        .done("createRoleAssignment", "roleAssignment { accessChange { id } }", input)
        .await["roleAssignment"]["accessChange"]
        .take();
    let third = new_user(server, "administrator-3", "ADMINISTRATOR", None).await;
    let approve = json!({ "id": made["id"], "expectedVersion": 1 });
    third
        .done("approveAccessChange", "accessChange { status }", approve)
        .await;
}

async fn duties_are_separated_also_through_a_service_account(server: Server) {
    // An administrator who is a controller too holds the token of an account that assesses.
    let rights = ["FOLLOW_UP_READ", "ASSESSMENT_ASSESS"];
    let (_, machine) = service_account(&server, "machine", &rights, Some("KFF")).await;
    let assessment = assessed_by(&machine).await;
    make_the_administrator_a_controller(&server).await;
    let administrator = server.user("administrator").await;
    let review = json!({ "id": assessment["id"], "expectedVersion": assessment["version"] });
    let refusal = administrator.refusal("reviewAssessment", review.clone()).await;
    assert_eq!(refusal, ["SEPARATION_OF_DUTIES"]);
    // It is explained as it is decided.
    let explain = "query($id: ID!) { explainAccess(right: ASSESSMENT_REVIEW, subjectId: $id) {
        allowed separation { duties refuses } grounds { verdict } } }";
    let id = json!({ "id": assessment["id"] });
    let explained = administrator.data(explain, id.clone()).await["explainAccess"].take();
    assert_eq!(explained["allowed"], false);
    assert_eq!(
        explained["separation"],
        json!({ "duties": "ASSESS_AND_REVIEW", "refuses": true })
    );
    let controller = server.user("controller-kff").await;
    assert_eq!(controller.data(explain, id).await["explainAccess"]["allowed"], true);
    controller
        .done("reviewAssessment", "assessment { status }", review)
        .await;
}

async fn a_small_municipality_lets_an_author_propose_and_the_report_shows_it(server: Server) {
    let change = propose_rule(&server, "DEPARTMENT_HEAD", "DEPARTMENT_REPORT_PROPOSE_OWN").await;
    server.approve(&change).await;
    let found = policy(&server.user("head-ksf").await).await.0;
    assert!(found.contains(&json!({ "role": "DEPARTMENT_HEAD", "right": "DEPARTMENT_REPORT_PROPOSE_OWN" })));
    // The report of the demonstration was proposed by somebody who had not written on it.
    let query = "{ departmentReport(departmentCode: \"KSF\", year: 2017) { status proposedByAuthor } }";
    let report = server.user("coordinator").await.data(query, json!({})).await["departmentReport"].take();
    assert_eq!(report["proposedByAuthor"], false, "{report}");
}

async fn a_link_to_a_provider_takes_two_administrators(server: Server) {
    let administrator = server.user("administrator").await;
    let id = server.user_row("registrar").await["id"].take();
    let link = |subject: &str| json!({ "userId": id, "issuer": "https://login.example.org", "subject": subject });
    let made = administrator
        .done(
            "createUserIdentity",
            "userIdentity { id version inForce accessChange { id } }",
            link("a-subject"),
        )
        .await["userIdentity"]
        .take();
    assert_eq!(made["inForce"], false);
    server.approve(&made["accessChange"]).await;
    assert_eq!(
        administrator.refusal("createUserIdentity", link("a-subject")).await,
        ["DUPLICATE"]
    );
    // Made up, and recognised by its form alone.
    assert_eq!(
        administrator.refusal("createUserIdentity", link("000000-0000")).await,
        ["INVALID"]
    );
    let own = administrator.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].take();
    let mine = json!({ "userId": own, "issuer": "https://login.example.org", "subject": "mine" });
    assert_eq!(
        administrator.refusal("createUserIdentity", mine).await,
        ["SEPARATION_OF_DUTIES"]
    );
    let end = json!({ "id": made["id"], "expectedVersion": 2 });
    let ended = administrator
        .done("endUserIdentity", "userIdentity { inForce }", end)
        .await;
    assert_eq!(ended["userIdentity"]["inForce"], false);
}

async fn why_somebody_may_is_explained(server: Server) {
    let administrator = server.user("administrator").await;
    let explain = "query($user: ID, $right: Right!, $department: String) {
        explainAccess(userId: $user, right: $right, departmentCode: $department) {
            allowed active policyNumber
            grounds { verdict rule invariant roleAssignment { role } servicePermission { right } } } }";
    let head = server.user_row("head-utb").await["id"].take();
    let ask = |right: &str, department: &str| json!({ "user": head, "right": right, "department": department });
    let own = administrator.data(explain, ask("ASSESSMENT_REVIEW", "UTB")).await["explainAccess"].take();
    assert_eq!(own["allowed"], true);
    assert_eq!(
        own["grounds"],
        json!([{
            "verdict": "ALLOWS", "rule": "p, DEPARTMENT_HEAD, assessment, review", "invariant": null,
            "roleAssignment": { "role": "DEPARTMENT_HEAD" }, "servicePermission": null,
        }])
    );
    for (right, department, verdict) in [
        ("ASSESSMENT_REVIEW", "KSF", "ELSEWHERE"),
        ("EVIDENCE_WRITE", "UTB", "NO_RULE"),
    ] {
        let found = administrator.data(explain, ask(right, department)).await["explainAccess"].take();
        assert_eq!(
            (&found["allowed"], &found["grounds"][0]["verdict"]),
            (&json!(false), &json!(verdict))
        );
    }
    // Of oneself, with what keeps any policy from it.
    let mine = json!({ "right": "FOLLOW_UP_READ", "department": "UTB" });
    let found = administrator.data(explain, mine.clone()).await["explainAccess"].take();
    assert_eq!(found["grounds"][0]["invariant"], "ADMINISTRATOR_READS_NO_CONTENT");
    // On another day the period is what decides.
    for (day, verdict) in [("2016-01-01", "NOT_BEGUN"), ("2018-02-15", "ALLOWS")] {
        let administrator = server.on(day).await.user("administrator").await;
        let found = administrator.data(explain, ask("ASSESSMENT_REVIEW", "UTB")).await["explainAccess"].take();
        assert_eq!(found["grounds"][0]["verdict"], verdict, "{day}");
    }
    let head = server.user("head-utb").await;
    assert_eq!(head.data(explain, mine).await["explainAccess"]["allowed"], true);
    let others = json!({ "user": server.user_row("head-ksf").await["id"].take(), "right": "FOLLOW_UP_READ" });
    assert_eq!(
        server.user("member-ks").await.error(explain, others).await.0,
        "FORBIDDEN"
    );
}
