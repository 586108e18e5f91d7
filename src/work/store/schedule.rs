//! Performing checks at their scheduled times.

use super::{
    arm::{Arm, Told, column, same},
    of_follow_up,
};
use crate::access::{Reader, Right};
use entity::{WorkItemKind, check_follow_up, control_check, control_point, follow_up, scheduled_time};
use sea_orm::{
    ColumnTrait, Condition, JoinType,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

/// The times that have come in follow-ups that the reader is assigned to. They are done when a check was performed then or
/// later: a check that comes late catches up with all before it.
pub(super) fn arms(reader: &Reader) -> Vec<SelectStatement> {
    use scheduled_time::Column;
    let assigned = reader.reach(Right::EvidenceWrite).follow_ups;
    if assigned.is_empty() {
        return Vec::new();
    }
    let performed = Query::select()
        .expr(Expr::cust("1"))
        .from(check_follow_up::Entity)
        .inner_join(
            control_check::Entity,
            control_check::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(same(control_check::Column::Id, check_follow_up::Column::ControlCheckId)),
        )
        .and_where(check_follow_up::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(same(check_follow_up::Column::FollowUpId, follow_up::Column::Id))
        .and_where(column(control_check::Column::PerformedLatest).gte(column(Column::Earliest)))
        // What is stated of days after it was registered had not been done.
        .and_where(column(control_check::Column::CreatedAt).gte(column(Column::Earliest)))
        .to_owned();
    let arm = Arm::from(reader, follow_up::Entity)
        .join(
            JoinType::InnerJoin,
            scheduled_time::Entity,
            Column::ControlPointId,
            follow_up::Column::ControlPointId,
        )
        .of_open_year()
        .not_exempt()
        .filter(Condition::all().add(Column::Earliest.lte(reader.today())))
        .filter(reader.any_of(follow_up::Column::Id.as_column_ref(), assigned))
        .filter(Condition::all().not().add(Expr::exists(performed)))
        .filter(of_follow_up(reader, Right::EvidenceWrite));
    vec![arm.selecting(
        WorkItemKind::PerformCheck,
        Told {
            due_on: column(Column::Latest),
            subject: column(follow_up::Column::Id),
            occasion: column(Column::Id),
            about: column(control_point::Column::Title),
            label: column(Column::Text),
            follow_up: column(follow_up::Column::Id),
            marked: None,
        },
    )]
}
