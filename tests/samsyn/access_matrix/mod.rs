//! The access matrix: every operation of the schema, asked by every role in every situation.
//!
//! The outcomes are compared with a committed, readable snapshot. Apart from it, each answer is searched for ids and texts
//! of places that the asker may not see, by a table written from the specification of access (`expected.rs`), and what
//! they may not see is compared with what does not exist.

mod expected;
mod operations;
mod outcome;
mod people;
mod place;
mod situation;
mod snapshot;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Request, Variables};
use libtest_mimic::Trial;
use samsyn::access::{Gate, Identity};
use samsyn::demo;
use samsyn::graphql::limits::Limits;
use samsyn::graphql::{Caller, Look};
use samsyn::live::Selection;
use samsyn::schema::{self, LiveSchema, Schema};
use serde_json::Value as Json;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::api::{EXEMPEL, MJOLBY, Server, gate};
use crate::harness::Suite;

use operations::{Kind, Operation};
use outcome::Shown;
use people::People;
use place::{Makers, Place};
use situation::{SITUATIONS, Spot, Standing, Who};

/// Operations that are asked at once.
const AT_ONCE: usize = 8;

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    let complete = suite.on_both("access_matrix::no_operation_is_missing", |_| operations::refuse_gaps());
    let roles = Who::all().into_iter().flat_map(|who| {
        suite.on_both(&format!("access_matrix::{}", who.name()), move |server| {
            matrix(server, who)
        })
    });
    complete.into_iter().chain(roles).collect()
}

/// All that the questions need.
struct Matrix {
    who: Who,
    gate: Gate,
    schema: Schema,
    live: LiveSchema,
    places: HashMap<Spot, Place>,
    ids: HashMap<String, (Spot, String)>,
    people: People,
}

async fn matrix(server: Server, who: Who) {
    let operations: Vec<Arc<Operation>> = operations::all().into_iter().map(Arc::new).collect();
    let matrix = Arc::new(Matrix::of(&server, who).await);
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut asked = JoinSet::new();
    for (index, operation) in operations.into_iter().enumerate() {
        let (matrix, turns) = (Arc::clone(&matrix), Arc::clone(&turns));
        asked.spawn(async move {
            let _turn = turns.acquire().await;
            let mut leaks = Vec::new();
            let mut outcomes = String::new();
            for (head, standing, spot) in SITUATIONS {
                let standing = match matrix.who {
                    Who::Anonymous => Standing::Nobody,
                    _ => standing,
                };
                let (outcome, found) = matrix.ask(&operation, standing, spot).await;
                outcomes.push(outcome);
                leaks.extend(
                    found
                        .into_iter()
                        .map(|leak| format!("{} {head}: {leak}", operation.name)),
                );
            }
            (index, operation.name.clone(), outcomes, leaks)
        });
    }
    let mut rows = asked.join_all().await;
    rows.sort();
    let combinations = rows.len() * SITUATIONS.len();
    let leaks: Vec<String> = rows.iter().flat_map(|(.., leaks)| leaks.clone()).collect();
    eprintln!("{}: {combinations} combinations, leaks: {}", who.name(), leaks.len());
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(_, name, outcomes, _)| (name, outcomes))
        .collect();
    snapshot::compare(who, &rows);
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

impl Matrix {
    async fn of(server: &Server, who: Who) -> Self {
        let here = Makers::of(server, MJOLBY).await;
        let there = Makers::of(server, EXEMPEL).await;
        // A board member's own committee is the executive board.
        let own = match who {
            Who::BoardMember => {
                let board = server
                    .public()
                    .data("{ committee(code: \"KS\") { id } }", Json::Null)
                    .await;
                ("KS", board["committee"]["id"].as_str().unwrap_or_default().to_owned())
            }
            _ => ("ONE", here.committee("ONE").await),
        };
        let (two, three) = (here.committee("TWO").await, here.committee("THREE").await);
        let elsewhere = there.committee("QOTHMQ").await;
        let mut places = HashMap::new();
        for (spot, makers, committee) in [
            (Spot::OwnDepartment, &here, (own.0, own.1.as_str())),
            (Spot::OtherDepartment, &here, ("TWO", two.as_str())),
            (Spot::OwnCommittee, &here, (own.0, own.1.as_str())),
            (Spot::OtherCommittee, &here, ("THREE", three.as_str())),
            (Spot::OtherMunicipality, &there, ("QOTHMQ", elsewhere.as_str())),
        ] {
            places.insert(spot, makers.place(server, spot, committee).await);
        }
        let mut ids = HashMap::new();
        for spot in Spot::ALL {
            for (name, id) in places[&spot].own_ids() {
                ids.entry(id.clone()).or_insert_with(|| (spot, name.clone()));
            }
        }
        let people = People::of(server, who, &places[&Spot::OwnDepartment], &operations::all()).await;
        Self {
            who,
            gate: gate(server.database(), demo::DAY).await,
            schema: schema::build(&Limits::default()),
            live: schema::build_live(&Limits::default()),
            places,
            ids,
            people,
        }
    }

