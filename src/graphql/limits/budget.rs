//! What one client may ask for over time: a budget of complexity that is restored by the second.

use std::{
    num::NonZeroU32,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_graphql::{ServerError, Value, indexmap::IndexMap};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};

use crate::graphql::error::{ErrorCode, RequestError};

/// After how many requests the clients whose budgets are whole again are forgotten.
const FORGET_EVERY: u32 = 10_000;

type Buckets = RateLimiter<String, DashMapStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// The budgets of all clients of one server process.
#[derive(Clone, Debug)]
pub struct Budgets(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    size: NonZeroU32,
    restored_per_second: NonZeroU32,
    buckets: Buckets,
    clock: DefaultClock,
    asked: AtomicU32,
}

/// One client's budget for one request. Every transport puts one into the request's data.
#[derive(Clone, Debug)]
pub struct Allowance {
    budgets: Budgets,
    client: String,
    spent: Arc<Mutex<Option<Spent>>>,
}

/// What a request cost, and what is left after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spent {
    requested: u32,
    left: u32,
}

impl Budgets {
    /// Budgets of `size` points of complexity, of which so many are restored every second.
    #[must_use]
    pub fn new(size: NonZeroU32, restored_per_second: NonZeroU32) -> Self {
        let quota = Quota::per_second(restored_per_second).allow_burst(size);
        Self(Arc::new(Shared {
            size,
            restored_per_second,
            buckets: RateLimiter::dashmap(quota).with_middleware(),
            clock: DefaultClock::default(),
            asked: AtomicU32::new(0),
        }))
    }

    /// The budget of a client, whoever they are told apart by.
    #[must_use]
    pub fn of(&self, client: String) -> Allowance {
        Allowance {
            budgets: self.clone(),
            client,
            spent: Arc::default(),
        }
    }
}

impl Allowance {
    /// Takes what a request costs, before it is executed.
    ///
    /// # Errors
    /// `RATE_LIMITED` when there is not as much left, with the seconds until there is in `extensions.retryAfter`.
    pub fn spend(&self, complexity: usize) -> Result<(), ServerError> {
        let shared = &self.budgets.0;
        if shared.asked.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            shared.buckets.retain_recent();
            shared.buckets.shrink_to_fit();
        }
        let cost = u32::try_from(complexity).unwrap_or(u32::MAX).max(1);
        let points = NonZeroU32::new(cost).unwrap_or(NonZeroU32::MIN);
        match shared.buckets.check_key_n(&self.client, points) {
            Ok(Ok(state)) => {
                self.note(cost, state.remaining_burst_capacity());
                Ok(())
            }
            Ok(Err(later)) => {
                let wait = later.wait_time_from(shared.clock.now());
                self.note(cost, left_now(cost, wait, shared.restored_per_second));
                Err(refusal(cost, wait))
            }
            Err(_) => {
                self.note(cost, 0);
                let size = shared.size;
                let message = message!("request-over-whole-budget", cost, size = size.get());
                Err(RequestError::new(ErrorCode::LimitExceeded, message).into())
            }
        }
    }

    /// What is told of it in `extensions.cost`; `None` before anything was spent.
    pub(in crate::graphql) fn told(&self) -> Option<Value> {
        let spent = (*self.spent.lock().unwrap_or_else(PoisonError::into_inner))?;
        let shared = &self.budgets.0;
        let fields = [
            ("requested", spent.requested),
            ("left", spent.left),
            ("restoredPerSecond", shared.restored_per_second.get()),
            ("budget", shared.size.get()),
        ];
        let fields = fields.map(|(name, number)| (async_graphql::Name::new(name), Value::from(number)));
        Some(Value::Object(IndexMap::from_iter(fields)))
    }

    fn note(&self, requested: u32, left: u32) {
        let spent = Spent { requested, left };
        *self.spent.lock().unwrap_or_else(PoisonError::into_inner) = Some(spent);
    }
}

/// What is left when it takes `wait` until there is `cost`.
fn left_now(cost: u32, wait: Duration, restored_per_second: NonZeroU32) -> u32 {
    let missing = wait.as_secs_f64() * f64::from(restored_per_second.get());
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is missing is not more than a budget"
    )]
    cost.saturating_sub(missing.ceil() as u32)
}

fn refusal(cost: u32, wait: Duration) -> ServerError {
    let seconds = whole_seconds(wait);
    let message = message!("request-over-budget", cost, seconds);
    let mut error: ServerError = RequestError::new(ErrorCode::RateLimited, message).into();
    error.extensions.get_or_insert_default().set("retryAfter", seconds);
    error
}

/// Rounded up, and 1 at least: an earlier attempt would be refused again.
fn whole_seconds(wait: Duration) -> u64 {
    (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budgets(size: u32, restored: u32) -> Budgets {
        Budgets::new(NonZeroU32::new(size).unwrap(), NonZeroU32::new(restored).unwrap())
    }

    fn told(allowance: &Allowance) -> serde_json::Value {
        allowance.told().unwrap().into_json().unwrap()
    }

    #[test]
    fn each_client_has_a_budget_of_their_own() {
        let budgets = budgets(100, 1);
        let one = budgets.of("one".to_owned());
        assert_eq!(one.told(), None);
        one.spend(60).unwrap();
        assert_eq!(told(&one)["requested"], 60);
        assert!(
            told(&one)["left"]
                .as_u64()
                .is_some_and(|left| (40..=41).contains(&left))
        );
        let again = budgets.of("one".to_owned());
        let refusal = again.spend(60).unwrap_err();
        assert!(
            refusal.message.contains("in 20 seconds") || refusal.message.contains("in 19 seconds"),
            "{refusal:?}"
        );
        assert!(
            told(&again)["left"]
                .as_u64()
                .is_some_and(|left| (39..=42).contains(&left))
        );
        budgets.of("other".to_owned()).spend(100).unwrap();
    }

    #[test]
    fn what_no_budget_holds_is_too_much_and_not_too_early() {
        let budgets = budgets(100, 1);
        let error = budgets.of("one".to_owned()).spend(101).unwrap_err();
        assert!(error.message.contains("Ask for less"));
    }

    #[test]
    fn seconds_are_rounded_up() {
        assert_eq!(whole_seconds(Duration::ZERO), 1);
        assert_eq!(whole_seconds(Duration::from_millis(1_001)), 2);
        assert_eq!(whole_seconds(Duration::from_secs(2)), 2);
    }
}
