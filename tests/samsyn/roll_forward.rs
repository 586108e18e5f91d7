//! What comes along to the next control year, and where it lands after a reorganisation.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, each, with};
use crate::harness::{Suite, trials};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        what_is_left_is_proposed_once,
        a_shared_point_comes_along_into_the_shared_plan,
        the_work_of_a_merged_department_lands_on_its_successor,
        what_was_divided_lands_where_somebody_says,
        a_finding_comes_along_as_confidential_as_it_was,
        an_action_comes_along_linked_to_where_it_came_from,
        what_is_dropped_stays_with_a_reason,
        a_successor_is_never_ones_own_nor_the_administrators,
        a_chain_of_successors_does_not_lead_to_the_administrator,
        a_succession_gives_no_confidential_reading,
        a_succession_gives_none_to_those_who_once_performed_there,
        a_succession_is_taken_back,
        a_closed_year_keeps_its_organisation,
        a_department_that_has_followed_up_is_not_moved,
        the_adopted_shared_plan_is_in_every_departments_plan,
    ]
}

const ITEMS: &str = "query($filter: CarryOverFilter) { carryOvers(filter: $filter, first: 100) { totalCount nodes {
    id version kind status fromDepartment { code } department { id code }
    risk { description } controlPoint { title scope } finding { id title withheld { ground } } correctiveAction { id title }
} } }";

pub(crate) const ACCEPTED: &str = "carryOver { status department { code }
    newRisk { id description department { code } previous { description } points { title } }
    newControlPoint { id title scope department { code } previous { id } exemptions { department { code } } risks { description } }
    newFinding { id title status withheld { ground } secrecyGround followUp { id year department { code } } carriedFrom { id } }
    newCorrectiveAction { id title status dueOn origin overdue carriedFrom { id } controlPlan { year } followUp { year } } }";

/// The year 2018 with its annual occasion, in preparation.
pub(crate) async fn next_year(server: &Server) -> Json {
    let coordinator = server.user("coordinator").await;
    let input = json!({ "year": 2018, "ratingBasis": "RESULT", "ratingRequired": false });
    let year = coordinator.done("createControlYear", "controlYear { id }", input).await["controlYear"].take();
    let input = json!({ "controlYearId": year["id"], "code": "HELAR", "label": "Helår 2018", "position": 1 });
    coordinator
        .done("createReportingOccasion", "reportingOccasion { id }", input)
        .await;
    year
}

/// Proposes what is left of 2017, and answers all that was.
pub(crate) async fn roll(server: &Server, year: &Json) -> Json {
    let coordinator = server.user("coordinator").await;
    let input = json!({ "controlYearId": year["id"] });
    coordinator.done("rollForward", "controlYear { year }", input).await;
    items(&coordinator, json!({ "year": 2018 })).await
}

pub(crate) async fn items(client: &Client, filter: Json) -> Json {
    client.data(ITEMS, json!({ "filter": filter })).await["carryOvers"].take()
}

pub(crate) async fn accept(client: &Client, item: &Json, with: Json) -> Json {
    let mut input = json!({ "id": item["id"], "expectedVersion": item["version"] });
    for (key, value) in with.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    client.done("acceptCarryOver", ACCEPTED, input).await["carryOver"].take()
}

pub(crate) fn point<'a>(items: &'a Json, title: &str) -> &'a Json {
    let found = items["nodes"].as_array().into_iter().flatten();
    found
        .clone()
        .find(|item| item["controlPoint"]["title"] == title)
        .unwrap_or_else(|| panic!("no point {title} in {items:#}"))
}

pub(crate) async fn department(server: &Server, code: &str) -> Json {
    let query = "query($code: String!) { department(code: $code) { id periods { validTo }
        successors { validFrom successor { code } } predecessors { department { code } } } }";
    let administrator = server.user("administrator").await;
    administrator.data(query, json!({ "code": code })).await["department"].take()
}

pub(crate) async fn succeed(server: &Server, code: &str, by: &str) {
    let input = json!({
        "departmentId": department(server, code).await["id"],
        "successorId": department(server, by).await["id"],
        "validFrom": "2018-01-01",
    });
    let administrator = server.user("administrator").await;
    administrator
        .done("createDepartmentSuccession", "departmentSuccession { id }", input)
        .await;
}

