//! Who is who.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What sort of body of elected members a committee is.
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
pub enum CommitteeKind {
    /// The municipal council (fullmäktige), above all other committees.
    Council,
    /// The municipal executive board (kommunstyrelse), which also follows up the shared control
    /// points of the whole municipality.
    ExecutiveBoard,
    /// A committee with an area of its own (nämnd).
    Committee,
    /// A working committee (utskott): prepares matters for its parent committee.
    WorkingCommittee,
}

/// What sort of unit a department is.
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
pub enum DepartmentKind {
    /// A department of the administration (förvaltning).
    Department,
    /// A part of a department (avdelning, enhet).
    Section,
    /// A company owned by the municipality (kommunalt bolag).
    Company,
}

/// What a user may do, within the department, committee or municipality the role is assigned for.
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
pub enum Role {
    /// Leads internal control in the whole municipality (internkontrollsamordnare): opens and
    /// closes control years, owns the shared plan and compiles the joint follow-up.
    Coordinator,
    /// Leads internal control in a department (förvaltningscontroller): drafts its risks, points
    /// and plan, reviews its follow-ups and submits its report.
    DepartmentController,
    /// Carries out the follow-ups they are assigned to (kontrollutförare): registers checks,
    /// findings and actions, and assesses.
    Performer,
    /// Heads a department (förvaltningschef): reviews follow-ups, accepts findings and proposes
    /// the plan and the report to the committee.
    DepartmentHead,
    /// Records what a committee proposes and decides (nämndsekreterare).
    CommitteeSecretary,
    /// An elected member (förtroendevald): reads what is laid before the committee.
    CommitteeMember,
    /// Keeps the registry (registrator): case numbers, documents, secrecy marks, and what is
    /// published.
    Registrar,
    /// Audits the municipality (kommunrevisor): reads everything, confidential content too, and
    /// changes nothing.
    Auditor,
    /// Administers the system (systemförvaltare): organisation, users and roles, but no content.
    Administrator,
}
