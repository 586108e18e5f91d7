//! What of a year's follow-up can come along to the next, and what it became there.

use super::{
    super::rules::{NOT_DEALT_WITH, UNFINISHED},
    action_lives, finding_lives, year_of_action,
};
use crate::{
    access::{Keyed, Reader, Sealed, join},
    database::StoreError,
    relation,
};
use entity::{carry_over, control_plan, corrective_action, finding, follow_up, risk};
use sea_orm::{ColumnTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, sea_query::ExprTrait};
use uuid::Uuid;

/// The findings of a year that are not dealt with, each with its department.
pub(crate) async fn open_findings(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Vec<(Uuid, Option<Uuid>)>, StoreError> {
    use finding::Column;
    Ok(join::<finding::Entity, follow_up::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        Column::FollowUpId,
        follow_up::Column::Id,
    )
    .filter(follow_up::Column::ControlYearId.eq(control_year_id))
    .filter(Column::Status.is_in(NOT_DEALT_WITH))
    .filter(finding_lives(reader))
    .order_by_asc(Column::Id)
    .select_only()
    .column(Column::Id)
    .column(follow_up::Column::DepartmentId)
    .into_tuple()
    .all(reader.session())
    .await?)
}

/// The actions of a year that nobody has verified or cancelled, each with its department.
pub(crate) async fn unverified_actions(
    reader: &Reader,
    control_year_id: Uuid,
) -> Result<Vec<(Uuid, Option<Uuid>)>, StoreError> {
    use corrective_action::Column;
    let select = join::<corrective_action::Entity, follow_up::Entity>(
        reader.find(),
        JoinType::LeftJoin,
        Column::FollowUpId,
        follow_up::Column::Id,
    );
    let select = join::<corrective_action::Entity, control_plan::Entity>(
        select,
        JoinType::LeftJoin,
        Column::ControlPlanId,
        control_plan::Column::Id,
    );
    let select =
        join::<corrective_action::Entity, risk::Entity>(select, JoinType::LeftJoin, Column::RiskId, risk::Column::Id);
    Ok(select
        .filter(year_of_action().eq(control_year_id))
        .filter(Column::Status.is_in(UNFINISHED))
        .filter(action_lives(reader))
        .order_by_asc(Column::Id)
        .select_only()
        .column(Column::Id)
        .column(Column::DepartmentId)
        .into_tuple()
        .all(reader.session())
        .await?)
}

/// What a finding has become in another year.
pub(crate) async fn successor_of_finding(
    reader: &Reader,
    finding_id: Uuid,
    control_year_id: Uuid,
) -> Result<Option<finding::Model>, StoreError> {
    let select = join::<finding::Entity, carry_over::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        finding::Column::Id,
        carry_over::Column::NewFindingId,
    );
    Ok(select
        .filter(carry_over::Column::FindingId.eq(finding_id))
        .filter(carry_over::Column::ControlYearId.eq(control_year_id))
        .one(reader.session())
        .await?)
}

/// The ground that an action is confidential on: its own or its finding's.
pub(crate) async fn ground_of_action(
    reader: &Reader,
    action: &corrective_action::Model,
) -> Result<Option<String>, StoreError> {
    let finding = match action.finding_id {
        Some(id) => reader.by_id::<finding::Entity>(id).await?,
        None => None,
    };
    Ok(action
        .secrecy_ground
        .clone()
        .or_else(|| finding.and_then(|finding| finding.secrecy_ground)))
}

relation! {
    /// The finding of the year before that a finding carries on.
    CarriedFinding: Sealed<finding::Model> => Sealed<finding::Model>,
    |row| row.unnoted().map(|finding| finding.id), carried_from
}

async fn carried_from(reader: &Reader, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Sealed<finding::Model>)>, StoreError> {
    use carry_over::Column;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = join::<finding::Entity, carry_over::Entity>(
        super::confidential::sealed::<finding::Entity>(reader),
        JoinType::InnerJoin,
        finding::Column::Id,
        Column::FindingId,
    );
    let rows = select
        .filter(super::visible_evidence(reader, finding::Column::CreatedAt))
        .filter(reader.any_of(Column::NewFindingId.as_column_ref(), ids))
        .column_as(Column::NewFindingId, Keyed::<()>::KEY)
        .into_model::<Keyed<Sealed<finding::Model>>>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(Keyed::pair).collect())
}
