//! What is in the file store, whatever happens.

use std::fs;
use std::process::{Command, Output};

use futures_util::future::join_all;
use futures_util::stream;
use libtest_mimic::Trial;
use reqwest::Method;
use samsyn::attachments::sweep;
use serde_json::{Value as Json, json};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{PDF, check_of_kff, download, refusal, stored};
use crate::api::Server;
use crate::audit::Log;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        what_an_upload_left_behind_is_removed_later,
        an_upload_that_was_given_up_becomes_no_file,
        many_upload_at_once_and_nothing_is_lost,
        a_file_that_was_changed_is_not_passed_off,
        a_lost_file_store_is_told,
    ]
}

/// The municipality's folder in the folder of files.
fn folder(server: &Server, log: &Log) -> std::path::PathBuf {
    server
        .folder()
        .join("attachments")
        .join(log.municipality.id.to_string())
}

/// Makes every announced upload of Mjölby's look as if it had begun long ago.
const LONG_AGO: &str = "UPDATE loose_object SET since = '2020-01-01 00:00:00+00:00' WHERE OURS";

async fn what_an_upload_left_behind_is_removed_later(server: Server) {
    let (log, check) = (Log::of(&server).await, check_of_kff(&server).await);
    let performer = server.user("performer-kff").await;
    let kept = performer.attached(&check, "a.txt", "a").await;
    // Announced, and then the program stopped: with the object there, half there, or not there.
    let folder = folder(&server, &log);
    let ids = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
    for id in ids {
        log.announce(id).await;
    }
    fs::write(folder.join(ids[0].to_string()), "left").expect("a file");
    fs::write(folder.join(format!("{}#1", ids[1])), "half").expect("a file");
    let strange = folder.join(Uuid::now_v7().to_string());
    fs::write(&strange, "somebody else's").expect("a file");
    assert_eq!(
        sweep(server.gate(), server.objects()).await.expect("a file store"),
        0,
        "they may be under way"
    );
    log.sql(LONG_AGO).await;
    assert_eq!(sweep(server.gate(), server.objects()).await.expect("a file store"), 3);
    let mut left = stored(&server);
    left.retain(|name| !strange.ends_with(name));
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(download(&performer, &kept).await.text().await.expect("content"), "a");
    assert!(strange.exists(), "what this database does not know of is not touched");
    assert_eq!(sweep(server.gate(), server.objects()).await.expect("a file store"), 0);
}

async fn an_upload_that_was_given_up_becomes_no_file(server: Server) {
    let (log, check) = (Log::of(&server).await, check_of_kff(&server).await);
    let performer = server.user("performer-kff").await;
    let (more, go_on) = oneshot::channel::<()>();
    let (begun, is_begun) = oneshot::channel::<()>();
    let chunks = stream::once(async move {
        begun.send(()).expect("a test");
        go_on.await.expect("a test");
        Ok::<_, std::io::Error>(PDF.to_vec())
    });
    let upload = performer
        .upload(&check, "a.pdf")
        .body(reqwest::Body::wrap_stream(chunks));
    let upload = tokio::spawn(upload.send());
    is_begun.await.expect("an upload");
    while log.announced().await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    log.sql(LONG_AGO).await;
    assert_eq!(sweep(server.gate(), server.objects()).await.expect("a file store"), 1);
    more.send(()).expect("an upload");
    let answer = upload.await.expect("an end").expect("an answer");
    let (status, _, message) = refusal(answer).await;
    assert_eq!(status, 409);
    assert!(message.contains("took too long"), "{message}");
    assert!(stored(&server).is_empty());
}

