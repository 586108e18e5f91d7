use crate::language::Term;
use std::{fmt, str::FromStr};

/// What a policy rule can allow: an action on a kind of object.
///
/// The list is closed: a rule that names another pair is refused when the policy is loaded, and an operation of the
/// API that needs none of these does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, async_graphql::Enum)]
#[repr(u8)]
pub enum Right {
    /// Create and change committees, departments and which committee a department answers to.
    OrganisationManage,
    /// See the municipality's users and their role assignments.
    UserRead,
    /// Create and change users and their role assignments.
    UserManage,
    /// Open and close control years; their occasions, scales and exemptions.
    ControlYearManage,
    /// Write the shared plan and its points.
    SharedPlanWrite,
    /// Read control plans and their points.
    ControlPlanRead,
    /// Draft a department's control plan and its points.
    ControlPlanWrite,
    /// Propose a control plan to the committee.
    ControlPlanPropose,
    /// Register and change risks.
    RiskWrite,
    /// Read follow-ups and what hangs on them.
    FollowUpRead,
    /// Start follow-ups and assign their performers.
    FollowUpStart,
    /// Register checks, reviews by others, findings and corrective actions.
    EvidenceWrite,
    /// Accept a finding's risk without mending it.
    FindingAccept,
    /// Verify that a finding or an action is dealt with.
    FindingVerify,
    /// Assess a follow-up.
    AssessmentAssess,
    /// Review an assessment made by somebody else.
    AssessmentReview,
    /// Read department reports.
    DepartmentReportRead,
    /// Write a department report.
    DepartmentReportWrite,
    /// Submit a department report.
    DepartmentReportSubmit,
    /// Propose a department report to its committee.
    DepartmentReportPropose,
    /// Release a decided report to the public.
    DepartmentReportPublish,
    /// Read the joint follow-up.
    JointFollowUpRead,
    /// Compile and submit the joint report.
    JointReportWrite,
    /// Read case files, and what documents and decisions they have.
    CaseFileRead,
    /// Record case files.
    CaseFileWrite,
    /// Record documents.
    DocumentWrite,
    /// Record proposals and decisions.
    DecisionRecord,
    /// Send decisions to their recipients, and record what became of that.
    DispatchWrite,
    /// Set and lift secrecy marks.
    SecrecyMarkWrite,
    /// Read confidential content of follow-ups.
    ConfidentialRead,
    /// Read confidential documents.
    ConfidentialDocumentRead,
    /// Propose a department report that one has written.
    DepartmentReportProposeOwn,
    /// See the policy, and propose and approve changes of it.
    PolicyManage,
    /// Read the audit log.
    AuditLogRead,
    /// Remind others of what waits for them.
    ReminderSend,
    /// See who was reminded of what.
    ReminderRead,
    /// Register and change checks that are performed centrally, in whichever departments they show.
    CentralCheckWrite,
}

impl Right {
    /// Every right, in the order of its number.
    pub const ALL: [Self; 37] = [
        Self::OrganisationManage,
        Self::UserRead,
        Self::UserManage,
        Self::ControlYearManage,
        Self::SharedPlanWrite,
        Self::ControlPlanRead,
        Self::ControlPlanWrite,
        Self::ControlPlanPropose,
        Self::RiskWrite,
        Self::FollowUpRead,
        Self::FollowUpStart,
        Self::EvidenceWrite,
        Self::FindingAccept,
        Self::FindingVerify,
        Self::AssessmentAssess,
        Self::AssessmentReview,
        Self::DepartmentReportRead,
        Self::DepartmentReportWrite,
        Self::DepartmentReportSubmit,
        Self::DepartmentReportPropose,
        Self::DepartmentReportPublish,
        Self::JointFollowUpRead,
        Self::JointReportWrite,
        Self::CaseFileRead,
        Self::CaseFileWrite,
        Self::DocumentWrite,
        Self::DecisionRecord,
        Self::DispatchWrite,
        Self::SecrecyMarkWrite,
        Self::ConfidentialRead,
        Self::ConfidentialDocumentRead,
        Self::DepartmentReportProposeOwn,
        Self::PolicyManage,
        Self::AuditLogRead,
        Self::ReminderSend,
        Self::ReminderRead,
        Self::CentralCheckWrite,
    ];

