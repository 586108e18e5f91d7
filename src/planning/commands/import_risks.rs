use super::{
    risk::{CreateRiskInput, NamedForRisk, UpdateRiskInput},
    sheet::{Ground, Looked, RowProblems, differing, id_of_row, leave, refuse_stale},
};
use crate::{
    access::{Permit, Reader, Right},
    graphql::NodeKind,
    planning::{
        rules::{risk_place, risk_value},
        sheets::{Counts, RiskRow, Target},
        store,
    },
    use_case::{Check, Failure, Problem, Transaction, UseCase},
};
use async_graphql::MaybeUndefined::{self, Null, Undefined};
use entity::{control_year, risk};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, OnceLock},
};
use uuid::Uuid;

/// The risks of a sheet: each row is a new risk, a change of one, or says what is there.
#[derive(Clone, Debug)]
pub(crate) struct ImportRisks {
    /// Where they go.
    pub(crate) target: Target,
    /// The rows.
    pub(crate) rows: Vec<RiskRow>,
    /// Is told what was done.
    pub(crate) done: Arc<OnceLock<Counts>>,
}

/// What becomes of the rows.
#[derive(Debug)]
pub(crate) struct RiskSteps {
    year: Option<control_year::Model>,
    steps: Vec<Step>,
    unchanged: usize,
    problems: Vec<Problem>,
}

/// What becomes of a row that is not there already.
#[derive(Debug)]
enum Step {
    Create(Permit, Option<Uuid>, Box<CreateRiskInput>),
    Change(Permit, Box<(risk::Model, UpdateRiskInput)>),
}

impl RiskSteps {
    fn counts(&self) -> Counts {
        let created = self
            .steps
            .iter()
            .filter(|step| matches!(step, Step::Create(..)))
            .count();
        Counts {
            created,
            changed: self.steps.len() - created,
            unchanged: self.unchanged,
        }
    }

    /// What is told of it.
    pub(crate) fn told(self) -> Looked {
        Looked {
            counts: self.counts(),
            problems: self.problems,
        }
    }
}

impl UseCase for ImportRisks {
    const NAME: &'static str = "importRisks";
    type Subject = RiskSteps;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, RiskSteps), Failure> {
        let steps = look_at_risks(tx.reader(), &self.target, &self.rows).await?;
        Ok((leave(tx, &steps.problems)?, steps))
    }

    async fn perform(self, tx: &mut Transaction, _: Permit, steps: RiskSteps) -> Result<Uuid, Failure> {
        let counts = steps.counts();
        let Some(year) = steps.year else {
            return Err(Problem::not_found("year", NodeKind::ControlYear).into());
        };
        for step in steps.steps {
            match step {
                Step::Create(permit, department_id, input) => {
                    let named = NamedForRisk::known(year.clone(), department_id);
                    input.perform(tx, permit, named).await?;
                }
                Step::Change(permit, change) => {
                    let (risk, input) = *change;
                    input.perform(tx, permit, risk).await?;
                }
            }
        }
        // It is told once, by the one transaction that there is.
        let _ = self.done.set(counts);
        Ok(year.id)
    }
}

/// What becomes of the rows of a sheet, as the reader's to do.
///
/// # Errors
/// When the database fails: what is wrong with the rows is in the answer.
pub(crate) async fn look_at_risks(reader: &Reader, target: &Target, rows: &[RiskRow]) -> Result<RiskSteps, Failure> {
    let mut problems = RowProblems::default();
    let Some(ground) = Ground::of(reader, target, &mut problems).await? else {
        return Ok(RiskSteps {
            year: None,
            steps: Vec::new(),
            unchanged: 0,
            problems: problems.into_problems(),
        });
    };
    let mut look = Look::of(reader, ground, rows, problems).await?;
    for row in rows {
        look.at(row)?;
    }
    Ok(RiskSteps {
        year: Some(look.ground.year),
        steps: look.steps,
        unchanged: look.unchanged,
        problems: look.problems.into_problems(),
    })
}

/// Looking at the rows one after another.
struct Look<'a> {
    reader: &'a Reader,
    ground: Ground,
    problems: RowProblems,
    by_id: HashMap<Uuid, risk::Model>,
    /// Those that a row without an id may be: the department and the description say which.
    by_description: HashMap<(Option<Uuid>, String), Vec<risk::Model>>,
    /// What earlier rows were about.
    seen: HashMap<Seen, u32>,
    steps: Vec<Step>,
    unchanged: usize,
}

