use crate::{
    access::Reader,
    database::StoreError,
    follow_up::{CorrectiveAction, FollowUp},
    graphql::{Date, Lookup, Result},
    reporting::DepartmentReport,
    work::{
        rules::{WorkItemKind, why},
        store::WorkRow,
    },
};
use async_graphql::Object;
use std::{collections::HashMap, sync::Arc};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Something that you have to do.
#[derive(Clone)]
pub struct WorkItem {
    row: WorkRow,
    page: Arc<Page>,
}

/// What the items of a page are about, read together when one of them is asked for it.
struct Page {
    follow_ups: About<FollowUp>,
    reports: About<DepartmentReport>,
    actions: About<CorrectiveAction>,
}

/// Objects of one kind, by id.
struct About<T> {
    reader: Arc<Reader>,
    ids: Vec<Uuid>,
    found: OnceCell<HashMap<Uuid, T>>,
}

impl<T: Lookup + Clone> About<T> {
    fn of(reader: &Arc<Reader>, ids: impl Iterator<Item = Uuid>) -> Self {
        let mut ids: Vec<Uuid> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        Self {
            reader: Arc::clone(reader),
            ids,
            found: OnceCell::new(),
        }
    }

    async fn get(&self, id: Option<Uuid>) -> Result<Option<T>> {
        let Some(id) = id else { return Ok(None) };
        let found = self
            .found
            .get_or_try_init(|| async {
                let found = T::lookup_all(&self.reader, self.ids.clone()).await?;
                Ok::<_, StoreError>(found.into_iter().collect())
            })
            .await?;
        Ok(found.get(&id).cloned())
    }
}

impl WorkItem {
    /// The items of rows that were read together.
    pub(super) fn all(reader: &Arc<Reader>, rows: Vec<WorkRow>) -> Vec<Self> {
        let page = Arc::new(Page {
            follow_ups: About::of(reader, rows.iter().filter_map(|row| row.follow_up_id)),
            reports: About::of(reader, rows.iter().filter_map(|row| row.report_id)),
            actions: About::of(reader, rows.iter().filter_map(|row| row.action_id)),
        });
        rows.into_iter()
            .map(|row| Self {
                row,
                page: Arc::clone(&page),
            })
            .collect()
    }
}

/// Something that you have to do.
#[Object]
impl WorkItem {
    /// What is to be done.
    async fn kind(&self) -> WorkItemKind {
        self.row.kind
    }

    /// Why it is here, for people.
    async fn why(&self) -> String {
        let row = &self.row;
        why(row.kind, &row.about, &row.department, row.occasion.as_deref())
    }

    /// The day it is due: the occasion's, or the corrective action's. Null when there is none.
    async fn due_on(&self) -> Option<Date> {
        self.row.due_on.map(Date)
    }

    /// The follow-up that it is about.
    async fn follow_up(&self) -> Result<Option<FollowUp>> {
        self.page.follow_ups.get(self.row.follow_up_id).await
    }

    /// The report that it is about.
    async fn report(&self) -> Result<Option<DepartmentReport>> {
        self.page.reports.get(self.row.report_id).await
    }

    /// The corrective action that is to be carried out.
    async fn action(&self) -> Result<Option<CorrectiveAction>> {
        self.page.actions.get(self.row.action_id).await
    }
}
