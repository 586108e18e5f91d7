use super::ServicePermission;
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::{Explanation, Ground, Held, Invariant, Reader, Right, Verdict},
    follow_up, graphql,
    graphql::{RequestError, Result},
    organisation::{RoleAssignment, place_by_code},
    reporting,
    use_case::{ActedOn, Duties, same_hands},
};
use async_graphql::{ID, SimpleObject};
use entity::Language;
use std::sync::Arc;
use uuid::Uuid;

/// Why somebody may or may not do something.
#[derive(Clone, SimpleObject)]
pub(crate) struct AccessExplanation {
    /// Whether they may: the answer of the very check that decides it, and of the separation of duties where a subject
    /// was given.
    allowed: bool,
    /// What was asked about.
    right: Right,
    /// Whether they may sign in at all.
    active: bool,
    /// The number of the policy that counts; 0 is the one that the program ships with.
    policy_number: i32,
    /// Each role and permission that they have had, have or will have, and what it comes to.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    grounds: Vec<AccessGround>,
    /// The duties that are separated where the subject is concerned; null without a subject, or where none are.
    separation: Option<DutySeparation>,
}

/// What one role or permission comes to.
#[derive(Clone, SimpleObject)]
pub(crate) struct AccessGround {
    /// What it comes to.
    verdict: Verdict,
    /// The role; null for a permission.
    role_assignment: Option<RoleAssignment>,
    /// The permission of a service account; null for a role.
    service_permission: Option<ServicePermission>,
    /// The rule of the policy by which the role has the right, as casbin reads it; null when there is none.
    rule: Option<String>,
    /// What keeps any policy from giving the role that right; null when a policy may.
    invariant: Option<Invariant>,
}

/// Two steps that the same hands must not do both.
#[derive(Clone, SimpleObject)]
pub(crate) struct DutySeparation {
    /// Which.
    duties: Duties,
    /// The rule, in words.
    rule: String,
    /// Whether it keeps them from it, because they have done the other step, themself or through a service account.
    refuses: bool,
}

/// Where it is asked about.
pub(super) struct ExplainedPlace {
    pub(super) department_code: Option<String>,
    pub(super) committee_code: Option<String>,
    pub(super) subject_id: Option<ID>,
}

impl ExplainedPlace {
    /// `None` when there is nothing there that the reader sees.
    async fn found(self, reader: &Reader) -> Result<Option<ActedOn>> {
        Ok(match (self.department_code, self.committee_code, self.subject_id) {
            (None, None, Some(id)) => {
                let (kind, id) = graphql::decode(&id).map_err(|error| RequestError::bad_request(error.message()))?;
                match kind {
                    graphql::NodeKind::DepartmentReport => reporting::acted_on(reader, id).await?,
                    graphql::NodeKind::JointReport => reporting::joint_acted_on(reader, id).await?,
                    kind => follow_up::acted_on(reader, kind, id).await?,
                }
            }
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) | (_, Some(_), Some(_)) => {
                let message = message!("administration-one-place");
                return Err(RequestError::bad_request(message).into());
            }
            (department, committee, None) => place_by_code(reader, department.as_deref(), committee.as_deref())
                .await?
                .map(|place| ActedOn { place, duties: None }),
        })
    }
}

impl AccessExplanation {
    /// Why the user may or may not use `right` there; `None` when there is no such user or place.
    pub(super) async fn of(
        reader: &Arc<Reader>,
        user_id: Uuid,
        right: Right,
        place: ExplainedPlace,
        language: Language,
    ) -> Result<Option<Self>> {
        let Some(ActedOn { place, duties }) = place.found(reader).await? else {
            return Ok(None);
        };
        let policy = reader.actor().policy();
        let Some(found) = Explanation::of(reader, policy, user_id, right, place).await? else {
            return Ok(None);
        };
        let separation = match duties {
            None => None,
            Some((duties, those)) => Some(DutySeparation {
                duties,
                rule: duties.rule().in_language(language),
                refuses: same_hands(reader, user_id, &those).await?,
            }),
        };
        let separated = separation
            .as_ref()
            .is_some_and(|separation| separation.refuses && separates(right));
        Ok(Some(Self {
            allowed: found.allowed && !separated,
            right,
            active: found.active,
            policy_number: reader.actor().policy_number(),
            grounds: grounds(reader, found.grounds),
            separation,
        }))
    }
}

/// Whether a right is for the second of two separated steps.
fn separates(right: Right) -> bool {
    matches!(
        right,
        Right::AssessmentReview | Right::FindingVerify | Right::DepartmentReportPropose
    )
}

fn grounds(reader: &Arc<Reader>, found: Vec<Ground>) -> Vec<AccessGround> {
    found
        .into_iter()
        .map(|ground| {
            let (role_assignment, service_permission) = match ground.held {
                Held::Role(row) => (Some(RoleAssignment::single(reader, row)), None),
                Held::Permission(row) => (None, Some(ServicePermission::single(reader, row))),
            };
            AccessGround {
                verdict: ground.verdict,
                role_assignment,
                service_permission,
                rule: ground.rule.map(|rule| rule.to_string()),
                invariant: ground.invariant,
            }
        })
        .collect()
}
