use super::{FollowUp, withheld::withheld};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::Sealed,
    attachments::{Attachment, AttachmentsOfCheck},
    follow_up::store::{self, FollowUpRow},
    graphql::{NodeKind, PartialDate, Result, Row, Withheld, objects},
    row_object,
};
use async_graphql::{ID, Object};
use entity::control_check;

/// A check (kontroll, granskning): one performed control. Zero deviations and none stated are different things. Where
/// it is `withheld`, everything but its id and follow-ups is null.
#[derive(Clone)]
pub struct Check {
    row: Row<Sealed<control_check::Model>>,
    follow_up: Option<Row<FollowUpRow>>,
}

row_object!(Check: Sealed<control_check::Model>, load: store::visible_checks_by_id);

impl From<Row<Sealed<control_check::Model>>> for Check {
    fn from(row: Row<Sealed<control_check::Model>>) -> Self {
        Self { row, follow_up: None }
    }
}

impl Check {
    /// A check that was reached from its follow-up.
    pub(super) fn of(row: Row<Sealed<control_check::Model>>, follow_up: &Row<FollowUpRow>) -> Self {
        Self {
            row,
            follow_up: Some(follow_up.clone()),
        }
    }

    fn content(&self) -> Option<&control_check::Model> {
        self.row.content()
    }
}

/// A check (kontroll, granskning): one performed control. Zero deviations and none stated are different things. Where
/// it is `withheld`, everything but its id and follow-ups is null.
#[Object]
impl Check {
    /// Its global id.
    pub(crate) async fn id(&self) -> ID {
        NodeKind::Check.encode(self.row.outside(|check| check.id))
    }

    /// The follow-up that it was reached through, otherwise the first of those that it shows in and you can see. Null for
    /// the public when it is withheld.
    async fn follow_up(&self) -> Result<Option<FollowUp>> {
        if !self.row.is_readable() && !self.row.reader().is_internal() {
            return Ok(None);
        }
        if let Some(follow_up) = &self.follow_up {
            return Ok(Some(follow_up.clone().into()));
        }
        Ok(self.row.one(store::FollowUpsOfCheck).await?.map(Into::into))
    }

    /// The follow-ups that it shows in, those that you can see: several of one that was performed centrally. Empty for the
    /// public when it is withheld.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    async fn follow_ups(&self) -> Result<Vec<FollowUp>> {
        if !self.row.is_readable() && !self.row.reader().is_internal() {
            return Ok(Vec::new());
        }
        Ok(objects(self.row.many(store::FollowUpsOfCheck).await?))
    }

    /// Whether it was performed centrally: once, for several departments.
    async fn central(&self) -> Option<bool> {
        Some(self.content()?.control_point_id.is_some())
    }

    /// What was checked.
    async fn title(&self) -> Option<&String> {
        self.content().map(|check| &check.title)
    }

    /// How it was checked.
    async fn method(&self) -> Option<&String> {
        self.content()?.method.as_ref()
    }

    /// The function that performed it, perhaps another department's, such as "Ekonomiavdelningen".
    async fn performed_by(&self) -> Option<&String> {
        self.content()?.performed_by.as_ref()
    }

    /// When it was performed.
    async fn performed_on(&self) -> Option<PartialDate> {
        let check = self.content()?;
        PartialDate::of(
            check.performed_earliest,
            check.performed_latest,
            check.performed_text.as_ref(),
        )
    }

    /// How many there were to check; null when not stated.
    async fn population(&self) -> Option<i32> {
        self.content()?.population
    }

    /// How many were checked; null when not stated.
    async fn sample_size(&self) -> Option<i32> {
        self.content()?.sample_size
    }

    /// How many of them deviated; null when not stated, which is not none.
    async fn deviations(&self) -> Option<i32> {
        self.content()?.deviations
    }

    /// Why those were chosen.
    async fn selection_motive(&self) -> Option<&String> {
        self.content()?.selection_motive.as_ref()
    }

    /// The result in words.
    async fn result(&self) -> Option<&String> {
        self.content()?.result.as_ref()
    }

    /// Whether the result was satisfactory; null when not stated.
    async fn satisfactory(&self) -> Option<bool> {
        self.content()?.satisfactory
    }

    /// The files that are attached to it, the oldest first.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    async fn attachments(&self) -> Result<Vec<Attachment>> {
        if self.content().is_none() {
            return Ok(Vec::new());
        }
        Ok(objects(self.row.many(AttachmentsOfCheck).await?))
    }

    /// The ground that it is confidential on, for who may read it nevertheless: a warning to be shown with it.
    async fn secrecy_ground(&self) -> Option<&String> {
        self.content()?.secrecy_ground.as_ref()
    }

    /// Not null: confidential, and not for you.
    async fn withheld(&self) -> Option<Withheld> {
        withheld(&self.row, |check| check.secrecy_ground.as_ref())
    }

    /// Counts its changes: what `expectedVersion` is compared with.
    async fn version(&self) -> Option<i32> {
        Some(self.content()?.version)
    }
}
