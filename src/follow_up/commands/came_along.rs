//! What has come along to a later year is worked on there.

use crate::{
    follow_up::{
        rules::{Carried, carried_on},
        store::{self, CameAlong},
    },
    use_case::{Failure, Transaction},
};
use uuid::Uuid;

/// A finding that has come along stays as it is: it goes on in the later year.
///
/// # Errors
/// A problem `INVALID` at `path` that says in which year, as far as the actor sees it there.
pub(super) async fn refuse_carried_finding(tx: &Transaction, path: &str, id: Uuid) -> Result<(), Failure> {
    refuse(
        path,
        Carried::Finding,
        store::finding_came_along(tx.reader(), id).await?,
    )
}

/// An action that has come along stays as it is: it goes on in the later year.
///
/// # Errors
/// A problem `INVALID` at `path` that says in which year, as far as the actor sees it there.
pub(super) async fn refuse_carried_action(tx: &Transaction, path: &str, id: Uuid) -> Result<(), Failure> {
    refuse(path, Carried::Action, store::action_came_along(tx.reader(), id).await?)
}

fn refuse(path: &str, what: Carried, came_along: CameAlong) -> Result<(), Failure> {
    match came_along {
        CameAlong::No => Ok(()),
        CameAlong::To(year) => Err(carried_on(path, what, Some(year)).into()),
        CameAlong::Unseen => Err(carried_on(path, what, None).into()),
    }
}
