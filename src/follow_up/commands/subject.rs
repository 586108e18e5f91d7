//! What an input is about: loaded only as far as the actor sees it.

use crate::{
    access::Sealed,
    follow_up::{
        rules::assessment::AssessmentState,
        store::{self, ActionRow, Confidential, FollowUpRow},
    },
    graphql::NodeKind,
    planning::year_of,
    use_case::{Check, Failure, Problem, Transaction},
};
use async_graphql::ID;
use entity::{assessment, control_check, corrective_action, follow_up, review};
use sea_orm::{FromQueryResult, ModelTrait};
use uuid::Uuid;

/// The follow-up at `path`, which the actor has to see.
pub(super) async fn follow_up(tx: &Transaction, path: &str, id: &ID) -> Result<FollowUpRow, Failure> {
    let id = decoded(NodeKind::FollowUp, path, id)?;
    let found = store::visible_follow_up(tx.reader(), id).await?;
    found.ok_or_else(|| not_found(NodeKind::FollowUp, path))
}

/// What hangs on a follow-up and is at `path`, with that follow-up. What is withheld from the actor is not there.
pub(super) async fn evidence<E: Confidential>(
    tx: &Transaction,
    kind: NodeKind,
    path: &str,
    id: &ID,
) -> Result<(E::Model, FollowUpRow), Failure>
where
    E::Model: ModelTrait<Entity = E> + FromQueryResult,
{
    let id = decoded(kind, path, id)?;
    let row = content(store::visible_sealed::<E>(tx.reader(), vec![id]).await?);
    let row = row.ok_or_else(|| not_found(kind, path))?;
    let follow_up = match crate::database::reference(&row, E::FOLLOW_UP) {
        Some(id) => store::visible_follow_up(tx.reader(), id).await?,
        None => None,
    };
    Ok((row, follow_up.ok_or_else(|| not_found(kind, path))?))
}

/// The assessment at `path`, with what decides about it. What is withheld from the actor is not there.
pub(super) async fn assessment(tx: &Transaction, path: &str, id: &ID) -> Result<AssessmentState, Failure> {
    let (assessment, follow_up) = evidence::<assessment::Entity>(tx, NodeKind::Assessment, path, id).await?;
    let year = year_of(tx, follow_up.follow_up.control_year_id).await?;
    Ok(AssessmentState::new(assessment, &follow_up, year))
}

/// The action at `path`. What is withheld from the actor is not there.
pub(super) async fn action(tx: &Transaction, path: &str, id: &ID) -> Result<corrective_action::Model, Failure> {
    let id = decoded(NodeKind::CorrectiveAction, path, id)?;
    let row: Option<ActionRow> = content(store::visible_actions_by_id(tx.reader(), vec![id]).await?);
    match row {
        Some(row) => Ok(row.action),
        None => Err(not_found(NodeKind::CorrectiveAction, path)),
    }
}

/// The review at `path`. What is withheld from the actor is not there.
pub(super) async fn review(tx: &Transaction, path: &str, id: &ID) -> Result<review::Model, Failure> {
    let id = decoded(NodeKind::Review, path, id)?;
    let row = content(store::visible_reviews_by_id(tx.reader(), vec![id]).await?);
    row.ok_or_else(|| not_found(NodeKind::Review, path))
}

/// The check at `path`, with every follow-up that it shows in. What is withheld from the actor is not there.
pub(super) async fn check(
    tx: &Transaction,
    path: &str,
    id: &ID,
) -> Result<(control_check::Model, Vec<follow_up::Model>), Failure> {
    let id = decoded(NodeKind::Check, path, id)?;
    let row = content(store::visible_checks_by_id(tx.reader(), vec![id]).await?);
    let row = row.ok_or_else(|| not_found(NodeKind::Check, path))?;
    let follow_ups = store::follow_ups_of_check(tx.reader(), row.id).await?;
    Ok((row, follow_ups))
}

/// Notes when there is no check at `path` that shows in the follow-up and that the actor may read.
pub(super) async fn check_check(
    tx: &Transaction,
    check: &mut Check,
    path: &str,
    id: Option<Uuid>,
    follow_up: &FollowUpRow,
) -> Result<(), Failure> {
    let Some(id) = id.filter(|id| !id.is_nil()) else {
        return Ok(());
    };
    if content(store::visible_checks_by_id(tx.reader(), vec![id]).await?).is_none() {
        check.add(Problem::not_found(path, NodeKind::Check));
        return Ok(());
    }
    let shown = store::follow_ups_of_check(tx.reader(), id).await?;
    check.require(shown.iter().any(|row| row.id == follow_up.follow_up.id), || {
        Problem::invalid(path, message!("follow-up-check-of-other"))
    });
    Ok(())
}

/// Notes when there is no review at `path` that concerns the follow-up and that the actor may read.
pub(super) async fn check_review(
    tx: &Transaction,
    check: &mut Check,
    path: &str,
    id: Option<Uuid>,
    follow_up: &FollowUpRow,
) -> Result<(), Failure> {
    let Some(id) = id.filter(|id| !id.is_nil()) else {
        return Ok(());
    };
    if content(store::visible_reviews_by_id(tx.reader(), vec![id]).await?).is_none() {
        check.add(Problem::not_found(path, NodeKind::Review));
        return Ok(());
    }
    let concerned = store::follow_ups_of_review(tx.reader(), id).await?;
    check.require(concerned.iter().any(|row| row.id == follow_up.follow_up.id), || {
        Problem::invalid(path, message!("follow-up-review-of-other"))
    });
    Ok(())
}

fn content<M: Clone>(found: Vec<(Uuid, Sealed<M>)>) -> Option<M> {
    found.first().and_then(|(_, row)| row.unnoted().cloned())
}

pub(super) fn decoded(kind: NodeKind, path: &str, id: &ID) -> Result<Uuid, Problem> {
    kind.decode(id).map_err(|error| Problem::invalid(path, error.message()))
}

pub(super) fn not_found(kind: NodeKind, path: &str) -> Failure {
    Problem::not_found(path, kind).into()
}
