//! The use cases of sheets of control points, and of a plan with its points.

mod change;
mod look;
mod places;
mod risks;

use super::{
    control_point::{CreateControlPointInput, NamedForPoint, UpdateControlPointInput},
    sheet::Looked,
};
use crate::{
    access::Permit,
    graphql::NodeKind,
    planning::sheets::{Counts, PointRow, Target},
    use_case::{Failure, Problem, Transaction, UseCase},
};
use entity::{control_plan, control_point, control_year};
pub(crate) use look::look_at_points;
use places::Placing;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// The control points of a sheet.
#[derive(Clone, Debug)]
pub(crate) struct ImportControlPoints {
    /// Where they go.
    pub(crate) target: Target,
    /// The rows.
    pub(crate) rows: Vec<PointRow>,
    /// Is told what was done.
    pub(crate) done: Arc<OnceLock<Counts>>,
}

/// A plan that is in a sheet: its points, and their places in it.
#[derive(Clone, Debug)]
pub(crate) struct ImportControlPlan {
    /// Whose plan it is.
    pub(crate) target: Target,
    /// The rows.
    pub(crate) rows: Vec<PointRow>,
    /// Is told what was done.
    pub(crate) done: Arc<OnceLock<Counts>>,
}

/// What becomes of the rows.
#[derive(Debug, Default)]
pub(crate) struct PointSteps {
    year: Option<control_year::Model>,
    steps: Vec<Step>,
    /// The plan that they have places in.
    plan: Option<(Permit, control_plan::Model)>,
    places: Placing,
    counts: Counts,
    problems: Vec<Problem>,
}

/// What becomes of a row whose point is not as it says.
#[derive(Debug)]
enum Step {
    Create(Permit, Box<NewPoint>),
    Change(Permit, Box<(control_point::Model, UpdateControlPointInput)>),
}

/// A new point, and which row it is in.
#[derive(Debug)]
struct NewPoint {
    row: u32,
    department_id: Option<Uuid>,
    risks: Vec<Uuid>,
    input: CreateControlPointInput,
}

impl PointSteps {
    /// What is told of it.
    pub(crate) fn told(self) -> Looked {
        Looked {
            counts: self.counts,
            problems: self.problems,
        }
    }

    async fn carry_out(self, tx: &mut Transaction) -> Result<Uuid, Failure> {
        let Some(year) = self.year else {
            return Err(Problem::not_found("year", NodeKind::ControlYear).into());
        };
        let mut places = self.places;
        for step in self.steps {
            match step {
                Step::Create(permit, new) => {
                    let named = NamedForPoint::known(year.clone(), new.department_id, new.risks);
                    let id = new.input.perform(tx, permit, named).await?;
                    places.made(new.row, id);
                }
                Step::Change(permit, change) => {
                    let (point, input) = *change;
                    input.perform(tx, permit, point).await?;
                }
            }
        }
        match self.plan {
            Some((permit, plan)) => places.carry_out(tx, &permit, plan).await,
            None => Ok(year.id),
        }
    }
}

impl UseCase for ImportControlPoints {
    const NAME: &'static str = "importControlPoints";
    type Subject = PointSteps;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, PointSteps), Failure> {
        let steps = look_at_points(tx.reader(), &self.target, &self.rows, false).await?;
        permitted(tx, steps)
    }

    async fn perform(self, tx: &mut Transaction, _: Permit, steps: PointSteps) -> Result<Uuid, Failure> {
        let counts = steps.counts;
        let id = steps.carry_out(tx).await?;
        let _ = self.done.set(counts);
        Ok(id)
    }
}

impl UseCase for ImportControlPlan {
    const NAME: &'static str = "importControlPlan";
    type Subject = PointSteps;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, PointSteps), Failure> {
        let steps = look_at_points(tx.reader(), &self.target, &self.rows, true).await?;
        permitted(tx, steps)
    }

    async fn perform(self, tx: &mut Transaction, _: Permit, steps: PointSteps) -> Result<Uuid, Failure> {
        let counts = steps.counts;
        let id = steps.carry_out(tx).await?;
        let _ = self.done.set(counts);
        Ok(id)
    }
}

/// Each step has the leave that it takes.
fn permitted(tx: &Transaction, steps: PointSteps) -> Result<(Permit, PointSteps), Failure> {
    if !steps.problems.is_empty() {
        return Err(Failure::Problems(steps.problems));
    }
    let own = tx.reader().actor().own().ok_or(Failure::Unauthenticated)?;
    Ok((own, steps))
}
