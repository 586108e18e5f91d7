use super::Reminder;
use crate::{
    access::Reader,
    graphql::{Connection, NodeKind, PageArguments, RequestError, Result, decode, page_cost, reader, wants_total},
    reminders::store::{self, Wanted},
};
use async_graphql::{Context, ID, InputObject, Object};
use entity::{ReminderStage, ReminderStatus};
use std::sync::Arc;

/// The queries of reminders.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReminderQuery;

/// Which reminders are asked for. What is left out, or null, does not narrow.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ReminderFilter {
    /// Only those to this user.
    user_id: Option<ID>,
    /// Only those that have come this far.
    status: Option<Vec<ReminderStatus>>,
    /// Only those of this stage.
    stage: Option<ReminderStage>,
    /// Only those of something at this reporting occasion.
    occasion_id: Option<ID>,
    /// Only those that this request of the coordinator's brought about.
    request_id: Option<ID>,
    /// Only those of something to be done to this.
    subject_id: Option<ID>,
}

impl ReminderFilter {
    fn wanted(self) -> Result<Wanted> {
        let row = |kind: NodeKind, id: Option<ID>| {
            id.map(|id| kind.decode(&id))
                .transpose()
                .map_err(|error| RequestError::bad_request(error.message()))
        };
        let subject = self.subject_id.map(|id| decode(&id)).transpose();
        let subject = subject.map_err(|error| RequestError::bad_request(error.message()))?;
        Ok(Wanted {
            user_id: row(NodeKind::User, self.user_id)?,
            status: self.status.unwrap_or_default(),
            stage: self.stage,
            occasion_id: row(NodeKind::ReportingOccasion, self.occasion_id)?,
            request_id: row(NodeKind::ReminderRequest, self.request_id)?,
            subject_id: subject.map(|(_, id)| id),
        })
    }
}

#[Object]
impl ReminderQuery {
    /// Who was reminded of what, when and with which outcome, the newest first: for the coordinator and the auditor. Others
    /// see their own reminders.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn reminders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones; left out: all.")] filter: Option<ReminderFilter>,
        #[graphql(desc = "How many: 20 when left out, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Reminder>> {
        let page = PageArguments::forward(first, after).page()?;
        let wanted = filter.unwrap_or_default().wanted()?;
        let reader = reader(ctx).await?;
        let visible = store::visible_reminders(&reader);
        let (slice, total) = store::reminder_page(&reader, visible, wanted, &page, wants_total(ctx)).await?;
        Ok(Connection::of(&reader, slice, total, Reminder::all))
    }
}

/// A page of the reader's own reminders, the newest first.
///
/// # Errors
/// When the page's arguments are wrong, or the database fails.
pub(crate) async fn my_reminders(
    reader: &Arc<Reader>,
    arguments: PageArguments,
    total: bool,
) -> Result<Connection<Reminder>> {
    let page = arguments.page()?;
    let own = store::own_reminders(reader);
    let (slice, total) = store::reminder_page(reader, own, Wanted::default(), &page, total).await?;
    Ok(Connection::of(reader, slice, total, Reminder::all))
}
