use super::own_reach::refuse_own_reach;
use crate::{
    access::{Permit, Right},
    collation::sort_key,
    graphql::NodeKind,
    organisation::{
        rules::{PLACE, reaching, refuse_bad_code, refuse_cycle, refuse_moving},
        store,
    },
    use_case::{Check, Failure, NAME_TEXT, Problem, Transaction, UseCase, changed, cleared_or_changed, expect_version},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{DepartmentKind, department};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// The highest place in the municipality's order.
const LAST_POSITION: i32 = 10_000;

/// A new department.
#[derive(Clone, Debug, InputObject)]
pub struct CreateDepartmentInput {
    /// Its code, unique in the municipality: 2 to 8 capital letters and digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What kind of unit it is.
    pub kind: DepartmentKind,
    /// The department that it is part of.
    pub parent_id: Option<ID>,
    /// Its place in the municipality's order of departments: 0 to 10,000, lower first. Equal places go by name.
    #[graphql(default = 0)]
    pub position: i32,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateDepartmentInput {
    const NAME: &'static str = "createDepartment";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::OrganisationManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        refuse_bad_code(&mut check, "code", &self.code);
        check.text("name", &self.name, NAME_TEXT);
        check.number("position", Some(self.position), 0..=LAST_POSITION);
        let parent_id = check.optional_id("parentId", NodeKind::Department, self.parent_id.as_ref());
        check
            .exists::<department::Entity>(tx, "parentId", parent_id, NodeKind::Department)
            .await?;
        refuse_parentless(&mut check, self.kind, parent_id);
        let taken = store::department_by_code(tx.reader(), &self.code).await?;
        check.require(taken.is_none(), || {
            Problem::duplicate("code", message!("organisation-department-exists", code = self.code))
        });
        check.finish()?;
        let row = department::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            code: Set(self.code),
            name_key: Set(sort_key(&self.name)),
            name: Set(self.name),
            kind: Set(self.kind),
            parent_id: Set(parent_id),
            position: Set(self.position),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// A change of a department. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDepartmentInput {
    /// The department.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// Its name.
    pub name: MaybeUndefined<String>,
    /// What kind of unit it is.
    pub kind: MaybeUndefined<DepartmentKind>,
    /// The department that it is part of; null for none. Once it has followed anything up it is not moved: what it carried
    /// on would be read by others.
    pub parent_id: MaybeUndefined<ID>,
    /// Its place in the municipality's order of departments: 0 to 10,000, lower first. Equal places go by name.
    pub position: MaybeUndefined<i32>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateDepartmentInput {
    const NAME: &'static str = "updateDepartment";
    type Subject = department::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, department::Model), Failure> {
        let department = tx.subject::<department::Entity>(NodeKind::Department, &self.id).await?;
        Ok((tx.permit(Right::OrganisationManage, PLACE)?, department))
    }

    async fn perform(
        self,
        tx: &mut Transaction,
        permit: Permit,
        department: department::Model,
    ) -> Result<Uuid, Failure> {
        expect_version(&department, self.expected_version)?;
        let mut check = Check::new();
        check.text_change("name", &self.name, NAME_TEXT);
        check.not_null("kind", &self.kind);
        check.not_null("position", &self.position);
        check.number("position", self.position.value().copied(), 0..=LAST_POSITION);
        let parent_id = check.id_change("parentId", NodeKind::Department, self.parent_id);
        check
            .exists::<department::Entity>(tx, "parentId", parent_id.value().copied(), NodeKind::Department)
            .await?;
        let kind = self.kind.value().copied().unwrap_or(department.kind);
        let mut parent = department.parent_id;
        parent_id.update_to(&mut parent);
        refuse_parentless(&mut check, kind, parent);
        let parents = store::department_parents(tx.reader()).await?;
        refuse_cycle(&mut check, &parents, department.id, parent);
        check.finish()?;
        if parent != department.parent_id {
            let heirs = store::department_heirs(tx.reader()).await?;
            refuse_own_reach(tx, &reaching(&heirs, department.id, parent)).await?;
            refuse_moving(store::has_followed_up(tx.reader(), department.id).await?)?;
        }
        let mut change = department.clone().into_active_model();
        change.name_key = changed(self.name.clone().map_value(|name| sort_key(&name)));
        change.name = changed(self.name);
        change.kind = changed(self.kind);
        change.position = changed(self.position);
        change.parent_id = cleared_or_changed(parent_id);
        Ok(tx.update(&permit, department, change).await?.id)
    }
}

/// A section has no committee of its own: it answers through the department that it is part of.
fn refuse_parentless(check: &mut Check, kind: DepartmentKind, parent_id: Option<Uuid>) {
    check.require(kind != DepartmentKind::Section || parent_id.is_some(), || {
        Problem::invalid("parentId", message!("organisation-section-needs-parent"))
    });
}
