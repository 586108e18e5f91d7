use super::{FORMAT, FrozenFollowUp, FrozenOccasion};
use crate::graphql::Date;
use crate::graphql::limits::{expected, list_cost};
use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};

/// A report as it was submitted. Nothing changes it; what was marked confidential, then or later, is withheld.
#[derive(Clone, Debug, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenReport {
    #[graphql(skip)]
    pub(in crate::reporting) format: u32,
    /// The control year.
    pub(in crate::reporting) year: i32,
    /// The occasion that it reports at.
    pub(in crate::reporting) occasion: FrozenOccasion,
    /// The department.
    pub(in crate::reporting) department: FrozenUnit,
    /// The committee that it is for.
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
    /// The follow-ups in the order of the plan.
    #[graphql(complexity = "list_cost(expected::POINTS, child_complexity)")]
    pub(in crate::reporting) follow_ups: Vec<FrozenFollowUp>,
    /// The points that were submitted without a reviewed assessment, and why.
    #[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]
    pub(in crate::reporting) gaps: Vec<FrozenGap>,
}

/// A department or committee as it was called when the report was submitted.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenUnit {
    /// Its code.
    pub(in crate::reporting) code: String,
    /// Its name.
    pub(in crate::reporting) name: String,
}

/// A point that was submitted without a reviewed assessment.
#[derive(Clone, Debug, Default, Serialize, Deserialize, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct FrozenGap {
    /// Its number in the department's plan.
    pub(in crate::reporting) number: i32,
    /// The point's title.
    pub(in crate::reporting) title: String,
    /// Why it was not reviewed.
    pub(in crate::reporting) explanation: String,
}

impl Default for FrozenReport {
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
            follow_ups: Vec::new(),
            gaps: Vec::new(),
        }
    }
}
