use super::own_reach::refuse_own_reach;
use crate::{
    access::{Permit, Right},
    collation::sort_key,
    graphql::NodeKind,
    organisation::{
        rules::{PLACE, reaching, refuse_bad_code, refuse_cycle},
        store,
    },
    use_case::{Check, Failure, NAME_TEXT, Problem, Transaction, UseCase, changed, cleared_or_changed, expect_version},
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{CommitteeKind, committee};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A new committee.
#[derive(Clone, Debug, InputObject)]
pub struct CreateCommitteeInput {
    /// Its code, unique in the municipality: 2 to 8 capital letters and digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What kind of body it is.
    pub kind: CommitteeKind,
    /// The committee that it belongs under, such as the board that a working committee prepares for.
    pub parent_id: Option<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateCommitteeInput {
    const NAME: &'static str = "createCommittee";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::OrganisationManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let mut check = Check::new();
        refuse_bad_code(&mut check, "code", &self.code);
        check.text("name", &self.name, NAME_TEXT);
        let parent_id = check.optional_id("parentId", NodeKind::Committee, self.parent_id.as_ref());
        check
            .exists::<committee::Entity>(tx, "parentId", parent_id, NodeKind::Committee)
            .await?;
        refuse_parentless(&mut check, self.kind, parent_id);
        let taken = store::committee_by_code(tx.reader(), &self.code).await?;
        check.require(taken.is_none(), || {
            Problem::duplicate("code", message!("organisation-committee-exists", code = self.code))
        });
        check.finish()?;
        let row = committee::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            code: Set(self.code),
            name_key: Set(sort_key(&self.name)),
            name: Set(self.name),
            kind: Set(self.kind),
            parent_id: Set(parent_id),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        Ok(tx.insert(&permit, row).await?.id)
    }
}

/// A change of a committee. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCommitteeInput {
    /// The committee.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// Its name.
    pub name: MaybeUndefined<String>,
    /// What kind of body it is.
    pub kind: MaybeUndefined<CommitteeKind>,
    /// The committee that it belongs under; null for none.
    pub parent_id: MaybeUndefined<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateCommitteeInput {
    const NAME: &'static str = "updateCommittee";
    type Subject = committee::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, committee::Model), Failure> {
        let committee = tx.subject::<committee::Entity>(NodeKind::Committee, &self.id).await?;
        Ok((tx.permit(Right::OrganisationManage, PLACE)?, committee))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, committee: committee::Model) -> Result<Uuid, Failure> {
        expect_version(&committee, self.expected_version)?;
        let mut check = Check::new();
        check.text_change("name", &self.name, NAME_TEXT);
        check.not_null("kind", &self.kind);
        let parent_id = check.id_change("parentId", NodeKind::Committee, self.parent_id);
        check
            .exists::<committee::Entity>(tx, "parentId", parent_id.value().copied(), NodeKind::Committee)
            .await?;
        let kind = self.kind.value().copied().unwrap_or(committee.kind);
        let parent = match parent_id {
            MaybeUndefined::Undefined => committee.parent_id,
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(id) => Some(id),
        };
        refuse_parentless(&mut check, kind, parent);
        let parents = store::committee_parents(tx.reader()).await?;
        refuse_cycle(&mut check, &parents, committee.id, parent);
        check.finish()?;
        if kind != committee.kind || parent != committee.parent_id {
            refuse_own_reach(tx, &reaching(&parents, committee.id, parent)).await?;
        }
        let mut change = committee.clone().into_active_model();
        change.name_key = changed(self.name.clone().map_value(|name| sort_key(&name)));
        change.name = changed(self.name);
        change.kind = changed(self.kind);
        change.parent_id = cleared_or_changed(parent_id);
        Ok(tx.update(&permit, committee, change).await?.id)
    }
}

/// A working committee prepares for some board; without one it has nobody to propose to.
fn refuse_parentless(check: &mut Check, kind: CommitteeKind, parent_id: Option<Uuid>) {
    check.require(kind != CommitteeKind::WorkingCommittee || parent_id.is_some(), || {
        Problem::invalid("parentId", message!("organisation-working-committee-needs-parent"))
    });
}
