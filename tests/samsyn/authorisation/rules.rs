//! The rules as they are told in words, applied to one row at a time, with casbin itself for what a role may do. Nothing
//! here is shared with the program but the tables and the form of a policy.

use std::collections::{BTreeMap, BTreeSet};

use casbin::{CoreApi, DefaultModel, Enforcer, StringAdapter};
use chrono::{DateTime, Utc};
use entity::{
    CommitteeKind, ControlPlanStatus, ControlScope, ReportStatus, Role, Severity, committee, control_plan,
    control_point, corrective_action, department, department_report, finding, follow_up, follow_up_performer,
    plan_point, risk, role_assignment, user_account,
};
use samsyn::access::{Place, Right};
use samsyn::graphql::NodeKind;
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::List;
use super::organisation::{Organisation, TODAY};

const MODEL: &str = include_str!("../../../src/access/policy/model.conf");

/// Everything that the rules look at.
pub(super) struct Rules {
    casbin: Enforcer,
    departments: BTreeMap<Uuid, department::Model>,
    committees: BTreeMap<Uuid, committee::Model>,
    assignments: Vec<role_assignment::Model>,
    performers: BTreeSet<(Uuid, Uuid)>,
    users: Vec<user_account::Model>,
    follow_ups: BTreeMap<Uuid, follow_up::Model>,
    findings: BTreeMap<Uuid, finding::Model>,
    actions: Vec<corrective_action::Model>,
    reports: Vec<department_report::Model>,
    plans: BTreeMap<Uuid, control_plan::Model>,
    points: Vec<control_point::Model>,
    plan_points: Vec<plan_point::Model>,
    risks: BTreeMap<Uuid, risk::Model>,
}

/// A row of a list, and whether its content is open.
type Shown = Vec<(Uuid, bool)>;

macro_rules! all {
    ($organisation:expr, $table:ident) => {
        $table::Entity::find()
            .filter($table::Column::MunicipalityId.eq($organisation.municipality_id))
            .all(&$organisation.connection)
            .await
            .expect(stringify!($table))
    };
}

macro_rules! by_id {
    ($organisation:expr, $table:ident) => {
        all!($organisation, $table)
            .into_iter()
            .map(|row| (row.id, row))
            .collect()
    };
}

impl Rules {
    pub(super) async fn of(organisation: &Organisation) -> Self {
        let model = DefaultModel::from_str(MODEL).await.expect("a model");
        let adapter = StringAdapter::new(&organisation.policy);
        Self {
            casbin: Enforcer::new(model, adapter).await.expect("a policy"),
            departments: by_id!(organisation, department),
            committees: by_id!(organisation, committee),
            assignments: all!(organisation, role_assignment),
            performers: all!(organisation, follow_up_performer)
                .into_iter()
                .map(|row| (row.follow_up_id, row.user_id))
                .collect(),
            users: all!(organisation, user_account),
            follow_ups: by_id!(organisation, follow_up),
            findings: by_id!(organisation, finding),
            actions: all!(organisation, corrective_action),
            reports: all!(organisation, department_report),
            plans: by_id!(organisation, control_plan),
            points: all!(organisation, control_point),
            plan_points: all!(organisation, plan_point),
            risks: by_id!(organisation, risk),
        }
    }

    pub(super) fn assignments_of(&self, user: Uuid) -> Vec<&role_assignment::Model> {
        self.assignments.iter().filter(|row| row.user_id == user).collect()
    }

    /// Whether a user has a right at a place: by an assignment that is in force, valid that day, reaches there, and whose
    /// role casbin gives the right.
    pub(super) fn may(&self, user: Uuid, right: Right, place: Place) -> bool {
        self.holding(user, right).any(|held| self.reaches(held, user, place))
    }

    fn holding(&self, user: Uuid, right: Right) -> impl Iterator<Item = &role_assignment::Model> {
        let (object, action) = right.names();
        self.assignments
            .iter()
            .filter(move |held| held.user_id == user && held.in_force)
            .filter(|held| held.valid_from <= TODAY && held.valid_to.is_none_or(|last| TODAY <= last))
            .filter(move |held| {
                let asked = (held.role.to_value(), object, action);
                self.casbin.enforce(asked).expect("an answer")
            })
    }

    fn reaches(&self, held: &role_assignment::Model, user: Uuid, place: Place) -> bool {
        if held.role == Role::Performer {
            return match place {
                Place::FollowUp { id, department_id } => {
                    self.performers.contains(&(id, user))
                        && held
                            .department_id
                            .is_none_or(|held| self.is_part_of(department_id, held))
                }
                _ => false,
            };
        }
        match (held.department_id, held.committee_id, place) {
            (None, None, _) => true,
            (Some(held), _, Place::Department(id) | Place::FollowUp { department_id: id, .. }) => {
                self.is_part_of(id, held)
            }
            (_, Some(held), Place::Committee(id)) => self.prepares_for(id, held),
            _ => false,
        }
    }

