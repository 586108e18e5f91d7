use super::acceptance::{Changes, NewYear, accept, permitted, readable_sources};
use crate::{
    access::{Permit, Place, Right},
    graphql::NodeKind,
    organisation::landings_on,
    planning::{first_day, open_year},
    roll_forward::{rules::source_of, store},
    use_case::{Check, Failure, Problem, ProblemKind, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use entity::{CarryOverKind, CarryOverStatus, carry_over, control_year};
use uuid::Uuid;

/// How many come along at once at most.
const MOST: usize = 200;

/// Several things of the year before that come along together, each where it is proposed to land: either those that are
/// named, or everything that nobody has decided on and that you may accept. What has to be
/// said where it lands is left out of the latter, and so is what you cannot read.
#[derive(Clone, Debug, InputObject)]
pub struct AcceptCarryOversInput {
    /// The control year that they come along to.
    pub control_year_id: ID,
    /// Which proposals, at most 200. Those that have come along already stay as they are. Left out: everything that you
    /// may accept, of the kind and the department that are given.
    pub ids: Option<Vec<ID>>,
    /// Only this sort of thing, where no proposals are named.
    pub kind: Option<CarryOverKind>,
    /// Only what is proposed to land on this department, where no proposals are named.
    pub department_id: Option<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

/// Something that is to come along, with leave to let it and where the input names it.
#[derive(Debug)]
pub struct Chosen {
    path: Vec<String>,
    permit: Permit,
    row: carry_over::Model,
}

impl UseCase for AcceptCarryOversInput {
    const NAME: &'static str = "acceptCarryOvers";
    type Subject = (control_year::Model, Vec<Chosen>);

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Self::Subject), Failure> {
        let mut check = Check::new();
        let year_id = check.id("controlYearId", NodeKind::ControlYear, &self.control_year_id);
        let department_id = check.optional_id("departmentId", NodeKind::Department, self.department_id.as_ref());
        check.finish()?;
        let year = tx.reader().by_id::<control_year::Entity>(year_id).await?;
        let year = year.ok_or_else(|| Problem::not_found("controlYearId", NodeKind::ControlYear))?;
        let chosen = match &self.ids {
            Some(ids) => named(tx, year.id, ids).await?,
            None => acceptable(tx, year.id, self.kind, department_id).await?,
        };
        Ok((leave(tx)?, (year, chosen)))
    }

    async fn perform(self, tx: &mut Transaction, _: Permit, (year, chosen): Self::Subject) -> Result<Uuid, Failure> {
        let year = open_year(tx, year.id).await?;
        let mut check = Check::new();
        check.require(
            self.ids.is_none() || (self.kind.is_none() && self.department_id.is_none()),
            || Problem::invalid("ids", message!("roll-forward-ids-or-kind")),
        );
        check.finish()?;
        let landings = landings_on(tx.reader(), first_day(&year)).await?;
        let to = NewYear { year, landings };
        let mut problems = Vec::new();
        for Chosen { path, permit, row } in in_order(chosen) {
            match accept(tx, &permit, row, &to, Changes::default()).await {
                Ok(_) => {}
                Err(Failure::Problems(found)) => problems.extend(found.into_iter().map(|problem| at(&path, problem))),
                Err(failure) => return Err(failure),
            }
        }
        if problems.is_empty() {
            Ok(to.year.id)
        } else {
            Err(Failure::Problems(problems))
        }
    }
}

/// The order in which things come along: each kind refers to those before it. What has come along already is left out.
fn in_order(chosen: Vec<Chosen>) -> Vec<Chosen> {
    use CarryOverStatus::{Accepted, Changed};
    let mut chosen = chosen;
    chosen.retain(|chosen| !matches!(chosen.row.status, Accepted | Changed));
    chosen.sort_by_key(|chosen| (chosen.row.kind, chosen.row.id));
    chosen
}

/// A problem of one of several.
fn at(path: &[String], problem: Problem) -> Problem {
    Problem {
        path: path.to_vec(),
        ..problem
    }
}

/// The proposals that the input names, each with leave to accept it.
async fn named(tx: &Transaction, year_id: Uuid, ids: &[ID]) -> Result<Vec<Chosen>, Failure> {
    if ids.len() > MOST {
        return Err(too_many("ids", ids.len()).into());
    }
    let mut check = Check::new();
    let mut wanted = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        wanted.push(check.id(&format!("ids.{index}"), NodeKind::CarryOver, id));
    }
    check.finish()?;
    let found = store::visible_carry_overs(tx.reader(), wanted.clone()).await?;
    let mut check = Check::new();
    let mut chosen = Vec::with_capacity(wanted.len());
    for (index, id) in wanted.iter().enumerate() {
        let path = vec!["ids".to_owned(), index.to_string()];
        let earlier = wanted.iter().take(index).any(|earlier| earlier == id);
        let row = found.iter().map(|(_, row)| row);
        match row
            .filter(|row| row.control_year_id == year_id)
            .find(|row| row.id == *id)
        {
            Some(_) if earlier => {}
            Some(row) => match permitted(tx, row, None) {
                Ok(permit) => chosen.push(Chosen {
                    path,
                    permit,
                    row: row.clone(),
                }),
                Err(Failure::Problems(problems)) => {
                    problems.into_iter().for_each(|problem| check.add(at(&path, problem)));
                }
                Err(failure) => return Err(failure),
            },
            None => check.add(Problem::not_found(&path.join("."), NodeKind::CarryOver)),
        }
    }
    check.finish()?;
    Ok(chosen)
}

/// Everything that nobody has decided on and that the actor may accept as it is proposed.
async fn acceptable(
    tx: &Transaction,
    year_id: Uuid,
    kind: Option<CarryOverKind>,
    department_id: Option<Uuid>,
) -> Result<Vec<Chosen>, Failure> {
    let undecided = store::undecided(tx.reader(), year_id, kind, department_id).await?;
    // Where it was divided among several, somebody has to say where it lands.
    let lands = |row: &carry_over::Model| row.department_id.is_some() || row.from_department_id.is_none();
    let mut chosen = Vec::new();
    for row in undecided.into_iter().filter(lands) {
        if let Ok(permit) = permitted(tx, &row, None) {
            let path = vec![NodeKind::CarryOver.encode(row.id).to_string()];
            chosen.push(Chosen { path, permit, row });
        }
    }
    let readable = readable_sources(tx, chosen.iter().map(|chosen| &chosen.row)).await?;
    chosen.retain(|chosen| source_of(&chosen.row).is_some_and(|id| readable.contains(&id)));
    if chosen.len() > MOST {
        return Err(too_many("", chosen.len()).into());
    }
    Ok(chosen)
}

fn too_many(path: &str, number: usize) -> Problem {
    Problem::new(
        ProblemKind::Limit,
        path,
        message!("roll-forward-too-many", most = MOST, number),
    )
}

/// Leave for whoever may accept something somewhere; what they may is asked for each proposal.
fn leave(tx: &Transaction) -> Result<Permit, Failure> {
    const RIGHTS: [Right; 4] = [
        Right::RiskWrite,
        Right::ControlPlanWrite,
        Right::EvidenceWrite,
        Right::SharedPlanWrite,
    ];
    if RIGHTS.into_iter().all(|right| tx.reader().reach(right).is_empty()) {
        return tx.permit(Right::SharedPlanWrite, Place::Municipality);
    }
    tx.reader().actor().own().ok_or(Failure::Unauthenticated)
}
