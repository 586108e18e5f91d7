//! GraphQL without domain types: how objects are read together, lists paged, changes carried out and errors shown,
//! what a request may cost, and what the specification asks of the executor.

mod batch;
mod caller;
mod conclusion;
mod connection;
pub mod error;
mod fault;
mod global_id;
pub mod limits;
mod look;
mod mutation;
mod notes;
mod object;
pub mod operation;
mod partial_date;
mod permission;
pub mod request_id;
mod scalars;
pub mod specification;
mod subscription_root;
mod user_error;
mod withheld;

pub use batch::{Relation, Row};
pub use caller::{Caller, reader, unauthenticated};
pub use conclusion::Conclusion;
pub use connection::{Connection, Edge, PageArguments, PageInfo, wants_total};
pub use error::{ErrorCode, RequestError, bad_input};
pub use fault::{Fault, Result};
pub use global_id::{IdError, NodeKind, decode};
pub use limits::page_cost;
pub use look::{EventId, EventIdError, Look};
pub use mutation::{Lookup, Outcome, carry_out};
pub use object::objects;
pub use partial_date::{PartialDate, PartialDateColumns, PartialDateInput};
pub use permission::Permission;
pub use scalars::{Date, DateTime, YEARS};
pub use subscription_root::{NOT_HERE, SubscriptionRoot};
pub use user_error::{UserError, UserErrorCode};
pub use withheld::Withheld;
