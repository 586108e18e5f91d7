//! Roll-ups in the API.

mod tally;

pub use tally::{CompletenessCount, OpenFindingCount, OverdueCount, RatingDistribution, TrendCount, UncheckedCount};

use crate::graphql::limits::{expected, list_cost};
use crate::{
    access::Reader,
    graphql::{Date, RequestError, Result},
    organisation::Department,
    planning::{ControlPoint, RatingLevel, parse_year},
    reporting::store::{self, RollUpFilter, TrendTally},
};
use async_graphql::{InputObject, Object};
use entity::ControlScope;
use std::sync::Arc;

/// The most years that are rolled up at a time.
const MOST_YEARS: usize = 10;

/// What a roll-up is of.
#[derive(Clone, Debug, InputObject)]
pub struct RollUpInput {
    /// The calendar years, one to ten.
    pub years: Vec<i32>,
    /// The code of the committee that is answered to at the occasion; left out: the whole municipality.
    pub committee_code: Option<String>,
    /// The reporting occasion's code, the same in each year; left out: each year's last, annual one.
    pub occasion: Option<String>,
    /// Shared points alone, or departments' own alone; left out: both.
    pub scope: Option<ControlScope>,
}

impl TryFrom<RollUpInput> for RollUpFilter {
    type Error = RequestError;

    fn try_from(input: RollUpInput) -> Result<Self, RequestError> {
        if input.years.is_empty() {
            return Err(RequestError::bad_request(message!("reporting-no-years")));
        }
        if input.years.len() > MOST_YEARS {
            return Err(RequestError::limit(message!(
                "reporting-too-many-years",
                found = input.years.len(),
                limit = MOST_YEARS
            )));
        }
        let years = input.years.into_iter().map(parse_year).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            years,
            committee: input.committee_code,
            occasion: input.occasion,
            scope: input.scope,
        })
    }
}

/// How the internal control of a municipality or a committee stands, counted across departments, in one year or several.
/// It counts what you see, and nothing that is withheld from you.
#[derive(Clone)]
pub struct RollUp {
    reader: Arc<Reader>,
    filter: RollUpFilter,
}

impl RollUp {
    pub(super) fn new(reader: Arc<Reader>, filter: RollUpFilter) -> Self {
        Self { reader, filter }
    }
}

/// How the internal control of a municipality or a committee stands, counted across departments, in one year or several.
/// It counts what you see, and nothing that is withheld from you.
#[Object]
impl RollUp {
    /// How many reviewed assessments were given each rating at the occasion, by year, best first.
    #[graphql(complexity = "list_cost(expected::SCALE, child_complexity)")]
    async fn ratings(&self) -> Result<Vec<RatingDistribution>> {
        let tallies = store::ratings(&self.reader, &self.filter).await?;
        let (levels, counts): (Vec<_>, Vec<_>) = tallies
            .into_iter()
            .map(|tally| (tally.rating, (tally.year, tally.count)))
            .unzip();
        let levels = RatingLevel::all(&self.reader, levels).into_iter().zip(counts);
        Ok(levels
            .map(|(rating, (year, count))| RatingDistribution { year, rating, count })
            .collect())
    }

    /// How far each department has come at the occasion with the points of its plans that you follow up, by year, in the
    /// municipality's order. Of departments that you see in the joint follow-up alone, it counts the shared points.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    async fn completeness(&self) -> Result<Vec<CompletenessCount>> {
        let tallies = store::completeness(&self.reader, &self.filter).await?;
        let rows = tallies.iter().map(|tally| tally.department.clone()).collect();
        let departments = Department::all(&self.reader, rows).into_iter().zip(tallies);
        Ok(departments
            .map(|(department, tally)| CompletenessCount {
                year: tally.year,
                department,
                expected: tally.expected,
                reported: tally.reported,
                started: tally.started,
                missing: tally.missing,
            })
            .collect())
    }

    /// How many of a department's points have no check, whether they are followed up or not, by year, in the
    /// municipality's order: those with any.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    async fn points_without_checks(&self) -> Result<Vec<UncheckedCount>> {
        let mut tallies = store::completeness(&self.reader, &self.filter).await?;
        tallies.retain(|tally| tally.unchecked > 0);
        let rows = tallies.iter().map(|tally| tally.department.clone()).collect();
        let departments = Department::all(&self.reader, rows).into_iter().zip(tallies);
        Ok(departments
            .map(|(department, tally)| UncheckedCount {
                year: tally.year,
                department,
                count: tally.unchecked,
            })
            .collect())
    }

    /// How many findings nothing has been done about (`OPEN`, `ACTION_PLANNED`), by year, severity and area, the most
    /// serious first.
    #[graphql(complexity = "list_cost(expected::POINTS, child_complexity)")]
    async fn open_findings(&self) -> Result<Vec<OpenFindingCount>> {
        let tallies = store::open_findings(&self.reader, &self.filter).await?;
        Ok(tallies.into_iter().map(OpenFindingCount::from).collect())
    }

    /// How many actions should have been done by now and are not, by year and department in the municipality's order:
    /// whatever the occasion and scope.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    async fn overdue_actions(&self) -> Result<Vec<OverdueCount>> {
        let tallies = store::overdue_actions(&self.reader, &self.filter).await?;
        let rows = tallies.iter().filter_map(|tally| tally.department.clone()).collect();
        let mut departments = Department::all(&self.reader, rows).into_iter();
        Ok(tallies
            .into_iter()
            .map(|tally| OverdueCount {
                year: tally.year,
                department: tally.department.and_then(|_| departments.next()),
                count: tally.count,
                oldest_due_on: tally.oldest.map(Date),
            })
            .collect())
    }

    /// How many departments went which way with a point since the year before, by year and point.
    #[graphql(complexity = "list_cost(expected::POINTS, child_complexity)")]
    async fn trends_by_point(&self) -> Result<Vec<TrendCount>> {
        let tallies = store::trends_by_point(&self.reader, &self.filter).await?;
        let rows = tallies.iter().map(|tally| tally.of.clone()).collect();
        let points = ControlPoint::all(&self.reader, rows).into_iter().zip(tallies);
        Ok(points.map(|(point, tally)| trend(tally, Some(point), None)).collect())
    }

    /// How many points went which way in a department since the year before, by year and department in the municipality's
    /// order.
    #[graphql(complexity = "list_cost(expected::DEPARTMENTS, child_complexity)")]
    async fn trends_by_department(&self) -> Result<Vec<TrendCount>> {
        let tallies = store::trends_by_department(&self.reader, &self.filter).await?;
        let rows = tallies.iter().map(|tally| tally.of.clone()).collect();
        let departments = Department::all(&self.reader, rows).into_iter().zip(tallies);
        Ok(departments
            .map(|(department, tally)| trend(tally, None, Some(department)))
            .collect())
    }
}

fn trend<M>(tally: TrendTally<M>, point: Option<ControlPoint>, department: Option<Department>) -> TrendCount {
    TrendCount {
        year: tally.year,
        point,
        department,
        improved: tally.improved,
        unchanged: tally.unchanged,
        worsened: tally.worsened,
    }
}
