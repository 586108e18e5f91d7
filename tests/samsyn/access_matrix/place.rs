//! What there is in each place that the matrix asks about: made through the API, by people whose roles reach everything.

use std::collections::HashMap;

use async_graphql::ID;
use samsyn::graphql::NodeKind;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use crate::api::{Client, Server};

use super::people;
use super::situation::Spot;

/// A place: what stands for what in the operations that ask about it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    mark: &'static str,
    committee_code: String,
    ids: HashMap<String, String>,
}

#[derive(Deserialize)]
struct Step {
    r#as: String,
    r#do: String,
    name: Option<String>,
    input: Map<String, Json>,
}

/// The people who make a municipality's places.
pub(super) struct Makers {
    municipality_id: Uuid,
    clients: HashMap<&'static str, Client>,
    shared: HashMap<String, String>,
    other_shared_points: Vec<Json>,
    rating: String,
    maker_id: Uuid,
}

impl Makers {
    /// Gives a municipality people whose roles reach everything.
    pub(super) async fn of(server: &Server, municipality: &str) -> Self {
        let mut clients = HashMap::new();
        let maker = people::superuser(server, municipality, "matrix-maker", &people::MAKER).await;
        people::superuser(server, municipality, "matrix-checker", &people::CHECKER).await;
        people::superuser(server, municipality, "matrix-keeper", &people::KEEPER).await;
        for (name, username) in [
            ("maker", "matrix-maker"),
            ("checker", "matrix-checker"),
            ("keeper", "matrix-keeper"),
        ] {
            clients.insert(name, server.user_of(municipality, username).await);
        }
        let query = "{ municipality { id } controlYear(year: 2017) { id occasions { id } ratingScale { code }
            sharedPlan { points { point { id } } } } policy { number rules { role right } } }";
        let mut found = clients["maker"].data(query, json!({})).await;
        let year = &found["controlYear"];
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let mut shared = HashMap::from([
            ("Municipality".to_owned(), text(&found["municipality"]["id"])),
            ("ControlYear".to_owned(), text(&year["id"])),
            ("ReportingOccasion".to_owned(), text(&year["occasions"][0]["id"])),
            (
                "SharedPoint".to_owned(),
                text(&year["sharedPlan"]["points"][0]["point"]["id"]),
            ),
        ]);
        let next = json!({ "year": 2018, "ratingBasis": "RESULT" });
        let next = clients["maker"]
            .done("createControlYear", "controlYear { id }", next)
            .await;
        shared.insert("NextYear".to_owned(), text(&next["controlYear"]["id"]));
        let shared_points = year["sharedPlan"]["points"].as_array().into_iter().flatten();
        let other_shared_points = shared_points
            .skip(1)
            .map(|place| place["point"]["id"].clone())
            .collect();
        let rating = text(&year["ratingScale"][0]["code"]);
        let mut rules = found["policy"]["rules"].take();
        if let Some(rules) = rules.as_array_mut() {
            rules.push(json!({ "role": "DEPARTMENT_HEAD", "right": "DEPARTMENT_REPORT_PROPOSE_OWN" }));
        }
        let query = "{ department(code: \"KSF\") { id } jointReport(year: 2017) { id } }";
        let mut found_joint = clients["maker"].data(query, json!({})).await;
        // The demonstration has one of its own.
        let joint = if found_joint["jointReport"].is_null() {
            let input = json!({
                "occasionId": shared["ReportingOccasion"], "departmentId": found_joint["department"]["id"],
                "title": "Gemensam uppföljning 2017",
            });
            let made = clients["maker"].done("createJointReport", "jointReport { id }", input);
            made.await["jointReport"]["id"].take()
        } else {
            found_joint["jointReport"]["id"].take()
        };
        shared.insert("JointReport".to_owned(), text(&joint));
        let reason = if municipality == crate::api::EXEMPEL {
            "QOTHMQ:administration"
        } else {
            "A small municipality"
        };
        let input = json!({ "expectedNumber": found["policy"]["number"], "rules": rules, "reason": reason });
        let proposed = clients["keeper"]
            .done("proposePolicy", "policyVersion { id accessChange { id } }", input)
            .await;
        let version = &proposed["policyVersion"];
        shared.insert("PolicyVersion".to_owned(), text(&version["id"]));
        shared.insert("AccessChange".to_owned(), text(&version["accessChange"]["id"]));
        Self {
            municipality_id: maker.0,
            clients,
            shared,
            other_shared_points,
            rating,
            maker_id: maker.1,
        }
    }

    /// A new committee.
    pub(super) async fn committee(&self, code: &str) -> String {
        let input = json!({ "code": code, "name": code, "kind": "COMMITTEE" });
        let done = self.clients["keeper"]
            .done("createCommittee", "committee { id }", input)
            .await;
        done["committee"]["id"].as_str().unwrap_or_default().to_owned()
    }

    /// Makes all that there is in a place.
    pub(super) async fn place(&self, server: &Server, spot: Spot, committee: (&str, &str)) -> Place {
        let mut place = Place {
            mark: spot.mark(),
            committee_code: committee.0.to_owned(),
            ids: self.shared.clone(),
        };
        place.ids.insert("Committee".to_owned(), committee.1.to_owned());
        let steps: Vec<Step> = serde_saphyr::from_str(include_str!("place.yaml")).expect("access_matrix/place.yaml");
        for step in steps {
            let input = Json::Object(step.input).to_string().replace("$rating", &self.rating);
            let input: Json = serde_json::from_str(&place.fill(&input, |_| false).text).expect("an input");
            let client = &self.clients[step.r#as.as_str()];
            if step.r#do == "uploadAttachment" {
                let name = input["fileName"].as_str().unwrap_or_default();
                let made = client.attached(&input["subjectId"], name, name.to_owned()).await;
                place.ids.insert(step.name.expect("a name"), made);
                continue;
            }
            let object = step.name.as_ref().map(|_| object_of(&step.r#do)).unwrap_or_default();
            let payload = client.done(&step.r#do, &object, input).await;
            if let Some(name) = step.name {
                let id = payload["object"]["id"].as_str().expect("an id").to_owned();
                if name == "FollowUp" {
                    let follow_up = NodeKind::FollowUp.decode(&ID(id.clone())).expect("a follow-up");
                    people::assign(server, self.municipality_id, follow_up, self.maker_id).await;
                }
                if name == "Exemption" {
                    self.exempt_from_the_others(&place).await;
                }
                place.ids.insert(name, id);
            }
        }
        let query = "query($id: ID!) { node(id: $id) { ... on Decision { dispatches { id } } } }";
        let decision = self.clients["maker"]
            .data(query, json!({ "id": place.ids["CommitteeDecision"] }))
            .await;
        let id = decision["node"]["dispatches"][0]["id"].as_str().expect("a dispatch");
        place.ids.insert("Dispatch".to_owned(), id.to_owned());
        let query =
            "query($code: String) { carryOvers(filter: { kind: RISK, departmentCode: $code }) { nodes { id } } }";
        let proposed = self.clients["maker"].data(query, json!({ "code": spot.mark() })).await;
        let id = proposed["carryOvers"]["nodes"][0]["id"].as_str().expect("a proposal");
        place.ids.insert("CarryOver".to_owned(), id.to_owned());
        place
    }
}

impl Makers {
    /// Exempts a place's department from the shared points that no operation is about, so that it reports its own.
    async fn exempt_from_the_others(&self, place: &Place) {
        for point in &self.other_shared_points {
            let input = json!({
                "controlPointId": point,
                "departmentId": place.ids["Department"],
                "reason": format!("{}:exemption", place.mark),
            });
            self.clients["maker"]
                .done("createExemption", "exemption { id }", input)
                .await;
        }
    }
}

/// The selection of a mutation's object.
fn object_of(mutation: &str) -> String {
    let field = match mutation {
        "startFollowUp" => "followUp",
        "createServiceAccount" => "user",
        "beginAssessment" => "assessment",
        "sendReminders" => "reminderRequest",
        _ => {
            let rest = mutation.trim_start_matches(|letter: char| letter.is_lowercase());
            return format!("object: {}{} {{ id }}", rest[..1].to_lowercase(), &rest[1..]);
        }
    };
    format!("object: {field} {{ id }}")
}

/// A text with what its placeholders stand for.
pub(super) struct Filled {
    pub(super) text: String,
    /// Whether something was hidden.
    pub(super) hidden: bool,
}

impl Place {
    /// The id of what has this name.
    pub(super) fn id(&self, name: &str) -> Option<&String> {
        self.ids.get(name)
    }

    /// The row's id of what has this name.
    pub(super) fn row(&self, name: &str, kind: NodeKind) -> Uuid {
        kind.decode(&ID(self.ids[name].clone())).expect("an id of that kind")
    }

    /// All ids that belong to this place alone.
    pub(super) fn own_ids(&self) -> impl Iterator<Item = (&String, &String)> {
        self.ids.iter()
    }

    /// `text` with what its placeholders stand for; for what `hide` says, with what stands for nothing.
    pub(super) fn fill(&self, text: &str, hide: impl Fn(&str) -> bool) -> Filled {
        let mut hidden = false;
        let mut parts = text.split('@');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|letter: char| !letter.is_alphanumeric() && letter != ':');
            let (name, rest) = part.split_at(end.unwrap_or(part.len()));
            match name.strip_prefix("nowhere:") {
                Some(kind) => filled.push_str(&nothing(kind)),
                None if hide(name) => {
                    hidden = true;
                    filled.push_str(&nothing(self.kind(name).name()));
                }
                None => filled.push_str(&self.ids[name]),
            }
            filled.push_str(rest);
        }
        for (placeholder, name, code) in [
            ("$mark", "Department", self.mark.to_owned()),
            ("$committee", "Committee", self.committee_code.clone()),
            ("$case", "CaseFile", format!("{}/2018:1", self.mark)),
        ] {
            if filled.contains(placeholder) {
                let hides = hide(name);
                hidden |= hides;
                filled = filled.replace(placeholder, if hides { "NOWHERE" } else { &code });
            }
        }
        Filled { text: filled, hidden }
    }

    fn kind(&self, name: &str) -> NodeKind {
        let id = ID(self.ids[name].clone());
        let kinds = NodeKind::ALL.iter();
        *kinds
            .clone()
            .find(|kind| kind.decode(&id).is_ok())
            .expect("an id of some kind")
    }
}

/// An id of a kind that nothing has.
fn nothing(kind: &str) -> String {
    let kind = NodeKind::ALL.iter().find(|known| known.name() == kind).expect("a kind");
    kind.encode(Uuid::now_v7()).0
}
