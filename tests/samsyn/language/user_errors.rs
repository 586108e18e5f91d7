//! What a mutation answers, of each kind.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        what_is_wrong_with_an_input_is_said_all_at_once,
        a_step_that_is_not_there_names_the_states,
        what_is_missing_is_listed,
        who_may_not_is_told,
        what_is_not_there_is_told_by_its_kind,
        who_changed_it_before_is_told,
        a_policy_is_refused_by_what_it_breaks,
    ]
}

/// The first error in Swedish and in English.
async fn both(client: &Client, mutation: &str, input: Json) -> (Json, Json) {
    let mut swedish = client.asking_for("sv").refused(mutation, input.clone()).await;
    let mut english = client.asking_for("en").refused(mutation, input).await;
    (swedish.remove(0), english.remove(0))
}

/// The first message in Swedish and in English.
async fn said(client: &Client, mutation: &str, input: Json) -> [String; 2] {
    let (swedish, english) = both(client, mutation, input).await;
    [swedish, english].map(|error| error["message"].as_str().expect("a message").to_owned())
}

async fn what_is_wrong_with_an_input_is_said_all_at_once(server: Server) {
    let administrator = server.user("administrator").await;
    let input = json!({ "code": "kå", "name": " ", "kind": "SECTION" });
    let errors = administrator
        .asking_for("sv")
        .refused("createDepartment", input.clone())
        .await;
    let mut messages: Vec<_> = errors
        .iter()
        .map(|error| error["message"].as_str().expect("a message"))
        .collect();
    messages.sort_unstable();
    assert_eq!(
        messages,
        [
            "En avdelning eller enhet är en del av en förvaltning. Ange vilken.",
            "En kod har 2 till 8 tecken, och varje tecken är en stor bokstav A–Z eller en siffra. Exempel: ”KSF”.",
            "Fältet får inte vara tomt.",
        ]
    );
    assert_eq!(errors[0]["code"], "INVALID");
    let taken = json!({ "code": "KSF", "name": "Dubbel", "kind": "DEPARTMENT" });
    assert_eq!(
        said(&administrator, "createDepartment", taken).await,
        [
            "Det finns redan en förvaltning med koden KSF.",
            "There is a department KSF already."
        ]
    );
    let long = json!({ "code": "NY", "name": "x".repeat(301), "kind": "DEPARTMENT" });
    assert_eq!(
        said(&administrator, "createDepartment", long).await,
        [
            "Texten har 301 tecken. Högst 300 är tillåtna.",
            "It has 301 characters; at most 300 are allowed."
        ]
    );
}

/// A shared plan of a new year.
async fn new_plan(server: &Server) -> Json {
    let coordinator = server.user("coordinator").await;
    let input = json!({ "year": 2018, "ratingBasis": "RESULT" });
    let year = coordinator.done("createControlYear", "controlYear { id }", input).await["controlYear"].take();
    let committee = coordinator.data("{ committee(code: \"KS\") { id } }", json!({})).await["committee"]["id"].take();
    let input = json!({ "controlYearId": year["id"], "scope": "SHARED", "committeeId": committee });
    let plan = coordinator.done("createControlPlan", "controlPlan { id }", input).await;
    plan["controlPlan"]["id"].clone()
}

async fn a_step_that_is_not_there_names_the_states(server: Server) {
    let plan = new_plan(&server).await;
    let coordinator = server.user("coordinator").await;
    let input = json!({ "id": plan, "expectedVersion": 1, "to": "CLOSED" });
    let (swedish, english) = both(&coordinator, "changeControlPlanStatus", input).await;
    assert_eq!(
        swedish["message"],
        "Statusen är ”Utkast” och kan inte ändras till ”Avslutad”. Den kan bara ändras till ”Föreslagen”."
    );
    assert_eq!(
        english["message"],
        "It is DRAFT and cannot become CLOSED: from there it can only become PROPOSED."
    );
    for error in [swedish, english] {
        assert_eq!(
            (&error["code"], &error["from"], &error["allowed"]),
            (&json!("ILLEGAL_TRANSITION"), &json!("DRAFT"), &json!(["PROPOSED"]))
        );
    }
}