    /// What an operation comes to, and what it gives away.
    async fn ask(&self, operation: &Operation, standing: Standing, spot: Spot) -> (char, Vec<String>) {
        let identity = self.people.identity(self.who, standing, operation);
        let place = &self.places[&spot];
        let answer = self.answer(&identity, prepared(operation, place, |_| false)).await;
        let mut leaks = Vec::new();
        let outcome = match &operation.kind {
            Kind::Question { shows, .. } => outcome::of_question(&answer, place.id(shows)),
            Kind::Change { input, by, .. } => {
                let outcome = outcome::of_change(&operation.name, &answer, &decoys(input));
                if outcome == 'A' && !expected::may_do(self.who, standing, spot, operation, by) {
                    leaks.push("it is allowed, and must not be".to_owned());
                }
                outcome
            }
        };
        for (of, shown) in outcome::shown(&answer, &self.ids) {
            let thing = match &shown {
                Shown::Id(name) => expected::thing(name),
                Shown::Text(thing) => thing.as_str(),
            };
            if !expected::sees(self.who, standing, of, thing, operation) {
                leaks.push(format!("it shows {shown:?} of {of:?}"));
            }
        }
        leaks.extend(outcome::miscounted(&answer));
        let unseen = |name: &str| !expected::sees(self.who, standing, spot, expected::thing(name), operation);
        let twin = prepared(operation, place, unseen);
        if twin.hidden {
            let twin = self.answer(&identity, twin).await;
            if twin != answer {
                leaks.push(format!(
                    "it answers otherwise than for what does not exist: {answer} {twin}"
                ));
            }
        }
        (outcome, leaks)
    }

    async fn answer(&self, identity: &Identity, question: Prepared) -> Json {
        let caller = Caller::new(self.gate.clone(), identity.clone(), Uuid::now_v7());
        let variables = Variables::from_json(question.variables);
        let mut request = Request::new(question.text).variables(variables);
        // A subscription is asked for its first event.
        let response = match Selection::of(&mut request).expect("a document") {
            Some(selection) => {
                let request = selection.request().data(caller).data(Look::first(None));
                self.live.execute(request).await
            }
            None => self.schema.execute(request.data(caller)).await,
        };
        let mut answer = serde_json::to_value(response).unwrap_or_default();
        for error in answer["errors"].as_array_mut().into_iter().flatten() {
            // Where in the text of the question it is: codes differ in their length.
            error["locations"].take();
        }
        answer
    }
}

/// An operation with all its placeholders filled.
struct Prepared {
    text: String,
    variables: Json,
    /// Whether something in it was replaced by what does not exist.
    hidden: bool,
}

fn prepared(operation: &Operation, place: &Place, hide: impl Fn(&str) -> bool) -> Prepared {
    let (text, input) = match &operation.kind {
        Kind::Question { text, .. } => (text, Json::Null),
        Kind::Change { text, input, .. } => (text, operations::variables(input)),
    };
    let text = place.fill(text, &hide);
    let variables = place.fill(&input.to_string(), &hide);
    Prepared {
        variables: serde_json::from_str(&variables.text).unwrap_or_default(),
        hidden: text.hidden || variables.hidden,
        text: text.text,
    }
}

/// The fields of an input that are there to refer to nothing.
fn decoys(input: &Json) -> Vec<String> {
    let fields = input.as_object().into_iter().flatten();
    fields
        .filter(|(_, value)| value.to_string().contains("@nowhere:"))
        .map(|(field, _)| field.clone())
        .collect()
}
