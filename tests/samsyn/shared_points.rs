//! Shared points in the plans of departments: where they stand, where they count, and when they leave.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, each, with, with_title};
use crate::harness::{Suite, trials};
use crate::roll_forward::{accept, department, items, next_year, roll, with_points};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        what_is_followed_up_stays_in_the_plan,
        a_point_that_was_dropped_stays_where_work_has_begun,
        no_point_is_left_out_for_want_of_numbers,
        a_finding_does_not_land_where_the_department_is_exempt,
        links_are_read_together,
        a_point_in_two_plans_counts_once,
        work_goes_along_to_another_committee,
        work_is_reported_to_whom_it_is_answered_to_then,
        ratings_go_along_to_another_committee,
    ]
}

const PLAN: &str = "controlPlan { id version status points { number point { id title } } }";

fn of(object: &Json) -> Json {
    json!({ "id": object["id"], "expectedVersion": object["version"] })
}

async fn revise(client: &Client, plan: &Json) -> Json {
    client.done("reviseControlPlan", PLAN, of(plan)).await["controlPlan"].take()
}

/// The shared plan of 2017, its year, and the plan of a department.
async fn plans(client: &Client, code: &str) -> Json {
    let query =
        "query($code: String!) { controlYear(year: 2017) { id sharedPlan { id version points { point { id title } } } }
        department(code: $code) { id controlPlan(year: 2017) { id version points { number point { id title } } } } }";
    client.data(query, json!({ "code": code })).await
}

/// Proposes a plan and lets its committee adopt it; answers what adopting it answers.
async fn adopt(proposer: &Client, secretary: &Client, plan: &Json) -> Json {
    let mut propose = of(plan);
    propose["to"] = json!("PROPOSED");
    let plan = proposer.done("changeControlPlanStatus", PLAN, propose).await["controlPlan"].take();
    let mut adopt = of(&plan);
    adopt["to"] = json!("ADOPTED");
    adopt["adoptedOn"] = json!("2018-02-01");
    secretary.mutate("changeControlPlanStatus", PLAN, adopt).await
}

/// A new shared point in a revision of the shared plan; answers the point and the revision.
async fn add_shared_point(server: &Server, title: &str) -> (Json, Json) {
    let coordinator = server.user("coordinator").await;
    let data = plans(&coordinator, "KSF").await;
    let year = &data["controlYear"];
    let draft = revise(&coordinator, &year["sharedPlan"]).await;
    let input = json!({ "controlYearId": year["id"], "scope": "SHARED", "title": title });
    let point = coordinator
        .done("createControlPoint", "controlPoint { id }", input)
        .await["controlPoint"]["id"]
        .take();
    let add = json!({
        "controlPlanId": draft["id"], "expectedVersion": draft["version"], "controlPointId": point, "number": 9,
    });
    let draft = coordinator.done("addPlanPoint", PLAN, add).await["controlPlan"].take();
    (point, draft)
}

async fn adopt_shared(server: &Server, plan: &Json) -> Json {
    let (coordinator, secretary) = (server.user("coordinator").await, server.user("secretary-ks").await);
    adopt(&coordinator, &secretary, plan).await
}

fn titles(plan: &Json) -> Vec<Json> {
    each(&plan["points"], "point")
        .into_iter()
        .map(|mut point| point["title"].take())
        .collect()
}

async fn what_is_followed_up_stays_in_the_plan(server: Server) {
    let (coordinator, controller) = (server.user("coordinator").await, server.user("controller-ksf").await);
    let data = plans(&controller, "KSF").await;
    for (client, plan, title) in [
        (&coordinator, &data["controlYear"]["sharedPlan"], "Krishantering"),
        (
            &controller,
            &data["department"]["controlPlan"],
            "Säker IT-infrastruktur och system",
        ),
    ] {
        let draft = revise(client, plan).await;
        let place = with_title(&draft["points"], title);
        let input = json!({
            "controlPlanId": draft["id"], "expectedVersion": draft["version"], "controlPointId": place["point"]["id"],
        });
        let errors = client.refused("removePlanPoint", input).await;
        assert_eq!(
            (&errors[0]["code"], &errors[0]["path"]),
            (&json!("INVALID"), &json!(["controlPointId"])),
            "{title}: {errors:?}"
        );
    }
}

