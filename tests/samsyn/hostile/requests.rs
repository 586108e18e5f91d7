//! What is asked to do harm.

use reqwest::Method;
use serde_json::json;

use super::program::raw;
use crate::protocol::hostile::{doubling_fragments, nested};

/// A request, and how it is to be refused.
pub(super) struct Attack {
    pub(super) name: &'static str,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
    pub(super) status: u16,
    pub(super) code: &'static str,
}

pub(super) enum Body {
    Text(Vec<u8>),
    /// Everything, from the request line on.
    Raw(Vec<u8>),
}

impl Attack {
    /// A body for the endpoint.
    pub(super) fn body(name: &'static str, body: impl Into<Vec<u8>>, status: u16, code: &'static str) -> Self {
        Self {
            name,
            method: Method::POST,
            path: "/graphql".to_owned(),
            headers: Vec::new(),
            body: Body::Text(body.into()),
            status,
            code,
        }
    }

    fn query(name: &'static str, query: &str, code: &'static str) -> Self {
        Self::body(name, json!({ "query": query }).to_string(), 400, code)
    }

    /// A query whose argument is found to be wrong when it is executed.
    fn argument(name: &'static str, query: &str) -> Self {
        Self::body(name, json!({ "query": query }).to_string(), 200, BAD)
    }

    fn raw(name: &'static str, text: &str, status: u16, code: &'static str) -> Self {
        Self {
            body: Body::Raw(text.as_bytes().to_vec()),
            ..Self::body(name, "", status, code)
        }
    }

    fn by(mut self, method: Method, path: String) -> Self {
        self.method = method;
        self.path = path;
        self
    }

    pub(super) fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((header, value.into()));
        self
    }
}

const BAD: &str = "BAD_REQUEST";
const LIMIT: &str = "LIMIT_EXCEEDED";

pub(super) fn all() -> Vec<Attack> {
    let mut all = documents();
    all.extend(bodies());
    all.extend(transport());
    all
}

fn documents() -> Vec<Attack> {
    let aliases = |count: usize| {
        (0..count)
            .map(|index| format!(" a{index}: __typename"))
            .collect::<String>()
    };
    let back_and_forth = |levels: usize| {
        let level = "followUps { point { ";
        format!(
            "{{ controlPoints(first: 100) {{ nodes {{ {} }} }} }}",
            nested(level, "id", " } }", levels)
        )
    };
    vec![
        Attack::query("20,000 aliases", &format!("{{{}}}", aliases(20_000)), LIMIT),
        Attack::query("201 aliases", &format!("{{{}}}", aliases(201)), LIMIT),
        Attack::query(
            "300 directives",
            &format!("{{ __typename{} }}", " @include(if: true)".repeat(300)),
            LIMIT,
        ),
        Attack::query("a fragment in itself", "{ ...A } fragment A on Query { ...A }", BAD),
        Attack::query(
            "fragments in each other",
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
            BAD,
        ),
        Attack::query("fragments that double 22 times", &doubling_fragments(22), LIMIT),
        Attack::query("fields nested 100,000 deep", &nested("{a", "", "}", 100_000), LIMIT),
        Attack::query("1 MB of opening braces", &"{".repeat(1_000_000), LIMIT),
        Attack::query(
            "1 MB of brackets in a value",
            &format!("{{ node(id: {}) }}", "[".repeat(1_000_000)),
            LIMIT,
        ),
        Attack::query(
            "objects nested in a value",
            &format!("{{ node(id: {}) }}", nested("{a:", "1", "}", 50_000)),
            LIMIT,
        ),
        Attack::query(
            "a type of 10,000 lists",
            &format!("query($x: {}) {{ __typename }}", nested("[", "Int", "]", 10_000)),
            LIMIT,
        ),
        Attack::query(
            "inline fragments nested 100,000 deep",
            &nested("{ ... ", "", "", 100_000),
            LIMIT,
        ),
        Attack::query(
            "a block string without an end",
            &format!("{{ node(id: \"\"\"[ \"{}", "[".repeat(2_000)),
            BAD,
        ),
        Attack::query(
            "a text of 900 kB for a number",
            &format!("{{ controlYear(year: \"{}\") {{ id }} }}", "9".repeat(900_000)),
            LIMIT,
        ),
        Attack::query(
            "a text of 90 kB for a number",
            &format!("{{ controlYear(year: \"{}\") {{ id }} }}", "9".repeat(90_000)),
            BAD,
        ),
        Attack::query(
            "a number of 900,000 digits",
            &format!("{{ controlYear(year: {}) {{ id }} }}", "9".repeat(900_000)),
            LIMIT,
        ),
        Attack::query(
            "an exponent without bounds",
            "{ controlYear(year: 1e999999999) { id } }",
            BAD,
        ),
        Attack::query("a name of 1 MB", &format!("{{ {} }}", "a".repeat(1_000_000)), LIMIT),
        Attack::query(
            "60,000 fields",
            &format!("{{ {} }}", "__typename ".repeat(60_000)),
            LIMIT,
        ),
        Attack::query("lists in a page", &back_and_forth(3), LIMIT),
        Attack::query("lists in lists beyond any number", &back_and_forth(10), LIMIT),
        Attack::query(
            "the schema in itself",
            &format!(
                "{{ __schema {{ types {} }} }}",
                nested("{ possibleTypes { interfaces ", "{ name }", " } }", 5)
            ),
            LIMIT,
        ),
        Attack::argument("a page of a million", "{ findings(first: 1000000) { totalCount } }"),
        Attack::argument("a page of less than nothing", "{ findings(first: -1) { totalCount } }"),
        Attack::argument(
            "a cursor that is made up",
            "{ findings(after: \"' OR 1=1 --\") { totalCount } }",
        ),
        Attack::query(
            "a field that does not exist, 4,000 times",
            &format!("{{ {} }}", "nothing ".repeat(4_000)),
            BAD,
        ),
        Attack::query("nothing but spaces", &" ".repeat(900_000), BAD),
        Attack::query("zero bytes", "{ \u{0}\u{0}\u{0} }", BAD),
        Attack::query("text from right to left", "{ \u{202e}epyt__ }", BAD),
    ]
}