#[derive(PartialEq, Eq, Hash)]
enum Seen {
    Risk(Uuid),
    New(Option<Uuid>, String),
}

impl<'a> Look<'a> {
    async fn of(reader: &'a Reader, ground: Ground, rows: &[RiskRow], problems: RowProblems) -> Result<Self, Failure> {
        let ids = rows.iter().filter_map(|row| {
            let id = row.id.value()?;
            NodeKind::Risk.decode(&id.as_str().into()).ok()
        });
        let by_id = store::visible_risks_by_id(reader, ids.collect()).await?;
        let without_id = rows.iter().filter(|row| row.id.value().is_none());
        let mut whose: HashSet<Option<Uuid>> = HashSet::new();
        for row in without_id {
            match row.department_code.value() {
                None => _ = whose.insert(ground.default_department),
                Some(code) => whose.extend(ground.departments.get(code).map(|id| Some(*id))),
            }
        }
        let municipal = whose.contains(&None);
        let departments: BTreeSet<Uuid> = whose.into_iter().flatten().collect();
        let mut by_description: HashMap<_, Vec<risk::Model>> = HashMap::new();
        if municipal || !departments.is_empty() {
            let there = store::risks_of_departments(reader, ground.year.id, departments, municipal).await?;
            for risk in there {
                let key = (risk.department_id, risk.description.trim().to_owned());
                by_description.entry(key).or_default().push(risk);
            }
        }
        Ok(Self {
            reader,
            ground,
            problems,
            by_id,
            by_description,
            seen: HashMap::new(),
            steps: Vec::new(),
            unchanged: 0,
        })
    }

    fn at(&mut self, row: &RiskRow) -> Result<(), Failure> {
        let number = row.number;
        self.ground.refuse_other_year(number, &row.year, &mut self.problems);
        let Ok(id) = id_of_row(number, NodeKind::Risk, &row.id, &mut self.problems) else {
            return Ok(());
        };
        let Ok(department) = self.ground.department(number, &row.department_code, &mut self.problems) else {
            return Ok(());
        };
        let there = match id {
            Some(id) => match self
                .by_id
                .get(&id)
                .filter(|risk| risk.control_year_id == self.ground.year.id)
            {
                Some(risk) => Some(risk.clone()),
                None => {
                    self.problems.of_row(number, Problem::not_found("id", NodeKind::Risk));
                    return Ok(());
                }
            },
            None => match self.same(row, department) {
                Ok(risk) => risk,
                Err(()) => return Ok(()),
            },
        };
        let seen = match (&there, row.description.value()) {
            (Some(risk), _) => Seen::Risk(risk.id),
            (None, Some(description)) => Seen::New(department, description.clone()),
            (None, None) => return self.create(row, department),
        };
        if let Some(earlier) = self.seen.get(&seen) {
            let path = if id.is_some() { "id" } else { "description" };
            let message = message!("planning-sheet-same-row", row = *earlier + 1);
            self.problems.of_row(number, Problem::duplicate(path, message));
            return Ok(());
        }
        self.seen.insert(seen, number);
        match there {
            Some(risk) => self.change(row, department, risk),
            None => self.create(row, department),
        }
    }

    /// The risk that a row without an id is.
    fn same(&mut self, row: &RiskRow, department: Option<Uuid>) -> Result<Option<risk::Model>, ()> {
        let Some(description) = row.description.value() else {
            return Ok(None);
        };
        let found = self.by_description.get(&(department, description.clone()));
        match found.map(Vec::as_slice).unwrap_or_default() {
            [] => Ok(None),
            [one] => Ok(Some(one.clone())),
            _ => {
                let problem = Problem::invalid("description", message!("planning-sheet-several-such"));
                self.problems.of_row(row.number, problem);
                Err(())
            }
        }
    }

