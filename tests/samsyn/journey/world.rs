//! Who does what on a day, and what came of it.

use std::collections::HashMap;

use samsyn::organisation::{NewMunicipality, create_municipality};
use serde_json::{Value as Json, json};

use crate::api::{Client, Server};

/// The code of the municipality that the journey is made in.
const MUNICIPALITY: &str = "0999";

/// The refusals of somebody who may not.
const REFUSALS: [&str; 3] = ["FORBIDDEN", "NOT_FOUND", "SEPARATION_OF_DUTIES"];

pub(super) struct World {
    server: Server,
    servers: HashMap<String, Server>,
    traveller: Option<&'static str>,
    clients: HashMap<(String, String), Client>,
    day: String,
    /// The ids and versions of what was made, by name.
    made: HashMap<String, Json>,
    refused: usize,
}

impl World {
    /// An empty municipality with its first administrator, as the operator makes it.
    pub(super) async fn new(server: Server, traveller: Option<&'static str>) -> Self {
        let new = NewMunicipality {
            code: MUNICIPALITY.to_owned(),
            name: "Resans kommun".to_owned(),
            organisation_number: None,
            administrator: "administrator".to_owned(),
        };
        create_municipality(server.gate(), new).await.expect("a municipality");
        Self {
            server,
            servers: HashMap::new(),
            traveller,
            clients: HashMap::new(),
            day: String::new(),
            made: HashMap::new(),
            refused: 0,
        }
    }

    /// From now on it is this day.
    pub(super) async fn on(&mut self, day: &str) {
        if !self.servers.contains_key(day) {
            self.servers.insert(day.to_owned(), self.server.on(day).await);
        }
        day.clone_into(&mut self.day);
    }

    /// How often the traveller was refused.
    pub(super) fn refused(&self) -> usize {
        self.refused
    }

    /// Somebody, on the present day.
    pub(super) async fn user(&mut self, username: &str) -> Client {
        let key = (self.day.clone(), username.to_owned());
        if let Some(client) = self.clients.get(&key) {
            return client.clone();
        }
        let client = self.servers[&self.day].user_of(MUNICIPALITY, username).await;
        self.clients.insert(key, client.clone());
        client
    }

    /// The id of what was made under a name.
    pub(super) fn id(&self, name: &str) -> Json {
        self.object(name)["id"].clone()
    }

    /// What was made under a name, as it was when it last was.
    pub(super) fn object(&self, name: &str) -> &Json {
        self.made
            .get(name)
            .unwrap_or_else(|| panic!("nothing was made as {name}"))
    }

    /// Keeps an object under a name.
    pub(super) fn keep(&mut self, name: &str, object: Json) {
        self.made.insert(name.to_owned(), object);
    }

    /// Does something that only `who` may do; the traveller tries before, unless it is them. Keeps the object under `name`.
    pub(super) async fn act(&mut self, who: &str, mutation: &str, selected: &str, input: Json, name: &str) -> Json {
        self.act_beside(who, &[], mutation, selected, input, name).await
    }

    /// [`Self::act`], of what those of `also` may do as well.
    pub(super) async fn act_beside(
        &mut self,
        who: &str,
        also: &[&str],
        mutation: &str,
        selected: &str,
        input: Json,
        name: &str,
    ) -> Json {
        self.try_in_vain(who, also, mutation, &input).await;
        let client = self.user(who).await;
        let (field, fields) = selected.split_once(' ').unwrap_or((selected, ""));
        let object = format!("object: {field} {{ id {fields} }}");
        let done = client.done(mutation, &object, input).await["object"].take();
        assert!(!done.is_null(), "{mutation} by {who} answers nothing");
        self.made.insert(name.to_owned(), done.clone());
        done
    }

    async fn try_in_vain(&mut self, who: &str, also: &[&str], mutation: &str, input: &Json) {
        match self.traveller {
            Some(traveller) if traveller == who || also.contains(&traveller) => {}
            // Nobody is there before the organisation is, and the auditor not before the audit.
            Some(_) if !self.made.contains_key("people") => {}
            Some(traveller @ "auditor") if !self.made.contains_key(traveller) => {}
            Some(traveller) => {
                let client = self.user(traveller).await;
                for code in client.refusal(mutation, input.clone()).await {
                    assert!(
                        REFUSALS.contains(&code.as_str()),
                        "{traveller}: {mutation} is refused as {code}"
                    );
                }
                self.refused += 1;
            }
            None => {
                let (first, rest) = mutation.split_at(1);
                let query = format!(
                    "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ errors {{ code }} }} }}",
                    first.to_uppercase()
                );
                let public = self.servers[&self.day].public();
                let (code, _) = public.error(&query, json!({ "input": input })).await;
                assert_eq!(code, "UNAUTHENTICATED", "{mutation}");
                self.refused += 1;
            }
        }
    }

    /// Takes something to another state.
    pub(super) async fn take(&mut self, who: &str, mutation: &str, selected: &str, name: &str, more: Json) -> Json {
        self.take_beside(who, &[], mutation, selected, name, more).await
    }

    /// [`Self::take`], of what those of `also` may do as well.
    pub(super) async fn take_beside(
        &mut self,
        who: &str,
        also: &[&str],
        mutation: &str,
        selected: &str,
        name: &str,
        more: Json,
    ) -> Json {
        let object = self.object(name);
        let mut input = json!({ "id": object["id"], "expectedVersion": object["version"] });
        for (key, value) in more.as_object().into_iter().flatten() {
            input[key] = value.clone();
        }
        self.act_beside(who, also, mutation, selected, input, name).await
    }
}