async fn what_is_missing_is_listed(server: Server) {
    let plan = new_plan(&server).await;
    let coordinator = server.user("coordinator").await;
    let input = json!({ "id": plan, "expectedVersion": 1, "to": "PROPOSED" });
    let (swedish, english) = both(&coordinator, "changeControlPlanStatus", input).await;
    assert_eq!(
        (&swedish["message"], &swedish["missing"]),
        (
            &json!("Planen har inga kontrollpunkter att föreslå."),
            &json!(["en kontrollpunkt"])
        )
    );
    assert_eq!(english["missing"], json!(["a control point"]));
}

async fn who_may_not_is_told(server: Server) {
    let coordinator = server.user("coordinator").await;
    let input = json!({ "code": "NY", "name": "Ny", "kind": "DEPARTMENT" });
    assert_eq!(
        said(&coordinator, "createDepartment", input).await,
        [
            "Du får inte göra det här. Dina roller ger dig inte rätten ”Ändra organisationen” här.",
            "You may not do this: your roles do not allow organisation:manage here."
        ]
    );
    let administrator = server.user("administrator").await;
    let me = administrator.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].take();
    let input = json!({ "userId": me, "role": "COORDINATOR", "validFrom": "2018-01-01" });
    assert_eq!(
        said(&administrator, "createRoleAssignment", input).await,
        [
            "Ingen ger sig själv behörighet eller ändrar sin egen. Det måste en annan systemförvaltare göra.",
            "Nobody grants or changes what they may do themself: another administrator has to do it."
        ]
    );
}

async fn what_is_not_there_is_told_by_its_kind(server: Server) {
    let administrator = server.user("administrator").await;
    let me = administrator.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].take();
    let input = json!({ "id": me, "expectedVersion": 1 });
    assert_eq!(
        said(&administrator, "updateDepartment", input).await,
        [
            "Id:t avser ”Användare”, men här behövs ”Förvaltning”.",
            "The id is of a User; a Department is needed here."
        ]
    );
    let performer = server.user("performer-ksf").await;
    let query = "{ departments(first: 1) { nodes { id } } }";
    let department = performer.data(query, json!({})).await["departments"]["nodes"][0]["id"].take();
    let nowhere = nowhere(department.as_str().expect("an id"));
    let input = json!({ "id": nowhere, "expectedVersion": 1 });
    assert_eq!(
        said(&administrator, "updateDepartment", input).await,
        ["Det finns ingen sådan förvaltning.", "There is no such department."]
    );
}

/// The id of nothing, of the same kind.
fn nowhere(id: &str) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(id).expect("an id")).expect("text");
    let (kind, _) = text.split_once(':').expect("a kind");
    URL_SAFE_NO_PAD.encode(format!("{kind}:{}", uuid::Uuid::from_u128(1).simple()))
}

async fn who_changed_it_before_is_told(server: Server) {
    let administrator = server.user("administrator").await;
    let row = server.user_row("performer-ksf").await;
    let input = json!({ "id": row["id"], "expectedVersion": 99, "name": "Någon" });
    let [swedish, english] = said(&administrator, "updateUser", input).await;
    let version = &row["version"];
    assert_eq!(
        swedish,
        format!("Den har version {version}, inte 99. Läs den på nytt och se vad som har ändrats.")
    );
    assert_eq!(
        english,
        format!("It has version {version}, not 99: read it again, and see what has changed.")
    );
}

async fn a_policy_is_refused_by_what_it_breaks(server: Server) {
    let administrator = server.user("administrator").await;
    let rules = [
        ("ADMINISTRATOR", "USER_MANAGE"),
        ("ADMINISTRATOR", "POLICY_MANAGE"),
        ("ADMINISTRATOR", "RISK_WRITE"),
    ];
    let rules = rules.map(|(role, right)| json!({ "role": role, "right": right }));
    let input = json!({ "expectedNumber": 0, "reason": "Ett försök", "rules": rules });
    assert_eq!(
        said(&administrator, "proposePolicy", input).await,
        [
            "”Systemförvaltaren läser inget innehåll”: p, ADMINISTRATOR, risk, write.",
            "ADMINISTRATOR_READS_NO_CONTENT: p, ADMINISTRATOR, risk, write."
        ]
    );
}
