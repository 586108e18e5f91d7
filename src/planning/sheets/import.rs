use super::{PointRow, RiskRow, point, risk};
use crate::{
    access::{Gate, Reader, Right},
    language::Message,
    planning::commands::{ImportControlPlan, ImportControlPoints, ImportRisks, Looked, look_at_points, look_at_risks},
    spreadsheet::{Column, Filled, Table},
    use_case::{Failure, Request, UseCase, run},
};
use std::sync::{Arc, OnceLock};

/// The kinds of sheet that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportKind {
    /// Risks.
    Risks,
    /// Control points, in whatever plans they are.
    ControlPoints,
    /// A plan with its points.
    ControlPlan,
}

impl ImportKind {
    /// Every kind.
    pub(crate) const ALL: [Self; 3] = [Self::Risks, Self::ControlPoints, Self::ControlPlan];

    /// Its name, in addresses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Risks => "risks",
            Self::ControlPoints => "control-points",
            Self::ControlPlan => "control-plan",
        }
    }

    /// The kind with a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What it is called, for people.
    pub(crate) fn title(self) -> Message {
        match self {
            Self::Risks => message!("spreadsheet-risks"),
            Self::ControlPoints => message!("spreadsheet-control-points"),
            Self::ControlPlan => message!("spreadsheet-control-plan"),
        }
    }

    /// What the audit log calls it.
    pub(crate) const fn operation(self) -> &'static str {
        match self {
            Self::Risks => ImportRisks::NAME,
            Self::ControlPoints => ImportControlPoints::NAME,
            Self::ControlPlan => ImportControlPlan::NAME,
        }
    }

    /// The rights that its rows take, each where the row is: without any of them nobody imports anything.
    pub(crate) const fn rights(self) -> &'static [Right] {
        match self {
            Self::Risks => &[Right::RiskWrite],
            Self::ControlPoints | Self::ControlPlan => &[Right::ControlPlanWrite, Right::SharedPlanWrite],
        }
    }

    /// Its columns.
    pub(crate) fn columns(self) -> &'static [Column] {
        match self {
            Self::Risks => risk::COLUMNS,
            Self::ControlPoints => point::POINT_COLUMNS,
            Self::ControlPlan => point::PLAN_COLUMNS,
        }
    }
}

/// What a sheet is imported to.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The calendar year of the control year.
    pub(crate) year: i32,
    /// The code of the department that rows are of which name none.
    pub(crate) department_code: Option<String>,
    /// The code of the committee whose plan it is, where the department has several.
    pub(crate) committee_code: Option<String>,
}

/// What an import does, or would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// How many rows become something new.
    pub(crate) created: usize,
    /// How many change something.
    pub(crate) changed: usize,
    /// How many say what is there already.
    pub(crate) unchanged: usize,
}

/// A sheet's rows on their way in.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    target: Target,
    rows: Rows,
}

#[derive(Clone, Debug)]
enum Rows {
    Risks(Vec<RiskRow>),
    Points(Vec<PointRow>),
    Plan(Vec<PointRow>),
}

impl Import {
    /// The rows of a sheet, and the sheet with what is wrong in its cells.
    pub(crate) fn of(kind: ImportKind, target: Target, table: Table) -> (Self, Filled) {
        let mut filled = Filled::of(table, kind.columns());
        let rows = match kind {
            ImportKind::Risks => Rows::Risks(RiskRow::all(&mut filled)),
            ImportKind::ControlPoints => Rows::Points(PointRow::all(&mut filled)),
            ImportKind::ControlPlan => Rows::Plan(PointRow::all(&mut filled)),
        };
        (Self { target, rows }, filled)
    }

    /// What it would do, as the reader's to do; nothing is done.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn look(&self, reader: &Reader) -> Result<Looked, Failure> {
        Ok(match &self.rows {
            Rows::Risks(rows) => look_at_risks(reader, &self.target, rows).await?.told(),
            Rows::Points(rows) => look_at_points(reader, &self.target, rows, false).await?.told(),
            Rows::Plan(rows) => look_at_points(reader, &self.target, rows, true).await?.told(),
        })
    }

    /// Does it: all of it or nothing.
    ///
    /// # Errors
    /// Everything that stands in its way, with a path of `rows`, the row from 0 and the column; or when the database fails.
    pub(crate) async fn carry_out(self, gate: &Gate, request: Request) -> Result<Counts, Failure> {
        let told = Arc::<OnceLock<Counts>>::default();
        let (target, done) = (self.target, Arc::clone(&told));
        match self.rows {
            Rows::Risks(rows) => run(gate, request, ImportRisks { target, rows, done }).await?,
            Rows::Points(rows) => run(gate, request, ImportControlPoints { target, rows, done }).await?,
            Rows::Plan(rows) => run(gate, request, ImportControlPlan { target, rows, done }).await?,
        };
        Ok(told.get().copied().unwrap_or_default())
    }
}
