//! The tables of Samsyn as SeaORM entities, one module a table.
//!
//! Every row belongs to a municipality: `municipality_id` leads each key, and each reference to
//! another row is the pair of `municipality_id` and the column that names it.
//!
//! - municipality: [`municipality`]
//! - organisation: [`committee`], [`department`], [`department_committee`],
//!   [`department_succession`], [`user_account`], [`role_assignment`]
//! - access: [`user_identity`], [`service_permission`], [`service_token`], [`policy_version`],
//!   [`access_change`]
//! - planning: [`control_year`], [`reporting_occasion`], [`rating_level`], [`risk_level`],
//!   [`risk`], [`control_point`], [`risk_control_point`], [`control_plan`], [`plan_point`],
//!   [`exemption`], [`scheduled_time`], [`carry_over`]
//! - follow-up: [`follow_up`], [`follow_up_performer`], [`assessment`], [`control_check`],
//!   [`check_follow_up`], [`check_department`], [`review`], [`review_follow_up`], [`finding`],
//!   [`corrective_action`], [`action_extension`]
//! - reporting: [`department_report`], [`report_author`], [`report_gap`], [`joint_report`],
//!   [`joint_report_author`], [`joint_report_gap`], [`joint_report_decision`]
//! - decisions: [`case_file`], [`document`], [`decision`], [`decision_item`], [`recipient`],
//!   [`decision_note`], [`decision_correction`], [`dispatch`]
//! - secrecy: [`secrecy_event`]
//! - work: [`reminder`], [`reminder_request`], [`reminder_day`]
//! - attachments: [`attachment`], [`loose_object`]
//! - audit and exchange: [`audit_head`], [`audit_event`], [`outbox_event`], [`idempotency_key`]

pub mod access_change;
pub mod action_extension;
pub mod assessment;
pub mod attachment;
pub mod audit_event;
pub mod audit_head;
pub mod carry_over;
pub mod case_file;
pub mod check_department;
pub mod check_follow_up;
pub mod committee;
pub mod control_check;
pub mod control_plan;
pub mod control_point;
pub mod control_year;
pub mod corrective_action;
pub mod decision;
pub mod decision_correction;
pub mod decision_item;
pub mod decision_note;
pub mod department;
pub mod department_committee;
pub mod department_report;
pub mod department_succession;
pub mod dispatch;
pub mod document;
pub mod exemption;
pub mod finding;
pub mod follow_up;
pub mod follow_up_performer;
pub mod idempotency_key;
pub mod joint_report;
pub mod joint_report_author;
pub mod joint_report_decision;
pub mod joint_report_gap;
pub mod loose_object;
pub mod municipality;
pub mod outbox_event;
pub mod plan_point;
pub mod policy_version;
pub mod rating_level;
pub mod recipient;
pub mod reminder;
pub mod reminder_day;
pub mod reminder_request;
pub mod report_author;
pub mod report_gap;
pub mod reporting_occasion;
pub mod review;
pub mod review_follow_up;
pub mod risk;
pub mod risk_control_point;
pub mod risk_level;
pub mod role_assignment;
pub mod scheduled_time;
pub mod secrecy_event;
pub mod service_permission;
pub mod service_token;
pub mod user_account;
pub mod user_identity;

mod enums;
mod relation;
mod string_list;

pub use enums::{
    AccessChangeStatus, CarryOverKind, CarryOverStatus, CommitteeKind, ControlPlanStatus, ControlScope,
    ControlYearPhase, CorrectiveActionOrigin, CorrectiveActionStatus, DecisionItemNature, DecisionNoteKind,
    DecisionOutcome, DecisionStage, DepartmentKind, DispatchStatus, Effort, FindingStatus, FollowUpStatus, Language,
    RatingBasis, ReminderStage, ReminderStatus, ReportStatus, RiskTreatment, Role, Severity, Trend, UserKind,
    WorkItemKind,
};
pub use relation::Relation;
pub use string_list::StringList;
