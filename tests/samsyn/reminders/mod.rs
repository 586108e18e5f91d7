//! Reminders: before and after due dates, once, in the reader's language, by a real mail server; and what holds when it, or a
//! server process, fails.

mod failures;
mod kills;
mod mail_server;
mod program;
mod requests;

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Server, each, with_title};
use crate::audit::Log;
use crate::harness::{Suite, trials};
use mail_server::MailServer;
use program::Installation;

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    let own = trials![
        suite,
        it_is_reminded_before_and_after_the_due_date,
        a_mail_is_in_the_readers_language_and_keeps_secrets,
        several_processes_send_each_reminder_once,
        nothing_is_planned_without_a_mail_server,
    ];
    [
        own,
        failures::trials(suite),
        kills::trials(suite),
        requests::trials(suite),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Who carries out the demonstration's exercise, which is due on 2018-12-31.
const PERFORMER: &str = "performer-ksf";
const ADDRESS: &str = "performer-ksf@mjolby.example";

/// An installation in which the exercise's performer alone has an address.
async fn installation(server: &Server, mails: &MailServer) -> Installation {
    let installation = Installation::of(server, mails).await;
    installation.give_address(PERFORMER, Some(ADDRESS)).await;
    installation
}

fn text<'a>(mail: &'a Json, field: &str) -> &'a str {
    mail[field].as_str().unwrap_or_else(|| panic!("no {field}: {mail:#}"))
}

async fn it_is_reminded_before_and_after_the_due_date(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    for (day, sent) in [
        ("2018-12-16", 0),
        ("2018-12-17", 1),
        ("2018-12-18", 1),
        ("2018-12-28", 2),
        ("2018-12-31", 2),
        ("2019-01-01", 3),
        ("2019-01-20", 4),
        ("2019-06-30", 4),
    ] {
        installation.run(day).await;
        assert_eq!(mails.mails_to(ADDRESS).await.len(), sent, "on {day}");
    }
    assert_eq!(mails.mails().await.len(), 4, "nobody else has an address");
    let reminders = installation.reminders_of(PERFORMER).await;
    let told: Vec<_> = reminders
        .iter()
        .map(|reminder| (text(reminder, "stage"), text(reminder, "plannedFor")))
        .collect();
    assert_eq!(
        told,
        [
            ("BEFORE_DUE", "2018-12-17"),
            ("BEFORE_DUE", "2018-12-28"),
            ("OVERDUE", "2019-01-01"),
            ("OVERDUE", "2019-01-14")
        ]
    );
    for reminder in &reminders {
        assert_eq!(
            (
                &reminder["status"],
                &reminder["kind"],
                &reminder["dueOn"],
                &reminder["attempts"]
            ),
            (&json!("SENT"), &json!("MEND_ACTION"), &json!("2018-12-31"), &json!(1))
        );
        assert_eq!(reminder["perhapsTwice"], false);
    }
    // They see their own, and nobody else's.
    let query = "{ viewer { reminders { totalCount nodes { user { username } } } } reminders { totalCount } }";
    let own = server.user(PERFORMER).await.data(query, json!({})).await;
    assert_eq!(
        (
            &own["viewer"]["reminders"]["totalCount"],
            &own["reminders"]["totalCount"]
        ),
        (&json!(4), &json!(4))
    );
    // What was done is in the log, as the program's own.
    let events = "{ auditEvents(first: 100, filter: { actions: [\"reminder.created\", \"reminder.changed\"] }) {
        totalCount nodes { actor } } }";
    let auditor = server.user("auditor").await.data(events, json!({})).await;
    assert!(
        each(&auditor["auditEvents"]["nodes"], "actor")
            .iter()
            .all(|actor| actor == "system")
    );
    let log = Log::of(&server).await;
    log.verify(&[]).await.expect("a whole log");
}

