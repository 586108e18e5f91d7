use crate::{
    access::Reader,
    administration::AccessChange,
    database::StoreError,
    decisions::Dispatch,
    follow_up::{CorrectiveAction, Finding, FollowUp},
    graphql::{Caller, Date, Lookup, NodeKind, Result},
    planning::{ControlPlan, ControlYear},
    reporting::{DepartmentReport, JointReport},
    work::{
        rules::{About as Words, subject_kind, why},
        store::WorkRow,
    },
};
use async_graphql::{Context, Object};
use entity::WorkItemKind;
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
    findings: About<Finding>,
    joint_reports: About<JointReport>,
    dispatches: About<Dispatch>,
    years: About<ControlYear>,
    plans: About<ControlPlan>,
    access_changes: About<AccessChange>,
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
        let subjects = |kind: NodeKind| rows.iter().filter_map(move |row| subject(row, kind));
        let page = Arc::new(Page {
            follow_ups: About::of(reader, rows.iter().filter_map(|row| row.follow_up_id)),
            reports: About::of(reader, subjects(NodeKind::DepartmentReport)),
            actions: About::of(reader, subjects(NodeKind::CorrectiveAction)),
            findings: About::of(reader, subjects(NodeKind::Finding)),
            joint_reports: About::of(reader, subjects(NodeKind::JointReport)),
            dispatches: About::of(reader, subjects(NodeKind::Dispatch)),
            years: About::of(reader, subjects(NodeKind::ControlYear)),
            plans: About::of(reader, subjects(NodeKind::ControlPlan)),
            access_changes: About::of(reader, subjects(NodeKind::AccessChange)),
        });
        rows.into_iter()
            .map(|row| Self {
                row,
                page: Arc::clone(&page),
            })
            .collect()
    }
}

/// The subject of a row, if it is of a kind.
fn subject(row: &WorkRow, kind: NodeKind) -> Option<Uuid> {
    (subject_kind(row.kind) == kind).then_some(row.subject_id)
}

/// Something that you have to do.
#[Object]
impl WorkItem {
    /// What is to be done.
    async fn kind(&self) -> WorkItemKind {
        self.row.kind
    }

    /// Why it is here, for people: in the request's language.
    async fn why(&self, ctx: &Context<'_>) -> Result<String> {
        let row = &self.row;
        let about = Words {
            title: &row.about,
            department: row.department.as_deref(),
            occasion: row.occasion.as_deref(),
        };
        Ok(why(row.kind, about).in_language(Caller::of(ctx)?.language()))
    }

    /// The day it is due: the occasion's, the corrective action's, or the last of a check's scheduled time. Null when there is none.
    async fn due_on(&self) -> Option<Date> {
        self.row.due_on.map(Date)
    }

    /// The follow-up that it is about.
    async fn follow_up(&self) -> Result<Option<FollowUp>> {
        self.page.follow_ups.get(self.row.follow_up_id).await
    }

    /// The report that it is about.
    async fn report(&self) -> Result<Option<DepartmentReport>> {
        let id = subject(&self.row, NodeKind::DepartmentReport);
        self.page.reports.get(id).await
    }

    /// The joint report that it is about.
    async fn joint_report(&self) -> Result<Option<JointReport>> {
        let id = subject(&self.row, NodeKind::JointReport);
        self.page.joint_reports.get(id).await
    }

    /// The dispatch that is to be sent or cleared up.
    async fn dispatch(&self) -> Result<Option<Dispatch>> {
        self.page.dispatches.get(subject(&self.row, NodeKind::Dispatch)).await
    }

    /// The control year to which things are proposed to come along: `carryOvers` lists them.
    async fn control_year(&self) -> Result<Option<ControlYear>> {
        self.page.years.get(subject(&self.row, NodeKind::ControlYear)).await
    }

    /// The corrective action that is to be carried out or verified.
    async fn action(&self) -> Result<Option<CorrectiveAction>> {
        let id = subject(&self.row, NodeKind::CorrectiveAction);
        self.page.actions.get(id).await
    }

    /// The finding that is to be dealt with or verified.
    async fn finding(&self) -> Result<Option<Finding>> {
        self.page.findings.get(subject(&self.row, NodeKind::Finding)).await
    }

    /// The control plan that it is about.
    async fn plan(&self) -> Result<Option<ControlPlan>> {
        self.page.plans.get(subject(&self.row, NodeKind::ControlPlan)).await
    }

    /// The change of access that is to be decided on.
    async fn access_change(&self) -> Result<Option<AccessChange>> {
        let id = subject(&self.row, NodeKind::AccessChange);
        self.page.access_changes.get(id).await
    }
}
