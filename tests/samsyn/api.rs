//! A running server, and clients named after the caller that they play.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use reqwest::Method;
use samsyn::access::{BearerTokens, Gate, IssuerSettings, Issuers, LocalTokens, Policy};
use samsyn::attachments::{AttachmentSettings, Objects};
use samsyn::audit::AuditKey;
use samsyn::clock::Clock;
use samsyn::database::Database;
use samsyn::demo;
use samsyn::graphql::limits::Limits;
use samsyn::live::{Live, LiveLimits};
use samsyn::organisation::find_user;
use samsyn::schema;
use samsyn::server::graphql_endpoint::Documents;
use samsyn::server::{Origins, Pages, SignIn, app, portal};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::harness::TestDatabase;

pub(crate) const MJOLBY: &str = "0586";
pub(crate) const EXEMPEL: &str = "0580";
/// The seed of the key that signs the tests' audit logs.
pub(crate) const AUDIT_SEED: [u8; 32] = [24; 32];

/// The key that signs the tests' local tokens.
pub(crate) const LOCAL_KEY: [u8; 32] = [42; 32];

/// Fills the template that every test gets a copy of.
pub(crate) async fn prepare(database: TestDatabase) {
    load_demonstration(&database.url()).await;
}

/// Loads the demonstration into an empty database.
pub(crate) async fn load_demonstration(url: &str) {
    let database = Database::open(url).await.expect("a database");
    database.migrate().await.expect("a schema");
    let gate = gate(&database, demo::DAY).await;
    demo::load(&gate, &schema::build(&Limits::default()))
        .await
        .expect("the demonstration");
    database.close().await;
}

/// The way into a database on a day.
pub(crate) async fn gate(database: &Database, day: &str) -> Gate {
    let policy = Policy::shipped().await.expect("a policy");
    let clock = Clock::parse(day).expect("a day");
    Gate::new(database.clone(), policy, clock, AuditKey::from_seed(&AUDIT_SEED))
}

/// What is held open by default, with events that follow each other sooner.
pub(crate) fn quick() -> LiveLimits {
    LiveLimits {
        pause: Duration::from_millis(50),
        ..LiveLimits::default()
    }
}

/// A server on a copy of the demonstration, on the demonstration's day.
#[derive(Clone)]
pub(crate) struct Server(Arc<Running>);

struct Running {
    url: String,
    database_url: String,
    gate: Gate,
    database: Database,
    tokens: LocalTokens,
    http: reqwest::Client,
    task: JoinHandle<()>,
    objects: Objects,
    /// Where files are: servers on the same data share it.
    folder: Arc<TempDir>,
    /// Ends the asking of providers when it is dropped.
    _asking: oneshot::Sender<()>,
    live: Live,
    /// Ends the hearing of changes when it is dropped.
    _following: oneshot::Sender<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// How a server is to be started.
struct Start {
    database_url: String,
    database: Database,
    day: String,
    issuers: Issuers,
    attachments: AttachmentSettings,
    live_limits: LiveLimits,
    origins: Origins,
    documents: Documents,
    portal: Option<portal::Configuration>,
    folder: Arc<TempDir>,
}

impl Start {
    /// On the demonstration's day, with nothing out of the ordinary.
    async fn on(database_url: &str, folder: Arc<TempDir>) -> Self {
        Self {
            database_url: database_url.to_owned(),
            database: Database::open(database_url).await.expect("a database"),
            day: demo::DAY.to_owned(),
            issuers: Issuers::default(),
            attachments: AttachmentSettings::default(),
            live_limits: quick(),
            origins: Origins::default(),
            documents: Documents::default(),
            portal: None,
            folder,
        }
    }

    async fn serve(self) -> Server {
        self.serve_changed(|sign_in| sign_in).await
    }

    async fn serve_changed(self, change: impl FnOnce(SignIn) -> SignIn) -> Server {
        let tokens = LocalTokens::from_key(&LOCAL_KEY);
        let gate = gate(&self.database, &self.day).await;
        let (asking, stopped) = oneshot::channel();
        tokio::spawn(self.issuers.clone().keep_fresh(stopped));
        let taken = BearerTokens::of_issuers(self.issuers).with_local(tokens.clone());
        let sign_in = change(SignIn::new(gate.clone(), taken, Some(MJOLBY.to_owned())));
        let live = Live::new(&gate, &Limits::default(), self.live_limits);
        let (following, stopped) = oneshot::channel();
        tokio::spawn(live.clone().keep_telling(stopped));
        let objects = Objects::open(&self.attachments, self.folder.path()).expect("a file store");
        let pages = Pages {
            portal: self.portal,
            ..Pages::default()
        };
        let router = app(
            &gate,
            sign_in,
            objects.clone(),
            pages,
            live.clone(),
            &self.origins,
            self.documents,
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let task = tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service).await.expect("a server");
        });
        Server(Arc::new(Running {
            url,
            database_url: self.database_url,
            gate,
            database: self.database,
            tokens,
            http: reqwest::Client::new(),
            task,
            objects,
            folder: self.folder,
            _asking: asking,
            live,
            _following: following,
        }))
    }
}

