//! The coordinator reminds.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::mail_server::MailServer;
use super::program::Installation;
use super::text;
use crate::api::{Client, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        the_coordinator_reminds_a_department_of_an_occasion,
        who_may_remind_and_see_who_was_reminded,
    ]
}

/// Before any of the occasion's own reminders.
const DAY: &str = "2018-01-10";

async fn occasion(client: &Client) -> Json {
    let query = "{ controlYear(year: 2017) { occasions { id dueOn } } }";
    client.data(query, json!({})).await["controlYear"]["occasions"][0].take()
}

async fn department(client: &Client, code: &str) -> Json {
    let query = "query($code: String!) { department(code: $code) { id } }";
    client.data(query, json!({ "code": code })).await["department"]["id"].take()
}

const REQUEST: &str =
    "reminderRequest { id reminders occasion { dueOn } department { code } requestedBy { username } }";

async fn the_coordinator_reminds_a_department_of_an_occasion(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = Installation::of(&server, &mails).await;
    for user in ["performer-kff", "head-osf"] {
        installation
            .give_address(user, Some(&format!("{user}@mjolby.example")))
            .await;
    }
    let coordinator = server.on(DAY).await.user("coordinator").await;
    let (occasion, kff) = (occasion(&coordinator).await, department(&coordinator, "KFF").await);
    let input = json!({ "occasionId": occasion["id"], "departmentId": kff });
    let request = coordinator.done("sendReminders", REQUEST, input.clone()).await["reminderRequest"].take();
    assert_eq!(
        (
            &request["reminders"],
            &request["department"]["code"],
            &request["requestedBy"]["username"]
        ),
        (&Json::Null, &json!("KFF"), &json!("coordinator"))
    );
    let running = installation.start(DAY);
    installation
        .until("SELECT 1 FROM reminder_request WHERE reminders IS NOT NULL")
        .await;
    installation.settled(DAY).await;
    let again = coordinator.done("sendReminders", REQUEST, input).await["reminderRequest"].take();
    installation
        .until("SELECT 1 FROM reminder_request WHERE reminders IS NOT NULL LIMIT 1 OFFSET 1")
        .await;
    installation.settled(DAY).await;
    drop(running);
    let query = "query($id: ID!) { node(id: $id) { ... on ReminderRequest { reminders } }
        reminders(filter: { requestId: $id }) { totalCount nodes { user { username } stage status plannedFor } } }";
    let asked = coordinator.data(query, json!({ "id": request["id"] })).await;
    let reminders = asked["reminders"]["nodes"].as_array().expect("reminders");
    assert_eq!(asked["node"]["reminders"], asked["reminders"]["totalCount"]);
    assert_eq!(reminders.len(), 2, "to assess, and to begin the report");
    for reminder in reminders {
        assert!(text(&reminder["user"], "username").ends_with("-kff"), "{reminder}");
        assert_eq!(
            (&reminder["stage"], &reminder["plannedFor"]),
            (&json!("REQUESTED"), &json!(DAY))
        );
    }
    let sent = mails.mails().await;
    assert_eq!(sent.len(), 1, "one mail, to the one of the department with an address");
    assert_eq!(sent[0]["to"], "performer-kff@mjolby.example");
    assert!(
        text(&sent[0], "text").contains("Internkontrollsamordnaren har bett om"),
        "{}",
        sent[0]
    );
    let asked = coordinator.data(query, json!({ "id": again["id"] })).await;
    assert_eq!(asked["node"]["reminders"], 0, "nobody is reminded twice a day");
}

async fn who_may_remind_and_see_who_was_reminded(server: Server) {
    let coordinator = server.user("coordinator").await;
    let occasion = occasion(&coordinator).await;
    let input = json!({ "occasionId": occasion["id"] });
    for user in [
        "controller-ksf",
        "head-ksf",
        "administrator",
        "auditor",
        "performer-ksf",
    ] {
        let client = server.user(user).await;
        assert_eq!(
            client.refusal("sendReminders", input.clone()).await,
            ["FORBIDDEN"],
            "{user}"
        );
    }
    let nowhere = json!({ "occasionId": "UmVwb3J0aW5nT2NjYXNpb246MDE5M2UxYjQ3MDAwNzAwMDgwMDAwMDAwMDAwMDAwMDE" });
    assert_eq!(coordinator.refusal("sendReminders", nowhere).await, ["NOT_FOUND"]);
    let request = coordinator.done("sendReminders", REQUEST, input).await["reminderRequest"].take();
    let query = "query($id: ID!) { node(id: $id) { id } }";
    for (user, sees) in [
        ("auditor", true),
        ("coordinator", true),
        ("head-ksf", false),
        ("administrator", false),
    ] {
        let client = server.user(user).await;
        let found = client.data(query, json!({ "id": request["id"] })).await;
        assert_eq!(found["node"]["id"] == request["id"], sees, "{user}");
    }
    let query = "{ controlYear(year: 2017) { id version } }";
    let year = coordinator.data(query, json!({})).await["controlYear"].take();
    let close = json!({ "id": year["id"], "expectedVersion": year["version"], "to": "CLOSED" });
    coordinator
        .done("advanceControlYear", "controlYear { phase }", close)
        .await;
    let input = json!({ "occasionId": occasion["id"] });
    assert_eq!(coordinator.refusal("sendReminders", input).await, ["INVALID"]);
}
