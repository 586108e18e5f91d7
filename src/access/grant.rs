use super::{Identity, Right};
use crate::database::{Session, StoreError};
use chrono::{DateTime, NaiveDate, Utc};
use entity::{Language, Role};
use sea_orm::{ActiveEnum, ConnectionTrait, FromQueryResult, Statement, Value};
use std::sync::LazyLock;
use uuid::Uuid;

/// One thing that a valid role assignment, or a service account's permission, reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) source: Source,
    pub(super) target: Target,
    /// Whether it is reached only because a department that they hold carries on the work: then nothing confidential is.
    pub(super) succeeded: bool,
}

/// What a grant lets its holder do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// What the policy gives the role.
    Role(Role),
    /// This alone: a service account has exactly the permissions listed.
    Permission(Right),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Municipality,
    Department(Uuid),
    Committee { id: Uuid, executive_board: bool },
    FollowUp(Uuid),
}

/// A user as the sign-in finds them, with what they hold on a day.
pub(super) struct Holder {
    pub(super) id: Uuid,
    pub(super) username: String,
    pub(super) name: String,
    /// The language that they have chosen, if any.
    pub(super) language: Option<Language>,
    pub(super) grants: Vec<Grant>,
    /// The number of the policy in force in their municipality; 0 is the shipped one.
    pub(super) policy: i32,
}

#[derive(FromQueryResult)]
struct Line {
    kind: String,
    label: String,
    name: Option<String>,
    target: Uuid,
}

/// The ways to say who it is: each is what `who` looks the user up by.
const BY_ID: &str = "$3";
const BY_SUBJECT: &str =
    "(SELECT user_id FROM user_identity WHERE municipality_id = $1 AND issuer = $3 AND subject = $4 AND in_force)";
const BY_TOKEN: &str = "(SELECT user_id FROM service_token
    WHERE municipality_id = $1 AND token_hash = $3 AND in_force AND revoked_at IS NULL AND expires_at > $4)";

static HOLDER_BY_ID: LazyLock<String> = LazyLock::new(|| holder_by(BY_ID));
static HOLDER_BY_SUBJECT: LazyLock<String> = LazyLock::new(|| holder_by(BY_SUBJECT));
static HOLDER_BY_TOKEN: LazyLock<String> = LazyLock::new(|| holder_by(BY_TOKEN));

/// Everything in one statement, since every request pays for it: the user with the language that they chose, the number of their municipality's policy,
/// and each department, committee or follow-up that their assignments reach that day. Who holds a department also holds
/// its sections, and the departments whose work it carries on (`succeeded`); who holds a body, the working committees
/// that prepare for it. A performer reaches nothing but assigned follow-ups.
fn holder_by(lookup: &str) -> String {
    format!(
        "
WITH RECURSIVE who AS (
    SELECT id, username, name, language FROM user_account WHERE municipality_id = $1 AND active AND id = {lookup}
), held AS (
    SELECT role_assignment.id, role AS label, department_id, committee_id
    FROM who JOIN role_assignment ON role_assignment.municipality_id = $1 AND role_assignment.user_id = who.id
    WHERE in_force AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)
    UNION ALL
    SELECT service_permission.id, permission, department_id, committee_id
    FROM who JOIN service_permission ON service_permission.municipality_id = $1 AND service_permission.user_id = who.id
    WHERE in_force AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)
), unit(assignment_id, department_id, succeeded) AS (
    SELECT id, department_id, 0 FROM held WHERE department_id IS NOT NULL
    UNION
    SELECT unit.assignment_id, inherited.id,
        CASE WHEN unit.succeeded = 1 OR inherited.succeeded = 1 THEN 1 ELSE 0 END
    FROM unit
    JOIN (
        SELECT id, parent_id AS heir, 0 AS succeeded FROM department WHERE municipality_id = $1
        UNION ALL
        SELECT department_id, successor_id, 1
        FROM department_succession WHERE municipality_id = $1 AND valid_from <= $2
    ) inherited ON inherited.heir = unit.department_id
), body(assignment_id, committee_id) AS (
    SELECT id, committee_id FROM held WHERE committee_id IS NOT NULL
    UNION
    SELECT body.assignment_id, committee.id
    FROM body
    JOIN committee ON committee.municipality_id = $1 AND committee.parent_id = body.committee_id
        AND committee.kind = 'WORKING_COMMITTEE'
)
SELECT 'USER' AS kind, username AS label, name, id AS target FROM who
UNION ALL
SELECT 'LANGUAGE', language, NULL, id FROM who WHERE language IS NOT NULL
UNION ALL
SELECT 'POLICY', CAST(COALESCE(MAX(number), 0) AS text), NULL, $1
FROM policy_version WHERE municipality_id = $1 AND in_force
UNION ALL
SELECT 'MUNICIPALITY', label, NULL, id FROM held
WHERE department_id IS NULL AND committee_id IS NULL AND label <> 'PERFORMER'
UNION ALL
SELECT CASE WHEN unit.succeeded = 1 THEN 'PREDECESSOR' ELSE 'DEPARTMENT' END, held.label, NULL, unit.department_id
FROM held JOIN unit ON unit.assignment_id = held.id WHERE held.label <> 'PERFORMER'
UNION ALL
SELECT CASE WHEN committee.kind = 'EXECUTIVE_BOARD' THEN 'EXECUTIVE_BOARD' ELSE 'COMMITTEE' END,
    held.label, NULL, committee.id