impl Server {
    pub(crate) async fn start(database: TestDatabase) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Start::on(&database.url(), folder).await.serve().await
    }

    /// Another server on the same data.
    async fn beside(&self) -> Start {
        Start::on(&self.0.database_url, Arc::clone(&self.0.folder)).await
    }

    /// Another server on the same data, which connects in another way.
    pub(crate) async fn with_database(&self, database: Database) -> Self {
        let start = self.beside().await;
        Start { database, ..start }.serve().await
    }

    /// Another server on the same data, which signs in otherwise.
    pub(crate) async fn signing_in(&self, change: impl FnOnce(SignIn) -> SignIn) -> Self {
        self.beside().await.serve_changed(change).await
    }

    /// Another server on the same data, which takes the tokens of an OpenID Connect provider too.
    pub(crate) async fn with_issuer(&self, issuer: IssuerSettings) -> Self {
        let issuers = Issuers::new(vec![issuer]).expect("an issuer");
        let start = self.beside().await;
        Start { issuers, ..start }.serve().await
    }

    /// Another server on the same data, with other settings of files.
    pub(crate) async fn with_attachments(&self, attachments: AttachmentSettings) -> Self {
        let start = self.beside().await;
        Start { attachments, ..start }.serve().await
    }

    /// Another server on the same data, which holds as much open as these limits say.
    pub(crate) async fn holding(&self, live_limits: LiveLimits) -> Self {
        let start = self.beside().await;
        Start { live_limits, ..start }.serve().await
    }

    /// Another server on the same data, which pages of these origins may use.
    pub(crate) async fn with_origins(&self, origins: &[&str]) -> Self {
        let origins: Vec<String> = origins.iter().map(ToString::to_string).collect();
        let origins = Origins::new(&origins).expect("origins");
        let start = self.beside().await;
        Start { origins, ..start }.serve().await
    }

    /// Another server on the same data, which knows these documents.
    pub(crate) async fn with_documents(&self, documents: Documents) -> Self {
        let start = self.beside().await;
        Start { documents, ..start }.serve().await
    }

    /// Another server on the same data, with the portal.
    pub(crate) async fn with_portal(&self, portal: portal::Configuration) -> Self {
        let start = self.beside().await;
        let portal = Some(portal);
        Start { portal, ..start }.serve().await
    }

    /// Another server on the same data, on another day.
    pub(crate) async fn on(&self, day: &str) -> Self {
        let start = self.beside().await;
        let day = day.to_owned();
        Start { day, ..start }.serve().await
    }

    /// Where files are.
    pub(crate) fn folder(&self) -> &Path {
        self.0.folder.path()
    }

    pub(crate) fn objects(&self) -> &Objects {
        &self.0.objects
    }

    pub(crate) fn database_url(&self) -> &str {
        &self.0.database_url
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0.url)
    }

    /// What its subscriptions share.
    pub(crate) fn live(&self) -> &Live {
        &self.0.live
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    /// Nobody in particular: the public of Mjölby.
    pub(crate) fn public(&self) -> Client {
        Client {
            server: self.clone(),
            token: None,
            language: None,
        }
    }

    /// A user of Mjölby.
    pub(crate) async fn user(&self, username: &str) -> Client {
        self.user_of(MJOLBY, username).await
    }

    pub(crate) async fn user_of(&self, municipality: &str, username: &str) -> Client {
        self.with_token(self.token(municipality, username, TimeDelta::hours(1)).await)
    }

    /// A user of Mjölby as administrators see them: their id, version and roles.
    pub(crate) async fn user_row(&self, username: &str) -> Json {
        let query = "{ users(first: 100) { nodes { id username version roleAssignments { id version role } } } }";
        let users = self.user("administrator").await.data(query, json!({})).await;
        with(&users["users"]["nodes"], "username", username).clone()
    }

    /// Lets the second administrator of Mjölby approve an access change that has just been proposed.
    pub(crate) async fn approve(&self, change: &Json) {
        let second = self.user("administrator-2").await;
        let input = json!({ "id": change["id"], "expectedVersion": 1 });
        second.done("approveAccessChange", "accessChange { id }", input).await;
    }

    pub(crate) fn with_token(&self, token: String) -> Client {
        Client {
            server: self.clone(),
            token: Some(token),
            language: None,
        }
    }

    pub(crate) async fn token(&self, municipality: &str, username: &str, lifetime: TimeDelta) -> String {
        let user = find_user(&self.0.database, municipality, username)
            .await
            .expect("a database")
            .unwrap_or_else(|| panic!("no user {username}"));
        self.0
            .tokens
            .issue_for(user.municipality_id, user.id, lifetime)
            .expect("a token")
    }
}

/// Somebody who sends requests.
#[derive(Clone)]
pub(crate) struct Client {
    server: Server,
    token: Option<String>,
    /// What it sends as `Accept-Language`.
    language: Option<String>,
}

impl Client {
    /// The same, who asks for answers in a language.
    pub(crate) fn asking_for(&self, language: &str) -> Self {
        Self {
            language: Some(language.to_owned()),
            ..self.clone()
        }
    }