async fn a_mail_is_in_the_readers_language_and_keeps_secrets(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    installation.run("2018-12-17").await;
    let mail = mails.mails_to(ADDRESS).await.remove(0);
    assert_eq!(mail["subject"], "Påminnelse: 1 uppgift väntar på dig");
    assert_eq!(
        mail["from"],
        json!({ "address": "ik@mjolby.example", "name": "Internkontroll" })
    );
    assert_eq!(mail["name"], "Kontrollutförare, kommunstyrelsens förvaltning");
    assert_eq!(
        (&mail["automatic"], &mail["ascii"]),
        (&json!("auto-generated"), &json!(true))
    );
    assert!(text(&mail, "messageId").ends_with("@mjolby.example>"));
    let subject = text(&installation.reminders_of(PERFORMER).await[0], "subjectId").to_owned();
    let body = text(&mail, "text");
    for said in [
        "intern kontroll i Mjölby kommun",
        "1. Genomför åtgärden",
        "Krishantering (KSF)",
        "Ska vara klart 2018-12-31, om 14 dagar.",
        &format!("https://portal.example/{subject}"),
    ] {
        assert!(body.contains(said), "{said}: {body}");
    }

    let query = "{ viewer { user { version language } } }";
    let performer = server.user(PERFORMER).await;
    let me = performer.data(query, json!({})).await["viewer"]["user"].take();
    assert_eq!(me["language"], Json::Null);
    let input = json!({ "expectedVersion": me["version"], "language": "EN" });
    performer.done("updateMyPreferences", "user { language }", input).await;
    let registrar = server.user("registrar").await;
    let mark = json!({ "subjectId": subject, "ground": "OSL 18 kap. 8 §" });
    registrar.done("setSecrecyMark", "secrecyEvent { ground }", mark).await;
    installation.run("2018-12-28").await;
    let mail = mails.mails_to(ADDRESS).await.remove(1);
    assert_eq!(mail["subject"], "Reminder: 1 task waits for you");
    let body = text(&mail, "text");
    for said in [
        "1. Carry out the corrective action",
        "Its content is confidential",
        "It is due on 2018-12-31, in 3 days.",
    ] {
        assert!(body.contains(said), "{said}: {body}");
    }
    assert!(!body.contains("Krishantering") && !body.contains("KSF"), "{body}");
}

/// The people of Mjölby who have something to do at the end of the demonstration's year.
const BUSY: [&str; 6] = [
    "performer-utb",
    "controller-utb",
    "head-osf",
    "performer-kff",
    "controller-kff",
    "secretary-ks",
];

async fn several_processes_send_each_reminder_once(server: Server) {
    let mut mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    for user in BUSY {
        installation
            .give_address(user, Some(&format!("{user}@mjolby.example")))
            .await;
    }
    // A second piece of work of one of them, which is said in the same mail.
    let performer = server.user(PERFORMER).await;
    let query = "{ followUps(filter: { departmentCode: \"KSF\", year: 2017 }) { nodes { id point { title } } } }";
    let follow_ups = performer.data(query, json!({})).await;
    let crisis = &with_title(&follow_ups["followUps"]["nodes"], "Krishantering")["id"];
    let action = json!({ "followUpId": crisis, "title": "En övning till", "dueOn": "2018-12-31" });
    performer
        .done("createCorrectiveAction", "correctiveAction { id }", action)
        .await;
    let day = "2018-12-17";
    let running = [
        installation.start(day),
        installation.start(day),
        installation.start(day),
    ];
    installation.settled(day).await;
    // Time for each of them to look again.
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    drop(running);
    let sent = mails.mails().await;
    let mut to: Vec<_> = sent.iter().map(|mail| text(mail, "to")).collect();
    let all = to.len();
    to.sort_unstable();
    to.dedup();
    assert_eq!(to.len(), all, "one mail each: {to:?}");
    assert_eq!(all, BUSY.len() + 1, "{to:?}");
    let mut mailed = 0;
    for reminder in installation.reminders().await {
        let user = text(&reminder["user"], "username");
        let expected = if user == PERFORMER || BUSY.contains(&user) {
            "SENT"
        } else {
            "OBSOLETE"
        };
        assert_eq!(reminder["status"], expected, "{reminder:#}");
        assert_eq!(reminder["perhapsTwice"], false);
        mailed += usize::from(expected == "SENT");
    }
    assert_eq!(mailed, all + 1, "two reminders share a mail");
    let performers = sent.iter().find(|mail| mail["to"] == ADDRESS).expect("a mail");
    assert_eq!(performers["subject"], "Påminnelse: 2 uppgifter väntar på dig");
}

async fn nothing_is_planned_without_a_mail_server(server: Server) {
    let mails = MailServer::start().await;
    let installation = installation(&server, &mails).await;
    // The settings are looked through all the same.
    let folder = tempfile::tempdir().expect("a folder");
    for (settings, says) in [
        ("[smtp]\nhost = \"mail.example\"\nfrom = \"nobody\"\n", "smtp.from"),
        (
            "[smtp]\nhost = \"mail.example\"\nfrom = \"a@b.example\"\ntls = \"none\"\n",
            "smtp.tls",
        ),
        (
            "[smtp]\nhost = \"mail.example\"\nfrom = \"a@b.example\"\nusername = \"a\"\n",
            "SAMSYN_SMTP_PASSWORD",
        ),
        ("[reminders]\ndays_before = [1000]\n", "days_before"),
        ("[reminders]\nportal_url = \"portal\"\n", "portal_url"),
        ("[reminders]\ncolour = \"red\"\n", "colour"),
    ] {
        let file = folder.path().join("samsyn.toml");
        std::fs::write(&file, settings).expect("a file");
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_samsyn"))
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--database-url",
                server.database_url(),
            ])
            .current_dir(folder.path())
            .env_clear()
            .output()
            .expect("a program");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(says), "{settings}: {said}");
    }
    assert!(installation.reminders().await.is_empty());
}
