//! The use cases of sheets of control points, and of a plan with its points.

mod change;
mod look;
mod places;
mod risks;

use super::{
    control_point::{CreateControlPointInput, NamedForPoint, UpdateControlPointInput},
    sheet::{Looked, leave},
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

    /// Does it, and tells `done` what was done.
    async fn carry_out(self, tx: &mut Transaction, done: &OnceLock<Counts>) -> Result<Uuid, Failure> {
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
        let id = match self.plan {
            Some((permit, plan)) => places.carry_out(tx, &permit, plan).await?,
            None => year.id,
        };
        // It is told once, by the one transaction that there is.
        let _ = done.set(self.counts);
        Ok(id)
    }
}

impl UseCase for ImportControlPoints {
    const NAME: &'static str = "importControlPoints";
    type Subject = PointSteps;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, PointSteps), Failure> {
        let steps = look_at_points(tx.reader(), &self.target, &self.rows, false).await?;
        Ok((leave(tx, &steps.problems)?, steps))
    }

    async fn perform(self, tx: &mut Transaction, _: Permit, steps: PointSteps) -> Result<Uuid, Failure> {
        steps.carry_out(tx, &self.done).await
    }
}

impl UseCase for ImportControlPlan {
    const NAME: &'static str = "importControlPlan";
    type Subject = PointSteps;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, PointSteps), Failure> {
        let steps = look_at_points(tx.reader(), &self.target, &self.rows, true).await?;
        Ok((leave(tx, &steps.problems)?, steps))
    }

    async fn perform(self, tx: &mut Transaction, _: Permit, steps: PointSteps) -> Result<Uuid, Failure> {
        steps.carry_out(tx, &self.done).await
    }
}
