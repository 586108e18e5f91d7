//! Reading the organisation.

mod relation;

pub(super) use relation::{
    CommitteeOfPeriod, CommitteeOfRole, CommitteesOn, DepartmentOfPeriod, DepartmentOfRole, DepartmentsOn,
    ParentCommittee, ParentDepartment, Periods, PredecessorOf, PredecessorsOf, RolesOfUser, SuccessorOf, SuccessorsOf,
    UserOfRole,
};

use super::rules::{Landing, landing};
use crate::{
    access::{Place, Reader, Right, join, with_those_above},
    database::{Page, PageError, Slice, SortKey, StoreError, count, page},
    graphql::Relation,
};
use chrono::NaiveDate;
use entity::{
    AccessChangeStatus, CommitteeKind, ControlYearPhase, Role, UserKind, access_change, committee, control_year,
    department, department_committee, department_succession, follow_up, role_assignment, user_account,
};
use sea_orm::{
    ColumnTrait, Condition, JoinType, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, IntoColumnRef, Order, Query},
};
use std::collections::HashMap;
use uuid::Uuid;

/// The committee with this code.
pub(crate) async fn committee_by_code(reader: &Reader, code: &str) -> Result<Option<committee::Model>, StoreError> {
    Ok(reader
        .find::<committee::Entity>()
        .filter(committee::Column::Code.eq(code))
        .one(reader.session())
        .await?)
}

/// The department with this code.
pub(crate) async fn department_by_code(reader: &Reader, code: &str) -> Result<Option<department::Model>, StoreError> {
    Ok(reader
        .find::<department::Entity>()
        .filter(department::Column::Code.eq(code))
        .one(reader.session())
        .await?)
}

/// The place with a code: the department's, the committee's, or the municipality when neither is given.
pub(crate) async fn place_by_code(
    reader: &Reader,
    department: Option<&str>,
    committee: Option<&str>,
) -> Result<Option<Place>, StoreError> {
    Ok(match (department, committee) {
        (Some(code), _) => department_by_code(reader, code)
            .await?
            .map(|row| Place::Department(row.id)),
        (None, Some(code)) => committee_by_code(reader, code)
            .await?
            .map(|row| Place::Committee(row.id)),
        (None, None) => Some(Place::Municipality),
    })
}

/// The id of the user who signs in with this name, disabled or not.
pub(crate) async fn user_id_by_name(reader: &Reader, username: &str) -> Result<Option<Uuid>, StoreError> {
    Ok(user_by_username(reader, username).await?.map(|user| user.id))
}

/// The user who signs in with this name.
pub(super) async fn user_by_username(
    reader: &Reader,
    username: &str,
) -> Result<Option<user_account::Model>, StoreError> {
    Ok(reader
        .find::<user_account::Entity>()
        .filter(user_account::Column::Username.eq(username))
        .one(reader.session())
        .await?)
}

/// The roles that a user holds on a day.
pub(super) async fn roles_on(
    reader: &Reader,
    user_id: Uuid,
    day: NaiveDate,
) -> Result<Vec<role_assignment::Model>, StoreError> {
    use role_assignment::Column;
    Ok(reader
        .find::<role_assignment::Entity>()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::InForce.eq(true))
        .filter(Column::ValidFrom.lte(day))
        .filter(Column::ValidTo.is_null().or(Column::ValidTo.gte(day)))
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?)
}

/// The departments and committees that a user holds a role in, on a day or later.
pub(super) async fn units_held(reader: &Reader, user_id: Uuid, day: NaiveDate) -> Result<Vec<Uuid>, StoreError> {
    use role_assignment::Column;
    let roles = reader
        .find::<role_assignment::Entity>()
        .filter(Column::UserId.eq(user_id))
        .filter(holds_or_waits())
        .filter(Column::ValidTo.is_null().or(Column::ValidTo.gte(day)))
        .all(reader.session())
        .await?;
    Ok(roles
        .into_iter()
        .filter_map(|role| role.department_id.or(role.committee_id))
        .collect())
}

/// Whether a working committee prepares for a committee.
pub(crate) async fn has_working_committee(reader: &Reader, committee_id: Uuid) -> Result<bool, StoreError> {
    let found = reader
        .find::<committee::Entity>()
        .filter(committee::Column::ParentId.eq(committee_id))
        .filter(committee::Column::Kind.eq(CommitteeKind::WorkingCommittee))
        .limit(1)
        .one(reader.session())
        .await?;
    Ok(found.is_some())
}