    fn is_part_of(&self, department: Uuid, whole: Uuid) -> bool {
        let parent = self.departments[&department].parent_id;
        department == whole || parent.is_some_and(|parent| self.is_part_of(parent, whole))
    }

    /// Whether a body is another one, or prepares its matters.
    fn prepares_for(&self, body: Uuid, other: Uuid) -> bool {
        let row = &self.committees[&body];
        body == other
            || row.kind == CommitteeKind::WorkingCommittee
                && row.parent_id.is_some_and(|parent| self.prepares_for(parent, other))
    }

    /// Whether a right is held for anything at all.
    fn anywhere(&self, who: Option<Uuid>, right: Right) -> bool {
        who.is_some_and(|user| {
            self.holding(user, right).any(|held| {
                held.role != Role::Performer || self.follow_ups.values().any(|row| self.reaches(held, user, of(row)))
            })
        })
    }

    fn everywhere(&self, who: Option<Uuid>, right: Right) -> bool {
        who.is_some_and(|user| self.may(user, right, Place::Municipality))
    }

    fn in_department(&self, who: Option<Uuid>, right: Right, department: Option<Uuid>) -> bool {
        who.zip(department)
            .is_some_and(|(user, id)| self.may(user, right, Place::Department(id)))
    }

    /// Whether a right is held for a committee: by its own assignments, not by those for everything.
    fn for_committee(&self, who: Option<Uuid>, right: Right, committee: Uuid) -> bool {
        who.is_some_and(|user| {
            self.holding(user, right).any(|held| {
                held.role != Role::Performer && held.committee_id.is_some_and(|held| self.prepares_for(committee, held))
            })
        })
    }

    /// Whether a report is laid before a body that they read for, the executive board's being all, or published.
    fn laid(&self, who: Option<Uuid>, report: &department_report::Model) -> bool {
        use ReportStatus::{Decided, Proposed, Recommended, ReferredBack};
        let right = Right::DepartmentReportRead;
        let board = |committee: &&committee::Model| committee.kind == CommitteeKind::ExecutiveBoard;
        let of_board = || {
            let mut boards = self.committees.values().filter(board);
            boards.any(|board| self.for_committee(who, right, board.id))
        };
        report.published_at.is_some()
            || matches!(report.status, Proposed | Recommended | Decided | ReferredBack)
                && (self.for_committee(who, right, report.committee_id) || of_board())
    }

    fn reports_of(&self, row: &follow_up::Model) -> impl Iterator<Item = &department_report::Model> {
        let (department, year) = (row.department_id, row.control_year_id);
        self.reports
            .iter()
            .filter(move |report| report.department_id == department && report.control_year_id == year)
    }

    fn sees_follow_up(&self, who: Option<Uuid>, row: &follow_up::Model) -> bool {
        who.is_some_and(|user| self.may(user, Right::FollowUpRead, of(row)))
            || self.reports_of(row).any(|report| self.laid(who, report))
    }

    /// What hangs on a follow-up: through a report, what was registered by its submission.
    fn sees_evidence(&self, who: Option<Uuid>, row: &follow_up::Model, registered: DateTime<Utc>) -> bool {
        who.is_some_and(|user| self.may(user, Right::FollowUpRead, of(row)))
            || self.reports_of(row).any(|report| {
                self.laid(who, report) && report.submitted_at.is_some_and(|submitted| registered <= submitted)
            })
    }

    fn reads_confidential(
        &self,
        who: Option<Uuid>,
        follow_up: Option<&follow_up::Model>,
        department: Option<Uuid>,
    ) -> bool {
        let right = Right::ConfidentialRead;
        self.everywhere(who, right)
            || self.in_department(who, right, department)
            || who
                .zip(follow_up)
                .is_some_and(|(user, row)| self.may(user, right, of(row)))
    }

    fn sees_plan(&self, who: Option<Uuid>, plan: &control_plan::Model) -> bool {
        let right = Right::ControlPlanRead;
        self.everywhere(who, right)
            || plan.scope == ControlScope::Shared && self.reads_shared(who)
            || self.in_department(who, right, plan.department_id)
            || plan.status != ControlPlanStatus::Draft && self.for_committee(who, right, plan.committee_id)
    }

    fn reads_shared(&self, who: Option<Uuid>) -> bool {
        self.anywhere(who, Right::ControlPlanRead) || self.anywhere(who, Right::FollowUpRead)
    }

