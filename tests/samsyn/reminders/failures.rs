//! What becomes of reminders that cannot be sent.

use libtest_mimic::Trial;
use serde_json::json;

use super::mail_server::MailServer;
use super::{ADDRESS, PERFORMER, installation, text};
use crate::api::Server;
use crate::audit::Log;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_mail_server_that_is_down_gets_it_later,
        what_is_refused_for_now_is_tried_again_and_what_is_refused_for_good_is_not,
        what_there_is_no_need_or_nobody_for_is_not_sent,
        without_protection_nothing_is_sent,
        a_password_is_used_and_kept,
    ]
}

const DAY: &str = "2018-12-17";
const WAITS: &str = "SELECT 1 FROM reminder WHERE status = 'PENDING' AND attempts >";

async fn a_mail_server_that_is_down_gets_it_later(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    mails.tell("down").await;
    let running = installation.start(DAY);
    installation.until(&format!("{WAITS} 1")).await;
    let reminder = installation.reminders_of(PERFORMER).await.remove(0);
    if reminder["attempts"] != 0 {
        assert!(
            text(&reminder, "reason").to_lowercase().contains("connection"),
            "{reminder}"
        );
    }
    mails.tell("up").await;
    installation.settled(DAY).await;
    drop(running);
    assert_eq!(mails.mails_to(ADDRESS).await.len(), 1);
    let reminder = installation.reminders_of(PERFORMER).await.remove(0);
    assert_eq!(
        (&reminder["status"], &reminder["perhapsTwice"]),
        (&json!("SENT"), &json!(false))
    );
    assert!(
        reminder["reason"].is_null() && reminder["nextAttemptAt"].is_null(),
        "{reminder}"
    );
}

async fn what_is_refused_for_now_is_tried_again_and_what_is_refused_for_good_is_not(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    let refused = "controller-utb";
    installation
        .give_address(refused, Some("controller-utb@mjolby.example"))
        .await;
    installation.give_address("head-osf", Some("no address")).await;
    mails.tell(&format!("busy {ADDRESS}")).await;
    mails.tell("refuse controller-utb@mjolby.example").await;
    let running = installation.start(DAY);
    installation.until(&format!("{WAITS} 1")).await;
    let waiting = installation.reminders_of(PERFORMER).await.remove(0);
    assert!(text(&waiting, "reason").contains("come back later"), "{waiting}");
    mails.tell(&format!("take {ADDRESS}")).await;
    installation.settled(DAY).await;
    drop(running);
    let sent = installation.reminders_of(PERFORMER).await.remove(0);
    assert_eq!(
        (&sent["status"], &sent["perhapsTwice"]),
        (&json!("SENT"), &json!(false))
    );
    assert_eq!(mails.mails().await.len(), 1);
    let failed = installation.reminders_of(refused).await;
    assert!(!failed.is_empty());
    for failed in failed {
        assert_eq!((&failed["status"], &failed["attempts"]), (&json!("FAILED"), &json!(1)));
        assert!(text(&failed, "reason").contains("nobody is called"), "{failed}");
    }
    let failed = installation.reminders_of("head-osf").await.remove(0);
    assert_eq!(failed["status"], "FAILED");
    assert!(text(&failed, "reason").contains("e-mail address"), "{failed}");
}

async fn what_there_is_no_need_or_nobody_for_is_not_sent(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    installation
        .give_address("controller-utb", Some("controller-utb@mjolby.example"))
        .await;
    mails.tell("down").await;
    let running = installation.start(DAY);
    installation.until(&format!("{WAITS} 0")).await;
    drop(running);
    let subject = installation.reminders_of(PERFORMER).await[0]["subjectId"].clone();
    let performer = server.on(DAY).await.user(PERFORMER).await;
    let query = "query($id: ID!) { node(id: $id) { ... on CorrectiveAction { version } } }";
    let version = performer.data(query, json!({ "id": subject })).await["node"]["version"].take();
    let extend = json!({ "id": subject, "expectedVersion": version, "dueOn": "2019-06-30", "reason": "Sjukdom",
        "decidedBy": "Förvaltningschefen" });
    performer
        .done("extendCorrectiveAction", "correctiveAction { dueOn }", extend)
        .await;
    installation
        .change_user("controller-utb", json!({ "active": false }))
        .await;
    mails.tell("up").await;
    installation.run(DAY).await;
    assert!(mails.mails().await.is_empty());
    for (user, reason) in [
        (PERFORMER, "nothing left"),
        ("controller-utb", "may not sign in"),
        ("head-osf", "no e-mail address"),
    ] {
        let reminder = installation.reminders_of(user).await.remove(0);
        assert_eq!(reminder["status"], "OBSOLETE", "{user}: {reminder}");
        assert!(text(&reminder, "reason").contains(reason), "{user}: {reminder}");
    }
    // The new date has reminders of its own.
    installation.run("2019-06-27").await;
    assert_eq!(mails.mails_to(ADDRESS).await.len(), 1);
}

async fn without_protection_nothing_is_sent(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    // A server that does not offer it, and one whose certificate nobody vouches for.
    for (offer, says) in [("answering", "starttls"), ("protected", "certificate")] {
        mails.tell(offer).await;
        let running = installation.start_with(DAY, "");
        let attempts = installation.reminders_of(PERFORMER).await;
        let attempts = attempts
            .first()
            .map_or(0, |reminder| reminder["attempts"].as_i64().unwrap_or(0));
        let reminded = "SELECT 1 FROM reminder JOIN user_account ON user_account.id = reminder.user_id
            WHERE username = 'performer-ksf' AND status = 'PENDING' AND attempts";
        installation.until(&format!("{reminded} > {attempts}")).await;
        drop(running);
        let reminder = installation.reminders_of(PERFORMER).await.remove(0);
        assert!(text(&reminder, "reason").to_lowercase().contains(says), "{reminder}");
    }
    assert!(mails.mails().await.is_empty());
}

async fn a_password_is_used_and_kept(server: Server) {
    let mut mails = MailServer::start().await;
    let mut installation = installation(&server, &mails).await;
    mails.tell("password").await;
    installation.environment = vec![("SAMSYN_SMTP_PASSWORD", "wrong horse")];
    let with_password = "tls = \"none\"\nusername = \"samsyn\"";
    let running = installation.start_with(DAY, with_password);
    let refused = "SELECT 1 FROM reminder WHERE status = 'PENDING' AND reason LIKE '%wrong password%'";
    installation.until(refused).await;
    drop(running);
    installation.environment = vec![("SAMSYN_SMTP_PASSWORD", "correct horse")];
    let running = installation.start_with(DAY, with_password);
    installation.settled(DAY).await;
    drop(running);
    assert_eq!(mails.mails_to(ADDRESS).await[0]["by"], "samsyn");
    // It is nowhere in what was recorded.
    let log = Log::of(&server).await;
    log.verify(&[]).await.expect("a whole log");
    for kept in ["reminder WHERE reason", "audit_event WHERE CAST(payload AS text)"] {
        let horses = installation.rows(&format!("SELECT 1 FROM {kept} LIKE '%horse%'")).await;
        assert_eq!(horses, 0, "{kept}");
    }
}