/// The departments that answer to a committee on a day.
pub(crate) fn departments_on(reader: &Reader, day: NaiveDate) -> Select<department::Entity> {
    let select = reader.find::<department::Entity>();
    // A section answers through the department that it is part of.
    let answers = Expr::col(department_committee::Column::DepartmentId.as_column_ref());
    let answering = Query::select()
        .expr(Expr::val(1))
        .from(department_committee::Entity)
        .and_where(department_committee::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(
            answers
                .clone()
                .equals(department::Column::Id.as_column_ref())
                .or(answers.equals(department::Column::ParentId.as_column_ref())),
        )
        .cond_where(valid_on(day))
        .to_owned();
    select.filter(Expr::exists(answering))
}

/// A page of [`departments`], and how many there are when that is wanted.
pub(super) async fn department_page(
    reader: &Reader,
    on: Option<NaiveDate>,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<department::Model>, i32), PageError> {
    let order = [
        SortKey::number(department::Column::Position.into_expr()),
        SortKey::bytes(department::Column::NameKey.into_expr()),
        SortKey::id(department::Column::Id.into_expr()),
    ];
    let select = match on {
        Some(day) => departments_on(reader, day),
        None => reader.find(),
    };
    let count = if total {
        count(reader.session(), select.clone()).await?
    } else {
        0
    };
    let slice = page(reader.session(), select, "departments", &order, wanted).await?;
    Ok((slice, count))
}

/// A page of the municipality's committees by name, and how many there are when that is wanted.
pub(super) async fn committee_page(
    reader: &Reader,
    wanted: &Page,
    total: bool,
) -> Result<(Slice<committee::Model>, i32), PageError> {
    let order = [
        SortKey::bytes(committee::Column::NameKey.into_expr()),
        SortKey::id(committee::Column::Id.into_expr()),
    ];
    let select = reader.find::<committee::Entity>();
    let count = if total {
        count(reader.session(), select.clone()).await?
    } else {
        0
    };
    let slice = page(reader.session(), select, "committees", &order, wanted).await?;
    Ok((slice, count))
}

/// A page of the users by name, and how many there are when that is wanted: for those who may see users.
pub(super) async fn user_page(
    reader: &Reader,
    (active, kind): (Option<bool>, Option<UserKind>),
    wanted: &Page,
    total: bool,
) -> Result<(Slice<user_account::Model>, i32), PageError> {
    let order = [
        SortKey::bytes(user_account::Column::NameKey.into_expr()),
        SortKey::id(user_account::Column::Id.into_expr()),
    ];
    let mut select = reader.find::<user_account::Entity>();
    if reader.reach(Right::UserRead).is_empty() {
        // Everybody sees themself.
        select = select.filter(reader.any_of(user_account::Column::Id.as_column_ref(), reader.actor().user_id()));
    }
    if let Some(active) = active {
        select = select.filter(user_account::Column::Active.eq(active));
    }
    if let Some(kind) = kind {
        select = select.filter(user_account::Column::Kind.eq(kind));
    }
    let count = if total {
        count(reader.session(), select.clone()).await?
    } else {
        0
    };
    let slice = page(reader.session(), select, "users", &order, wanted).await?;
    Ok((slice, count))
}

/// The committees that a department answers to on a day, through the department that it is part of if it is a
/// section.
pub(crate) async fn committees_of_department(
    reader: &Reader,
    department: &department::Model,
    on: NaiveDate,
) -> Result<Vec<committee::Model>, StoreError> {
    let found = CommitteesOn(on).load(reader, vec![answering_id(department)]).await?;
    Ok(found.into_iter().map(|(_, committee)| committee).collect())
}

/// Which department answers for this one: a section does through the department that it is part of.
fn answering_id(department: &department::Model) -> Uuid {
    department.parent_id.unwrap_or(department.id)
}

/// The committee that a department answers to on a day: `preferred` if it is one of several, else the one that was
/// registered first; null when it answers to none. All three are told by the statement that this is a value in.
pub(crate) fn committee_answered_to(
    reader: &Reader,
    department: impl IntoColumnRef,
    preferred: impl Into<Expr>,
    day: impl Into<Expr>,
) -> Expr {
    use department_committee::Column;
    // As in `answering_id`.
    let answering = Query::select()
        .expr(
            department::Column::ParentId
                .into_expr()
                .if_null(department::Column::Id.into_expr()),
        )
        .from(department::Entity)
        .and_where(department::Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(department::Column::Id.into_expr().eq(Expr::col(department)))
        .to_owned();
    let preferred = preferred.into();
    let mut first = Query::select();
    first
        .column(Column::CommitteeId)
        .from(department_committee::Entity)
        .and_where(Column::MunicipalityId.eq(reader.municipality_id()))
        .and_where(Column::DepartmentId.in_subquery(answering))
        .cond_where(valid_on(day));
    let among = Expr::exists(
        first
            .clone()
            .and_where(Column::CommitteeId.into_expr().eq(preferred.clone()))
            .to_owned(),
    );
    first.order_by(Column::CommitteeId, Order::Asc).limit(1);
    Expr::case(among, preferred)
        .finally(Expr::SubQuery(None, Box::new(first.into())))
        .into()
}

/// Who carries on whose work, of the whole municipality.
pub(super) async fn successions(reader: &Reader) -> Result<Vec<department_succession::Model>, StoreError> {
    Ok(reader
        .find::<department_succession::Entity>()
        .order_by_asc(department_succession::Column::Id)
        .all(reader.session())
        .await?)
}

/// Where the work of each of the municipality's departments goes on as of a day.
pub(crate) async fn landings_on(reader: &Reader, day: NaiveDate) -> Result<HashMap<Uuid, Landing>, StoreError> {
    let successions = successions(reader).await?;
    let departments = department_parents(reader).await?;
    Ok(departments
        .into_iter()
        .map(|(id, _)| (id, landing(id, &successions, day)))
        .collect())
}

/// The periods of a department with committees that last on a day or begin later.
pub(super) async fn periods_lasting(
    reader: &Reader,
    department_id: Uuid,
    day: NaiveDate,
) -> Result<Vec<department_committee::Model>, StoreError> {
    use department_committee::Column;
    Ok(reader
        .find::<department_committee::Entity>()
        .filter(Column::DepartmentId.eq(department_id))
        .filter(Column::ValidTo.is_null().or(Column::ValidTo.gte(day)))
        .order_by_asc(Column::Id)
        .all(reader.session())
        .await?)
}

/// Whether a department answers to a committee at some time from `first` to `last`.
pub(crate) async fn department_committee_within(
    reader: &Reader,
    department: &department::Model,
    committee_id: Uuid,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<bool, StoreError> {
    use department_committee::Column;
    let found = reader
        .find::<department_committee::Entity>()
        .filter(Column::DepartmentId.eq(answering_id(department)))
        .filter(Column::CommitteeId.eq(committee_id))
        .filter(Column::ValidFrom.lte(last))
        .filter(Column::ValidTo.is_null().or(Column::ValidTo.gte(first)))
        .limit(1)
        .one(reader.session())
        .await?;
    Ok(found.is_some())
}

/// Whether one of a department's periods with a committee overlaps another.
pub(super) async fn overlapping_period(
    reader: &Reader,
    period: &department_committee::Model,
) -> Result<bool, StoreError> {
    use department_committee::Column;
    let mut select = reader
        .find::<department_committee::Entity>()
        .filter(Column::DepartmentId.eq(period.department_id))
        .filter(Column::CommitteeId.eq(period.committee_id))
        .filter(Column::Id.ne(period.id))
        .filter(Column::ValidTo.is_null().or(Column::ValidTo.gte(period.valid_from)));
    if let Some(end) = period.valid_to {
        select = select.filter(Column::ValidFrom.lte(end));
    }
    Ok(select.limit(1).one(reader.session()).await?.is_some())
}

/// Whether the user has the same role for the same department or committee in a part of the period already.
pub(super) async fn overlapping_role(reader: &Reader, role: &role_assignment::Model) -> Result<bool, StoreError> {
    use role_assignment::Column;
    let same = |column: Column, id: Option<Uuid>| match id {
        Some(id) => column.eq(id),
        None => column.is_null(),
    };
    let mut select = reader
        .find::<role_assignment::Entity>()
        .filter(Column::UserId.eq(role.user_id))
        .filter(Column::Role.eq(role.role))
        .filter(holds_or_waits())
        .filter(same(Column::DepartmentId, role.department_id))
        .filter(same(Column::CommitteeId, role.committee_id))
        .filter(Column::Id.ne(role.id))
        .filter(Column::ValidTo.is_null().or(Column::ValidTo.gte(role.valid_from)));
    if let Some(end) = role.valid_to {
        select = select.filter(Column::ValidFrom.lte(end));
    }
    Ok(select.limit(1).one(reader.session()).await?.is_some())
}

/// Role assignments that are in force, or wait for a second administrator.
fn holds_or_waits() -> Condition {
    use access_change::Column;
    let waits = Query::select()
        .expr(Expr::val(1))
        .from(access_change::Entity)
        .and_where(
            Expr::col(Column::MunicipalityId.as_column_ref())
                .equals(role_assignment::Column::MunicipalityId.as_column_ref()),
        )
        .and_where(
            Expr::col(Column::RoleAssignmentId.as_column_ref()).equals(role_assignment::Column::Id.as_column_ref()),
        )
        .and_where(Column::Status.eq(AccessChangeStatus::Pending))
        .to_owned();
    Condition::any()
        .add(role_assignment::Column::InForce.eq(true))
        .add(Expr::exists(waits))
}

/// Each department with the one that it is part of.
pub(crate) async fn department_parents(reader: &Reader) -> Result<Vec<(Uuid, Option<Uuid>)>, StoreError> {
    let rows = reader.find::<department::Entity>().all(reader.session()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.parent_id)).collect())
}

/// Each department with the one that it is part of, and with those that carry on its work, now or later.
pub(super) async fn department_heirs(reader: &Reader) -> Result<Vec<(Uuid, Option<Uuid>)>, StoreError> {
    let mut heirs = department_parents(reader).await?;
    let successions = successions(reader).await?;
    heirs.extend(
        successions
            .iter()
            .map(|row| (row.department_id, Some(row.successor_id))),
    );
    Ok(heirs)
}

/// Whether a department, or a section of it, has followed anything up.
pub(super) async fn has_followed_up(reader: &Reader, department_id: Uuid) -> Result<bool, StoreError> {
    let parents = department_parents(reader).await?;
    let within = parents
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| with_those_above(&parents, *id).contains(&department_id));
    let found = reader
        .find::<follow_up::Entity>()
        .filter(reader.any_of(follow_up::Column::DepartmentId.as_column_ref(), within))
        .limit(1)
        .one(reader.session())
        .await?;
    Ok(found.is_some())
}

