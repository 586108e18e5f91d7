//! Separation of duties: the one place where it is decided who must not do what.

use super::{Failure, Problem, Transaction};
use crate::{
    access::{Place, Reader},
    database::StoreError,
    language::Message,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

/// Two steps that the same hands must not do both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
pub enum Duties {
    /// Who assessed does not review: neither passes an assessment nor sends it back, which would make them forgotten.
    AssessAndReview,
    /// Who carried out an action does not verify it, nor say that verifying it failed: then nobody would remember who
    /// did.
    CarryOutAndVerify,
    /// Who resolved a finding, or carried out one of its actions, does not verify it, nor say that verifying it failed.
    ResolveAndVerify,
    /// Who wrote on a report does not propose it, unless the municipality's policy lets them.
    WriteAndPropose,
    /// Nobody grants or changes their own role or permission.
    GrantAndHold,
    /// What takes two administrators is not approved by the one who proposed it.
    ProposeAndApprove,
    /// What takes two administrators is not approved by who gains by it.
    GainAndApprove,
}

impl Duties {
    /// Every pair.
    pub const ALL: [Self; 7] = [
        Self::AssessAndReview,
        Self::CarryOutAndVerify,
        Self::ResolveAndVerify,
        Self::WriteAndPropose,
        Self::GrantAndHold,
        Self::ProposeAndApprove,
        Self::GainAndApprove,
    ];

    /// The rule, for people.
    #[must_use]
    pub const fn rule(self) -> Message {
        match self {
            Self::AssessAndReview => message!("use-case-assess-and-review"),
            Self::CarryOutAndVerify => message!("use-case-carry-out-and-verify"),
            Self::ResolveAndVerify => {
                message!("use-case-resolve-and-verify")
            }
            Self::WriteAndPropose => message!("use-case-write-and-propose"),
            Self::GrantAndHold => {
                message!("use-case-grant-and-hold")
            }
            Self::ProposeAndApprove => message!("use-case-propose-and-approve"),
            Self::GainAndApprove => message!("use-case-gain-and-approve"),
        }
    }
}

/// Duties that are separated, and who has done the first step, as far as that is known.
pub(crate) type Separated = (Duties, Vec<Option<Uuid>>);

/// Where something is acted on, and whose hands have been on it.
#[derive(Clone, Debug)]
pub(crate) struct ActedOn {
    /// Where it is.
    pub(crate) place: Place,
    /// The duties that are separated there.
    pub(crate) duties: Option<Separated>,
}

/// Everybody who has the same hands as somebody: a service account acts for those who were shown one of its tokens, or
/// linked it to a provider, where they may know its secret; and they could act through every account of theirs. Tokens and
/// links count also after they were ended: what was done with them stays done.
const HANDS: &str = "
WITH held AS (
    SELECT user_id AS account, issued_by AS holder
    FROM service_token WHERE municipality_id = $1 AND issued_by IS NOT NULL
    UNION
    SELECT user_identity.user_id, user_identity.linked_by
    FROM user_identity
    JOIN user_account ON user_account.municipality_id = $1 AND user_account.id = user_identity.user_id
    WHERE user_identity.municipality_id = $1 AND user_account.kind = 'SERVICE' AND user_identity.linked_by IS NOT NULL
), people AS (
    SELECT id FROM user_account WHERE municipality_id = $1 AND id = $2
    UNION
    SELECT holder FROM held WHERE account = $2
)
SELECT id FROM people
UNION
SELECT held.account FROM held JOIN people ON held.holder = people.id";

#[derive(FromQueryResult)]
struct Hand {
    id: Uuid,
}

impl Transaction {
    /// Refuses the second of two steps to whoever did the first: `those` who did it, as far as that is known. Writers of
    /// one municipality take turns, so that nobody does the first step at the same moment.
    ///
    /// # Errors
    /// A problem `SEPARATION_OF_DUTIES` when the actor is one of them, also through a service account.
    pub async fn separate(&self, duties: Duties, those: &[Option<Uuid>]) -> Result<(), Failure> {
        let Some(actor) = self.user_id() else {
            return Ok(());
        };
        if same_hands(self.reader(), actor, those).await? {
            return Err(Problem::separation(duties.rule()).into());
        }
        Ok(())
    }
}

/// Whether somebody is one of `those`, or acts through one of them, or one of them through somebody.
///
/// # Errors
/// When the database fails.
pub(crate) async fn same_hands(reader: &Reader, actor: Uuid, those: &[Option<Uuid>]) -> Result<bool, StoreError> {
    if those.contains(&Some(actor)) {
        return Ok(true);
    }
    if those.iter().all(Option::is_none) {
        return Ok(false);
    }
    let hands = hands_of(reader, actor).await?;
    Ok(hands.iter().any(|hand| those.contains(&Some(*hand))))
}

/// Everybody who has the same hands as somebody, themself among them.
///
/// # Errors
/// When the database fails.
pub(crate) async fn hands_of(reader: &Reader, actor: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let session = reader.session();
    let values = [reader.municipality_id().into(), actor.into()];
    let statement = Statement::from_sql_and_values(session.get_database_backend(), HANDS, values);
    let hands = Hand::find_by_statement(statement).all(session).await?;
    Ok(hands.into_iter().map(|hand| hand.id).collect())
}
