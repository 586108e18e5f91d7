use super::{
    confidential::sealed_last,
    follow_up::{FollowUpRow, follow_up_rows},
    scope::{confidential, visible_evidence_of_check},
};
use crate::{
    access::{Keyed, Reader, Right, Sealed, flag, join, join_joined},
    database::StoreError,
    planning::applies_to,
    relation,
};
use entity::{check_department, check_follow_up, control_check, department, finding, follow_up};
use sea_orm::{
    ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

/// Checks, and whether the reader may see their content: it may be read in any follow-up that they show in, or will when it
/// begins.
fn check_rows(reader: &Reader) -> Select<control_check::Entity> {
    let open = Condition::any()
        .add(control_check::Column::SecrecyGround.is_null())
        .add(shows_in(reader, confidential(reader)))
        .add(performed_for(reader, Right::ConfidentialRead));
    reader
        .find::<control_check::Entity>()
        .column_as(flag(open), Sealed::<()>::READABLE)
}

/// Whether a check shows in a follow-up of which `condition` holds, over the columns of `check_follow_up` and `follow_up`.
fn shows_in(reader: &Reader, condition: Condition) -> SimpleExpr {
    use check_follow_up::Column;
    let found = Query::select()
        .expr(Expr::val(1))
        .from(check_follow_up::Entity)
        .inner_join(
            follow_up::Entity,
            follow_up::Column::MunicipalityId
                .eq(reader.municipality_id())
                .and(Expr::col(follow_up::Column::Id.as_column_ref()).equals(Column::FollowUpId.as_column_ref())),
        )
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Expr::col(Column::ControlCheckId.as_column_ref()).equals(control_check::Column::Id.as_column_ref()))
        .cond_where(condition)
        .to_owned();
    Expr::exists(found)
}

/// The central checks that were performed for a department where the reader has a right, whether it has begun its follow-up
/// or not, over the columns of `control_check`.
fn performed_for(reader: &Reader, right: Right) -> Condition {
    use control_check::Column;
    let central = Condition::all().add(Column::ControlPointId.is_not_null());
    let reach = reader.reach(right);
    if reach.everywhere {
        return central;
    }
    let named = Query::select()
        .expr(Expr::val(1))
        .from(check_department::Entity)
        .and_where(check_department::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(
            Expr::col(check_department::Column::ControlCheckId.as_column_ref()).equals(Column::Id.as_column_ref()),
        )
        .cond_where(reader.any_of(
            check_department::Column::DepartmentId.as_column_ref(),
            reach.departments.iter().copied(),
        ))
        .cond_where(applies_to(
            reader,
            Column::ControlPointId,
            check_department::Column::DepartmentId,
        ))
        .to_owned();
    let applies = Query::select()
        .expr(Expr::val(1))
        .from(department::Entity)
        .and_where(department::Column::MunicipalityId.eq(reader.municipality_id()))
        .cond_where(reader.any_of(department::Column::Id.as_column_ref(), reach.departments))
        .cond_where(applies_to(reader, Column::ControlPointId, department::Column::Id))
        .to_owned();
    let for_all = Condition::all().add(Column::ForAll.eq(true)).add(Expr::exists(applies));
    central.add(Condition::any().add(Expr::exists(named)).add(for_all))
}

/// What belongs to checks and the reader sees in one of the follow-ups that they show in, or of a department that they were
/// performed for, over when it was registered and the columns of `control_check`.
pub(crate) fn visible_check_evidence(reader: &Reader, registered: impl ColumnTrait) -> Condition {
    Condition::any()
        .add(shows_in(reader, visible_evidence_of_check(reader, registered)))
        .add(performed_for(reader, Right::FollowUpRead))
}

/// Those of `ids` that the reader sees, each with its id.
pub(crate) async fn visible_checks_by_id(
    reader: &Reader,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<control_check::Model>)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = check_rows(reader)
        .filter(reader.any_of(control_check::Column::Id.as_column_ref(), ids))
        .filter(visible_check_evidence(reader, control_check::Column::CreatedAt))
        .into_model::<Sealed<control_check::Model>>()
        .all(reader.session())
        .await?;
    let id = |row: &Sealed<control_check::Model>| row.outside(|check| check.id);
    Ok(rows.into_iter().map(|row| (id(&row), row)).collect())
}

/// Every follow-up that a check shows in, seen by the reader or not: for rules that ask for all.
pub(crate) async fn follow_ups_of_check(reader: &Reader, check_id: Uuid) -> Result<Vec<follow_up::Model>, StoreError> {
    let select = join::<follow_up::Entity, check_follow_up::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        follow_up::Column::Id,
        check_follow_up::Column::FollowUpId,
    );
    Ok(select
        .filter(check_follow_up::Column::ControlCheckId.eq(check_id))
        .order_by_asc(follow_up::Column::Id)
        .all(reader.session())
        .await?)
}