/// The latest control year that is closed.
pub(super) async fn last_closed_year(reader: &Reader) -> Result<Option<i32>, StoreError> {
    let found = reader
        .find::<control_year::Entity>()
        .filter(control_year::Column::Phase.eq(ControlYearPhase::Closed))
        .order_by_desc(control_year::Column::Year)
        .limit(1)
        .one(reader.session())
        .await?;
    Ok(found.map(|year| year.year))
}

/// Those of `users` who are active and hold `role` on a day in the department, or in one that it is part of.
pub(crate) async fn role_holders(
    reader: &Reader,
    role: Role,
    department_id: Uuid,
    on: NaiveDate,
    users: &[Uuid],
) -> Result<Vec<Uuid>, StoreError> {
    use role_assignment::Column;
    let parents = department_parents(reader).await?;
    let select = join::<role_assignment::Entity, user_account::Entity>(
        reader.find(),
        JoinType::InnerJoin,
        Column::UserId,
        user_account::Column::Id,
    );
    let found = select
        .filter(Column::Role.eq(role))
        .filter(Column::InForce.eq(true))
        .filter(reader.any_of(
            Column::DepartmentId.as_column_ref(),
            with_those_above(&parents, department_id),
        ))
        .filter(reader.any_of(Column::UserId.as_column_ref(), users.iter().copied()))
        .filter(Column::ValidFrom.lte(on))
        .filter(Column::ValidTo.is_null().or(Column::ValidTo.gte(on)))
        .filter(user_account::Column::Active.eq(true))
        .all(reader.session())
        .await?;
    Ok(found.into_iter().map(|role| role.user_id).collect())
}

/// Each committee with the one that it belongs under.
pub(super) async fn committee_parents(reader: &Reader) -> Result<Vec<(Uuid, Option<Uuid>)>, StoreError> {
    let rows = reader.find::<committee::Entity>().all(reader.session()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.parent_id)).collect())
}

fn valid_on(day: impl Into<Expr>) -> Condition {
    use department_committee::Column;
    let day = day.into();
    Condition::all()
        .add(Column::ValidFrom.into_expr().lte(day.clone()))
        .add(Column::ValidTo.is_null().or(Column::ValidTo.into_expr().gte(day)))
}
