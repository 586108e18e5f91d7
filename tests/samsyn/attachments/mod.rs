//! Files that are attached to things: uploads and downloads over HTTP, who gets what, and what is kept.

mod access;
mod life;
mod s3;
mod store;
mod uploads;

pub(crate) use life::{propose, submit_kff};

use libtest_mimic::Trial;
use reqwest::{Method, Response};
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, with_title};
use crate::harness::Suite;

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    [
        access::trials(suite),
        life::trials(suite),
        s3::trials(suite),
        store::trials(suite),
        uploads::trials(suite),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The least that is a PDF by its beginning.
pub(crate) const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";

/// A department's follow-up of the crisis plan, as somebody sees it.
async fn crisis(client: &Client, department: &str) -> Json {
    let query = "query($code: String!) { followUps(filter: { departmentCode: $code, year: 2017 }) {
        nodes { id version point { id title } } } }";
    let data = client.data(query, json!({ "code": department })).await;
    with_title(&data["followUps"]["nodes"], "Krishantering").clone()
}

/// A new check of KFF's crisis plan, by its performer; answers its id.
async fn check_of_kff(server: &Server) -> Json {
    let performer = server.user("performer-kff").await;
    let check = json!({ "followUpId": crisis(&performer, "KFF").await["id"], "title": "Kontroll" });
    performer.done("registerCheck", "check { id }", check).await["check"]["id"].take()
}

/// What somebody gets who asks for a file.
async fn download(client: &Client, id: &str) -> Response {
    let request = client.request(Method::GET, &format!("/attachments/{id}"));
    request.send().await.expect("an answer")
}

/// The status, the code and the message of a refusal.
async fn refusal(answer: Response) -> (u16, String, String) {
    let status = answer.status().as_u16();
    let body: Json = answer.json().await.expect("JSON");
    let error = &body["errors"][0];
    let text = |value: &Json| {
        value
            .as_str()
            .unwrap_or_else(|| panic!("no refusal: {body:#}"))
            .to_owned()
    };
    (status, text(&error["extensions"]["code"]), text(&error["message"]))
}

/// The names of the files that lie in the folder of files, whoever put them there.
fn stored(server: &Server) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(municipalities) = server.folder().join("attachments").read_dir() else {
        return found;
    };
    for municipality in municipalities {
        let files = municipality.expect("an entry").path().read_dir().expect("a folder");
        found.extend(files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()));
    }
    found
}