pub(crate) async fn risk(server: &Server, controller: &str, code: &str, description: &str) {
    let controller = server.user(controller).await;
    let year = controller.data("{ controlYear(year: 2017) { id } }", json!({})).await["controlYear"]["id"].take();
    let department = department(server, code).await["id"].take();
    let input = json!({
        "controlYearId": year, "departmentId": department, "description": description, "likelihood": 3, "consequence": 2,
    });
    controller.done("createRisk", "risk { id }", input).await;
}

async fn what_is_left_is_proposed_once(server: Server) {
    risk(&server, "controller-ksf", "KSF", "Ett avtal sägs inte upp i tid").await;
    let year = next_year(&server).await;
    let first = roll(&server, &year).await;
    let kinds = each(&first["nodes"], "kind");
    for kind in ["RISK", "CONTROL_POINT", "FINDING", "CORRECTIVE_ACTION"] {
        assert!(kinds.contains(&json!(kind)), "no {kind} in {first:#}");
    }
    assert!(
        each(&first["nodes"], "status")
            .iter()
            .all(|status| status == "PROPOSED")
    );
    let again = roll(&server, &year).await;
    assert_eq!(first, again, "rolling forward again changes nothing");
    // What is added later is proposed then, and the rest as before.
    risk(&server, "controller-ksf", "KSF", "Ännu en risk").await;
    let later = roll(&server, &year).await;
    assert_eq!(
        later["totalCount"].as_i64(),
        first["totalCount"].as_i64().map(|count| count + 1)
    );
    // Nothing is verified or cancelled among it, and there is no year before the first.
    let coordinator = server.user("coordinator").await;
    let first_year =
        coordinator.data("{ controlYear(year: 2017) { id } }", json!({})).await["controlYear"]["id"].take();
    let errors = coordinator
        .refused("rollForward", json!({ "controlYearId": first_year }))
        .await;
    assert_eq!(errors[0]["missing"], json!(["the control year 2016"]));
    // Others see what is of their own department and the whole municipality's.
    let own = items(&server.user("controller-utb").await, json!({ "year": 2018 })).await;
    let codes = each(&own["nodes"], "fromDepartment");
    assert!(
        !codes.is_empty() && codes.iter().all(|code| code.is_null() || code["code"] == "UTB"),
        "{own:#}"
    );
    assert_eq!(items(&server.public(), json!({ "year": 2018 })).await["totalCount"], 0);
}

