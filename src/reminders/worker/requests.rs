use super::{
    TASK,
    plan::{Planned, add, of_everybody},
};
use crate::{
    access::{Gate, Reader, with_those_above},
    database::StoreError,
    organisation::department_parents,
    reminders::store,
    use_case::BySystem,
    work::WorkRow,
};
use entity::{ReminderStage, reminder_request};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// Plans the reminders that the coordinator asked for, each request once.
///
/// # Errors
/// When the database fails.
pub(super) async fn carry_out(
    gate: &Gate,
    reader: &Reader,
    requests: &[reminder_request::Model],
) -> Result<(), StoreError> {
    let today = reader.today();
    let outstanding = of_everybody(gate, reader, |work| {
        let asked = requests.iter().any(|request| request.occasion_id == work.occasion_id);
        asked.then_some((ReminderStage::Requested, today))
    })
    .await?;
    let departments = department_parents(reader).await?;
    let mut tx = BySystem::begin(gate, reader.municipality_id(), TASK).await?;
    // Another server process may have carried out some of them meanwhile.
    for request in still_waiting(tx.reader(), requests).await? {
        let asked = outstanding.iter().filter(|planned| {
            planned.work.occasion_id == request.occasion_id && is_of(&planned.work, &request, &departments)
        });
        let planned = asked.map(|planned| Planned {
            request_id: Some(request.id),
            ..planned.clone()
        });
        let number = add(&mut tx, planned.collect()).await?;
        let mut change = request.clone().into_active_model();
        change.reminders = Set(Some(number));
        tx.update(&request, change).await?;
    }
    tx.commit().await
}

async fn still_waiting(
    reader: &Reader,
    requests: &[reminder_request::Model],
) -> Result<Vec<reminder_request::Model>, StoreError> {
    let mut waiting = store::waiting_requests(reader).await?;
    waiting.retain(|waiting| requests.iter().any(|request| request.id == waiting.id));
    Ok(waiting)
}

/// Whether a piece of work is in the department that was asked for, or in a section of it.
fn is_of(work: &WorkRow, request: &reminder_request::Model, departments: &[(Uuid, Option<Uuid>)]) -> bool {
    match (request.department_id, work.department_id) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(asked), Some(of)) => with_those_above(departments, of).contains(&asked),
    }
}
