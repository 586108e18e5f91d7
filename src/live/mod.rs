//! Subscriptions: what somebody follows is shown to them anew whenever it has changed for them.
//!
//! An event is a request like any other. What a subscription selects is executed as a query of `schema::LiveSchema`, for a
//! caller who signs in anew and on a snapshot of its own, so that every guard of a request holds for every event: the
//! token, the roles and the policy of that moment, the limits, the budget, the audit log. The answer is sent when it
//! differs from what was sent last (`graphql::Look`).
//!
//! A subscription waits for its municipality's changes (`Hub`), and for nothing in particular among them. What is selected
//! can reach everything that the subscriber sees, so that every rule about which change concerns whom would be wrong
//! for some selection; that the answer is the same is always right. While it waits for a slow client, changes are no
//! queue: there is one state to show, the present one.

mod hub;
mod limits;
mod places;
mod selection;
mod service;
mod store;

pub(crate) use hub::Moment;
pub use limits::LiveLimits;
pub(crate) use places::Place;
pub use selection::Selection;
pub use service::Live;
