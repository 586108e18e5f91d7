//! The errors of a request: an answer's own `errors`.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::message;
use crate::api::{Client, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        what_a_resolver_refuses_is_said_in_the_language,
        what_is_refused_before_is_said_in_the_language,
        what_the_library_says_stays_in_english,
    ]
}

async fn said(client: &Client, query: &str, variables: Json) -> [String; 2] {
    let swedish = client.asking_for("sv").ask(query, variables.clone()).await;
    let english = client.asking_for("en").ask(query, variables).await;
    assert_eq!(
        swedish["errors"][0]["extensions"]["code"],
        english["errors"][0]["extensions"]["code"]
    );
    [message(&swedish).to_owned(), message(&english).to_owned()]
}

async fn what_a_resolver_refuses_is_said_in_the_language(server: Server) {
    let performer = server.user("performer-ksf").await;
    assert_eq!(
        said(&performer, "{ auditEvents(first: 1) { totalCount } }", json!({})).await,
        [
            "Du får inte läsa det här. Dina roller ger dig inte rätten ”Läsa loggen” här.",
            "You may not read this: your roles do not allow audit_log:read here."
        ]
    );
    assert_eq!(
        said(&performer, "{ departments(first: 101) { totalCount } }", json!({})).await,
        [
            "`first` måste vara 0 till 100, inte 101. Hämta resten med `after`.",
            "`first` has to be 0 to 100, not 101: ask for the rest with `after`."
        ]
    );
    assert_eq!(
        said(&performer, "{ departments(after: \"x\") { totalCount } }", json!({})).await,
        [
            "`after` är ingen markör för den här listan i den här ordningen. Använd en precis som ett svar på samma lista angav den.",
            "`after` is not a cursor of this list and order: use one exactly as an answer of the same list gave it."
        ]
    );
    assert_eq!(
        said(&performer, "{ controlYear(year: 17) { id } }", json!({})).await,
        [
            "`year` måste vara 1900 till 2200, inte 17.",
            "`year` has to be 1900 to 2200, not 17."
        ]
    );
    assert_eq!(
        said(
            &server.public(),
            "mutation { updateMyPreferences(input: { expectedVersion: 1 }) { errors { code } } }",
            json!({})
        )
        .await,
        [
            "Bara en inloggad användare kan ändra något.",
            "Only a signed-in user can change anything."
        ]
    );
}

async fn what_is_refused_before_is_said_in_the_language(server: Server) {
    let performer = server.user("performer-ksf").await;
    let deep = format!("{}a{}", "{".repeat(60), "}".repeat(60));
    assert_eq!(
        said(&performer, &deep, json!({})).await,
        [
            "För många parenteser inuti varandra: 60. Högst 50 tillåts.",
            "Too many brackets inside one another: 60, of at most 50."
        ]
    );
    let query = "query($year: Int!) { controlYear(year: $year) { id } }";
    assert_eq!(
        said(&performer, query, json!({ "year": "i år" })).await,
        [
            "Variabeln ”$year”: ett heltal på 32 bitar (”Int”) väntades, men här finns \"i år\".",
            "Variable \"$year\": expected a whole number of 32 bits (\"Int\"), found \"i år\"."
        ]
    );
    assert_eq!(
        said(&performer, "subscription { myWork { eventId } }", json!({})).await,
        [
            "Prenumerationer går över WebSocket (`graphql-transport-ws`) och med server-sent events: skicka `Accept: text/event-stream`.",
            "Subscriptions are carried by WebSocket (`graphql-transport-ws`), and by server-sent events: send `Accept: text/event-stream`."
        ]
    );
}

async fn what_the_library_says_stays_in_english(server: Server) {
    let performer = server.user("performer-ksf").await;
    for query in ["{", "{ nothing }"] {
        let [swedish, english] = said(&performer, query, json!({})).await;
        assert_eq!(swedish, english);
    }
}
