//! What a joint report says once it is submitted.
//!
//! What is marked confidential when it is submitted is not in it at all: a joint report is for the board and the public.
//! What is marked later is withheld from then on, as in the departments' reports.

use super::{FORMAT, FrozenOccasion, FrozenRatingLevel, FrozenUnit, Marks, Onlooker};
use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::ConfidentialReads,
    graphql::{Date, Withheld},
    reporting::rules::JointCellState,
};
use async_graphql::SimpleObject;
use entity::{ReportStatus, Trend};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A joint report as it was submitted. Nothing changes it; what was marked confidential, then or later, is withheld.
#[derive(Clone, Debug, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenJointReport {
    #[graphql(skip)]
    pub(in crate::reporting) format: u32,
    /// The control year.
    pub(in crate::reporting) year: i32,
    /// The occasion that it reports at.
    pub(in crate::reporting) occasion: FrozenOccasion,
    /// The department that compiled it.
    pub(in crate::reporting) department: FrozenUnit,
    /// The executive board that it is for.
    pub(in crate::reporting) committee: FrozenUnit,
    /// The number of its case in the registry.
    pub(in crate::reporting) case_number: Option<String>,
    /// Its title.
    pub(in crate::reporting) title: String,
    /// The date that it bears.
    pub(in crate::reporting) dated: Option<Date>,
    /// The background.
    pub(in crate::reporting) background: Option<String>,
    /// The summary.
    pub(in crate::reporting) summary: Option<String>,
    /// The columns: the departments in the municipality's order.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    pub(in crate::reporting) departments: Vec<FrozenUnit>,
    /// The rows: the shared points in the order of the shared plan.
    #[graphql(complexity = "list_cost(expected::POINTS, child_complexity)")]
    pub(in crate::reporting) points: Vec<FrozenJointPoint>,
    /// The departments' own reports at the occasion, as far as they had come: whoever reads the joint report learns who
    /// had reported, also of reports that they do not see.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    pub(in crate::reporting) reports: Vec<FrozenReportReference>,
    /// The departments that had not reported everything, and why.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    pub(in crate::reporting) gaps: Vec<FrozenJointGap>,
}

/// A shared point as it was when the joint report was submitted.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenJointPoint {
    /// Its number in the shared plan.
    pub(in crate::reporting) number: i32,
    /// Its title.
    pub(in crate::reporting) title: String,
    /// How many departments had reported.
    pub(in crate::reporting) reported: i32,
    /// How many were expected to: all but those that were exempt.
    pub(in crate::reporting) expected: i32,
    /// One cell for each department, in the order of `departments`.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    pub(in crate::reporting) cells: Vec<FrozenJointCell>,
}

/// One department's work on one shared point as it was when the joint report was submitted.
#[derive(Clone, Debug, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenJointCell {
    #[graphql(skip)]
    pub(in crate::reporting) department_id: Uuid,
    #[graphql(skip)]
    pub(in crate::reporting) follow_up_id: Option<Uuid>,
    #[graphql(skip)]
    pub(in crate::reporting) assessment_id: Option<Uuid>,
    /// The assessment of the year before that the trend compares with; none where the trend was stated.
    #[graphql(skip)]
    #[serde(default)]
    pub(in crate::reporting) compared_with: Option<Uuid>,
    #[graphql(skip)]
    pub(in crate::reporting) ground: Option<String>,
    #[graphql(skip)]
    pub(in crate::reporting) findings: Vec<Uuid>,
    /// The department's code.
    pub(in crate::reporting) department_code: String,
    /// How it stood.
    pub(in crate::reporting) state: JointCellState,
    /// The rating; null when none was given, or it is withheld.
    pub(in crate::reporting) rating: Option<FrozenRatingLevel>,
    /// The development since the year before.
    pub(in crate::reporting) trend: Option<Trend>,
    /// How many of its findings nothing was done about; those that are withheld from you are not counted.
    pub(in crate::reporting) open_findings: i32,
    /// Not null: the assessment is confidential and not for you.
    #[serde(skip)]
    pub(in crate::reporting) withheld: Option<Withheld>,
}

/// A department's own report as far as it had come when the joint report was submitted.
#[derive(Clone, Debug, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenReportReference {
    /// The department.
    pub(in crate::reporting) department: FrozenUnit,
    /// The committee that it was for.
    pub(in crate::reporting) committee: FrozenUnit,
    /// How far it had come.
    pub(in crate::reporting) status: ReportStatus,
    /// The hash of its content, if it was submitted.
    pub(in crate::reporting) content_hash: Option<String>,
}

/// A department that had not reported everything.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenJointGap {
    /// The department.
    pub(in crate::reporting) department: FrozenUnit,
    /// Why.
    pub(in crate::reporting) explanation: String,
}

impl Default for FrozenJointReport {
    fn default() -> Self {
        Self {
            format: FORMAT,
            year: 0,
            occasion: FrozenOccasion::default(),
            department: FrozenUnit::default(),
            committee: FrozenUnit::default(),
            case_number: None,
            title: String::new(),
            dated: None,
            background: None,
            summary: None,
            departments: Vec::new(),
            points: Vec::new(),
            reports: Vec::new(),
            gaps: Vec::new(),
        }
    }
}

impl FrozenJointReport {
    fn cells(&self) -> impl Iterator<Item = &FrozenJointCell> {
        self.points.iter().flat_map(|point| &point.cells)
    }

