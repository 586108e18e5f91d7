use super::{action_origin::ActionOrigin, covering, review, subject};
use crate::{
    access::{Permit, Right},
    attachments::{Attachable, Reported},
    follow_up::store,
    graphql::NodeKind,
    use_case::{Failure, Transaction},
};
use entity::{finding, follow_up};
use uuid::Uuid;

/// Leave to attach files to a follow-up, or to what hangs on one: for who may register it. What is withheld from the
/// actor is not there.
pub(crate) async fn attachable(tx: &Transaction, path: &str, kind: NodeKind, id: Uuid) -> Result<Attachable, Failure> {
    let id = &kind.encode(id);
    let row = match kind {
        NodeKind::FollowUp => subject::follow_up(tx, path, id).await?,
        NodeKind::Finding => subject::evidence::<finding::Entity>(tx, kind, path, id).await?.1,
        NodeKind::Check => return of_check(tx, path, id).await,
        NodeKind::Review => return of_review(tx, path, id).await,
        NodeKind::CorrectiveAction => return of_action(tx, path, id).await,
        kind => return Err(subject::not_found(kind, path)),
    };
    Ok(Attachable {
        permit: tx.permit(Right::EvidenceWrite, row.place())?,
        follow_up_id: Some(row.follow_up.id),
        open_years: vec![row.follow_up.control_year_id],
        reports: vec![reported(&row.follow_up)],
    })
}

async fn of_check(tx: &Transaction, path: &str, id: &async_graphql::ID) -> Result<Attachable, Failure> {
    let (row, follow_ups) = subject::check(tx, path, id).await?;
    let permit = covering::permit_of_check(tx, &row, &follow_ups).await?;
    let mut attachable = of_follow_ups(permit, &follow_ups);
    attachable.open_years = covering::years_of_check(tx, &row, &follow_ups).await?;
    Ok(attachable)
}

async fn of_review(tx: &Transaction, path: &str, id: &async_graphql::ID) -> Result<Attachable, Failure> {
    let row = subject::review(tx, path, id).await?;
    let follow_ups = store::follow_ups_of_review(tx.reader(), row.id).await?;
    Ok(of_follow_ups(review::permit(tx, &follow_ups)?, &follow_ups))
}

/// What several follow-ups may have a part in.
fn of_follow_ups(permit: Permit, follow_ups: &[follow_up::Model]) -> Attachable {
    Attachable {
        permit,
        follow_up_id: None,
        open_years: covering::years(follow_ups),
        reports: follow_ups.iter().map(reported).collect(),
    }
}

/// An action goes on after its year is closed, and so do its files.
async fn of_action(tx: &Transaction, path: &str, id: &async_graphql::ID) -> Result<Attachable, Failure> {
    let action = subject::action(tx, path, id).await?;
    let origin = ActionOrigin::of(tx, &action).await?;
    let (right, place) = origin.written_with();
    let reports = match &origin {
        ActionOrigin::FollowUp(row, _) => vec![reported(row)],
        ActionOrigin::Plan(_) | ActionOrigin::Risk(_) => Vec::new(),
    };
    Ok(Attachable {
        permit: tx.permit(right, place)?,
        follow_up_id: action.follow_up_id,
        open_years: Vec::new(),
        reports,
    })
}

fn reported(follow_up: &follow_up::Model) -> Reported {
    Reported::Every {
        department_id: follow_up.department_id,
        control_year_id: follow_up.control_year_id,
    }
}
