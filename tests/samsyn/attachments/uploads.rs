//! What is taken and what is refused.

use std::num::NonZeroU32;

use futures_util::stream;
use libtest_mimic::Trial;
use reqwest::Method;
use reqwest::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use samsyn::attachments::AttachmentSettings;
use serde_json::{Value as Json, json};

use super::{PDF, check_of_kff, download, refusal, stored};
use crate::api::Server;
use crate::digest::sha256_hex;
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_file_comes_back_as_it_was_sent,
        a_large_file_goes_in_parts,
        what_is_no_such_file_is_refused,
        a_file_that_is_too_large_lies_nowhere,
        an_upload_is_sent_again_with_its_key,
        a_file_is_attached_once_and_only_so_many,
        uploads_cost_of_the_budget,
        other_methods_are_refused,
        files_cost_statements_by_where_they_are_and_not_by_how_many,
    ]
}

async fn a_file_comes_back_as_it_was_sent(server: Server) {
    let (check, performer) = (check_of_kff(&server).await, server.user("performer-kff").await);
    let content = "Nämnd;Avvikelser\r\nKS;0\r\n";
    let sent = performer
        .upload(&check, "Åtgärder \"2017\".csv")
        .header(CONTENT_TYPE, "text/csv");
    let answer = sent.body(content).send().await.expect("an answer");
    assert_eq!(answer.status(), 201);
    let location = answer.headers()["location"].to_str().expect("a location").to_owned();
    let made: Json = answer.json().await.expect("JSON");
    assert_eq!(made["url"], location);
    let expected = json!({
        "subjectId": check, "fileName": "Åtgärder \"2017\".csv", "mediaType": "text/csv", "size": content.len(),
        "sha256": sha256_hex(content.as_bytes()), "id": made["id"], "url": location,
    });
    assert_eq!(made, expected);
    let query =
        "query($id: ID!) { node(id: $id) { ... on Check { attachments { id subjectId fileName mediaType size sha256 url
        uploadedBy { username } createdAt removedAt version } } } }";
    let mut listed = performer.data(query, json!({ "id": check })).await["node"]["attachments"].take();
    let about = listed[0].as_object_mut().expect("a file");
    assert_eq!(about.remove("uploadedBy"), Some(json!({ "username": "performer-kff" })));
    assert_eq!(about.remove("createdAt"), Some(json!("2018-02-15T12:00:00Z")));
    assert_eq!(
        (about.remove("removedAt"), about.remove("version")),
        (Some(Json::Null), Some(json!(1)))
    );
    assert_eq!(listed, json!([expected]));

    let got = download(&performer, made["id"].as_str().expect("an id")).await;
    assert_eq!(got.status(), 200);
    let header = |name: &str| got.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(header(CONTENT_TYPE.as_str()), "text/csv; charset=utf-8");
    assert_eq!(header(CONTENT_LENGTH.as_str()), content.len().to_string());
    assert_eq!(header(ETAG.as_str()), format!("\"{}\"", sha256_hex(content.as_bytes())));
    assert_eq!(header(CACHE_CONTROL.as_str()), "private, no-store");
    assert_eq!(header(ACCEPT_RANGES.as_str()), "none");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(
        header(CONTENT_DISPOSITION.as_str()),
        "attachment; filename=\"_tg_rder _2017_.csv\"; filename*=UTF-8''%C3%85tg%C3%A4rder%20%222017%22.csv"
    );
    let tag = header(ETAG.as_str());
    assert_eq!(got.text().await.expect("content"), content);

    let head = performer
        .request(Method::HEAD, &location)
        .send()
        .await
        .expect("an answer");
    assert_eq!(head.status(), 200);
    assert_eq!(head.headers()[CONTENT_LENGTH], content.len().to_string());
    let again = performer.request(Method::GET, &location).header(IF_NONE_MATCH, tag);
    assert_eq!(again.send().await.expect("an answer").status(), 304);
}

async fn a_large_file_goes_in_parts(server: Server) {
    let (check, performer) = (check_of_kff(&server).await, server.user("performer-kff").await);
    let mut content = PDF.to_vec();
    content.extend((0..20_000_000_u32).map(|number| number.to_le_bytes()[0] ^ number.to_le_bytes()[1]));
    // Without its length beforehand.
    let chunks: Vec<Result<Vec<u8>, std::io::Error>> = content.chunks(1 << 20).map(|part| Ok(part.to_vec())).collect();
    let body = reqwest::Body::wrap_stream(stream::iter(chunks));
    let id = performer.attached(&check, "stor.pdf", body).await;
    let got = download(&performer, &id).await.bytes().await.expect("content");
    assert!(got == content, "{} bytes came back of {}", got.len(), content.len());
}

