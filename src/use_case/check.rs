use super::{Failure, Problem, ProblemKind, Transaction};
use crate::{
    database::{StoreError, TenantTable},
    graphql::{NodeKind, PartialDateInput},
};
use async_graphql::{ID, MaybeUndefined};
use chrono::NaiveDate;
use sea_orm::{ActiveValue, Condition};
use std::ops::RangeInclusive;
use uuid::Uuid;

/// The most characters of a title or a name.
pub const NAME_TEXT: usize = 300;
/// The most characters of a code, a function or another short text.
pub const SHORT_TEXT: usize = 300;
/// The most characters of a free text.
pub const LONG_TEXT: usize = 20_000;

/// Looks an input through and gathers everything that is wrong with it, so that the client hears of all at once.
#[derive(Debug, Default)]
pub struct Check {
    problems: Vec<Problem>,
}

impl Check {
    /// A check that has found nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a problem.
    pub fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Notes `problem` unless `holds`.
    pub fn require(&mut self, holds: bool, problem: impl FnOnce() -> Problem) {
        if !holds {
            self.problems.push(problem());
        }
    }

    /// Passes when nothing was found.
    ///
    /// # Errors
    /// With everything that was found.
    pub fn finish(self) -> Result<(), Failure> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Failure::Problems(self.problems))
        }
    }

    /// Everything that was found, where it already stands in the way of asking for leave.
    #[must_use]
    pub fn into_failure(self) -> Failure {
        Failure::Problems(self.problems)
    }

    /// What was found, or nothing when it could not be: then everything that is wrong with it is noted.
    ///
    /// # Errors
    /// When it failed for another reason than the input.
    pub fn gather<T>(&mut self, found: Result<T, Failure>) -> Result<Option<T>, Failure> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(Failure::Problems(problems)) => {
                self.problems.extend(problems);
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Notes what a rule refuses.
    pub fn apply(&mut self, rule: Result<(), Problem>) {
        self.problems.extend(rule.err());
    }

    /// A text that has to be there: not blank, and at most `limit` characters.
    pub fn text(&mut self, path: &str, text: &str, limit: usize) {
        if text.trim().is_empty() {
            self.add(Problem::invalid(path, message!("use-case-empty")));
        }
        self.characters(path, text, limit);
    }

    /// A text that may be left out, but not be blank.
    pub fn optional_text(&mut self, path: &str, text: Option<&String>, limit: usize) {
        if let Some(text) = text {
            self.text(path, text, limit);
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, path: &str, texts: &[String], limit: usize) {
        const MOST: usize = 50;
        if texts.len() > MOST {
            self.add(Problem::new(
                ProblemKind::Limit,
                path,
                message!("use-case-too-many-entries", most = MOST, found = texts.len()),
            ));
        }
        for (index, text) in texts.iter().enumerate() {
            self.text(&format!("{path}.{index}"), text, limit);
        }
    }

    /// A change of a text that has to be there: null is refused, absent leaves it.
    pub fn text_change(&mut self, path: &str, change: &MaybeUndefined<String>, limit: usize) {
        self.not_null(path, change);
        self.optional_text(path, change.value(), limit);
    }

    /// A change of a text that may be cleared with null.
    pub fn optional_text_change(&mut self, path: &str, change: &MaybeUndefined<String>, limit: usize) {
        self.optional_text(path, change.value(), limit);
    }

    /// That a change does not clear what has to be there.
    pub fn not_null<T>(&mut self, path: &str, change: &MaybeUndefined<T>) {
        if change.is_null() {
            self.add(Problem::invalid(path, message!("use-case-null")));
        }
    }

    /// A time that ends after it begins and says how it was stated.
    pub fn time(&mut self, path: &str, time: Option<&PartialDateInput>) {
        let Some(time) = time else { return };
        self.text(&format!("{path}.text"), &time.text, SHORT_TEXT);
        self.require(time.earliest <= time.latest, || {
            Problem::invalid(&format!("{path}.latest"), message!("use-case-time-reversed"))
        });
    }

    /// [`Self::time`] of something that has happened by `today`.
    pub fn past_time(&mut self, path: &str, time: Option<&PartialDateInput>, today: NaiveDate) {
        self.time(path, time);
        self.past_day(&format!("{path}.earliest"), time.map(|time| time.earliest.0), today);
    }

    /// A day on which something has happened by `today`.
    pub fn past_day(&mut self, path: &str, day: Option<NaiveDate>, today: NaiveDate) {
        if let Some(day) = day {
            self.require(day <= today, || {
                Problem::invalid(path, message!("use-case-day-in-future", day, today))
            });
        }
    }

    /// A number within a range.
    pub fn number(&mut self, path: &str, number: Option<i32>, range: RangeInclusive<i32>) {
        if let Some(number) = number
            && !range.contains(&number)
        {
            self.add(Problem::invalid(
                path,
                message!(
                    "use-case-number-out-of-range",
                    first = *range.start(),
                    last = *range.end(),
                    number
                ),
            ));
        }
    }

    /// The row's id behind a global id of one kind; nil when it is not one, which is then noted.
    pub fn id(&mut self, path: &str, kind: NodeKind, id: &ID) -> Uuid {
        match kind.decode(id) {
            Ok(id) => id,
            Err(error) => {
                self.add(Problem::invalid(path, error.message()));
                Uuid::nil()
            }
        }
    }

    /// [`Self::id`] of an id that may be left out.
    pub fn optional_id(&mut self, path: &str, kind: NodeKind, id: Option<&ID>) -> Option<Uuid> {
        id.map(|id| self.id(path, kind, id))
    }

    /// [`Self::id`] of a change of a reference.
    pub fn id_change(&mut self, path: &str, kind: NodeKind, change: MaybeUndefined<ID>) -> MaybeUndefined<Uuid> {
        change.map_value(|id| self.id(path, kind, &id))
    }

    /// That a row which the input refers to is there. `what` names the kind of thing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn exists<E: TenantTable>(
        &mut self,
        tx: &Transaction,
        path: &str,
        id: Option<Uuid>,
        what: NodeKind,
    ) -> Result<(), StoreError> {
        self.found::<E>(tx, path, id, what, Condition::all()).await?;
        Ok(())
    }

    /// The row that the input refers to, among those that `visible` lets the actor see; noted when there is none.
    /// `what` names the kind of thing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn found<E: TenantTable>(
        &mut self,
        tx: &Transaction,
        path: &str,
        id: Option<Uuid>,
        what: NodeKind,
        visible: Condition,
    ) -> Result<Option<E::Model>, StoreError> {
        let Some(id) = id.filter(|id| !id.is_nil()) else {
            return Ok(None);
        };
        let row = tx.reader().visible_by_id::<E>(id, visible).await?;
        if row.is_none() {
            self.add(Problem::not_found(path, what));
        }
        Ok(row)
    }

    fn characters(&mut self, path: &str, text: &str, limit: usize) {
        let length = text.chars().count();
        if length > limit {
            self.add(Problem::new(
                ProblemKind::Limit,
                path,
                message!("use-case-text-too-long", length, limit),
            ));
        }
        if text.contains('\0') {
            self.add(Problem::invalid(path, message!("use-case-null-character")));
        }
    }
}

/// What a column becomes by a change of a value that has to be there: absent, and null, leave it.
pub fn changed<T>(change: MaybeUndefined<T>) -> ActiveValue<T>
where
    T: Into<sea_orm::Value>,
{
    match change.take() {
        Some(value) => ActiveValue::Set(value),
        None => ActiveValue::NotSet,
    }
}

/// What a column becomes by a change of a value that may be cleared: absent leaves it, null clears it.
pub fn cleared_or_changed<T>(change: MaybeUndefined<T>) -> ActiveValue<Option<T>>
where
    T: Into<sea_orm::Value> + sea_orm::sea_query::Nullable,
{
    match change {
        MaybeUndefined::Undefined => ActiveValue::NotSet,
        MaybeUndefined::Null => ActiveValue::Set(None),
        MaybeUndefined::Value(value) => ActiveValue::Set(Some(value)),
    }
}