    fn create(&mut self, row: &RiskRow, department: Option<Uuid>) -> Result<(), Failure> {
        let place = (Right::RiskWrite, risk_place(department));
        let permit = self.ground.permit(self.reader, place, row.number, &mut self.problems);
        // A cell that could not be read is told already.
        let unreadable = row.description.is_undefined();
        let input = CreateRiskInput {
            control_year_id: NodeKind::ControlYear.encode(self.ground.year.id),
            department_id: None,
            description: match &row.description {
                Undefined => "-".to_owned(),
                Null => String::new(),
                MaybeUndefined::Value(text) => text.clone(),
            },
            category: row.category.value().cloned(),
            process: row.process.value().cloned(),
            goal: row.goal.value().cloned(),
            likelihood: row.likelihood.value().copied(),
            consequence: row.consequence.value().copied(),
            value: row.value.value().copied(),
            treatment: row.treatment.value().copied(),
            motive: row.motive.value().cloned(),
            previous_risk_id: None,
            idempotency_key: None,
        };
        let mut check = Check::new();
        input.look_through_content(&mut check, self.ground.year.risk_maximum);
        let fits = self.problems.of_check(row.number, check)?;
        if let Some(permit) = permit.filter(|_| fits && !unreadable) {
            self.steps.push(Step::Create(permit, department, Box::new(input)));
        }
        Ok(())
    }

    fn change(&mut self, row: &RiskRow, department: Option<Uuid>, risk: risk::Model) -> Result<(), Failure> {
        let says_where = row.department_code.value().is_some() || self.ground.default_department.is_some();
        if says_where && department != risk.department_id {
            let message = message!("planning-sheet-risk-elsewhere");
            self.problems
                .of_row(row.number, Problem::invalid("departmentCode", message));
            return Ok(());
        }
        let input = changes(row, &risk);
        if changes_nothing(&input) {
            self.unchanged += 1;
            return Ok(());
        }
        refuse_stale(row.number, &row.version, risk.version, &mut self.problems);
        let place = (Right::RiskWrite, risk_place(risk.department_id));
        let permit = self.ground.permit(self.reader, place, row.number, &mut self.problems);
        let mut check = Check::new();
        input.look_through_content(&mut check, self.ground.year.risk_maximum);
        let fits = self.problems.of_check(row.number, check)?;
        if let Some(permit) = permit.filter(|_| fits) {
            self.steps.push(Step::Change(permit, Box::new((risk, input))));
        }
        Ok(())
    }
}

/// What a row changes of a risk.
fn changes(row: &RiskRow, risk: &risk::Model) -> UpdateRiskInput {
    UpdateRiskInput {
        id: NodeKind::Risk.encode(risk.id),
        expected_version: risk.version,
        description: differing(&row.description, Some(&risk.description)),
        category: differing(&row.category, risk.category.as_ref()),
        process: differing(&row.process, risk.process.as_ref()),
        goal: differing(&row.goal, risk.goal.as_ref()),
        likelihood: differing(&row.likelihood, risk.likelihood.as_ref()),
        consequence: differing(&row.consequence, risk.consequence.as_ref()),
        value: changed_value(row, risk),
        treatment: differing(&row.treatment, risk.treatment.as_ref()),
        motive: differing(&row.motive, risk.motive.as_ref()),
        previous_risk_id: Undefined,
        idempotency_key: None,
    }
}

/// What a row makes of a risk's value. An empty cell says likelihood times consequence; any other is taken as it is.
fn changed_value(row: &RiskRow, risk: &risk::Model) -> MaybeUndefined<i32> {
    let known = |cell: &MaybeUndefined<i32>, stored: Option<i32>| match cell {
        Undefined => stored,
        cell => cell.value().copied(),
    };
    let product = risk_value(
        known(&row.likelihood, risk.likelihood),
        known(&row.consequence, risk.consequence),
    );
    // Where nothing is said of the value, a change of the risk lets it go along with the product that it was.
    let goes_along = risk.value == risk_value(risk.likelihood, risk.consequence) && risk.value != product;
    let wanted = match &row.value {
        Undefined => return Undefined,
        Null => product,
        MaybeUndefined::Value(value) => Some(*value),
    };
    match wanted {
        wanted if wanted == risk.value && !goes_along => Undefined,
        Some(value) => MaybeUndefined::Value(value),
        None => Null,
    }
}

fn changes_nothing(input: &UpdateRiskInput) -> bool {
    let texts = [
        &input.description,
        &input.category,
        &input.process,
        &input.goal,
        &input.motive,
    ];
    let numbers = [&input.likelihood, &input.consequence, &input.value];
    texts.iter().all(|text| text.is_undefined())
        && numbers.iter().all(|number| number.is_undefined())
        && input.treatment.is_undefined()
}
