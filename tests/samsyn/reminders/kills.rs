//! What holds when a server process is killed, or the mail server says nothing: a reminder is sent at most once more than it
//! should be, and that is recorded.

use std::collections::HashMap;
use std::time::Duration;

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::mail_server::MailServer;
use super::{ADDRESS, BUSY, PERFORMER, installation, text};
use crate::api::Server;
use crate::audit::Log;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        killed_after_the_mail_was_taken_it_is_sent_once_more,
        a_mail_server_that_never_answers_gets_it_twice,
        killed_at_any_moment_nobody_gets_it_three_times,
    ]
}

const DAY: &str = "2018-12-17";

/// Waits until the mail server has taken a number of mails.
async fn taken(mails: &mut MailServer, number: usize) {
    for _ in 0..600 {
        if mails.mails_to(ADDRESS).await.len() >= number {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("there are never {number} mails");
}

/// That two mails are the same for a mail program.
fn assert_same(mails: &[Json]) {
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0]["messageId"], mails[1]["messageId"]);
}

async fn killed_after_the_mail_was_taken_it_is_sent_once_more(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    mails.tell("silent").await;
    let running = installation.start(DAY);
    taken(&mut mails, 1).await;
    // The worst moment: the mail server has it, and nothing says so.
    drop(running);
    let reminder = installation.reminders_of(PERFORMER).await.remove(0);
    assert_eq!(
        (&reminder["status"], &reminder["perhapsTwice"]),
        (&json!("SENDING"), &json!(false))
    );
    mails.tell("answering").await;
    installation.run(DAY).await;
    assert_same(&mails.mails_to(ADDRESS).await);
    let reminder = installation.reminders_of(PERFORMER).await.remove(0);
    assert_eq!(
        (&reminder["status"], &reminder["attempts"], &reminder["perhapsTwice"]),
        (&json!("SENT"), &json!(2), &json!(true))
    );
    // And killed a second time, it is not sent a third.
    mails.tell("silent").await;
    let running = installation.start("2018-12-28");
    taken(&mut mails, 3).await;
    drop(running);
    let running = installation.start("2018-12-28");
    taken(&mut mails, 4).await;
    drop(running);
    mails.tell("answering").await;
    installation.run("2018-12-28").await;
    let sent = mails.mails_to(ADDRESS).await;
    assert_same(&sent[2..]);
    let reminder = installation.reminders_of(PERFORMER).await.remove(1);
    assert_eq!(
        (&reminder["status"], &reminder["perhapsTwice"]),
        (&json!("UNKNOWN"), &json!(true))
    );
    let log = Log::of(&server).await;
    log.verify(&[]).await.expect("a whole log");
}

async fn a_mail_server_that_never_answers_gets_it_twice(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    mails.tell("silent").await;
    installation.run(DAY).await;
    assert_same(&mails.mails_to(ADDRESS).await);
    let reminder = installation.reminders_of(PERFORMER).await.remove(0);
    assert_eq!(
        (&reminder["status"], &reminder["attempts"], &reminder["perhapsTwice"]),
        (&json!("UNKNOWN"), &json!(2), &json!(true))
    );
    assert!(text(&reminder, "reason").contains("not answered"), "{reminder}");
}

/// How often a server process is killed.
const KILLS: u64 = 12;

async fn killed_at_any_moment_nobody_gets_it_three_times(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    for user in BUSY {
        installation
            .give_address(user, Some(&format!("{user}@mjolby.example")))
            .await;
    }
    for kill in 0..KILLS {
        let running = installation.start(DAY);
        // From before it has looked at the database to after it has sent everything.
        tokio::time::sleep(Duration::from_millis(150 + 45 * kill)).await;
        drop(running);
    }
    installation.run(DAY).await;
    let mut number: HashMap<String, usize> = HashMap::new();
    for mail in mails.mails().await {
        *number.entry(text(&mail, "to").to_owned()).or_default() += 1;
    }
    let reminders = installation.reminders().await;
    for user in BUSY.into_iter().chain([PERFORMER]) {
        let of_user: Vec<_> = reminders.iter().filter(|it| it["user"]["username"] == user).collect();
        let got = number
            .get(&format!("{user}@mjolby.example"))
            .copied()
            .unwrap_or_default();
        let recorded = of_user.iter().any(|reminder| reminder["perhapsTwice"] == true);
        assert!(got <= 1 || got == 2 && recorded, "{user} got {got}: {of_user:#?}");
        for reminder in of_user {
            assert!(
                reminder["status"] == "SENT" && got > 0 || reminder["status"] == "UNKNOWN",
                "{user} got {got}: {reminder:#}"
            );
        }
    }
    let log = Log::of(&server).await;
    log.verify(&[]).await.expect("a whole log");
}