FROM held
JOIN body ON body.assignment_id = held.id
JOIN committee ON committee.municipality_id = $1 AND committee.id = body.committee_id
WHERE held.label <> 'PERFORMER'
UNION ALL
SELECT DISTINCT CASE WHEN held.department_id IS NULL OR EXISTS (
        SELECT 1 FROM unit
        WHERE unit.assignment_id = held.id AND unit.department_id = follow_up.department_id AND unit.succeeded = 0
    ) THEN 'FOLLOW_UP' ELSE 'PREDECESSORS_FOLLOW_UP' END, held.label, CAST(NULL AS text), follow_up.id
FROM held
JOIN who ON 1 = 1
JOIN follow_up_performer ON follow_up_performer.municipality_id = $1 AND follow_up_performer.user_id = who.id
JOIN follow_up ON follow_up.municipality_id = $1 AND follow_up.id = follow_up_performer.follow_up_id
WHERE held.label = 'PERFORMER' AND (held.department_id IS NULL OR follow_up.department_id IN (
    SELECT unit.department_id FROM unit WHERE unit.assignment_id = held.id))"
    )
}

/// Who `identity` is, or `None` when there is no such user, they are disabled, or it is the public. `now` is the real
/// time, by which tokens expire; `on` the domain's day.
pub(super) async fn holder(
    session: &Session,
    identity: &Identity,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<Holder>, StoreError> {
    let (sql, by): (&str, Vec<Value>) = match identity {
        Identity::User { user_id, .. } => (&HOLDER_BY_ID, vec![(*user_id).into()]),
        Identity::External { issuer, subject, .. } => (&HOLDER_BY_SUBJECT, vec![issuer.into(), subject.into()]),
        Identity::Service { token_hash, .. } => (&HOLDER_BY_TOKEN, vec![token_hash.into(), now.into()]),
        Identity::Public { .. } => return Ok(None),
    };
    let mut values = vec![identity.municipality_id().into(), on.into()];
    values.extend(by);
    let statement = Statement::from_sql_and_values(session.get_database_backend(), sql, values);
    let mut user = None;
    let mut policy = 0;
    let mut language = None;
    let mut grants = Vec::new();
    for line in Line::find_by_statement(statement).all(session).await? {
        match line.kind.as_str() {
            "USER" => user = Some((line.target, line.label, line.name.unwrap_or_default())),
            "LANGUAGE" => language = Some(Language::try_from_value(&line.label)?),
            "POLICY" => {
                policy = line
                    .label
                    .parse()
                    .map_err(|_| StoreError::Content(format!("the policy's number is not one: {}", line.label)))?;
            }
            _ => grants.extend(grant(&line)?),
        }
    }
    Ok(user.map(|(id, username, name)| Holder {
        id,
        username,
        name,
        language,
        grants,
        policy,
    }))
}

fn grant(line: &Line) -> Result<Option<Grant>, StoreError> {
    let source = if line.label.contains(':') {
        match line.label.parse() {
            Ok(right) => Source::Permission(right),
            Err(error) => {
                // A right of another version of the program gives nothing in this one.
                tracing::warn!(%error, "a service account has an unknown permission");
                return Ok(None);
            }
        }
    } else {
        Source::Role(Role::try_from_value(&line.label)?)
    };
    let target = match line.kind.as_str() {
        "MUNICIPALITY" => Target::Municipality,
        "DEPARTMENT" | "PREDECESSOR" => Target::Department(line.target),
        "FOLLOW_UP" | "PREDECESSORS_FOLLOW_UP" => Target::FollowUp(line.target),
        kind @ ("COMMITTEE" | "EXECUTIVE_BOARD") => Target::Committee {
            id: line.target,
            executive_board: kind == "EXECUTIVE_BOARD",
        },
        kind => {
            return Err(StoreError::Content(format!(
                "a role reaches an unknown kind of place: {kind}"
            )));
        }
    };
    let succeeded = matches!(line.kind.as_str(), "PREDECESSOR" | "PREDECESSORS_FOLLOW_UP");
    Ok(Some(Grant {
        source,
        target,
        succeeded,
    }))
}
