//! The year 2018, in which the seventh department's work goes on with the sixth.

use serde_json::{Value as Json, json};

use super::first_year::DEPARTMENTS;
use super::world::World;
use crate::api::with;

/// The seventh department merges into the sixth as of the turn of the year.
pub(super) async fn merge(world: &mut World) {
    let input = json!({ "departmentId": world.id("F7"), "successorId": world.id("F6"), "validFrom": "2018-01-01" });
    world
        .act(
            "administrator",
            "createDepartmentSuccession",
            "departmentSuccession",
            input,
            "succession",
        )
        .await;
}

const CARRIED: &str =
    "carryOver version status department { code } newControlPoint { id previous { id } exemptions { id } }
    newFinding { id carriedFrom { id } } newCorrectiveAction { id carriedFrom { id } followUp { year } finding { id } }
    newRisk { id previous { id } department { code } }";

async fn proposals(world: &mut World) -> Vec<Json> {
    let coordinator = world.user("coordinator").await;
    let query = "query($after: String) { carryOvers(filter: { year: 2018 }, first: 100, after: $after) {
        pageInfo { hasNextPage endCursor } nodes { id version kind status department { code } fromDepartment { code }
            controlPoint { id title scope } correctiveAction { id title } finding { id } } } }";
    let found = coordinator.data(query, json!({})).await["carryOvers"].take();
    assert_eq!(found["pageInfo"]["hasNextPage"], false);
    found["nodes"].as_array().cloned().unwrap_or_default()
}

/// What is left of 2017 is proposed once, and lands where the work goes on.
pub(super) async fn roll_forward(world: &mut World) {
    let input = json!({ "year": 2018, "ratingBasis": "RESULT", "riskMaximum": 4 });
    world
        .act(
            "coordinator",
            "createControlYear",
            "controlYear version phase",
            input,
            "year",
        )
        .await;
    let input = json!({ "controlYearId": world.id("year"), "code": "HELAR", "label": "Helår 2018", "position": 1, "dueOn": "2019-01-31" });
    world
        .act(
            "coordinator",
            "createReportingOccasion",
            "reportingOccasion version",
            input,
            "HELAR",
        )
        .await;
    let input = json!({ "controlYearId": world.id("year") });
    world
        .act(
            "coordinator",
            "rollForward",
            "controlYear version phase",
            input.clone(),
            "year",
        )
        .await;
    let first = proposals(world).await;
    world
        .act("coordinator", "rollForward", "controlYear version phase", input, "year")
        .await;
    assert_eq!(proposals(world).await, first, "again changes nothing");
    let of_merged = first.iter().filter(|item| item["fromDepartment"]["code"] == "F7");
    assert!(of_merged.clone().count() >= 2, "its risk and its point");
    assert!(of_merged.clone().all(|item| item["department"]["code"] == "F6"));
    for item in first
        .iter()
        .filter(|item| ["RISK", "CONTROL_POINT"].contains(&item["kind"].as_str().unwrap_or_default()))
    {
        world.keep("item", item.clone());
        let (who, also): (String, &[&str]) = match item["department"]["code"].as_str() {
            None => ("coordinator".to_owned(), &[]),
            Some(code) if item["kind"] == "RISK" => (format!("controller-{}", code.to_lowercase()), &["coordinator"]),
            Some(code) => (format!("controller-{}", code.to_lowercase()), &[]),
        };
        let accepted = world
            .take_beside(&who, also, "acceptCarryOver", CARRIED, "item", json!({}))
            .await;
        assert_eq!(accepted["status"], "ACCEPTED");
        if item["controlPoint"]["title"] == "Inköp" {
            assert_eq!(
                accepted["newControlPoint"]["exemptions"],
                json!([]),
                "the exemption ended with the department"
            );
        }
    }
}

const PLAN: &str = "controlPlan version status";

/// The shared plan is adopted, the exercise comes along into the new year's follow-up, and the year begins.
pub(super) async fn run(world: &mut World) {
    let coordinator = world.user("coordinator").await;
    let query = "{ controlYear(year: 2018) { sharedPlan { id version points { point { title previous { year } } } }
        departmentPlans { id version department { code } points { point { title scope } } } } }";
    let year = coordinator.data(query, json!({})).await["controlYear"].take();
    let shared = &year["sharedPlan"];
    assert_eq!(shared["points"].as_array().map(Vec::len), Some(2));
    assert!(
        shared["points"]
            .as_array()
            .into_iter()
            .flatten()
            .all(|place| place["point"]["previous"]["year"] == 2017)
    );
    world.keep("shared", shared.clone());
    world
        .take(
            "coordinator",
            "changeControlPlanStatus",
            PLAN,
            "shared",
            json!({ "to": "PROPOSED" }),
        )
        .await;
    let adopt = json!({ "to": "ADOPTED", "adoptedOn": "2018-02-28" });
    world
        .take("secretary", "changeControlPlanStatus", PLAN, "shared", adopt)
        .await;
    let plans = coordinator.data(query, json!({})).await["controlYear"]["departmentPlans"].take();
    let codes: Vec<_> = plans
        .as_array()
        .into_iter()
        .flatten()
        .map(|plan| plan["department"]["code"].clone())
        .collect();
    assert_eq!(
        codes,
        DEPARTMENTS[..6].iter().map(|code| json!(code)).collect::<Vec<_>>(),
        "the merged one has none"
    );
    let of_sixth = with(&plans, "department", json!({ "code": "F6" }));
    assert_eq!(
        of_sixth["points"].as_array().map(Vec::len),
        Some(4),
        "two shared, its own and the other's: {of_sixth:#}"
    );
    let items = proposals(world).await;
    for kind in ["FINDING", "CORRECTIVE_ACTION"] {
        let item = items
            .iter()
            .find(|item| item["kind"] == kind)
            .expect("something that is left")
            .clone();
        world.keep("item", item.clone());
        let accepted = world
            .take("controller-f1", "acceptCarryOver", CARRIED, "item", json!({}))
            .await;
        if kind == "CORRECTIVE_ACTION" {
            let action = &accepted["newCorrectiveAction"];
            assert_eq!(item["correctiveAction"]["title"], "Krisövning under 2018");
            assert_eq!(
                action["carriedFrom"]["id"],
                world.id("exercise"),
                "linked to where it came from"
            );
            assert_eq!(action["followUp"]["year"], 2018);
            assert!(!action["finding"].is_null(), "about the finding that came along");
        } else {
            assert_eq!(accepted["newFinding"]["carriedFrom"]["id"], world.id("finding"));
        }
    }
    world
        .take(
            "coordinator",
            "advanceControlYear",
            "controlYear version phase",
            "year",
            json!({ "to": "RUNNING" }),
        )
        .await;
    // The closed year is as it was decided on.
    let closed = "{ departmentReport(departmentCode: \"F7\", year: 2017) { status contentHash } }";
    let closed = coordinator.data(closed, json!({})).await["departmentReport"].take();
    assert_eq!(closed["status"], "DECIDED");
    assert_eq!(closed["contentHash"], world.object("report-F7-HELAR")["contentHash"]);
}
