use super::ReminderRequest;
use crate::{
    graphql::{Caller, Date, DateTime, Result, Row},
    organisation::User,
    reminders::{reasons::told, store},
    work::subject_kind,
};
use async_graphql::{Context, ID, Object};
use entity::{ReminderStage, ReminderStatus, WorkItemKind, reminder};

/// A reminder (påminnelse) of one thing to one person, by e-mail. All that one person is reminded of at a time comes in one
/// mail.
#[derive(Clone)]
pub struct Reminder(Row<reminder::Model>);

impl From<Row<reminder::Model>> for Reminder {
    fn from(row: Row<reminder::Model>) -> Self {
        Self(row)
    }
}

/// A reminder (påminnelse) of one thing to one person, by e-mail. All that one person is reminded of at a time comes in one
/// mail.
#[Object]
impl Reminder {
    /// Who is reminded.
    async fn user(&self) -> Result<User> {
        Ok(self.0.must(store::UserOfReminder).await?.into())
    }

    /// What is to be done.
    async fn kind(&self) -> WorkItemKind {
        self.0.kind
    }

    /// The global id of what it is to be done to, for `node`: of a follow-up, an assessment, a finding, a corrective action, a
    /// report, a control plan or a change of access, as the kind says.
    async fn subject_id(&self) -> ID {
        subject_kind(self.0.kind).encode(self.0.subject_id)
    }

    /// The day it is due; null when it has none.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// Before it is due, after, or asked for.
    async fn stage(&self) -> ReminderStage {
        self.0.stage
    }

    /// The day that it was planned for.
    async fn planned_for(&self) -> Date {
        Date(self.0.planned_for)
    }

    /// What the coordinator asked for, when it was; for those who ask and those who see who was reminded.
    async fn request(&self) -> Result<Option<ReminderRequest>> {
        Ok(self.0.one(store::RequestOfReminder).await?.map(Into::into))
    }

    /// How far it has come.
    async fn status(&self) -> ReminderStatus {
        self.0.status
    }

    /// How often a server process began to send it.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// When it is tried next; null when it is not.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        (self.0.status == ReminderStatus::Pending).then_some(DateTime(self.0.next_attempt_at))
    }

    /// Whether it may have been sent once more than it should: a server process ended between handing it to the mail server and
    /// saying so, or before that.
    async fn perhaps_twice(&self) -> bool {
        self.0.perhaps_twice
    }

    /// Why it was not sent, or not yet; null when there is no reason to state.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let language = Caller::of(ctx)?.language();
        let reason = self.0.reason.as_deref();
        Ok(reason.map(|reason| told(reason, self.0.attempts, language)))
    }

    /// When the mail server took it; null when it did not.
    async fn sent_at(&self) -> Option<DateTime> {
        self.0.sent_at.map(DateTime)
    }

    /// When it was planned.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

impl Reminder {
    /// The objects of rows that were read together.
    pub(super) fn all(reader: &std::sync::Arc<crate::access::Reader>, rows: Vec<reminder::Model>) -> Vec<Self> {
        crate::graphql::objects(Row::all(reader, rows))
    }
}
