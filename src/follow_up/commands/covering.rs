//! What shows in several follow-ups: where it is written, and in which years.

use crate::{
    access::{Permit, Place, Right},
    follow_up::store,
    graphql::NodeKind,
    planning::departments_with_point,
    use_case::{Failure, Problem, ProblemKind, Transaction},
};
use entity::{control_check, control_point, follow_up};
use std::collections::HashMap;
use uuid::Uuid;

/// A department that a central check is for, with its follow-up once that has begun.
#[derive(Clone, Debug)]
pub(super) struct Covered {
    pub(super) department_id: Uuid,
    pub(super) follow_up: Option<follow_up::Model>,
}

impl Covered {
    fn place(&self) -> Place {
        self.follow_up
            .as_ref()
            .map_or(Place::Department(self.department_id), place)
    }

    /// Whether the actor writes checks there.
    pub(super) fn is_written_by(&self, tx: &Transaction) -> bool {
        tx.reader().may(Right::EvidenceWrite, self.place())
    }
}

/// Where a follow-up is, for what the people who carry it out may do too.
pub(super) fn place(follow_up: &follow_up::Model) -> Place {
    Place::FollowUp {
        id: follow_up.id,
        department_id: follow_up.department_id,
    }
}

/// The control years that follow-ups are of.
pub(super) fn years(follow_ups: &[follow_up::Model]) -> Vec<Uuid> {
    let mut years: Vec<Uuid> = follow_ups.iter().map(|row| row.control_year_id).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The control year that a check is of: of the follow-up whose own it is, or of the point that it was performed for centrally.
pub(super) async fn years_of_check(
    tx: &Transaction,
    check: &control_check::Model,
    follow_ups: &[follow_up::Model],
) -> Result<Vec<Uuid>, Failure> {
    match check.control_point_id {
        Some(id) => {
            let point = tx.reader().by_id::<control_point::Entity>(id).await?;
            Ok(point.into_iter().map(|point| point.control_year_id).collect())
        }
        None => Ok(years(follow_ups)),
    }
}

/// The departments that a central check of a point is for: those named, or all that the point applies to.
pub(super) async fn covered(tx: &Transaction, point_id: Uuid, named: Option<&[Uuid]>) -> Result<Vec<Covered>, Failure> {
    let departments = match named {
        Some(named) => named.to_vec(),
        None => departments_with_point(tx.reader(), point_id).await?,
    };
    let begun = store::every_follow_up_of_point(tx.reader(), point_id).await?;
    let mut begun: HashMap<Uuid, follow_up::Model> = begun.into_iter().map(|row| (row.department_id, row)).collect();
    Ok(departments
        .into_iter()
        .map(|department_id| Covered {
            department_id,
            follow_up: begun.remove(&department_id),
        })
        .collect())
}

/// Leave to write a central check: for who writes checks in every department that it is for, and for who registers such
/// checks in the municipality. `refused` says what is lacking.
pub(super) fn permit_centrally(
    tx: &Transaction,
    covered: &[Covered],
    refused: impl FnOnce() -> Problem,
) -> Result<Permit, Failure> {
    match covered.first() {
        Some(first) if covered.iter().all(|covered| covered.is_written_by(tx)) => {
            Ok(tx.permit(Right::EvidenceWrite, first.place())?)
        }
        _ => {
            let permit = tx
                .reader()
                .actor()
                .permit(Right::CentralCheckWrite, Place::Municipality);
            permit.map_err(|_| refused().into())
        }
    }
}

/// That the actor may not write a central check. It does not tell which departments it is for.
pub(super) fn refused_somewhere() -> Problem {
    let message = message!(
        "follow-up-central-check-denied",
        evidence = Right::EvidenceWrite.term(),
        central = Right::CentralCheckWrite.term()
    );
    Problem::new(ProblemKind::Forbidden, "", message)
}

/// Leave to change a check and its files.
pub(super) async fn permit_of_check(
    tx: &Transaction,
    check: &control_check::Model,
    follow_ups: &[follow_up::Model],
) -> Result<Permit, Failure> {
    if let Some(point_id) = check.control_point_id {
        let named = match check.for_all {
            true => None,
            false => Some(store::departments_of_check(tx.reader(), check.id).await?),
        };
        let covered = covered(tx, point_id, named.as_deref()).await?;
        return permit_centrally(tx, &covered, refused_somewhere);
    }
    match follow_ups.first() {
        Some(follow_up) => Ok(tx.permit(Right::EvidenceWrite, place(follow_up))?),
        None => Err(Problem::not_found("id", NodeKind::Check).into()),
    }
}