async fn a_shared_point_comes_along_into_the_shared_plan(server: Server) {
    let year = next_year(&server).await;
    let proposed = roll(&server, &year).await;
    let coordinator = server.user("coordinator").await;
    let purchasing = point(&proposed, "Inköp");
    let controller = server.user("controller-ksf").await;
    let input = json!({ "id": purchasing["id"], "expectedVersion": purchasing["version"] });
    assert_eq!(controller.refusal("acceptCarryOver", input).await, ["FORBIDDEN"]);
    let accepted = accept(&coordinator, purchasing, json!({ "title": "Inköp mot ramavtal" })).await;
    assert_eq!(accepted["status"], "CHANGED");
    let new = &accepted["newControlPoint"];
    assert_eq!(
        (&new["title"], &new["scope"]),
        (&json!("Inköp mot ramavtal"), &json!("SHARED"))
    );
    assert_eq!(each(&new["exemptions"], "department"), [json!({ "code": "KFF" })]);
    let crisis = accept(&coordinator, point(&proposed, "Krishantering"), json!({})).await;
    assert_eq!(crisis["status"], "ACCEPTED");
    let query = "{ controlYear(year: 2018) { sharedPlan { status committee { code } points { number point { title previous { year } } } } } }";
    let plan = coordinator.data(query, json!({})).await["controlYear"]["sharedPlan"].take();
    assert_eq!(
        (&plan["status"], &plan["committee"]["code"]),
        (&json!("DRAFT"), &json!("KS"))
    );
    let points = plan["points"].as_array().cloned().unwrap_or_default();
    let titles: Vec<_> = points
        .iter()
        .map(|place| (&place["number"], &place["point"]["title"]))
        .collect();
    assert_eq!(
        titles,
        [
            (&json!(1), &json!("Krishantering")),
            (&json!(2), &json!("Inköp mot ramavtal"))
        ]
    );
    assert!(points.iter().all(|place| place["point"]["previous"]["year"] == 2017));
    // It came along once and for all.
    let again = items(&coordinator, json!({ "year": 2018, "kind": "CONTROL_POINT" })).await;
    let now = again["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|item| item["id"] == purchasing["id"])
        .cloned();
    let now = now.expect("the proposal");
    let input = json!({ "id": now["id"], "expectedVersion": now["version"] });
    let errors = coordinator.refused("acceptCarryOver", input).await;
    assert_eq!(
        (&errors[0]["code"], &errors[0]["allowed"]),
        (&json!("ILLEGAL_TRANSITION"), &json!([]))
    );
}

async fn the_work_of_a_merged_department_lands_on_its_successor(server: Server) {
    risk(&server, "controller-kff", "KFF", "Bidrag betalas ut två gånger").await;
    succeed(&server, "KFF", "UTB").await;
    let merged = department(&server, "KFF").await;
    assert_eq!(merged["periods"], json!([{ "validTo": "2017-12-31" }]));
    assert_eq!(merged["successors"][0]["successor"]["code"], "UTB");
    assert_eq!(
        department(&server, "UTB").await["predecessors"][0]["department"]["code"],
        "KFF"
    );
    let year = next_year(&server).await;
    let proposed = roll(&server, &year).await;
    let items = each(&proposed["nodes"], "fromDepartment");
    assert!(items.contains(&json!({ "code": "KFF" })), "{proposed:#}");
    let item = with(&proposed["nodes"], "fromDepartment", json!({ "code": "KFF" }));
    assert_eq!(item["department"]["code"], "UTB");
    // Who has a role in the successor sees what it takes over, and takes it over.
    let controller = server.user("controller-utb").await;
    let seen = self::items(&controller, json!({ "year": 2018, "kind": "RISK" })).await;
    assert_eq!(
        each(&seen["nodes"], "risk"),
        [json!({ "description": "Bidrag betalas ut två gånger" })]
    );
    let accepted = accept(&controller, item, json!({})).await;
    assert_eq!(accepted["status"], "ACCEPTED");
    assert_eq!(accepted["newRisk"]["department"]["code"], "UTB");
    assert_eq!(
        accepted["newRisk"]["previous"]["description"],
        "Bidrag betalas ut två gånger"
    );
    // The exemption of a department that is no more does not come along.
    let coordinator = server.user("coordinator").await;
    let purchasing = accept(&coordinator, point(&proposed, "Inköp"), json!({})).await;
    assert_eq!(purchasing["newControlPoint"]["exemptions"], json!([]));
    // The own point of the merged department comes into the successor's plan and keeps its history.
    let own = point(&proposed, "Exempeluppgift: registerutdrag vid anställning");
    let accepted = accept(&controller, own, json!({})).await;
    assert_eq!(accepted["newControlPoint"]["department"]["code"], "UTB");
    let plan = "{ department(code: \"UTB\") { controlPlan(year: 2018) { status committee { code } points { point { title } } } } }";
    let plan = controller.data(plan, json!({})).await["department"]["controlPlan"].take();
    assert_eq!(
        (&plan["status"], &plan["committee"]["code"]),
        (&json!("DRAFT"), &json!("UN"))
    );
    // Before the merger, nobody of the successor sees the other's work.
    let before = server.on("2017-12-31").await.user("controller-utb").await;
    let risks = "{ risks(filter: { departmentCode: \"KFF\" }) { totalCount } }";
    assert_eq!(before.data(risks, json!({})).await["risks"]["totalCount"], 0);
    assert_eq!(controller.data(risks, json!({})).await["risks"]["totalCount"], 1);
}

async fn what_was_divided_lands_where_somebody_says(server: Server) {
    risk(&server, "controller-kff", "KFF", "Ett beslut verkställs inte").await;
    succeed(&server, "KFF", "UTB").await;
    succeed(&server, "KFF", "OSF").await;
    let year = next_year(&server).await;
    let proposed = roll(&server, &year).await;
    let item = with(&proposed["nodes"], "fromDepartment", json!({ "code": "KFF" }));
    assert_eq!(item["department"], Json::Null);
    let coordinator = server.user("coordinator").await;
    let input = json!({ "id": item["id"], "expectedVersion": item["version"] });
    let errors = coordinator.refused("acceptCarryOver", input).await;
    assert_eq!(
        (&errors[0]["code"], &errors[0]["path"]),
        (&json!("INCOMPLETE"), &json!(["departmentId"]))
    );
    let osf = department(&server, "OSF").await["id"].take();
    let controller = server.user("controller-osf").await;
    let accepted = accept(&controller, item, json!({ "departmentId": osf })).await;
    assert_eq!(
        (&accepted["status"], &accepted["newRisk"]["department"]["code"]),
        (&json!("CHANGED"), &json!("OSF"))
    );
}

/// The items of the department of kommunstyrelsens förvaltning, after its points and the shared plan have come along.
pub(crate) async fn with_points(server: &Server) -> Json {
    let year = next_year(server).await;
    let proposed = roll(server, &year).await;
    let (coordinator, controller) = (server.user("coordinator").await, server.user("controller-ksf").await);
    accept(&coordinator, point(&proposed, "Krishantering"), json!({})).await;
    accept(&coordinator, point(&proposed, "Inköp"), json!({})).await;
    accept(
        &controller,
        point(&proposed, "Säker IT-infrastruktur och system"),
        json!({}),
    )
    .await;
    let plan = "{ controlYear(year: 2018) { sharedPlan { id version } } }";
    let plan = coordinator.data(plan, json!({})).await["controlYear"]["sharedPlan"].take();
    let propose = json!({ "id": plan["id"], "expectedVersion": plan["version"], "to": "PROPOSED" });
    let proposed = coordinator
        .done("changeControlPlanStatus", "controlPlan { id version }", propose)
        .await;
    let adopt = json!({
        "id": plan["id"], "expectedVersion": proposed["controlPlan"]["version"], "to": "ADOPTED", "adoptedOn": "2018-02-01",
    });
    let secretary = server.user("secretary-ks").await;
    secretary
        .done("changeControlPlanStatus", "controlPlan { id }", adopt)
        .await;
    items(&controller, json!({ "year": 2018, "departmentCode": "KSF" })).await
}

async fn a_finding_comes_along_as_confidential_as_it_was(server: Server) {
    let mine = with_points(&server).await;
    let controller = server.user("controller-ksf").await;
    let confidential = "query($id: ID!) { node(id: $id) { ... on Finding { secrecyGround } } }";
    let mut marked = None;
    for item in mine["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|item| item["kind"] == "FINDING")
    {
        let ground = controller
            .data(confidential, json!({ "id": item["finding"]["id"] }))
            .await;
        if !ground["node"]["secrecyGround"].is_null() {
            marked = Some(item.clone());
        }
    }
    let marked = marked.expect("a confidential finding");
    // The coordinator sees that it is there, and no more.
    let coordinator = server.user("coordinator").await;
    let seen = items(&coordinator, json!({ "year": 2018, "kind": "FINDING" })).await;
    let seen = with(&seen["nodes"], "id", marked["id"].clone());
    assert_eq!(seen["finding"]["title"], Json::Null);
    let accepted = accept(&controller, &marked, json!({})).await;
    let new = &accepted["newFinding"];
    assert_eq!(new["title"], marked["finding"]["title"]);
    assert!(!new["secrecyGround"].is_null());
    assert_eq!(
        (&new["followUp"]["year"], &new["followUp"]["department"]["code"]),
        (&json!(2018), &json!("KSF"))
    );
    assert_eq!(new["carriedFrom"]["id"], marked["finding"]["id"]);
    let withheld =
        "query($id: ID!) { node(id: $id) { ... on Finding { title withheld { ground } carriedFrom { id } } } }";
    let withheld = coordinator.data(withheld, json!({ "id": new["id"] })).await["node"].take();
    assert_eq!(
        (&withheld["title"], &withheld["carriedFrom"]),
        (&Json::Null, &Json::Null)
    );
    assert_eq!(withheld["withheld"]["ground"], new["secrecyGround"]);
}

async fn an_action_comes_along_linked_to_where_it_came_from(server: Server) {
    let mine = with_points(&server).await;
    let controller = server.user("controller-ksf").await;
    let exercise = mine["nodes"].as_array().into_iter().flatten();
    let exercise = exercise
        .clone()
        .find(|item| item["correctiveAction"]["title"] == "Krisövning under år 2018");
    let exercise = exercise.expect("the exercise that is planned for 2018");
    let accepted = accept(&controller, exercise, json!({})).await;
    let new = &accepted["newCorrectiveAction"];
    assert_eq!(new["carriedFrom"]["id"], exercise["correctiveAction"]["id"]);
    assert_eq!(
        (&new["status"], &new["dueOn"], &new["overdue"], &new["origin"]),
        (
            &json!("PLANNED"),
            &json!("2018-12-31"),
            &json!(false),
            &json!("FOLLOW_UP")
        )
    );
    assert_eq!(
        new["followUp"]["year"], 2018,
        "in the follow-up of the point that came along"
    );
    // Other actions of the same follow-up come along there too, under another title if that is better.
    let other = mine["nodes"].as_array().into_iter().flatten();
    let other = other
        .clone()
        .find(|item| item["kind"] == "CORRECTIVE_ACTION" && item["id"] != exercise["id"]);
    let other = other.expect("another action");
    let accepted = accept(&controller, other, json!({ "title": "En annan rubrik" })).await;
    assert_eq!(accepted["status"], "CHANGED");
    let new = &accepted["newCorrectiveAction"];
    assert_eq!(new["title"], "En annan rubrik");
    assert_eq!(new["carriedFrom"]["id"], other["correctiveAction"]["id"]);
}

async fn what_is_dropped_stays_with_a_reason(server: Server) {
    let year = next_year(&server).await;
    let proposed = roll(&server, &year).await;
    let coordinator = server.user("coordinator").await;
    let item = point(&proposed, "Inköp");
    let input = |reason: &str| json!({ "id": item["id"], "expectedVersion": item["version"], "reason": reason });
    assert_eq!(coordinator.refusal("dropCarryOver", input(" ")).await, ["INVALID"]);
    let selected = "carryOver { id version status reason decidedBy { username } newControlPoint { id } }";
    let dropped = coordinator
        .done("dropCarryOver", selected, input("Granskas vartannat år"))
        .await["carryOver"]
        .take();
    assert_eq!(
        (&dropped["status"], &dropped["reason"], &dropped["newControlPoint"]),
        (&json!("DROPPED"), &json!("Granskas vartannat år"), &Json::Null)
    );
    assert_eq!(dropped["decidedBy"]["username"], "coordinator");
    // Somebody else has read it before.
    assert_eq!(
        coordinator.refusal("dropCarryOver", input("En gång till")).await,
        ["CONFLICT"]
    );
    let input = json!({ "id": dropped["id"], "expectedVersion": dropped["version"], "reason": "En gång till" });
    let errors = coordinator.refused("dropCarryOver", input).await;
    assert_eq!(errors[0]["allowed"], json!(["ACCEPTED", "CHANGED"]));
    let accepted = accept(&coordinator, &dropped, json!({})).await;
    assert_eq!(accepted["status"], "ACCEPTED");
}

async fn a_successor_is_never_ones_own_nor_the_administrators(server: Server) {
    succeed(&server, "KFF", "UTB").await;
    let administrator = server.user("administrator").await;
    let (kff, utb) = (department(&server, "KFF").await, department(&server, "UTB").await);
    for (of, by, code) in [
        (&utb, &kff, "INVALID"),
        (&utb, &utb, "INVALID"),
        (&kff, &utb, "DUPLICATE"),
    ] {
        let input = json!({ "departmentId": of["id"], "successorId": by["id"], "validFrom": "2018-01-01" });
        assert_eq!(administrator.refusal("createDepartmentSuccession", input).await, [code]);
    }
    crate::administration::make_the_administrator_a_controller(&server).await;
    let held = "{ viewer { roles { department { id } } } }";
    let held = administrator.data(held, json!({})).await["viewer"]["roles"].take();
    let own = held
        .as_array()
        .into_iter()
        .flatten()
        .find(|role| !role["department"].is_null())
        .cloned();
    let own = own.expect("a role in a department")["department"]["id"].take();
    let osf = department(&server, "OSF").await["id"].take();
    let input = json!({ "departmentId": osf, "successorId": own, "validFrom": "2018-01-01" });
    assert_eq!(
        administrator.refusal("createDepartmentSuccession", input).await,
        ["SEPARATION_OF_DUTIES"]
    );
}

async fn a_chain_of_successors_does_not_lead_to_the_administrator(server: Server) {
    succeed(&server, "UTB", "KFF").await;
    crate::administration::make_the_administrator_a_controller(&server).await;
    let administrator = server.user("administrator").await;
    let (osf, utb) = (department(&server, "OSF").await, department(&server, "UTB").await);
    let input = json!({ "departmentId": osf["id"], "successorId": utb["id"], "validFrom": "2018-01-01" });
    assert_eq!(
        administrator.refusal("createDepartmentSuccession", input).await,
        ["SEPARATION_OF_DUTIES"]
    );
}

/// The findings of a department in 2017: those that a client reads, and those that are withheld from them.
async fn findings_of(client: &Client, department: &str) -> (usize, usize) {
    let query = format!(
        "{{ followUps(filter: {{ departmentCode: \"{department}\", year: 2017 }}) {{
            nodes {{ findings {{ title withheld {{ ground }} }} }} }} }}"
    );
    let found = client.data(&query, json!({})).await["followUps"]["nodes"].take();
    let findings = found.as_array().into_iter().flatten();
    let (withheld, open): (Vec<&Json>, Vec<&Json>) = findings
        .flat_map(|follow_up| follow_up["findings"].as_array().into_iter().flatten())
        .partition(|finding| !finding["withheld"].is_null());
    (open.len(), withheld.len())
}