    /// The object and the action that policy rules name it by.
    #[must_use]
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::OrganisationManage => ("organisation", "manage"),
            Self::UserRead => ("user", "read"),
            Self::UserManage => ("user", "manage"),
            Self::ControlYearManage => ("control_year", "manage"),
            Self::SharedPlanWrite => ("shared_plan", "write"),
            Self::ControlPlanRead => ("control_plan", "read"),
            Self::ControlPlanWrite => ("control_plan", "write"),
            Self::ControlPlanPropose => ("control_plan", "propose"),
            Self::RiskWrite => ("risk", "write"),
            Self::FollowUpRead => ("follow_up", "read"),
            Self::FollowUpStart => ("follow_up", "start"),
            Self::EvidenceWrite => ("evidence", "write"),
            Self::FindingAccept => ("finding", "accept"),
            Self::FindingVerify => ("finding", "verify"),
            Self::AssessmentAssess => ("assessment", "assess"),
            Self::AssessmentReview => ("assessment", "review"),
            Self::DepartmentReportRead => ("department_report", "read"),
            Self::DepartmentReportWrite => ("department_report", "write"),
            Self::DepartmentReportSubmit => ("department_report", "submit"),
            Self::DepartmentReportPropose => ("department_report", "propose"),
            Self::DepartmentReportPublish => ("department_report", "publish"),
            Self::JointFollowUpRead => ("joint_follow_up", "read"),
            Self::JointReportWrite => ("joint_report", "write"),
            Self::CaseFileRead => ("case_file", "read"),
            Self::CaseFileWrite => ("case_file", "write"),
            Self::DocumentWrite => ("document", "write"),
            Self::DecisionRecord => ("decision", "record"),
            Self::DispatchWrite => ("dispatch", "write"),
            Self::SecrecyMarkWrite => ("secrecy_mark", "write"),
            Self::ConfidentialRead => ("confidential", "read"),
            Self::ConfidentialDocumentRead => ("confidential_document", "read"),
            Self::DepartmentReportProposeOwn => ("department_report", "propose_own"),
            Self::PolicyManage => ("policy", "manage"),
            Self::AuditLogRead => ("audit_log", "read"),
            Self::ReminderSend => ("reminder", "send"),
            Self::ReminderRead => ("reminder", "read"),
            Self::CentralCheckWrite => ("central_check", "write"),
        }
    }

    /// The right that policy rules name so.
    #[must_use]
    pub fn named(object: &str, action: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.names() == (object, action))
    }

    /// Whether it only lets somebody read.
    #[must_use]
    pub fn only_reads(self) -> bool {
        self.names().1 == "read"
    }

    /// Whether it lets somebody read what is confidential: the audit log has values before and after of everything.
    #[must_use]
    pub const fn reads_confidential(self) -> bool {
        matches!(
            self,
            Self::ConfidentialRead | Self::ConfidentialDocumentRead | Self::AuditLogRead
        )
    }

    /// Whether it is for keeping the system: who is who, and who may do what.
    #[must_use]
    pub const fn administers(self) -> bool {
        matches!(
            self,
            Self::OrganisationManage | Self::UserRead | Self::UserManage | Self::PolicyManage
        )
    }

    /// It as messages name it: by the name that rules of a policy have.
    #[must_use]
    pub fn term(self) -> Term {
        Term::value(self).named(self.to_string())
    }

    pub(super) const fn bit(self) -> u64 {
        1 << self as u8
    }
}

/// The text names no right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no right \"{0}\": a right is written as object:action, such as follow_up:read")]
pub struct UnknownRight(String);

impl FromStr for Right {
    type Err = UnknownRight;

    /// The right that is displayed as `text`.
    fn from_str(text: &str) -> Result<Self, UnknownRight> {
        text.split_once(':')
            .and_then(|(object, action)| Self::named(object, action))
            .ok_or_else(|| UnknownRight(text.to_owned()))
    }
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (object, action) = self.names();
        write!(f, "{object}:{action}")
    }
}