fn bodies() -> Vec<Attack> {
    let variables = |value: &str| format!("{{\"query\":\"{{ __typename }}\",\"variables\":{{\"x\":{value}}}}}");
    vec![
        Attack::body(
            "a batch of 1,000",
            json!(vec![json!({ "query": "{ __typename }" }); 1_000]).to_string(),
            400,
            BAD,
        ),
        Attack::body("JSON nested 100,000 deep", nested("[", "", "]", 100_000), 400, BAD),
        Attack::body(
            "variables nested 100,000 deep",
            variables(&nested("[", "", "]", 100_000)),
            400,
            BAD,
        ),
        Attack::body(
            "500,000 values in variables",
            variables(&format!("[{}1]", "1,".repeat(500_000))),
            400,
            LIMIT,
        ),
        Attack::body(
            "a key twice",
            "{\"query\":\"{ __typename }\",\"query\":\"{ municipality { id } }\"}",
            400,
            BAD,
        ),
        Attack::body("nothing", "", 400, BAD),
        Attack::body("half of a request", "{\"query\":\"{ __type", 400, BAD),
        Attack::body(
            "bytes that are no text",
            b"{\"query\": \"{ __typename \xff\xfe }\"}".to_vec(),
            400,
            BAD,
        ),
        Attack::body(
            "9 MB",
            json!({ "query": "{ __typename }", "x": "x".repeat(9_000_000) }).to_string(),
            413,
            LIMIT,
        ),
        Attack::body("a compressed body", "\u{1f}\u{8b}", 415, BAD).with("content-encoding", "gzip"),
        Attack::body("a form", "query={__typename}", 415, BAD)
            .with("content-type", "application/x-www-form-urlencoded"),
        Attack::body(
            "several operations and none named",
            json!({ "query": "query A { __typename } query B { __typename }" }).to_string(),
            400,
            BAD,
        ),
    ]
}

fn transport() -> Vec<Attack> {
    let mutation = "/graphql?query=mutation%7BcreateUser(input%3A%7Busername%3A%22x%22%2Cname%3A%22x%22%7D)%7Berrors%7Bcode%7D%7D%7D";
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";
    vec![
        Attack::body("a mutation by GET", "", 405, BAD).by(Method::GET, mutation.to_owned()),
        Attack::body("a method that there is none of", "{}", 405, BAD).by(Method::DELETE, "/graphql".to_owned()),
        Attack::body("another address", "{}", 404, BAD).by(Method::POST, "/graphql/../../etc/passwd".to_owned()),
        Attack::raw(
            "two lengths",
            &format!("{head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{{}}"),
            400,
            "",
        ),
        Attack::raw(
            "a length and chunks",
            &format!("{head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
            400,
            BAD,
        ),
        Attack::raw(
            "chunks that are none",
            &format!("{head}Transfer-Encoding: chunked\r\n\r\nnonsense\r\n"),
            400,
            BAD,
        ),
        Attack::raw("no HTTP at all", "\u{16}\u{3}\u{1}\u{2}\r\n\r\n", 400, ""),
        Attack::raw(
            "headers without an end",
            &format!("{head}{}\r\n", format!("X-A: {}\r\n", "a".repeat(4_000)).repeat(200)),
            431,
            "",
        ),
    ]
}

/// Bodies of which the end does not come, at all or a byte a second: what is answered when patience ends.
pub(super) async fn bodies_that_do_not_come(address: String) -> Vec<String> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
                Content-Length: 1000\r\n\r\n{";
    let slow = async {
        let stream = tokio::net::TcpStream::connect(&address).await.expect("a connection");
        let (mut read, mut write) = stream.into_split();
        write.write_all(head.as_bytes()).await.expect("a head");
        let drip = async {
            loop {
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                if write.write_all(b" ").await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        let mut answer = Vec::new();
        tokio::select! {
            () = drip => {}
            _ = read.read_to_end(&mut answer) => {}
        }
        String::from_utf8_lossy(&answer).into_owned()
    };
    let (unfinished, slow) = tokio::join!(raw(&address, head.as_bytes()), slow);
    vec![unfinished, slow]
}