    /// What in it may be confidential by now, as of a department's report: its assessments and findings.
    pub(in crate::reporting) fn confidential_ids(&self) -> [Vec<Uuid>; 5] {
        let assessments = self
            .cells()
            .flat_map(|cell| [cell.assessment_id, cell.compared_with])
            .flatten()
            .collect();
        let findings = self.cells().flat_map(|cell| cell.findings.iter().copied()).collect();
        [assessments, Vec::new(), Vec::new(), findings, Vec::new()]
    }

    /// The content as `onlooker` may see it; what is confidential and goes into an answer is noted in `reads`.
    pub(in crate::reporting) fn opened(
        mut self,
        marks: &Marks,
        onlooker: &Onlooker,
        reads: &ConfidentialReads,
    ) -> Self {
        for cell in self.points.iter_mut().flat_map(|point| &mut point.cells) {
            cell.open(marks, onlooker, reads);
        }
        self
    }
}

impl FrozenJointCell {
    fn open(&mut self, marks: &Marks, onlooker: &Onlooker, reads: &ConfidentialReads) {
        let sees_all = match self.follow_up_id {
            Some(follow_up) => onlooker.sees_all(self.department_id, follow_up),
            None => onlooker.sees_all_of(self.department_id),
        };
        // What was confidential when it was submitted is not in it, for nobody.
        let then = self.ground.take();
        let now = self.assessment_id.and_then(|id| marks.ground(id, None));
        match (then, now) {
            (Some(ground), _) => self.withheld = Some(Withheld { ground }),
            (None, Some(ground)) if !sees_all => {
                self.rating = None;
                self.trend = None;
                self.withheld = Some(Withheld { ground });
            }
            (None, Some(_)) => {
                if let Some(id) = self.assessment_id {
                    reads.note("assessment", id);
                }
            }
            (None, None) => {}
        }
        self.open_trend(marks, sees_all, reads);
        let marked = self.findings.iter().filter(|id| marks.ground(**id, None).is_some());
        if sees_all {
            marked.for_each(|id| reads.note("finding", *id));
        } else {
            let marked = i32::try_from(marked.count()).unwrap_or(i32::MAX);
            self.open_findings = self.open_findings.saturating_sub(marked);
        }
    }

    /// A trend gives away the rating of the year before that it compares with.
    fn open_trend(&mut self, marks: &Marks, sees_all: bool, reads: &ConfidentialReads) {
        let Some(before) = self.compared_with.filter(|_| self.trend.is_some()) else {
            return;
        };
        match marks.ground(before, None) {
            Some(_) if sees_all => reads.note("assessment", before),
            Some(_) => self.trend = None,
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Reach;
    use std::collections::HashMap;

    const GROUND: &str = "OSL 18 kap. 8 §";

    fn cell() -> FrozenJointCell {
        FrozenJointCell {
            department_id: Uuid::now_v7(),
            follow_up_id: Some(Uuid::now_v7()),
            assessment_id: Some(Uuid::now_v7()),
            compared_with: Some(Uuid::now_v7()),
            ground: None,
            findings: vec![Uuid::now_v7(), Uuid::now_v7()],
            department_code: "KSF".to_owned(),
            state: JointCellState::Reported,
            rating: Some(FrozenRatingLevel::default()),
            trend: Some(Trend::Improved),
            open_findings: 2,
            withheld: None,
        }
    }

    fn onlooker(department: Option<Uuid>) -> Onlooker {
        Onlooker {
            confidential: Reach {
                departments: department.into_iter().collect(),
                ..Reach::default()
            },
            internal: true,
        }
    }

    fn opened(cell: &FrozenJointCell, marks: &Marks, onlooker: &Onlooker) -> FrozenJointCell {
        let mut cell = cell.clone();
        cell.open(marks, onlooker, &ConfidentialReads::default());
        cell
    }

    #[test]
    fn what_is_marked_later_is_withheld_from_who_may_not_read_it() {
        let cell = cell();
        let (assessment, finding) = (cell.assessment_id.unwrap_or_default(), cell.findings[0]);
        let marks = Marks(HashMap::from([
            (assessment, Some(GROUND.to_owned())),
            (finding, Some(GROUND.to_owned())),
            (cell.findings[1], None),
        ]));
        let outside = opened(&cell, &marks, &onlooker(None));
        assert!(outside.rating.is_none() && outside.trend.is_none());
        assert_eq!(outside.open_findings, 1);
        assert_eq!(
            outside.withheld.map(|withheld| withheld.ground),
            Some(GROUND.to_owned())
        );
        assert_eq!(outside.state, JointCellState::Reported);
        let own = opened(&cell, &marks, &onlooker(Some(cell.department_id)));
        assert!(own.rating.is_some() && own.withheld.is_none());
        assert_eq!(own.open_findings, 2);
    }

    #[test]
    fn a_trend_is_withheld_with_what_it_compares_with() {
        let cell = cell();
        let before = cell.compared_with.unwrap_or_default();
        let marks = Marks(HashMap::from([(before, Some(GROUND.to_owned()))]));
        let outside = opened(&cell, &marks, &onlooker(None));
        assert!(outside.trend.is_none() && outside.rating.is_some() && outside.withheld.is_none());
        let own = opened(&cell, &marks, &onlooker(Some(cell.department_id)));
        assert!(own.trend.is_some());
    }

    #[test]
    fn what_was_marked_when_it_was_submitted_is_not_in_it() {
        let marked = FrozenJointCell {
            ground: Some(GROUND.to_owned()),
            rating: None,
            trend: None,
            ..cell()
        };
        let own = opened(&marked, &Marks::default(), &onlooker(Some(marked.department_id)));
        assert_eq!(own.withheld.map(|withheld| withheld.ground), Some(GROUND.to_owned()));
    }
}
