use super::{
    DemoError, MUNICIPALITIES,
    script::{Block, Reference, Script, Step},
};
use crate::{
    access::{Gate, Identity},
    clock::Clock,
    database::{Database, StoreError},
    graphql::Caller,
    organisation::{NewMunicipality, create_municipality, find_municipality, find_user, municipality_codes},
    schema::Schema,
};
use async_graphql::{Request, Variables};
use chrono::NaiveDate;
use entity::audit_event;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;
use uuid::Uuid;

/// A municipality of the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct Municipality {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its organisation number.
    pub organisation_number: Option<&'static str>,
    /// What is done in it.
    pub scripts: &'static [Script],
}

/// The day that its municipalities are founded, before anything is done in them.
const FOUNDED: &str = "2016-10-31";

/// Loads the demonstration into the database behind `gate` once. Begun before and not finished, it goes on where it stopped, since
/// each step's idempotency key answers with the object of the first time.
///
/// # Errors
/// When a file is malformed, the API refuses a step, or the database fails.
pub async fn load(gate: &Gate, schema: &Schema) -> Result<(), DemoError> {
    let database = gate.database();
    if is_loaded(database).await? {
        return Ok(());
    }
    tracing::info!("loading the demonstration");
    let objects = payload_objects(schema).await;
    for municipality in MUNICIPALITIES {
        let mut loader = Loader {
            gate,
            database,
            schema,
            code: municipality.code,
            objects: &objects,
            names: HashMap::new(),
        };
        loader.create(municipality).await?;
        for script in municipality.scripts {
            loader.carry_out(*script).await?;
        }
    }
    Ok(())
}

/// Whether the last step of all was carried out.
async fn is_loaded(database: &Database) -> Result<bool, DemoError> {
    let last = MUNICIPALITIES
        .iter()
        .rev()
        .find_map(|it| Some((it.code, it.scripts.last()?)));
    let Some((code, script)) = last else {
        return Ok(true);
    };
    let steps = script.blocks()?.iter().map(|block| block.steps.len()).sum();
    was_taken(database, code, *script, steps).await
}

/// Whether a step was carried out before: its audit events, which stay, have its request id.
async fn was_taken(database: &Database, code: &str, script: Script, number: usize) -> Result<bool, DemoError> {
    let Some(municipality) = find_municipality(database, code).await? else {
        return Ok(false);
    };
    let session = database.read(municipality.id).await?;
    let event = audit_event::Entity::find()
        .filter(audit_event::Column::MunicipalityId.eq(municipality.id))
        .filter(audit_event::Column::RequestId.eq(request_id(script, number)))
        .limit(1)
        .one(&session)
        .await
        .map_err(StoreError::from)?;
    Ok(event.is_some())
}

/// The same id for the same step on every run.
fn request_id(script: Script, number: usize) -> Uuid {
    let digest = crate::digest::sha256(format!("{}#{number}", script.file).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// For each mutation, the field of its payload that has the object, if the object has an id.
async fn payload_objects(schema: &Schema) -> HashMap<String, String> {
    const QUERY: &str = "{ __schema { mutationType { fields { name type { ofType { name } } } }
        types { name fields { name type { name } } } } }";
    let answer = schema.execute(QUERY).await.data.into_json().unwrap_or_default();
    let list = |json: &Json| json.as_array().cloned().unwrap_or_default();
    let types: HashMap<String, Vec<Json>> = list(&answer["__schema"]["types"])
        .iter()
        .filter_map(|one| Some((one["name"].as_str()?.to_owned(), list(&one["fields"]))))
        .collect();
    let fields_of = |name: &Json| name.as_str().and_then(|name| types.get(name));
    let has_id = |name: &Json| fields_of(name).is_some_and(|fields| fields.iter().any(|field| field["name"] == "id"));
    let object = |mutation: &Json| {
        let payload = fields_of(&mutation["type"]["ofType"]["name"])?;
        let object = payload.iter().find(|field| has_id(&field["type"]["name"]))?;
        Some((
            mutation["name"].as_str()?.to_owned(),
            object["name"].as_str()?.to_owned(),
        ))
    };
    list(&answer["__schema"]["mutationType"]["fields"])
        .iter()
        .filter_map(object)
        .collect()
}

struct Loader<'a> {
    gate: &'a Gate,
    database: &'a Database,
    schema: &'a Schema,
    code: &'static str,
    objects: &'a HashMap<String, String>,
    names: HashMap<String, String>,
}

