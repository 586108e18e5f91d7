//! Random organisations, assignments and policies: what the program decides is what casbin and the plain rules say, for
//! every question, and every list is the table with the rules applied to it row by row.

mod organisation;
mod rules;

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use proptest::prelude::RngExt;
use proptest::test_runner::{RngAlgorithm, TestRng};
use samsyn::access::{Identity, Right};
use samsyn::graphql::NodeKind;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::api::{Client, Server};
use crate::harness::{Suite, trials};
use organisation::Organisation;
use rules::Rules;

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        ten_thousand_decisions_are_casbins,
        every_list_is_the_table_filtered_row_by_row,
    ]
}

/// How many organisations are made up.
const ORGANISATIONS: u8 = 10;

/// How many questions are asked about each user of one.
const QUESTIONS: usize = 50;

/// The organisation with a number: the same one every time, so that what was found can be found again.
async fn organisation(server: &Server, number: u8) -> (Organisation, TestRng) {
    let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &[number; 32]);
    let made = Organisation::make(server.database_url(), i32::from(number) + 1, &mut random).await;
    (made, random)
}

async fn ten_thousand_decisions_are_casbins(server: Server) {
    let (mut decisions, mut allowed) = (0, 0);
    for number in 0..ORGANISATIONS {
        let (organisation, mut random) = organisation(&server, number).await;
        let rules = Rules::of(&organisation).await;
        for user_id in &organisation.newcomers {
            let identity = Identity::User {
                municipality_id: organisation.municipality_id,
                user_id: *user_id,
            };
            let reader = server.gate().reader(&identity).await.expect("a reader");
            for _ in 0..QUESTIONS {
                let right = Right::ALL[random.random_range(0..Right::ALL.len())];
                let place = organisation.place(&mut random);
                let said = reader.may(right, place);
                let expected = rules.may(*user_id, right, place);
                assert_eq!(
                    said,
                    expected,
                    "organisation {number}: {right} at {place:?} for {:#?}",
                    rules.assignments_of(*user_id)
                );
                decisions += 1;
                allowed += usize::from(said);
            }
        }
    }
    assert_eq!(decisions, 10_000);
    // A test in which nearly everything is refused would find nothing.
    assert!((500..9_500).contains(&allowed), "{allowed} of {decisions} allowed");
    eprintln!("{decisions} decisions, {allowed} of them to allow: 0 differences");
}

async fn every_list_is_the_table_filtered_row_by_row(server: Server) {
    let (mut lists, mut rows) = (0, 0);
    for number in 0..ORGANISATIONS {
        let (organisation, _) = organisation(&server, number).await;
        let rules = Rules::of(&organisation).await;
        let some = organisation.newcomers.iter().step_by(4);
        for who in some.map(|id| Some(*id)).chain([None]) {
            let client = match who {
                Some(id) => server.user(&organisation.username(id)).await,
                None => server.public(),
            };
            for (list, kind, expected) in rules.lists(who) {
                let said = read(&client, list).await;
                let (ids, sealed): (BTreeSet<_>, BTreeSet<_>) = (
                    expected.iter().map(|(id, _)| global(kind, *id)).collect(),
                    expected
                        .iter()
                        .filter(|(_, open)| !open)
                        .map(|(id, _)| global(kind, *id))
                        .collect(),
                );
                let context = || {
                    format!(
                        "organisation {number}, {list:?} of {who:?}: {:#?}",
                        who.map(|id| rules.assignments_of(id))
                    )
                };
                assert_eq!(said.ids, ids, "{}", context());
                assert_eq!(said.withheld, sealed, "{}", context());
                assert_eq!(said.total, ids.len(), "{}", context());
                lists += 1;
                rows += ids.len();
            }
        }
    }
    assert!(rows > lists, "{rows} rows in {lists} lists");
    eprintln!("{lists} lists with {rows} rows: each the table filtered row by row");
}

fn global(kind: NodeKind, id: Uuid) -> String {
    kind.encode(id).0
}

/// A list as a client reads it to its end.
struct Said {
    ids: BTreeSet<String>,
    withheld: BTreeSet<String>,
    total: usize,
}

/// A list of the API: its field, its filter, and whether its objects can be withheld.
type List = (&'static str, &'static str, bool);

async fn read(client: &Client, (field, filter, confidential): List) -> Said {
    let withheld = if confidential { "withheld { ground }" } else { "" };
    let query = format!(
        "query($after: String) {{ list: {field}(first: 40, after: $after{filter}) {{
            totalCount nodes {{ id {withheld} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let mut said = Said {
        ids: BTreeSet::new(),
        withheld: BTreeSet::new(),
        total: 0,
    };
    let mut after = Json::Null;
    loop {
        let list = client.data(&query, json!({ "after": after })).await["list"].take();
        said.total = usize::try_from(list["totalCount"].as_u64().expect("a count")).expect("a count");
        for node in list["nodes"].as_array().expect("nodes") {
            let id = node["id"].as_str().expect("an id").to_owned();
            if !node["withheld"].is_null() {
                said.withheld.insert(id.clone());
            }
            assert!(said.ids.insert(id), "{field} has an object twice");
        }
        if list["pageInfo"]["hasNextPage"] == false {
            return said;
        }
        after = list["pageInfo"]["endCursor"].clone();
    }
}