async fn many_upload_at_once_and_nothing_is_lost(server: Server) {
    let check = check_of_kff(&server).await;
    let servers = [server.clone(), server.on(samsyn::demo::DAY).await];
    let (stop, mut stopped) = oneshot::channel::<()>();
    let sweeping = {
        let server = server.clone();
        tokio::spawn(async move {
            while stopped.try_recv() == Err(oneshot::error::TryRecvError::Empty) {
                sweep(server.gate(), server.objects()).await.expect("a file store");
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        })
    };
    // Two send each file.
    let uploads = (0..24).map(|number| {
        let (server, check) = (servers[number % 2].clone(), check.clone());
        async move {
            let content = format!("fil {}", number / 2);
            let performer = server.user("performer-kff").await;
            let answer = performer.upload(&check, "a.txt").body(content).send().await;
            answer.expect("an answer").status().as_u16()
        }
    });
    let mut statuses = join_all(uploads).await;
    drop(stop);
    sweeping.await.expect("an end");
    statuses.sort_unstable();
    assert_eq!(statuses, [[201; 12], [409; 12]].concat());
    let performer = server.user("performer-kff").await;
    let query = "query($id: ID!) { node(id: $id) { ... on Check { attachments { id } } } }";
    let listed = performer.data(query, json!({ "id": check })).await["node"]["attachments"].take();
    let listed = listed.as_array().expect("files");
    assert_eq!(listed.len(), 12);
    for file in listed {
        let got = download(&performer, file["id"].as_str().expect("an id")).await;
        assert!(got.text().await.expect("content").starts_with("fil "));
    }
    assert_eq!(stored(&server).len(), 12, "what was sent twice is kept once");
    Log::of(&server).await.verify(&[]).await.expect("one unbroken chain");
}

async fn attachments(server: &Server, what: &'static str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samsyn"));
    command
        .args([
            "attachments",
            what,
            "--database-url",
            server.database_url(),
            "--data-dir",
        ])
        .arg(server.folder())
        .env_clear();
    tokio::task::spawn_blocking(move || command.output().expect("a program"))
        .await
        .expect("an end")
}

async fn a_file_that_was_changed_is_not_passed_off(server: Server) {
    let (log, check) = (Log::of(&server).await, check_of_kff(&server).await);
    let performer = server.user("performer-kff").await;
    let mut ids = Vec::new();
    let large = "stor ".repeat(20_000);
    for content in ["right", &large, "changed", "longer", "lost"] {
        ids.push(performer.attached(&check, "fil.txt", content.to_owned()).await);
    }
    let output = attachments(&server, "verify").await;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(said.contains("0586: 5 files as they were uploaded"), "{said}");
    for file in folder(&server, &log).read_dir().expect("a folder") {
        let path = file.expect("a file").path();
        match fs::read_to_string(&path).expect("content").as_str() {
            content if *content == large => fs::write(&path, content.replace("stor ", "Stor ")).expect("a file"),
            "changed" => fs::write(&path, "changeD").expect("a file"),
            "longer" => fs::write(&path, "longer than it was").expect("a file"),
            "lost" => fs::remove_file(&path).expect("a file"),
            _ => {}
        }
    }
    assert_eq!(
        download(&performer, &ids[0]).await.text().await.expect("content"),
        "right"
    );
    // A large one ends before its last byte: what was announced never arrives, be it all of it or the rest.
    let changed = performer.request(Method::GET, &format!("/attachments/{}", ids[1]));
    if let Ok(answer) = changed.send().await {
        assert_eq!(answer.status(), 200);
        assert!(answer.bytes().await.is_err());
    }
    for id in &ids[2..] {
        let (status, code, _) = refusal(download(&performer, id).await).await;
        assert_eq!((status, code.as_str()), (500, "INTERNAL"));
    }
    let output = attachments(&server, "verify").await;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.matches("WRONG").count(), 4, "{said}");
    assert!(said.contains("0586: 1 files as they were uploaded"), "{said}");
    let output = attachments(&server, "sweep").await;
    assert!(String::from_utf8_lossy(&output.stdout).contains("0 files were removed"));
}

async fn a_lost_file_store_is_told(server: Server) {
    let ready = async || {
        let answer = server
            .http()
            .get(server.url("/health/ready"))
            .send()
            .await
            .expect("an answer");
        (answer.status().as_u16(), answer.json::<Json>().await.expect("JSON"))
    };
    let check = check_of_kff(&server).await;
    let performer = server.user("performer-kff").await;
    fs::remove_dir_all(server.folder().join("attachments")).expect("a folder");
    fs::write(server.folder().join("attachments"), "no folder").expect("a file");
    let (status, body) = ready().await;
    assert_eq!(status, 200, "all else is served");
    assert_eq!(
        body,
        json!({ "status": "degraded", "degraded": { "attachments": { "reachable": false } } })
    );
    let answer = performer
        .upload(&check, "a.txt")
        .body("a")
        .send()
        .await
        .expect("an answer");
    let (status, code, _) = refusal(answer).await;
    assert_eq!((status, code.as_str()), (503, "UNAVAILABLE"));
}