async fn what_is_no_such_file_is_refused(server: Server) {
    let (check, performer) = (check_of_kff(&server).await, server.user("performer-kff").await);
    let long = format!("{}.pdf", "x".repeat(252));
    for (name, declared, content, status, said) in [
        ("a.pdf", "application/pdf", &b""[..], 415, "empty"),
        ("a.pdf", "application/pdf", b"hello", 415, "not application/pdf"),
        ("a.pdf", "image/png", PDF, 415, "Content-Type"),
        (
            "a.pdf",
            "multipart/form-data; boundary=x",
            PDF,
            415,
            "send the file itself",
        ),
        ("a.png", "", PDF, 415, "name the file after what it is"),
        (
            "a.txt",
            "text/plain",
            b"<!DOCTYPE html><script>alert(1)</script>",
            415,
            "markup",
        ),
        ("a.txt", "text/plain", b"r\xe4ksm\xf6rg\xe5s", 415, "UTF-8"),
        ("a.txt", "text/plain; charset=iso-8859-1", b"text", 415, "Content-Type"),
        ("a.pdf", "", b"MZ\x90\0\x03\0\0\0", 415, "cannot be attached"),
        ("a.docx", "", b"PK\x03\x04 and no more", 415, "damaged"),
        ("a.svg", "image/svg+xml", b"<svg/>", 415, "has to end in"),
        ("a.html", "text/html", b"<p>", 415, "has to end in"),
        ("a.exe", "", b"MZ", 415, "has to end in"),
        ("rapport", "", PDF, 415, "has to end in"),
        ("../a.pdf", "", PDF, 400, "without its folders"),
        ("a\\b.pdf", "", PDF, 400, "without its folders"),
        ("a\n.pdf", "", PDF, 400, "control characters"),
        ("a\u{202e}fdp.pdf", "", PDF, 400, "direction of writing"),
        ("", "", PDF, 400, "what the file is called"),
        (long.as_str(), "", PDF, 400, "at most 255"),
    ] {
        let mut request = performer.upload(&check, name).body(content.to_vec());
        if !declared.is_empty() {
            request = request.header(CONTENT_TYPE, declared);
        }
        let (got, code, message) = refusal(request.send().await.expect("an answer")).await;
        assert_eq!((got, code.as_str()), (status, "BAD_REQUEST"), "{name:?}: {message}");
        assert!(message.contains(said), "{name:?}: {message}");
    }
    let asked = |path: String| performer.request(Method::POST, &path).body(PDF).send();
    for (path, said) in [
        ("/attachments".to_owned(), "subjectId"),
        ("/attachments?subjectId=x&fileName=a.pdf".to_owned(), "not an id"),
        (
            format!(
                "/attachments?subjectId={}&fileName=a.pdf&x=1",
                check.as_str().expect("an id")
            ),
            "unknown field",
        ),
    ] {
        let (status, _, message) = refusal(asked(path).await.expect("an answer")).await;
        assert_eq!(status, 400);
        assert!(message.contains(said), "{message}");
    }
    let viewer = performer.data("{ viewer { user { id } } }", json!({})).await["viewer"]["user"]["id"].take();
    let answer = performer
        .upload(&viewer, "a.pdf")
        .body(PDF)
        .send()
        .await
        .expect("an answer");
    let (status, _, message) = refusal(answer).await;
    assert!(
        status == 400 && message.contains("Nothing is attached to a user"),
        "{message}"
    );
    let packed = performer
        .upload(&check, "a.pdf")
        .header("content-encoding", "gzip")
        .body(PDF);
    assert_eq!(packed.send().await.expect("an answer").status(), 415);
    assert!(stored(&server).is_empty(), "nothing of it was stored");
}

async fn a_file_that_is_too_large_lies_nowhere(server: Server) {
    let settings = AttachmentSettings {
        max_bytes: NonZeroU32::new(100_000).expect("a number"),
        ..AttachmentSettings::default()
    };
    let server = server.with_attachments(settings).await;
    let (check, performer) = (check_of_kff(&server).await, server.user("performer-kff").await);
    let large = |size: usize| {
        let mut content = PDF.to_vec();
        content.resize(size, b' ');
        content
    };
    // Announced, and found out while it arrives.
    let announced = performer.upload(&check, "a.pdf").body(large(100_001));
    let chunks: Vec<Result<Vec<u8>, std::io::Error>> =
        large(3_000_000).chunks(10_000).map(|part| Ok(part.to_vec())).collect();
    let streamed = performer
        .upload(&check, "a.pdf")
        .body(reqwest::Body::wrap_stream(stream::iter(chunks)));
    for request in [announced, streamed] {
        let (status, code, message) = refusal(request.send().await.expect("an answer")).await;
        assert_eq!((status, code.as_str()), (413, "LIMIT_EXCEEDED"));
        assert!(message.contains("100000"), "{message}");
    }
    assert!(stored(&server).is_empty());
    performer.attached(&check, "a.pdf", large(100_000)).await;
    assert_eq!(stored(&server).len(), 1);
}