impl Loader<'_> {
    async fn create(&self, municipality: Municipality) -> Result<(), DemoError> {
        if municipality_codes(self.database)
            .await?
            .iter()
            .any(|code| code == municipality.code)
        {
            return self.refuse_real(municipality).await;
        }
        let new = NewMunicipality {
            code: municipality.code.to_owned(),
            name: municipality.name.to_owned(),
            organisation_number: municipality.organisation_number.map(str::to_owned),
            administrator: "administrator".to_owned(),
        };
        create_municipality(&self.gate(Clock::parse(FOUNDED).unwrap_or_default()), new).await?;
        Ok(())
    }

    /// That a municipality which is there already is one that the demonstration has begun to fill.
    async fn refuse_real(&self, municipality: Municipality) -> Result<(), DemoError> {
        match municipality.scripts.first() {
            Some(first) if !was_taken(self.database, self.code, *first, 1).await? => Err(DemoError::Taken {
                code: municipality.code,
            }),
            _ => Ok(()),
        }
    }

    async fn carry_out(&mut self, script: Script) -> Result<(), DemoError> {
        let mut number = 0;
        for Block { r#as: user, on, steps } in script.blocks()? {
            for step in steps {
                number += 1;
                let mutation = step.r#do.clone();
                let taken = self.take(script, number, &user, on, step).await;
                taken.map_err(|reason| DemoError::Step {
                    file: script.file,
                    number,
                    mutation,
                    reason,
                })?;
            }
        }
        Ok(())
    }

    async fn take(
        &mut self,
        script: Script,
        number: usize,
        user: &str,
        on: NaiveDate,
        step: Step,
    ) -> Result<(), String> {
        let identity = self.identity(user).await?;
        let noon = on.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
        let gate = self.gate(Clock::fixed(noon));
        let caller = |request: Request| {
            let caller = Caller::new(gate.clone(), identity.clone(), request_id(script, number));
            request.data(caller)
        };
        let mut input = self.resolve(step.input, &caller).await?;
        input.insert("idempotencyKey".to_owned(), json!(format!("{}#{number}", script.file)));
        let mutation = &step.r#do;
        let object = self
            .objects
            .get(mutation)
            .map(|field| format!("object: {field} {{ id }}"));
        let query = format!(
            "mutation($input: {}Input!) {{ done: {mutation}(input: $input) {{ {} errors {{ code message path }} }} }}",
            capitalised(mutation),
            object.unwrap_or_default(),
        );
        let variables = Variables::from_json(json!({ "input": input }));
        let answer = self.ask(caller(Request::new(query).variables(variables))).await?;
        let done = &answer["done"];
        if done["errors"].as_array().is_none_or(|errors| !errors.is_empty()) {
            return Err(done["errors"].to_string());
        }
        if let (Some(name), Some(id)) = (step.name, done["object"]["id"].as_str()) {
            self.names.insert(name, id.to_owned());
        }
        Ok(())
    }

    /// The input with what its references stand for.
    async fn resolve(
        &self,
        input: Map<String, Json>,
        caller: &impl Fn(Request) -> Request,
    ) -> Result<Map<String, Json>, String> {
        let mut resolved = Map::new();
        for (field, value) in input {
            let value = match value {
                Json::String(text) => self.look_up(text, caller).await?,
                Json::Array(items) => {
                    let mut list = Vec::with_capacity(items.len());
                    for item in items {
                        list.push(match item {
                            Json::String(text) => self.look_up(text, caller).await?,
                            other => other,
                        });
                    }
                    Json::Array(list)
                }
                other => other,
            };
            resolved.insert(field, value);
        }
        Ok(resolved)
    }

    async fn look_up(&self, text: String, caller: &impl Fn(Request) -> Request) -> Result<Json, String> {
        let Some(reference) = Reference::parse(&text) else {
            return Ok(Json::String(text));
        };
        let id = self.names.get(reference.name);
        let id = id.ok_or_else(|| format!("no step before it is named {}", reference.name))?;
        let Some(field) = reference.field else {
            return Ok(json!(id));
        };
        let named = json!({ "id": id });
        let kind = Request::new("query($id: ID!) { node(id: $id) { __typename } }");
        let kind = self
            .ask(caller(kind.variables(Variables::from_json(named.clone()))))
            .await?;
        let kind = kind["node"]["__typename"]
            .as_str()
            .ok_or_else(|| format!("{text} is not visible"))?;
        // "accessChange.id" stands for the id of the object in the field accessChange.
        let (outer, inner) = field.split_once('.').unwrap_or((field, ""));
        let selection = if inner.is_empty() {
            String::new()
        } else {
            format!("{{ inner: {inner} }}")
        };
        let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ value: {outer} {selection} }} }} }}");
        let request = Request::new(query).variables(Variables::from_json(named));
        let answer = self.ask(caller(request)).await?;
        let value = &answer["node"]["value"];
        Ok(if inner.is_empty() { value } else { &value["inner"] }.clone())
    }

    async fn ask(&self, request: Request) -> Result<Json, String> {
        let answer = self.schema.execute(request).await;
        if let Some(error) = answer.errors.first() {
            return Err(error.message.clone());
        }
        answer.data.into_json().map_err(|error| error.to_string())
    }

    async fn identity(&self, user: &str) -> Result<Identity, String> {
        let found = find_user(self.database, self.code, user).await;
        let found = found.map_err(|error| error.to_string())?;
        let found = found.ok_or_else(|| format!("there is no user {user}"))?;
        Ok(Identity::User {
            municipality_id: found.municipality_id,
            user_id: found.id,
        })
    }

    fn gate(&self, clock: Clock) -> Gate {
        self.gate.at(clock)
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_ascii_uppercase().to_string() + letters.as_str(),
        None => String::new(),
    }
}