const EXPLAIN: &str = "query($user: ID!, $right: Right!) {
    explainAccess(userId: $user, right: $right, departmentCode: \"KSF\") { allowed grounds { verdict } } }";

async fn a_succession_gives_no_confidential_reading(server: Server) {
    let controller = server.user("controller-utb").await;
    let (open, withheld) = findings_of(&server.user("controller-ksf").await, "KSF").await;
    assert!(open > 0 && withheld == 0);
    assert_eq!(findings_of(&controller, "KSF").await, (0, 0));
    succeed(&server, "KSF", "UTB").await;
    let (read, withheld) = findings_of(&controller, "KSF").await;
    assert!(withheld > 0, "nothing of KSF is confidential");
    assert_eq!(read + withheld, open);
    // It is explained as it is decided.
    let administrator = server.user("administrator").await;
    let user = server.user_row("controller-utb").await["id"].take();
    for (right, allowed) in [("FOLLOW_UP_READ", true), ("CONFIDENTIAL_READ", false)] {
        let asked = json!({ "user": user, "right": right });
        let explained = administrator.data(EXPLAIN, asked).await["explainAccess"].take();
        assert_eq!(explained["allowed"], allowed, "{explained:#}");
        let verdict = if allowed { "ALLOWS" } else { "ELSEWHERE" };
        assert_eq!(explained["grounds"][0]["verdict"], verdict, "{explained:#}");
    }
    // A role in the department that had them takes a second administrator, and then gives it.
    let input = json!({
        "userId": user, "role": "DEPARTMENT_CONTROLLER",
        "departmentId": department(&server, "KSF").await["id"], "validFrom": "2018-01-01",
    });
    let selection = "roleAssignment { accessChange { id version } }";
    let role = administrator.done("createRoleAssignment", selection, input).await["roleAssignment"].take();
    assert_eq!(findings_of(&controller, "KSF").await, (read, withheld));
    server.approve(&role["accessChange"]).await;
    assert_eq!(findings_of(&controller, "KSF").await, (open, 0));
}

async fn a_succession_gives_none_to_those_who_once_performed_there(server: Server) {
    let performer = server.user("performer-ksf").await;
    let (open, withheld) = findings_of(&performer, "KSF").await;
    assert!(open > 0 && withheld == 0);
    // They perform in another department now; who was assigned to what stays.
    let query = "{ viewer { user { id } roles { id version } } }";
    let viewer = performer.data(query, json!({})).await["viewer"].take();
    let administrator = server.user("administrator").await;
    let role = &viewer["roles"][0];
    let end = json!({ "id": role["id"], "expectedVersion": role["version"], "validTo": "2018-01-31" });
    administrator
        .done("updateRoleAssignment", "roleAssignment { id }", end)
        .await;
    let input = json!({
        "userId": viewer["user"]["id"], "role": "PERFORMER",
        "departmentId": department(&server, "UTB").await["id"], "validFrom": "2018-02-01",
    });
    let selection = "roleAssignment { accessChange { id } }";
    let made = administrator.done("createRoleAssignment", selection, input).await["roleAssignment"].take();
    server.approve(&made["accessChange"]).await;
    assert_eq!(findings_of(&performer, "KSF").await, (0, 0));
    succeed(&server, "KSF", "UTB").await;
    let (read, withheld) = findings_of(&performer, "KSF").await;
    assert!(withheld > 0, "nothing of it is confidential");
    assert_eq!(read + withheld, open);
}

async fn a_succession_is_taken_back(server: Server) {
    let controller = server.user("controller-utb").await;
    succeed(&server, "OSF", "UTB").await;
    let follow_ups = "{ followUps(filter: { departmentCode: \"OSF\", year: 2017 }) { totalCount } }";
    let seen = controller.data(follow_ups, json!({})).await["followUps"]["totalCount"].take();
    assert_ne!(seen, 0);
    let query = "{ department(code: \"OSF\") { successors { id } } }";
    let id = controller.data(query, json!({})).await["department"]["successors"][0]["id"].take();
    let input = json!({ "id": id, "idempotencyKey": "once" });
    let administrator = server.user("administrator").await;
    let selection = "department { code successors { id } }";
    for _ in 0..2 {
        let payload = administrator
            .done("deleteDepartmentSuccession", selection, input.clone())
            .await;
        assert_eq!(payload["department"], json!({ "code": "OSF", "successors": [] }));
    }
    let seen = controller.data(follow_ups, json!({})).await["followUps"]["totalCount"].take();
    assert_eq!(seen, 0);
    let again = json!({ "id": id });
    assert_eq!(
        administrator.refusal("deleteDepartmentSuccession", again).await,
        ["NOT_FOUND"]
    );
}

async fn a_closed_year_keeps_its_organisation(server: Server) {
    let coordinator = server.user("coordinator").await;
    let query = "{ controlYear(year: 2017) { id version phase } }";
    let year = coordinator.data(query, json!({})).await["controlYear"].take();
    assert_eq!(year["phase"], "REPORTING");
    let close = json!({ "id": year["id"], "expectedVersion": year["version"], "to": "CLOSED" });
    coordinator
        .done("advanceControlYear", "controlYear { phase }", close)
        .await;
    let administrator = server.user("administrator").await;
    let input = json!({
        "departmentId": department(&server, "KFF").await["id"],
        "successorId": department(&server, "UTB").await["id"],
        "validFrom": "2017-12-31",
    });
    let errors = administrator.refused("createDepartmentSuccession", input).await;
    assert_eq!(errors[0]["path"], json!(["validFrom"]));
    succeed(&server, "KFF", "UTB").await;
}

async fn a_department_that_has_followed_up_is_not_moved(server: Server) {
    let administrator = server.user("administrator").await;
    let query = "{ department(code: \"KFF\") { id version } }";
    let kff = administrator.data(query, json!({})).await["department"].take();
    let utb = department(&server, "UTB").await;
    let input = json!({ "id": kff["id"], "expectedVersion": kff["version"], "parentId": utb["id"] });
    let errors = administrator.refused("updateDepartment", input).await;
    assert_eq!(errors[0]["path"], json!(["parentId"]));
    assert_eq!(errors[0]["code"], "INVALID");
}

async fn the_adopted_shared_plan_is_in_every_departments_plan(server: Server) {
    let coordinator = server.user("coordinator").await;
    let query = "{ controlYear(year: 2017) { id sharedPlan { id version points { point { id title } } }
        departmentPlans { department { code } points { number point { title scope } } } } }";
    let year = coordinator.data(query, json!({})).await["controlYear"].take();
    let shared = |plan: &Json| {
        let points = plan["points"].as_array().into_iter().flatten();
        points.filter(|place| place["point"]["scope"] == "SHARED").count()
    };
    for plan in year["departmentPlans"].as_array().into_iter().flatten() {
        let expected = if plan["department"]["code"] == "KFF" { 1 } else { 2 };
        assert_eq!(shared(plan), expected, "{plan:#}");
    }
    // A third shared point is in all of them as soon as the revised plan is adopted, and one that was dropped is gone
    // where no work has begun on it.
    let revise = json!({ "id": year["sharedPlan"]["id"], "expectedVersion": year["sharedPlan"]["version"] });
    let plan = coordinator
        .done("reviseControlPlan", "controlPlan { id version }", revise)
        .await["controlPlan"]
        .take();
    let input = json!({ "controlYearId": year["id"], "scope": "SHARED", "title": "Bisysslor" });
    let point = coordinator
        .done("createControlPoint", "controlPoint { id }", input)
        .await["controlPoint"]["id"]
        .take();
    let add = json!({ "controlPlanId": plan["id"], "expectedVersion": plan["version"], "controlPointId": point, "number": 3 });
    let plan = coordinator
        .done("addPlanPoint", "controlPlan { id version }", add)
        .await["controlPlan"]
        .take();
    let propose = json!({ "id": plan["id"], "expectedVersion": plan["version"], "to": "PROPOSED" });
    let plan = coordinator
        .done("changeControlPlanStatus", "controlPlan { id version }", propose)
        .await["controlPlan"]
        .take();
    let before = coordinator.data(query, json!({})).await["controlYear"]["departmentPlans"].take();
    assert!(
        before.as_array().into_iter().flatten().all(|plan| shared(plan) < 3),
        "not before it is adopted"
    );
    let adopt =
        json!({ "id": plan["id"], "expectedVersion": plan["version"], "to": "ADOPTED", "adoptedOn": "2018-02-01" });
    let secretary = server.user("secretary-ks").await;
    secretary
        .done("changeControlPlanStatus", "controlPlan { id }", adopt)
        .await;
    let after = coordinator.data(query, json!({})).await["controlYear"]["departmentPlans"].take();
    for plan in after.as_array().into_iter().flatten() {
        let expected = if plan["department"]["code"] == "KFF" { 2 } else { 3 };
        assert_eq!(shared(plan), expected, "{plan:#}");
    }
    // A department can give it another number while its plan is a draft, and not take it out.
    let controller = server.user("controller-ksf").await;
    let own = "{ department(code: \"KSF\") { controlPlan(year: 2017) { id version } } }";
    let own = controller.data(own, json!({})).await["department"]["controlPlan"].take();
    let revise = json!({ "id": own["id"], "expectedVersion": own["version"] });
    let draft = controller
        .done("reviseControlPlan", "controlPlan { id version }", revise)
        .await["controlPlan"]
        .take();
    let of =
        |version: &Json| json!({ "controlPlanId": draft["id"], "expectedVersion": version, "controlPointId": point });
    assert_eq!(
        controller.refusal("removePlanPoint", of(&draft["version"])).await,
        ["INVALID"]
    );
    let mut number = of(&draft["version"]);
    number["number"] = json!(1);
    assert_eq!(
        controller.refusal("updatePlanPoint", number.clone()).await,
        ["DUPLICATE"]
    );
    number["number"] = json!(9);
    number["localOwner"] = json!("HR-enheten");
    let changed = controller
        .done(
            "updatePlanPoint",
            "controlPlan { points { number point { title } } }",
            number,
        )
        .await;
    let places = &changed["controlPlan"]["points"];
    assert_eq!(with(places, "number", 9)["point"]["title"], "Bisysslor");
}