    fn sees_point(&self, who: Option<Uuid>, point: &control_point::Model) -> bool {
        let right = Right::ControlPlanRead;
        let planned = || {
            let mut places = self
                .plan_points
                .iter()
                .filter(|place| place.control_point_id == point.id);
            self.committees.keys().any(|id| self.for_committee(who, right, *id))
                && places.any(|place| self.sees_plan(who, &self.plans[&place.control_plan_id]))
        };
        let mut followed_up = self.follow_ups.values().filter(|row| row.control_point_id == point.id);
        self.everywhere(who, right)
            || point.scope == ControlScope::Shared && self.reads_shared(who)
            || self.in_department(who, right, point.department_id)
            || followed_up.any(|row| self.sees_follow_up(who, row))
            || planned()
    }

    fn sees_risk(&self, who: Option<Uuid>, risk: &risk::Model) -> bool {
        let right = Right::ControlPlanRead;
        self.everywhere(who, right)
            || risk.department_id.is_none() && self.anywhere(who, right)
            || self.in_department(who, right, risk.department_id)
    }

    fn sees_action(&self, who: Option<Uuid>, action: &corrective_action::Model) -> bool {
        action
            .follow_up_id
            .is_some_and(|id| self.sees_evidence(who, &self.follow_ups[&id], action.created_at))
            || action
                .control_plan_id
                .is_some_and(|id| self.sees_plan(who, &self.plans[&id]))
            || action.risk_id.is_some_and(|id| self.sees_risk(who, &self.risks[&id]))
    }

    fn action_is_open(&self, who: Option<Uuid>, action: &corrective_action::Model) -> bool {
        let of_finding = action
            .finding_id
            .and_then(|id| self.findings[&id].secrecy_ground.as_ref());
        action.secrecy_ground.is_none() && of_finding.is_none()
            || self.reads_confidential(
                who,
                action.follow_up_id.map(|id| &self.follow_ups[&id]),
                action.department_id,
            )
    }

    fn findings(&self, who: Option<Uuid>) -> impl Iterator<Item = (&finding::Model, bool)> {
        self.findings.values().filter_map(move |row| {
            let follow_up = &self.follow_ups[&row.follow_up_id];
            let open = row.secrecy_ground.is_none()
                || self.reads_confidential(who, Some(follow_up), Some(follow_up.department_id));
            self.sees_evidence(who, follow_up, row.created_at)
                .then_some((row, open))
        })
    }

    /// What each list shows to somebody.
    pub(super) fn lists(&self, who: Option<Uuid>) -> Vec<(List, NodeKind, Shown)> {
        let shown = |ids: Vec<Uuid>| ids.into_iter().map(|id| (id, true)).collect::<Shown>();
        let severe = ", filter: { severity: [HIGH] }";
        let see_users = self.anywhere(who, Right::UserRead);
        vec![
            (
                ("followUps", "", false),
                NodeKind::FollowUp,
                shown(
                    self.follow_ups
                        .values()
                        .filter(|row| self.sees_follow_up(who, row))
                        .map(|row| row.id)
                        .collect(),
                ),
            ),
            (
                ("findings", "", true),
                NodeKind::Finding,
                self.findings(who).map(|(row, open)| (row.id, open)).collect(),
            ),
            (
                // What is withheld is matched by no filter: or the filter would tell what it is.
                ("findings", severe, true),
                NodeKind::Finding,
                self.findings(who)
                    .filter(|(row, open)| *open && row.severity == Some(Severity::High))
                    .map(|(row, open)| (row.id, open))
                    .collect(),
            ),
            (
                ("correctiveActions", "", true),
                NodeKind::CorrectiveAction,
                self.actions
                    .iter()
                    .filter(|row| self.sees_action(who, row))
                    .map(|row| (row.id, self.action_is_open(who, row)))
                    .collect(),
            ),
            (
                ("controlPoints", "", false),
                NodeKind::ControlPoint,
                shown(
                    self.points
                        .iter()
                        .filter(|row| self.sees_point(who, row))
                        .map(|row| row.id)
                        .collect(),
                ),
            ),
            (
                ("risks", "", false),
                NodeKind::Risk,
                shown(
                    self.risks
                        .values()
                        .filter(|row| self.sees_risk(who, row))
                        .map(|row| row.id)
                        .collect(),
                ),
            ),
            (
                ("users", "", false),
                NodeKind::User,
                shown(
                    self.users
                        .iter()
                        .filter(|row| see_users || who == Some(row.id))
                        .map(|row| row.id)
                        .collect(),
                ),
            ),
        ]
    }
}

fn of(row: &follow_up::Model) -> Place {
    Place::FollowUp {
        id: row.id,
        department_id: row.department_id,
    }
}
