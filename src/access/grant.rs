use crate::database::{Session, StoreError};
use chrono::NaiveDate;
use entity::Role;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

/// One thing that a valid role assignment reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) role: Role,
    pub(super) target: Target,
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
    pub(super) username: String,
    pub(super) name: String,
    pub(super) grants: Vec<Grant>,
}

#[derive(FromQueryResult)]
struct Line {
    kind: String,
    label: String,
    name: Option<String>,
    target: Uuid,
}

/// Everything in one statement, since every request pays for it: the user, and each department, committee or
/// follow-up that their assignments reach that day. Sections inherit from their department, working committees from
/// the body that they prepare for. A performer reaches nothing but assigned follow-ups.
const HOLDER: &str = "
WITH RECURSIVE held AS (
    SELECT id, role, department_id, committee_id
    FROM role_assignment
    WHERE municipality_id = $1 AND user_id = $2 AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3)
), unit(assignment_id, department_id) AS (
    SELECT id, department_id FROM held WHERE department_id IS NOT NULL
    UNION
    SELECT unit.assignment_id, department.id
    FROM unit
    JOIN department ON department.municipality_id = $1 AND department.parent_id = unit.department_id
), body(assignment_id, committee_id) AS (
    SELECT id, committee_id FROM held WHERE committee_id IS NOT NULL
    UNION
    SELECT body.assignment_id, committee.id
    FROM body
    JOIN committee ON committee.municipality_id = $1 AND committee.parent_id = body.committee_id
        AND committee.kind = 'WORKING_COMMITTEE'
)
SELECT 'USER' AS kind, username AS label, name, id AS target
FROM user_account WHERE municipality_id = $1 AND id = $2 AND active
UNION ALL
SELECT 'MUNICIPALITY', role, NULL, id FROM held
WHERE department_id IS NULL AND committee_id IS NULL AND role <> 'PERFORMER'
UNION ALL
SELECT 'DEPARTMENT', held.role, NULL, unit.department_id
FROM held JOIN unit ON unit.assignment_id = held.id WHERE held.role <> 'PERFORMER'
UNION ALL
SELECT CASE WHEN committee.kind = 'EXECUTIVE_BOARD' THEN 'EXECUTIVE_BOARD' ELSE 'COMMITTEE' END,
    held.role, NULL, committee.id
FROM held
JOIN body ON body.assignment_id = held.id
JOIN committee ON committee.municipality_id = $1 AND committee.id = body.committee_id
UNION ALL
SELECT DISTINCT 'FOLLOW_UP', held.role, CAST(NULL AS text), follow_up.id
FROM held
JOIN follow_up_performer ON follow_up_performer.municipality_id = $1 AND follow_up_performer.user_id = $2
JOIN follow_up ON follow_up.municipality_id = $1 AND follow_up.id = follow_up_performer.follow_up_id
WHERE held.role = 'PERFORMER' AND (held.department_id IS NULL OR follow_up.department_id IN (
    SELECT unit.department_id FROM unit WHERE unit.assignment_id = held.id))";

/// The user with `user_id`, or `None` when there is none or they are disabled.
pub(super) async fn holder(
    session: &Session,
    municipality_id: Uuid,
    user_id: Uuid,
    on: NaiveDate,
) -> Result<Option<Holder>, StoreError> {
    let statement = Statement::from_sql_and_values(
        session.get_database_backend(),
        HOLDER,
        [municipality_id.into(), user_id.into(), on.into()],
    );
    let mut user = None;
    let mut grants = Vec::new();
    for line in Line::find_by_statement(statement).all(session).await? {
        if line.kind == "USER" {
            user = Some((line.label, line.name.unwrap_or_default()));
        } else {
            grants.push(grant(&line)?);
        }
    }
    Ok(user.map(|(username, name)| Holder { username, name, grants }))
}

fn grant(line: &Line) -> Result<Grant, StoreError> {
    use sea_orm::ActiveEnum;
    let role = Role::try_from_value(&line.label)?;
    let target = match line.kind.as_str() {
        "MUNICIPALITY" => Target::Municipality,
        "DEPARTMENT" => Target::Department(line.target),
        "FOLLOW_UP" => Target::FollowUp(line.target),
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
    Ok(Grant { role, target })
}