async fn an_upload_is_sent_again_with_its_key(server: Server) {
    let (check, performer) = (check_of_kff(&server).await, server.user("performer-kff").await);
    let send = |name: &'static str, content: &'static str| {
        let request = performer
            .upload(&check, name)
            .header("idempotency-key", "one")
            .body(content);
        async { request.send().await.expect("an answer") }
    };
    let first: Json = send("a.txt", "ett").await.json().await.expect("JSON");
    let second: Json = send("a.txt", "ett").await.json().await.expect("JSON");
    assert_eq!(first, second);
    for (name, content) in [("b.txt", "ett"), ("a.txt", "två")] {
        let (status, _, message) = refusal(send(name, content).await).await;
        assert_eq!(status, 409);
        assert!(message.contains("use a new key"), "{message}");
    }
    let query = "query($id: ID!) { node(id: $id) { ... on Check { attachments { id } } } }";
    let listed = performer.data(query, json!({ "id": check })).await["node"]["attachments"].take();
    assert_eq!(listed, json!([{ "id": first["id"] }]));
}

async fn a_file_is_attached_once_and_only_so_many(server: Server) {
    let (check, performer) = (check_of_kff(&server).await, server.user("performer-kff").await);
    performer.attached(&check, "0.txt", "0").await;
    let again = performer
        .upload(&check, "other.txt")
        .body("0")
        .send()
        .await
        .expect("an answer");
    let (status, _, message) = refusal(again).await;
    assert!(status == 409 && message.contains("attached to it already"), "{message}");
    for number in 1..50 {
        performer.attached(&check, "fil.txt", number.to_string()).await;
    }
    let more = performer
        .upload(&check, "50.txt")
        .body("50")
        .send()
        .await
        .expect("an answer");
    let (status, code, message) = refusal(more).await;
    assert_eq!((status, code.as_str()), (409, "LIMIT_EXCEEDED"), "{message}");
}

async fn uploads_cost_of_the_budget(server: Server) {
    use samsyn::graphql::limits::Budgets;
    let (check, points) = (check_of_kff(&server).await, NonZeroU32::new(5_000).expect("a number"));
    let server = server
        .signing_in(|sign_in| sign_in.with_budgets(Budgets::new(points, NonZeroU32::MIN)))
        .await;
    let performer = server.user("performer-kff").await;
    let id = performer.attached(&check, "1.txt", "1").await;
    performer.attached(&check, "2.txt", "2").await;
    let third = performer
        .upload(&check, "3.txt")
        .body("3")
        .send()
        .await
        .expect("an answer");
    assert!(third.headers().contains_key("retry-after"));
    let (status, code, _) = refusal(third).await;
    assert_eq!((status, code.as_str()), (429, "RATE_LIMITED"));
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(download(&performer, &id).await.status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
}

async fn other_methods_are_refused(server: Server) {
    let performer = server.user("performer-kff").await;
    for (method, path, allowed) in [
        (Method::GET, "/attachments", "POST"),
        (Method::DELETE, "/attachments/x", "GET, HEAD"),
        (Method::PUT, "/attachments/x", "GET, HEAD"),
    ] {
        let answer = performer.request(method, path).send().await.expect("an answer");
        assert_eq!(answer.headers()["allow"], allowed);
        assert_eq!(refusal(answer).await.0, 405);
    }
}

async fn files_cost_statements_by_where_they_are_and_not_by_how_many(server: Server) {
    const QUERY: &str = include_str!("../../../schema/operations/Attachments.graphql");
    let performer = server.user("performer-kff").await;
    let cost = async || {
        let before = server.database().statements();
        let variables = json!({ "departmentCode": "KFF", "year": 2017 });
        let data = performer.data(QUERY, variables).await;
        (
            server.database().statements() - before,
            data.to_string().matches("fil.txt").count(),
        )
    };
    let check = check_of_kff(&server).await;
    performer.attached(&check, "fil.txt", "0").await;
    let (of_one, seen) = cost().await;
    assert_eq!(seen, 1);
    for number in 1..8 {
        let check = check_of_kff(&server).await;
        performer.attached(&check, "fil.txt", number.to_string()).await;
    }
    assert_eq!(cost().await, (of_one, 8));
}