async fn a_point_that_was_dropped_stays_where_work_has_begun(server: Server) {
    let (point, draft) = add_shared_point(&server, "Bisysslor").await;
    assert_eq!(adopt_shared(&server, &draft).await["errors"], json!([]));
    let (coordinator, controller) = (server.user("coordinator").await, server.user("controller-ksf").await);
    // The shared plan drops it before anybody has begun, and one department begins before that is decided.
    let shared = plans(&coordinator, "KSF").await["controlYear"]["sharedPlan"].take();
    let draft = revise(&coordinator, &shared).await;
    let input = json!({ "controlPlanId": draft["id"], "expectedVersion": draft["version"], "controlPointId": point });
    let draft = coordinator.done("removePlanPoint", PLAN, input).await["controlPlan"].take();
    let own = plans(&controller, "KSF").await["department"].take();
    let revision = revise(&controller, &own["controlPlan"]).await;
    let input = json!({ "controlPointId": point, "departmentId": own["id"], "performerIds": [] });
    controller.done("startFollowUp", "followUp { id }", input).await;
    assert_eq!(adopt_shared(&server, &draft).await["errors"], json!([]));
    let query = "query($id: ID!) { node(id: $id) { ... on ControlPlan { points { point { title } } } } }";
    let revision = controller.data(query, json!({ "id": revision["id"] })).await["node"].take();
    assert!(titles(&revision).contains(&json!("Bisysslor")), "{revision:#}");
    let elsewhere = plans(&server.user("controller-utb").await, "UTB").await["department"]["controlPlan"].take();
    assert!(!titles(&elsewhere).contains(&json!("Bisysslor")), "{elsewhere:#}");
}

async fn no_point_is_left_out_for_want_of_numbers(server: Server) {
    let controller = server.user("controller-ksf").await;
    let own = plans(&controller, "KSF").await["department"]["controlPlan"].take();
    let draft = revise(&controller, &own).await;
    let place = draft["points"][0].clone();
    let number = |version: &Json, number: &Json| {
        json!({
            "controlPlanId": draft["id"], "expectedVersion": version, "controlPointId": place["point"]["id"],
            "number": number,
        })
    };
    let input = number(&draft["version"], &json!(10_000));
    let numbered = controller.done("updatePlanPoint", PLAN, input).await["controlPlan"].take();
    let (_, shared) = add_shared_point(&server, "Bisysslor").await;
    let refused = adopt_shared(&server, &shared).await;
    let error = &refused["errors"][0];
    assert_eq!(error["code"], "LIMIT", "{refused:#}");
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.contains("Kommunstyrelsens förvaltning"), "{message}");
    // With a number to spare, it is in every plan.
    let input = number(&numbered["version"], &place["number"]);
    controller.done("updatePlanPoint", PLAN, input).await;
    let query = "query($id: ID!) { node(id: $id) { ... on ControlPlan { id version } } }";
    let coordinator = server.user("coordinator").await;
    let shared = coordinator.data(query, json!({ "id": shared["id"] })).await["node"].take();
    let mut adopt = of(&shared);
    adopt["to"] = json!("ADOPTED");
    adopt["adoptedOn"] = json!("2018-02-01");
    let secretary = server.user("secretary-ks").await;
    secretary.done("changeControlPlanStatus", PLAN, adopt).await;
    let own = plans(&controller, "KSF").await["department"]["controlPlan"].take();
    assert!(titles(&own).contains(&json!("Bisysslor")), "{own:#}");
}

