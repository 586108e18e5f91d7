use crate::{
    access::Reader,
    follow_up::FollowUp,
    organisation::Department,
    planning::RatingLevel,
    reporting::{rules::JointCellState, store::CellSecrets},
};
use async_graphql::{ComplexObject, SimpleObject};
use entity::Trend;
use std::sync::Arc;

/// One department's work on one shared point at the occasion.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct JointCell {
    /// The department.
    pub(super) department: Department,
    /// How it stands.
    pub(super) state: JointCellState,
    /// The follow-up; null when there is none, or it is not visible to you.
    pub(super) follow_up: Option<FollowUp>,
    #[graphql(skip)]
    pub(super) rating: Option<RatingLevel>,
    #[graphql(skip)]
    pub(super) trend: Option<Trend>,
    #[graphql(skip)]
    pub(super) open_findings: i32,
    #[graphql(skip)]
    pub(super) secrets: Secrets,
}

/// What a cell tells of confidential things, and to whom.
#[derive(Clone)]
pub(super) struct Secrets {
    pub(super) reader: Arc<Reader>,
    pub(super) of: CellSecrets,
}

impl Secrets {
    /// Notes that the rating went into the answer.
    pub(super) fn note_rating(&self) {
        if let Some(id) = self.of.assessment {
            self.reader.reads().note("assessment", id);
        }
    }

    fn note_before(&self) {
        if let Some(id) = self.of.before {
            self.reader.reads().note("assessment", id);
        }
    }

    fn note_findings(&self) {
        for id in &self.of.findings {
            self.reader.reads().note("finding", *id);
        }
    }
}

#[ComplexObject]
impl JointCell {
    /// The rating, once it is reported; null when none was given, or it is withheld from you.
    async fn rating(&self) -> Option<&RatingLevel> {
        self.secrets.note_rating();
        self.rating.as_ref()
    }

    /// The development since the year before, once it is reported: as stated, or by rank on the scale.
    async fn trend(&self) -> Option<Trend> {
        self.secrets.note_rating();
        self.secrets.note_before();
        self.trend
    }

    /// How many of its findings nothing was done about yet (`OPEN`, `ACTION_PLANNED`); those that you do not see, and
    /// those that are withheld from you, are not counted.
    async fn open_findings(&self) -> i32 {
        self.secrets.note_findings();
        self.open_findings
    }
}
