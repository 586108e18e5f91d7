//! What bodies propose and decide.

use sea_orm::entity::prelude::*;

use crate::{DecisionStage, Relation};

/// A body's treatment of a case at a meeting (beslut, §). Section, date and number may all be
/// missing in the source.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case it was taken in.
    pub case_file_id: Option<Uuid>,
    /// The report it concerns.
    pub department_report_id: Option<Uuid>,
    /// The control plan it concerns.
    pub control_plan_id: Option<Uuid>,
    /// Whether it proposes or decides.
    pub stage: DecisionStage,
    /// Who proposes or decides, as the source names it.
    pub body: String,
    /// The committee, when the body is one.
    pub committee_id: Option<Uuid>,
    /// The department, when the body is one.
    pub department_id: Option<Uuid>,
    /// The day of the meeting.
    pub meeting_date: Option<Date>,
    /// The earliest day the meeting may have been held.
    pub meeting_earliest: Option<Date>,
    /// The latest day the meeting may have been held.
    pub meeting_latest: Option<Date>,
    /// When the meeting was held, as the source says it, such as "end of May".
    pub meeting_text: Option<String>,
    /// Its number in the minutes, without the "§".
    pub section: Option<String>,
    /// Its number in the body's list of decisions.
    pub decision_number: Option<String>,
    /// The source's own wording, where it contradicts itself.
    pub stated_as: Option<String>,
    /// The hash of the content that was decided on, in hexadecimal.
    pub content_hash: Option<String>,
    /// The user who recorded it.
    pub recorded_by: Option<Uuid>,
    /// Counts its changes from 1, so that a writer can tell whether it read the latest.
    pub version: i32,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