    /// The whole answer to an operation.
    pub(crate) async fn ask(&self, query: &str, variables: Json) -> Json {
        let body = json!({ "query": query, "variables": variables });
        let request = self.request(Method::POST, "/graphql").json(&body);
        let response = request.send().await.expect("an answer");
        response.json().await.expect("JSON")
    }

    /// A request with this client's token, to an address on the server.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut request = self.server.0.http.request(method, self.server.url(path));
        if let Some(language) = &self.language {
            request = request.header("accept-language", language);
        }
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// An upload that is ready to be sent: its body is to be added.
    pub(crate) fn upload(&self, subject_id: &Json, file_name: &str) -> reqwest::RequestBuilder {
        let query = serde_urlencoded::to_string([
            ("subjectId", subject_id.as_str().expect("an id")),
            ("fileName", file_name),
        ]);
        self.request(Method::POST, &format!("/attachments?{}", query.expect("a query")))
    }

    /// The id of a file that this client attaches to something, which has to succeed.
    pub(crate) async fn attached(
        &self,
        subject_id: &Json,
        file_name: &str,
        content: impl Into<reqwest::Body>,
    ) -> String {
        let answer = self.upload(subject_id, file_name).body(content.into()).send().await;
        let answer = answer.expect("an answer");
        let status = answer.status();
        let body: Json = answer.json().await.expect("JSON");
        assert_eq!(status, 201, "{file_name}: {body:#}");
        body["id"].as_str().expect("an id").to_owned()
    }

    /// The data of an operation that has to succeed.
    pub(crate) async fn data(&self, query: &str, variables: Json) -> Json {
        let mut answer = self.ask(query, variables).await;
        assert!(answer.get("errors").is_none(), "{query}\n{answer:#}");
        answer["data"].take()
    }

    /// The code and message of the first error of an operation that has to fail.
    pub(crate) async fn error(&self, query: &str, variables: Json) -> (String, String) {
        let answer = self.ask(query, variables).await;
        let error = &answer["errors"][0];
        let text = |value: &Json| {
            value
                .as_str()
                .unwrap_or_else(|| panic!("no error: {answer:#}"))
                .to_owned()
        };
        (text(&error["extensions"]["code"]), text(&error["message"]))
    }

    /// What a mutation answers; `object` is what is selected of its payload beside the errors.
    pub(crate) async fn mutate(&self, mutation: &str, object: &str, input: Json) -> Json {
        let (first, rest) = mutation.split_at(1);
        let query = format!(
            "mutation($input: {}{rest}Input!) {{ done: {mutation}(input: $input) {{ {object} errors {{
                __typename code message path
                ... on ConflictError {{ currentVersion }}
                ... on TransitionError {{ from allowed }}
                ... on IncompleteError {{ missing }}
            }} }} }}",
            first.to_uppercase()
        );
        self.data(&query, json!({ "input": input })).await["done"].take()
    }

    /// The payload of a mutation that has to succeed.
    pub(crate) async fn done(&self, mutation: &str, object: &str, input: Json) -> Json {
        let payload = self.mutate(mutation, object, input).await;
        assert_eq!(payload["errors"], json!([]), "{mutation}: {payload:#}");
        payload
    }

    /// The errors of a mutation that has to be refused; nothing was changed then.
    pub(crate) async fn refused(&self, mutation: &str, input: Json) -> Vec<Json> {
        let payload = self.mutate(mutation, "__typename", input).await;
        let errors = payload["errors"].as_array().cloned().unwrap_or_default();
        assert!(!errors.is_empty(), "{mutation} was done");
        errors
    }

    /// The codes of [`Self::refused`].
    pub(crate) async fn refusal(&self, mutation: &str, input: Json) -> Vec<String> {
        let errors = self.refused(mutation, input).await;
        errors
            .iter()
            .map(|error| error["code"].as_str().unwrap_or_default().to_owned())
            .collect()
    }
}

/// What the objects of a list have in a field, in the list's order.
pub(crate) fn each(list: &Json, field: &str) -> Vec<Json> {
    let items = list.as_array().unwrap_or_else(|| panic!("no list: {list:#}"));
    items.iter().map(|item| item[field].clone()).collect()
}

/// The one object of a list whose field has a value.
pub(crate) fn with<'a>(list: &'a Json, field: &str, value: impl Into<Json>) -> &'a Json {
    let value = value.into();
    let items = list.as_array().unwrap_or_else(|| panic!("no list: {list:#}"));
    items
        .iter()
        .find(|item| item[field] == value)
        .unwrap_or_else(|| panic!("no {field} is {value} in {list:#}"))
}

/// The one follow-up of a list whose point has a title.
pub(crate) fn with_title<'a>(list: &'a Json, title: &str) -> &'a Json {
    let items = list.as_array().unwrap_or_else(|| panic!("no list: {list:#}"));
    items
        .iter()
        .find(|item| item["point"]["title"] == title)
        .unwrap_or_else(|| panic!("no point {title} in {list:#}"))
}
