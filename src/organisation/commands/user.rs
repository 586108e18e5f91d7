use crate::{
    access::{Permit, Right},
    collation::sort_key,
    graphql::NodeKind,
    identity_number,
    organisation::{rules::PLACE, store},
    use_case::{
        Check, Failure, NAME_TEXT, Problem, SHORT_TEXT, Transaction, UseCase, changed, cleared_or_changed,
        expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{Language, UserKind, user_account};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

/// A new user.
#[derive(Clone, Debug, InputObject)]
pub struct CreateUserInput {
    /// The name that they sign in with, unique in the municipality. Never a personal identity number.
    pub username: String,
    /// The name that is shown, such as a function.
    pub name: String,
    /// Their e-mail address.
    pub email: Option<String>,
    /// The language that they are written to in; left out for that of the installation.
    pub language: Option<Language>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for CreateUserInput {
    const NAME: &'static str = "createUser";
    type Subject = ();

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, ()), Failure> {
        Ok((tx.permit(Right::UserManage, PLACE)?, ()))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, (): ()) -> Result<Uuid, Failure> {
        let new = NewUser {
            username: self.username,
            name: self.name,
            email: self.email,
            language: self.language,
            kind: UserKind::Person,
        };
        add_user(tx, &permit, new).await
    }
}

/// A user of either kind, before they are one.
#[derive(Clone, Debug)]
pub(crate) struct NewUser {
    pub(crate) username: String,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) kind: UserKind,
}

/// Stores a new user, and answers their id.
///
/// # Errors
/// When something is wrong with what they are to be called, or the database fails.
pub(crate) async fn add_user(tx: &mut Transaction, permit: &Permit, new: NewUser) -> Result<Uuid, Failure> {
    let mut check = Check::new();
    check.text("username", &new.username, SHORT_TEXT);
    check.text("name", &new.name, NAME_TEXT);
    check.optional_text("email", new.email.as_ref(), SHORT_TEXT);
    refuse_identity_number(&mut check, "username", &new.username);
    let taken = store::user_by_username(tx.reader(), &new.username).await?;
    check.require(taken.is_none(), || {
        Problem::duplicate(
            "username",
            message!("organisation-user-exists", username = new.username),
        )
    });
    check.finish()?;
    let row = user_account::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        id: Set(Uuid::now_v7()),
        username: Set(new.username),
        name_key: Set(sort_key(&new.name)),
        name: Set(new.name),
        email: Set(new.email),
        language: Set(new.language),
        kind: Set(new.kind),
        active: Set(true),
        version: Set(1),
        created_at: Set(tx.now()),
    };
    Ok(tx.insert(permit, row).await?.id)
}

/// A change of a user. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateUserInput {
    /// The user.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// The name that is shown.
    pub name: MaybeUndefined<String>,
    /// Their e-mail address; null for none.
    pub email: MaybeUndefined<String>,
    /// The language that they are written to in; null for that of the installation.
    pub language: MaybeUndefined<Language>,
    /// Whether they may sign in. False takes effect on their next request.
    pub active: MaybeUndefined<bool>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for UpdateUserInput {
    const NAME: &'static str = "updateUser";
    type Subject = user_account::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, user_account::Model), Failure> {
        let permit = tx.permit(Right::UserManage, PLACE)?;
        let user = tx.subject::<user_account::Entity>(NodeKind::User, &self.id).await?;
        Ok((permit, user))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, user: user_account::Model) -> Result<Uuid, Failure> {
        expect_version(&user, self.expected_version)?;
        let mut check = Check::new();
        check.text_change("name", &self.name, NAME_TEXT);
        check.optional_text_change("email", &self.email, SHORT_TEXT);
        check.not_null("active", &self.active);
        check.require(
            tx.user_id() != Some(user.id) || self.active != MaybeUndefined::Value(false),
            || Problem::invalid("active", message!("organisation-own-account")),
        );
        check.finish()?;
        let mut change = user.clone().into_active_model();
        change.name_key = changed(self.name.clone().map_value(|name| sort_key(&name)));
        change.name = changed(self.name);
        change.email = cleared_or_changed(self.email);
        change.language = cleared_or_changed(self.language);
        change.active = changed(self.active);
        Ok(tx.update(&permit, user, change).await?.id)
    }
}

/// A personal identity number is never stored, not even as a user name.
pub(crate) fn refuse_identity_number(check: &mut Check, path: &str, text: &str) {
    check.require(!identity_number::is_like_one(text), || {
        Problem::invalid(path, message!("organisation-identity-number"))
    });
}
