//! What is proposed to come along from the year before.

use super::arm::{Arm, Told, column, has, in_department, none};
use crate::access::{Place, Reader, Right};
use entity::{CarryOverKind, CarryOverStatus, WorkItemKind, carry_over, control_year};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

/// One for each year and department in which the reader has something to decide, however much it is.
pub(super) fn arms(reader: &Reader) -> Vec<SelectStatement> {
    use carry_over::Column;
    let decides = decides(reader);
    if decides.is_empty() {
        return Vec::new();
    }
    let arm = Arm::from(reader, carry_over::Entity)
        .in_open_year(Column::ControlYearId)
        .of_department(Column::DepartmentId)
        .filter(Condition::all().add(Column::Status.eq(CarryOverStatus::Proposed)))
        .filter(decides)
        .filter(crate::roll_forward::visible_carry_overs(reader));
    let mut work = arm.selecting(
        WorkItemKind::DecideCarryOvers,
        Told {
            due_on: none("date"),
            subject: column(Column::ControlYearId),
            // Its department, so that each has its own.
            occasion: Expr::col(Column::DepartmentId.as_column_ref()).if_null(column(Column::ControlYearId)),
            about: column(control_year::Column::Year).cast_as("text"),
            label: none("text"),
            follow_up: none("uuid"),
            marked: None,
        },
    );
    vec![work.distinct().to_owned()]
}

/// What the reader decides on: the rule is `roll_forward`'s.
fn decides(reader: &Reader) -> Condition {
    use carry_over::Column;
    let mut decides = Condition::any();
    for kind in [
        CarryOverKind::Risk,
        CarryOverKind::ControlPoint,
        CarryOverKind::Finding,
        CarryOverKind::CorrectiveAction,
    ] {
        let right = crate::roll_forward::right_to_decide(kind);
        if has(reader, right) {
            decides = decides.add(
                Condition::all()
                    .add(Column::Kind.eq(kind))
                    .add(Column::DepartmentId.is_not_null())
                    .add(in_department(reader, right, Column::DepartmentId.as_column_ref())),
            );
        }
    }
    if reader.may(Right::SharedPlanWrite, Place::Municipality) {
        decides = decides.add(Column::DepartmentId.is_null());
    }
    decides
}
