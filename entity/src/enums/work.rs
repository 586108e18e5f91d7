//! What somebody has to do, and being reminded of it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Something that somebody has to do.
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WorkItemKind {
    /// Perform a check whose scheduled time has come (utföra kontroll).
    PerformCheck,
    /// Assess a follow-up at an occasion (bedöma).
    Assess,
    /// Assess a follow-up again, whose assessment the reviewer sent back (bedöma på nytt).
    Reassess,
    /// Review an assessment that somebody else made (granska).
    Review,
    /// Plan what is done about an open finding (planera åtgärd).
    PlanAction,
    /// Say that a finding is resolved, whose actions are all done (åtgärdad).
    ResolveFinding,
    /// Verify that a finding is resolved, as somebody else said (verifiera).
    VerifyFinding,
    /// Carry out a corrective action (åtgärda).
    MendAction,
    /// Verify a corrective action that somebody else carried out (verifiera).
    VerifyAction,
    /// Begin the report of a department with an adopted plan at an occasion (påbörja slutredovisning).
    BeginReport,
    /// Finish and submit a department report (lämna in).
    SubmitReport,
    /// Take up a report that was referred back (återremiss).
    ReopenReport,
    /// Lay a submitted report before its committee (föreslå).
    ProposeReport,
    /// Record what the committee proposes or decides about a report (protokollföra).
    RecordDecision,
    /// Release a decided report to the public (publicera).
    PublishReport,
    /// Begin the joint report at an occasion of a year whose shared plan is adopted (påbörja gemensam rapport).
    BeginJointReport,
    /// Finish and submit a joint report (lämna in).
    SubmitJointReport,
    /// Take up a joint report that was referred back (återremiss).
    ReopenJointReport,
    /// Lay a submitted joint report before the executive board (föreslå).
    ProposeJointReport,
    /// Record what the executive board, or who prepares for it, makes of a joint report (protokollföra).
    RecordJointDecision,
    /// Release a decided joint report to the public (publicera).
    PublishJointReport,
    /// Send a decision to a recipient, or send it again after it failed (expediera).
    SendDispatch,
    /// Find out what became of a delivery whose fate is not known (reda ut).
    ClarifyDispatch,
    /// Decide what comes along from the year before (besluta om överföring).
    DecideCarryOvers,
    /// Write a control plan that is a draft (upprätta plan).
    WritePlan,
    /// Lay a control plan before its committee (föreslå plan).
    ProposePlan,
    /// Record what the committee made of a control plan (protokollföra).
    RecordPlanDecision,
    /// Start the follow-ups of an adopted plan's points (starta uppföljningar).
    StartFollowUps,
    /// Say who performs a follow-up that nobody is assigned to (utse kontrollutförare).
    AssignPerformers,
    /// Approve or reject a change of access that another administrator proposed (godkänna).
    ApproveAccessChange,
}

/// When, counted from the day that something is due, somebody is reminded of it.
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReminderStage {
    /// A number of days before it is due, or on the day itself.
    BeforeDue,
    /// A number of days after it was due.
    Overdue,
    /// When the coordinator asked for it.
    Requested,
}

/// How far a reminder has come.
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReminderStatus {
    /// It is planned, or is tried again later.
    Pending,
    /// A server process is handing it to the mail server.
    Sending,
    /// The mail server took it.
    Sent,
    /// It was given up, for the reason that is stated.
    Failed,
    /// Nothing was sent: by then there was no work to be reminded of, or nobody to send it to.
    Obsolete,
    /// Sending it was interrupted twice: whether the mail server took it is not known, and it is not tried again.
    Unknown,
}

/// A language that texts for people are written in.
#[derive(
    DeriveActiveEnum,
    EnumIter,
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    async_graphql::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Language {
    /// Swedish (svenska).
    Sv,
    /// English (engelska).
    En,
}