/// The departments that a central check was performed for by name.
pub(crate) async fn departments_of_check(reader: &Reader, check_id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let rows = reader
        .find::<check_department::Entity>()
        .filter(check_department::Column::ControlCheckId.eq(check_id))
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(|row| row.department_id).collect())
}

/// The central checks of a point that were performed for a department, and are not shown in its follow-up yet.
pub(crate) async fn central_checks_to_show(
    reader: &Reader,
    follow_up: &follow_up::Model,
) -> Result<Vec<control_check::Model>, StoreError> {
    use control_check::Column;
    let named = Query::select()
        .expr(Expr::val(1))
        .from(check_department::Entity)
        .and_where(check_department::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(check_department::Column::DepartmentId.eq(follow_up.department_id))
        .and_where(
            Expr::col(check_department::Column::ControlCheckId.as_column_ref()).equals(Column::Id.as_column_ref()),
        )
        .to_owned();
    let shown = Query::select()
        .expr(Expr::val(1))
        .from(check_follow_up::Entity)
        .and_where(check_follow_up::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(check_follow_up::Column::FollowUpId.eq(follow_up.id))
        .and_where(
            Expr::col(check_follow_up::Column::ControlCheckId.as_column_ref()).equals(Column::Id.as_column_ref()),
        )
        .to_owned();
    Ok(reader
        .find::<control_check::Entity>()
        .filter(Column::ControlPointId.eq(follow_up.control_point_id))
        .filter(Condition::any().add(Column::ForAll.eq(true)).add(Expr::exists(named)))
        .filter(Expr::exists(shown).not())
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?)
}

relation! {
    /// The checks that show in a follow-up.
    ChecksOfFollowUp: FollowUpRow => Sealed<control_check::Model>,
    |row| Some(row.follow_up.id), checks_of_follow_ups
}

async fn checks_of_follow_ups(
    reader: &Reader,
    follow_ups: Vec<Uuid>,
) -> Result<Vec<(Uuid, Sealed<control_check::Model>)>, StoreError> {
    use check_follow_up::Column;
    if follow_ups.is_empty() {
        return Ok(Vec::new());
    }
    let select = join::<_, check_follow_up::Entity>(
        check_rows(reader),
        JoinType::InnerJoin,
        control_check::Column::Id,
        Column::ControlCheckId,
    );
    let select = join_joined::<_, check_follow_up::Entity, follow_up::Entity>(
        select,
        JoinType::InnerJoin,
        Column::FollowUpId,
        follow_up::Column::Id,
    );
    let rows = select
        .filter(reader.any_of(Column::FollowUpId.as_column_ref(), follow_ups))
        // As this follow-up shows it: what another one shows earlier tells nothing here.
        .filter(visible_evidence_of_check(reader, control_check::Column::CreatedAt))
        .column_as(Column::FollowUpId, Keyed::<()>::KEY)
        .order_by_asc(control_check::Column::Id)
        .into_model::<Keyed<Sealed<control_check::Model>>>()
        .all(reader.session())
        .await?;
    Ok(sealed_last(rows.into_iter().map(Keyed::pair).collect()))
}

relation! {
    /// The follow-ups in which the reader sees a check.
    FollowUpsOfCheck: Sealed<control_check::Model> => FollowUpRow,
    |row| Some(row.outside(|check| check.id)), follow_ups_of_checks
}

async fn follow_ups_of_checks(reader: &Reader, checks: Vec<Uuid>) -> Result<Vec<(Uuid, FollowUpRow)>, StoreError> {
    let select = join::<_, check_follow_up::Entity>(
        follow_up_rows(reader),
        JoinType::InnerJoin,
        follow_up::Column::Id,
        check_follow_up::Column::FollowUpId,
    );
    let select = join_joined::<_, check_follow_up::Entity, control_check::Entity>(
        select,
        JoinType::InnerJoin,
        check_follow_up::Column::ControlCheckId,
        control_check::Column::Id,
    );
    let rows = select
        .filter(reader.any_of(check_follow_up::Column::ControlCheckId.as_column_ref(), checks))
        .filter(visible_evidence_of_check(reader, control_check::Column::CreatedAt))
        .column_as(check_follow_up::Column::ControlCheckId, Keyed::<()>::KEY)
        .order_by_asc(follow_up::Column::Id)
        .into_model::<Keyed<FollowUpRow>>()
        .all(reader.session())
        .await?;
    Ok(rows.into_iter().map(Keyed::pair).collect())
}

relation! {
    /// The check that found something.
    CheckOfFinding: Sealed<finding::Model> => Sealed<control_check::Model>,
    |row| row.unnoted().and_then(|finding| finding.control_check_id), visible_checks_by_id
}
