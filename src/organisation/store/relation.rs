//! How the rows of the organisation belong together.

use super::{answering_id, valid_on};
use crate::{
    access::{Keyed, Reader, join, rows_by_id, rows_referring},
    database::StoreError,
    graphql::Relation,
    relation,
};
use chrono::NaiveDate;
use entity::{committee, department, department_committee, department_succession, role_assignment, user_account};
use sea_orm::{ColumnTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// The committees that departments answer to on a day.
#[derive(Clone, Copy, Debug)]
pub(in crate::organisation) struct CommitteesOn(pub(in crate::organisation) NaiveDate);

/// The departments that answer to committees on a day, in the municipality's order.
#[derive(Clone, Copy, Debug)]
pub(in crate::organisation) struct DepartmentsOn(pub(in crate::organisation) NaiveDate);

impl Relation for CommitteesOn {
    type Parent = department::Model;
    type Child = committee::Model;

    fn key(department: &department::Model) -> Option<Uuid> {
        Some(answering_id(department))
    }

    fn arguments(&self) -> String {
        self.0.to_string()
    }

    async fn load(&self, reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, committee::Model)>, StoreError> {
        use department_committee as period;
        let select = join::<committee::Entity, period::Entity>(
            reader.find(),
            JoinType::InnerJoin,
            committee::Column::Id,
            period::Column::CommitteeId,
        )
        .filter(reader.any_of(period::Column::DepartmentId.as_column_ref(), keys))
        .filter(valid_on(self.0))
        .column_as(period::Column::DepartmentId, Keyed::<committee::Model>::KEY)
        .order_by_asc(committee::Column::NameKey)
        .order_by_asc(committee::Column::Id);
        let rows = select
            .into_model::<Keyed<committee::Model>>()
            .all(reader.session())
            .await?;
        Ok(rows.into_iter().map(Keyed::pair).collect())
    }
}

impl Relation for DepartmentsOn {
    type Parent = committee::Model;
    type Child = department::Model;

    fn key(committee: &committee::Model) -> Option<Uuid> {
        Some(committee.id)
    }

    fn arguments(&self) -> String {
        self.0.to_string()
    }

    async fn load(&self, reader: &Reader, keys: Vec<Uuid>) -> Result<Vec<(Uuid, department::Model)>, StoreError> {
        use department_committee as period;
        let select = join::<department::Entity, period::Entity>(
            reader.find(),
            JoinType::InnerJoin,
            department::Column::Id,
            period::Column::DepartmentId,
        )
        .filter(reader.any_of(period::Column::CommitteeId.as_column_ref(), keys))
        .filter(valid_on(self.0))
        .column_as(period::Column::CommitteeId, Keyed::<department::Model>::KEY)
        .order_by_asc(department::Column::Position)
        .order_by_asc(department::Column::NameKey)
        .order_by_asc(department::Column::Id);
        let rows = select
            .into_model::<Keyed<department::Model>>()
            .all(reader.session())
            .await?;
        Ok(rows.into_iter().map(Keyed::pair).collect())
    }
}

relation! {
    /// The department that a department is part of.
    ParentDepartment: department::Model => department::Model,
    |department| department.parent_id, rows_by_id::<department::Entity>
}

relation! {
    /// The committee that a committee belongs under.
    ParentCommittee: committee::Model => committee::Model,
    |committee| committee.parent_id, rows_by_id::<committee::Entity>
}

relation! {
    /// A department's periods under committees.
    Periods: department::Model => department_committee::Model,
    |department| Some(department.id),
    |reader, keys| rows_referring::<department_committee::Entity>(
        reader, department_committee::Column::DepartmentId, keys)
}

relation! {
    /// The department of a period.
    DepartmentOfPeriod: department_committee::Model => department::Model,
    |period| Some(period.department_id), rows_by_id::<department::Entity>
}

relation! {
    /// The committee of a period.
    CommitteeOfPeriod: department_committee::Model => committee::Model,
    |period| Some(period.committee_id), rows_by_id::<committee::Entity>
}

relation! {
    /// A user's role assignments, ended ones too.
    RolesOfUser: user_account::Model => role_assignment::Model,
    |user| Some(user.id),
    |reader, keys| rows_referring::<role_assignment::Entity>(reader, role_assignment::Column::UserId, keys)
}

relation! {
    /// The user of a role assignment.
    UserOfRole: role_assignment::Model => user_account::Model,
    |role| Some(role.user_id), rows_by_id::<user_account::Entity>
}

relation! {
    /// The department that a role is assigned for.
    DepartmentOfRole: role_assignment::Model => department::Model,
    |role| role.department_id, rows_by_id::<department::Entity>
}

relation! {
    /// The committee that a role is assigned for.
    CommitteeOfRole: role_assignment::Model => committee::Model,
    |role| role.committee_id, rows_by_id::<committee::Entity>
}

relation! {
    /// The successions by which others carry on a department's work.
    SuccessorsOf: department::Model => department_succession::Model,
    |department| Some(department.id),
    |reader, keys| rows_referring::<department_succession::Entity>(
        reader, department_succession::Column::DepartmentId, keys)
}

relation! {
    /// The successions by which a department carries on the work of others.
    PredecessorsOf: department::Model => department_succession::Model,
    |department| Some(department.id),
    |reader, keys| rows_referring::<department_succession::Entity>(
        reader, department_succession::Column::SuccessorId, keys)
}

relation! {
    /// The department whose work is carried on.
    PredecessorOf: department_succession::Model => department::Model,
    |succession| Some(succession.department_id), rows_by_id::<department::Entity>
}

relation! {
    /// The department that carries it on.
    SuccessorOf: department_succession::Model => department::Model,
    |succession| Some(succession.successor_id), rows_by_id::<department::Entity>
}
