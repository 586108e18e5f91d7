//! The risks that rows name, by their ids or by what they say.

use super::super::{control_point::MOST_RISKS, sheet::RowProblems};
use crate::{
    access::Reader,
    graphql::NodeKind,
    planning::{sheets::PointRow, store},
    spreadsheet::shortened,
    use_case::{Failure, Problem, ProblemKind},
};
use async_graphql::ID;
use entity::risk;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The risks of the year that the reader sees.
#[derive(Debug, Default)]
pub(super) struct KnownRisks {
    by_text: HashMap<String, Vec<Uuid>>,
    ids: HashSet<Uuid>,
    /// The risks that points answer to, as far as the reader sees them.
    linked: HashMap<Uuid, Vec<risk::Model>>,
}

impl KnownRisks {
    /// Those that rows may name: nothing is read when none does.
    pub(super) async fn of(
        reader: &Reader,
        year_id: Uuid,
        rows: &[PointRow],
        points: Vec<Uuid>,
    ) -> Result<Self, Failure> {
        let mut known = Self::default();
        if rows.iter().all(|row| row.risks.is_undefined()) {
            return Ok(known);
        }
        for (point, risk) in store::visible_risks_of_points(reader, points).await? {
            known.linked.entry(point).or_default().push(risk);
        }
        if rows.iter().all(|row| row.risks.value().is_none_or(Vec::is_empty)) {
            return Ok(known);
        }
        for risk in store::visible_risks_of_year(reader, year_id).await? {
            known.ids.insert(risk.id);
            known
                .by_text
                .entry(normal(&risk.description))
                .or_default()
                .push(risk.id);
        }
        Ok(known)
    }

    /// The risks that a row names, where they are others than the point has: those of a new point where there is none.
    /// What cannot be found is noted.
    pub(super) fn wanted(
        &self,
        row: &PointRow,
        point: Option<Uuid>,
        problems: &mut RowProblems,
    ) -> Result<Option<Vec<Uuid>>, ()> {
        let Some(named) = row.risks.value() else {
            return Ok(None);
        };
        let there = point
            .and_then(|id| self.linked.get(&id))
            .map(Vec::as_slice)
            .unwrap_or_default();
        // As it was exported, also where several risks say the same.
        if same(
            named.iter().map(|text| normal(text)),
            there.iter().map(|risk| normal(&risk.description)),
        ) {
            return Ok(None);
        }
        if named.len() > MOST_RISKS {
            let message = message!("planning-too-many-risks", most = MOST_RISKS, found = named.len());
            problems.of_row(row.row, Problem::new(ProblemKind::Limit, "risks", message));
            return Err(());
        }
        let mut wanted = Vec::with_capacity(named.len());
        let mut missed = false;
        for text in named {
            match self.found(text, there) {
                Ok(id) if wanted.contains(&id) => {}
                Ok(id) => wanted.push(id),
                Err(problem) => {
                    problems.of_row(row.row, problem);
                    missed = true;
                }
            }
        }
        if missed {
            return Err(());
        }
        let unchanged = same(wanted.iter(), there.iter().map(|risk| &risk.id));
        Ok((!unchanged).then_some(wanted))
    }

    fn found(&self, text: &str, there: &[risk::Model]) -> Result<Uuid, Problem> {
        if let Ok(id) = NodeKind::Risk.decode(&ID(text.to_owned()))
            && self.ids.contains(&id)
        {
            return Ok(id);
        }
        match self.by_text.get(&normal(text)).map(Vec::as_slice).unwrap_or_default() {
            [one] => Ok(*one),
            [] => Err(Problem::not_found(
                "risks",
                message!("planning-sheet-no-such-risk", text = shortened(text)),
            )),
            several => {
                // One that it has already is meant to stay.
                let linked = there.iter().find(|risk| several.contains(&risk.id));
                linked.map(|risk| risk.id).ok_or_else(|| {
                    Problem::invalid(
                        "risks",
                        message!("planning-sheet-several-risks", text = shortened(text)),
                    )
                })
            }
        }
    }
}

fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two lists have the same, in whatever order.
fn same<T: Ord>(one: impl Iterator<Item = T>, other: impl Iterator<Item = T>) -> bool {
    let (mut one, mut other): (Vec<T>, Vec<T>) = (one.collect(), other.collect());
    one.sort_unstable();
    other.sort_unstable();
    one == other
}