async fn a_finding_does_not_land_where_the_department_is_exempt(server: Server) {
    let controller = server.user("controller-ksf").await;
    let query = "{ followUps(filter: { departmentCode: \"KSF\", year: 2017 }) { nodes { id point { title } } } }";
    let found = controller.data(query, json!({})).await;
    let crisis = with_title(&found["followUps"]["nodes"], "Krishantering");
    let input = json!({ "followUpId": crisis["id"], "title": "Ingen reservkraft" });
    let finding = controller.done("registerFinding", "finding { id }", input).await["finding"]["id"].take();
    let proposed = with_points(&server).await;
    let item = proposed["nodes"].as_array().into_iter().flatten();
    let item = item
        .clone()
        .find(|item| item["finding"]["id"] == finding)
        .expect("the finding");
    let coordinator = server.user("coordinator").await;
    let points = "{ controlYear(year: 2018) { sharedPlan { points { point { id title } } } } }";
    let points = coordinator.data(points, json!({})).await["controlYear"]["sharedPlan"]["points"].take();
    let input = json!({
        "controlPointId": with_title(&points, "Krishantering")["point"]["id"],
        "departmentId": department(&server, "KSF").await["id"], "reason": "Görs av räddningstjänsten",
    });
    coordinator.done("createExemption", "exemption { id }", input).await;
    let errors = controller.refused("acceptCarryOver", of(item)).await;
    let message = errors[0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("exempt"), "{message}");
}

async fn links_are_read_together(server: Server) {
    let controller = server.user("controller-ksf").await;
    let data = plans(&controller, "KSF").await;
    let (year, department) = (&data["controlYear"]["id"], &data["department"]["id"]);
    for (description, points) in [("Utan punkter", 0), ("Med punkter", 4)] {
        let input = json!({ "controlYearId": year, "departmentId": department, "description": description });
        let risk = controller.done("createRisk", "risk { id }", input).await["risk"]["id"].take();
        for number in 0..points {
            let input = json!({
                "controlYearId": year, "scope": "DEPARTMENT", "departmentId": department, "riskIds": [risk],
                "title": format!("Punkt {number}"),
            });
            controller
                .done("createControlPoint", "controlPoint { id }", input)
                .await;
        }
    }
    let next = next_year(&server).await;
    let proposed = roll(&server, &next).await;
    let mut cost = Vec::new();
    for description in ["Utan punkter", "Med punkter"] {
        let item = with(&proposed["nodes"], "risk", json!({ "description": description }));
        let before = server.database().statements();
        accept(&controller, item, json!({})).await;
        cost.push(server.database().statements() - before);
    }
    // One statement finds what the points have become: none of them has come along.
    assert!(cost[1] <= cost[0] + 1, "{cost:?}");
    assert_eq!(
        items(&controller, json!({ "year": 2018 })).await["totalCount"]
            .as_i64()
            .map(|count| count > 0),
        Some(true)
    );
}

/// How many points of a department a year expects, and how many are missing or begun.
async fn completeness(client: &Client, code: &str) -> Json {
    let query =
        "{ rollUp(of: { years: [2017] }) { completeness { department { code } expected reported started missing } } }";
    let found = client.data(query, json!({})).await["rollUp"]["completeness"].take();
    with(&found, "department", json!({ "code": code })).clone()
}

