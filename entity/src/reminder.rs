//! Who was reminded of what.

use sea_orm::entity::prelude::*;

use crate::{Relation, ReminderStage, ReminderStatus, WorkItemKind};

/// A reminder (påminnelse) of one piece of work to one user, by e-mail. What is to be done, the day that it is due and the
/// stage tell it from every other of the user's: however many server processes plan it, there is one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder")]
pub struct Model {
    /// The municipality it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// Its identity within the municipality.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who is reminded.
    pub user_id: Uuid,
    /// What is to be done.
    pub kind: WorkItemKind,
    /// What it is to be done to: of which table, the kind says.
    pub subject_id: Uuid,
    /// The reporting occasion at which; the subject itself where there is none.
    pub occasion_id: Uuid,
    /// The day it is due; none when it has none.
    pub due_on: Option<Date>,
    /// `due_on` to tell reminders apart by: 9999-12-31 when there is none.
    pub due_key: Date,
    /// Before it is due, after, or asked for.
    pub stage: ReminderStage,
    /// The day that it was planned for: `due_on` less or plus the stage's days, or the day it was asked for.
    pub planned_for: Date,
    /// What the coordinator asked for, when it was.
    pub reminder_request_id: Option<Uuid>,
    /// How far it has come.
    pub status: ReminderStatus,
    /// How often a server process began to send it.
    pub attempts: i32,
    /// Not before this moment is it sent, or sent again, by the real time.
    pub next_attempt_at: DateTimeUtc,
    /// Until when, by the real time, the server process that sends it has it to itself.
    pub leased_until: Option<DateTimeUtc>,
    /// The mail that it is in: the id of one of its reminders. Kept when it is tried again.
    pub mail_id: Option<Uuid>,
    /// Whether a server process ended between handing it to the mail server and saying so, or before: it may have been sent
    /// once more than it should.
    pub perhaps_twice: bool,
    /// Why it was not sent, when it was not.
    pub reason: Option<String>,
    /// When the mail server took it.
    pub sent_at: Option<DateTimeUtc>,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
