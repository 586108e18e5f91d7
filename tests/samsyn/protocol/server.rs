//! A server of the test schema for each test, on a port of its own.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use axum::{
    http::{StatusCode, header, request::Parts},
    routing::get,
};
use libtest_mimic::{Failed, Trial};
use samsyn::{
    graphql::{limits::Limits, specification::Specification},
    language::Message,
    server::{
        self, Refusal,
        graphql_endpoint::{GraphqlEndpoint, RequestContext},
    },
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::schema;

/// Refuses the token `wrong`, as a service would.
#[derive(Clone)]
struct Bearer;

impl RequestContext for Bearer {
    async fn prepare(&self, parts: &Parts, request: async_graphql::Request) -> Result<async_graphql::Request, Refusal> {
        match parts.headers.get(header::AUTHORIZATION) {
            Some(value) if value == "Bearer wrong" => {
                Err(Refusal::unauthenticated(Message::new("The token is not valid.")))
            }
            _ => Ok(request),
        }
    }
}

/// A running server.
pub(crate) struct Server {
    address: SocketAddr,
    client: reqwest::Client,
}

/// A test that has a server.
pub(crate) fn trial<F, R>(name: &'static str, test: F) -> Trial
where
    F: FnOnce(Server) -> R + Send + 'static,
    R: Future<Output = ()>,
{
    Trial::test(format!("protocol::{name}"), move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_stack_size(server::STACK_BYTES)
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let address = listener.local_addr()?;
            tokio::spawn(server::serve(
                listener,
                app(),
                std::future::pending(),
                server::DRAIN_TIME,
            ));
            test(Server {
                address,
                client: reqwest::Client::new(),
            })
            .await;
            Ok::<(), Failed>(())
        })
    })
}

/// The routes and what surrounds them, as the service puts them together.
pub(crate) fn app() -> axum::Router {
    // Short, so that the tests of what takes too long are not.
    let times = Limits {
        execution_time: Duration::from_secs(1),
        body_time: Duration::from_secs(2),
        ..Limits::default()
    };
    let schema = Specification::new(times.clone()).install(schema::build()).finish();
    let endpoint = GraphqlEndpoint::new(schema, Bearer, times);
    let routes = server::routes(endpoint, || async { Err::<(), _>("the test has no database") });
    let panics = axum::Router::new().route(
        "/panics",
        get(async || -> &str { std::panic::resume_unwind(Box::new("secret")) }),
    );
    server::with_middleware(routes.merge(panics))
}

impl Server {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A POST to the endpoint, with the headers of a modern client and no body yet.
    pub(crate) fn post(&self) -> reqwest::RequestBuilder {
        self.client
            .post(self.url("/graphql"))
            .header(header::ACCEPT, "application/graphql-response+json")
            .header(header::CONTENT_TYPE, "application/json")
    }

    pub(crate) fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(self.url(path))
    }

    /// Executes a query.
    pub(crate) async fn query(&self, query: &str, variables: Value) -> Answer {
        answer(
            self.post()
                .body(json!({ "query": query, "variables": variables }).to_string()),
        )
        .await
    }

    /// Sends bytes as they are, and reads what comes until the server closes the connection or says nothing more.
    pub(crate) async fn raw(&self, bytes: Vec<u8>) -> String {
        let address = self.address;
        let talk = move || {
            let mut stream = TcpStream::connect(address).expect("the server listens");
            stream
                .set_read_timeout(Some(Duration::from_secs(3)))
                .expect("a timeout can be set");
            // A server may stop reading what it has refused.
            let _ = stream.write_all(&bytes);
            let mut text = Vec::new();
            let _ = stream.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        };
        tokio::task::spawn_blocking(talk).await.expect("the thread ends")
    }

    /// The server is well after what was sent to it.
    pub(crate) async fn still_answers(&self) {
        let answer = self.query("{ ok }", json!({})).await;
        assert_eq!(
            (answer.status, answer.body),
            (StatusCode::OK, json!({ "data": { "ok": 1 } }))
        );
    }
}

/// What a request was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// The code of the first error.
    pub(crate) fn code(&self) -> &str {
        self.body["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
    }

    /// The message of the first error.
    pub(crate) fn message(&self) -> &str {
        self.body["errors"][0]["message"].as_str().unwrap_or_default()
    }
}

/// Sends a request.
pub(crate) async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.json().await.expect("every answer is JSON");
    Answer { status, headers, body }
}