/// The plans of a department that have follow-ups to be started, as somebody's work.
async fn to_start(client: &Client) -> BTreeSet<String> {
    let query = "{ viewer { myWork(first: 100) { nodes { kind plan { committee { code } } } } } }";
    let work = client.data(query, json!({})).await["viewer"]["myWork"]["nodes"].take();
    let items = work.as_array().into_iter().flatten();
    items
        .filter(|item| item["kind"] == "START_FOLLOW_UPS")
        .map(|item| {
            item["plan"]["committee"]["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

/// What a report of a department to a committee lacks when it is submitted.
async fn lacking(client: &Client, department: &Json, committee: &Json) -> Json {
    let occasion = "{ controlYear(year: 2017) { occasions { id } } }";
    let occasion = client.data(occasion, json!({})).await["controlYear"]["occasions"][0]["id"].take();
    let input = json!({
        "departmentId": department, "committeeId": committee, "occasionId": occasion, "title": "Uppföljning 2017",
    });
    let report = client
        .done("createDepartmentReport", "departmentReport { id version }", input)
        .await["departmentReport"]
        .take();
    let submitted = client
        .mutate("submitDepartmentReport", "departmentReport { status }", of(&report))
        .await;
    submitted["errors"][0]["missing"].clone()
}

/// How many of the lines that tell what is missing name a point.
fn lacks(missing: &Json, title: &str) -> usize {
    let lines = missing.as_array().into_iter().flatten();
    lines
        .filter_map(Json::as_str)
        .filter(|line| line.contains(title))
        .count()
}

async fn a_point_in_two_plans_counts_once(server: Server) {
    let (coordinator, controller, head) = (
        server.user("coordinator").await,
        server.user("controller-kff").await,
        server.user("head-kff").await,
    );
    let before = completeness(&coordinator, "KFF").await;
    let kff = department(&server, "KFF").await["id"].take();
    let committees = "{ ks: committee(code: \"KS\") { id } kfn: committee(code: \"KFN\") { id } }";
    let committees = coordinator.data(committees, json!({})).await;
    let (ks, kfn) = (&committees["ks"]["id"], &committees["kfn"]["id"]);
    let period = json!({ "departmentId": kff, "committeeId": ks, "validFrom": "2017-01-01" });
    server
        .user("administrator")
        .await
        .done("createDepartmentPeriod", "departmentPeriod { id }", period)
        .await;
    let year = plans(&coordinator, "KSF").await["controlYear"]["id"].take();
    let input = json!({ "controlYearId": year, "scope": "DEPARTMENT", "committeeId": ks, "departmentId": kff });
    let plan = controller.done("createControlPlan", PLAN, input).await["controlPlan"].take();
    assert!(titles(&plan).contains(&json!("Krishantering")), "{plan:#}");
    let secretary = server.user("secretary-ks").await;
    assert_eq!(adopt(&head, &secretary, &plan).await["errors"], json!([]));
    // The follow-up hangs on the first committee's plan, and counts there.
    assert_eq!(completeness(&coordinator, "KFF").await, before);
    // One that nobody has begun counts in the plan of the committee that was registered first.
    let (point, draft) = add_shared_point(&server, "Bisysslor").await;
    assert_eq!(adopt_shared(&server, &draft).await["errors"], json!([]));
    let expected = |completeness: &Json| completeness["expected"].as_i64().unwrap_or_default();
    let with_one_more = completeness(&coordinator, "KFF").await;
    assert_eq!(expected(&with_one_more), expected(&before) + 1);
    assert_eq!(to_start(&controller).await, BTreeSet::from(["KS".to_owned()]));
    let cells = "{ jointFollowUp(year: 2017) { points { point { title } expected } } }";
    let cells = coordinator.data(cells, json!({})).await["jointFollowUp"]["points"].take();
    assert_eq!(with_title(&cells, "Bisysslor")["expected"], 5);
    let missing = lacking(&controller, &kff, ks).await;
    assert_eq!((lacks(&missing, "Krishantering"), lacks(&missing, "Bisysslor")), (0, 1));
    let missing = lacking(&controller, &kff, kfn).await;
    assert_eq!((lacks(&missing, "Krishantering"), lacks(&missing, "Bisysslor")), (1, 0));
    // Begun, it stays there.
    let input = json!({ "controlPointId": point, "departmentId": kff, "performerIds": [] });
    controller.done("startFollowUp", "followUp { id }", input).await;
    assert!(to_start(&controller).await.is_empty());
    assert_eq!(
        expected(&completeness(&coordinator, "KFF").await),
        expected(&with_one_more)
    );
}

/// A department, the committee that it answered to, and the one that it answers to from a day on.
struct Moved {
    department: Json,
    from: Json,
    to: Json,
}

async fn move_department(server: &Server, [code, from, to]: [&str; 3], [last_day, first_day]: [&str; 2]) -> Moved {
    let administrator = server.user("administrator").await;
    let query = "query($code: String!, $from: String!, $to: String!) {
        department(code: $code) { id periods { id version } }
        from: committee(code: $from) { id } to: committee(code: $to) { id } }";
    let mut data = administrator
        .data(query, json!({ "code": code, "from": from, "to": to }))
        .await;
    let mut end = of(&data["department"]["periods"][0]);
    end["validTo"] = json!(last_day);
    administrator
        .done("updateDepartmentPeriod", "departmentPeriod { id }", end)
        .await;
    let department = data["department"]["id"].take();
    let begin = json!({ "departmentId": department, "committeeId": data["to"]["id"], "validFrom": first_day });
    administrator
        .done("createDepartmentPeriod", "departmentPeriod { id }", begin)
        .await;
    Moved {
        department,
        from: data["from"]["id"].take(),
        to: data["to"]["id"].take(),
    }
}

/// KFF answers to the executive board from September 2017 on.
async fn move_kff(server: &Server) -> Moved {
    move_department(server, ["KFF", "KFN", "KS"], ["2017-08-31", "2017-09-01"]).await
}

/// How many points of KFF count for each of the two committees at an occasion.
async fn expected_by_committee(client: &Client, occasion: &str) -> [i64; 2] {
    let query = "query($occasion: String!) {
        kfn: rollUp(of: { years: [2017], committeeCode: \"KFN\", occasion: $occasion }) { ...Points }
        ks: rollUp(of: { years: [2017], committeeCode: \"KS\", occasion: $occasion }) { ...Points } }
        fragment Points on RollUp { completeness { department { code } expected } }";
    let data = client.data(query, json!({ "occasion": occasion })).await;
    ["kfn", "ks"].map(|committee| {
        let lines = data[committee]["completeness"].as_array().into_iter().flatten();
        lines
            .filter(|line| line["department"]["code"] == "KFF")
            .filter_map(|line| line["expected"].as_i64())
            .sum()
    })
}

/// The reports that somebody has to begin for KFF: in which plan their points are, and when they are due.
async fn to_report(client: &Client) -> Vec<(String, String)> {
    let query =
        "{ viewer { myWork(first: 100) { nodes { kind dueOn plan { committee { code } department { code } } } } } }";
    let work = client.data(query, json!({})).await["viewer"]["myWork"]["nodes"].take();
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let items = work.as_array().into_iter().flatten();
    let mut reports: Vec<_> = items
        .filter(|item| item["kind"] == "BEGIN_REPORT" && item["plan"]["department"]["code"] == "KFF")
        .map(|item| (text(&item["plan"]["committee"]["code"]), text(&item["dueOn"])))
        .collect();
    reports.sort();
    reports
}

async fn work_goes_along_to_another_committee(server: Server) {
    let (coordinator, controller) = (server.user("coordinator").await, server.user("controller-kff").await);
    let before = completeness(&coordinator, "KFF").await["expected"]
        .as_i64()
        .unwrap_or_default();
    assert_eq!(expected_by_committee(&coordinator, "HELAR").await, [before, 0]);
    let moved = move_kff(&server).await;
    // It has no plan for the new committee: what is in the old one is reported to the new one.
    assert_eq!(expected_by_committee(&coordinator, "HELAR").await, [0, before]);
    assert_eq!(
        to_report(&controller).await,
        [("KFN".to_owned(), "2018-01-31".to_owned())]
    );
    let missing = lacking(&controller, &moved.department, &moved.to).await;
    assert_eq!(lacks(&missing, "Krishantering"), 1, "{missing:#}");
    let report = "{ departmentReport(departmentCode: \"KFF\", year: 2017, committeeCode: \"KS\") { followUps { point { title } } } }";
    let report = controller.data(report, json!({})).await["departmentReport"].take();
    assert_eq!(
        report["followUps"].as_array().map(Vec::len),
        Some(usize::try_from(before).unwrap_or_default())
    );
    assert!(to_report(&controller).await.is_empty());
}

async fn work_is_reported_to_whom_it_is_answered_to_then(server: Server) {
    let (coordinator, controller) = (server.user("coordinator").await, server.user("controller-kff").await);
    let before = completeness(&coordinator, "KFF").await["expected"]
        .as_i64()
        .unwrap_or_default();
    let year = plans(&coordinator, "KSF").await["controlYear"]["id"].take();
    let occasion = json!({
        "controlYearId": year, "code": "DELAR", "label": "Delår 2017", "position": 0, "dueOn": "2017-08-31",
    });
    coordinator
        .done("createReportingOccasion", "reportingOccasion { id }", occasion)
        .await;
    let moved = move_kff(&server).await;
    let input = json!({
        "controlYearId": year, "scope": "DEPARTMENT", "committeeId": moved.to, "departmentId": moved.department,
    });
    let plan = controller.done("createControlPlan", PLAN, input).await["controlPlan"].take();
    let shared = i64::try_from(titles(&plan).len()).unwrap_or_default();
    let (head, secretary) = (server.user("head-kff").await, server.user("secretary-ks").await);
    assert_eq!(adopt(&head, &secretary, &plan).await["errors"], json!([]));
    // Its follow-ups were begun in the plan for the old committee. What they are about is reported to whom it answers to.
    assert_eq!(expected_by_committee(&coordinator, "DELAR").await, [before, 0]);
    assert_eq!(expected_by_committee(&coordinator, "HELAR").await, [0, before]);
    assert!(shared > 0 && shared <= before, "{shared} of {before}");
    let each = [
        ("KFN".to_owned(), "2017-08-31".to_owned()),
        ("KS".to_owned(), "2018-01-31".to_owned()),
    ];
    assert_eq!(to_report(&controller).await, each);
    let occasions = "{ controlYear(year: 2017) { occasions { id code } } }";
    let occasions = coordinator.data(occasions, json!({})).await["controlYear"]["occasions"].take();
    for (code, committee) in [("DELAR", &moved.from), ("HELAR", &moved.to)] {
        let input = json!({
            "departmentId": moved.department, "occasionId": with(&occasions, "code", json!(code))["id"], "title": code,
        });
        let fields = "departmentReport { id version committee { id } followUps { point { title } } }";
        let report = controller.done("createDepartmentReport", fields, input).await["departmentReport"].take();
        assert_eq!(&report["committee"]["id"], committee, "{code}");
        let followed = each_title(&report["followUps"]);
        assert!(followed.contains(&json!("Krishantering")), "{code}: {followed:?}");
        let submitted = controller
            .mutate("submitDepartmentReport", "departmentReport { status }", of(&report))
            .await;
        assert_eq!(
            lacks(&submitted["errors"][0]["missing"], "Krishantering"),
            1,
            "{code}: {submitted:#}"
        );
    }
    assert!(to_report(&controller).await.is_empty());
}

fn each_title(follow_ups: &Json) -> Vec<Json> {
    each(follow_ups, "point")
        .into_iter()
        .map(|mut point| point["title"].take())
        .collect()
}

async fn ratings_go_along_to_another_committee(server: Server) {
    let coordinator = server.user("coordinator").await;
    let ratings = "{ ks: rollUp(of: { years: [2017], committeeCode: \"KS\" }) { ...Ratings }
        kfn: rollUp(of: { years: [2017], committeeCode: \"KFN\" }) { ...Ratings } }
        fragment Ratings on RollUp { ratings { count } }";
    let counts = |data: &Json| {
        ["ks", "kfn"].map(|committee| {
            let lines = data[committee]["ratings"].as_array().into_iter().flatten();
            lines.filter_map(|line| line["count"].as_i64()).sum::<i64>()
        })
    };
    let rated = counts(&coordinator.data(ratings, json!({})).await);
    assert!(rated[0] > 0 && rated[1] == 0, "{rated:?}");
    move_department(&server, ["KSF", "KS", "KFN"], ["2017-12-31", "2018-01-01"]).await;
    let moved = counts(&coordinator.data(ratings, json!({})).await);
    assert_eq!(moved, [0, rated[0]], "the occasion is in January 2018");
}
