//! Samsyn: a GraphQL API for the internal control of Swedish municipalities.
//!
//! The map of the house, a line a room:
//!
//! - [`access`]: who is asking, and what they may see and do
//! - [`administration`]: the policy, service accounts, and what takes two administrators
//! - [`attachments`]: files that are attached to things, in a folder or an S3-compatible store
//! - [`audit`]: the log of what happened, which nobody can rewrite unnoticed
//! - [`cli`]: the commands of the program
//! - [`clock`], [`collation`]: the one source of "now", and the Swedish order of names
//! - [`database`]: pools, sessions, keyset pages, and the differences between SQLite and PostgreSQL
//! - [`decisions`]: the registry's cases and documents, and what bodies propose and decide
//! - [`demo`]: the demonstration, data files carried out through the API
//! - [`follow_up`]: follow-ups, assessments, checks, reviews, findings, corrective actions
//! - [`graphql`]: GraphQL without domain types
//! - [`language`]: the words that the program says to people, in Swedish and English
//! - [`live`]: subscriptions: what somebody follows, shown anew whenever it has changed for them
//! - [`organisation`]: municipality, committees, departments, users, role assignments
//! - [`planning`]: control years with their occasions and scales, risks, control plans and their points
//! - [`reminders`]: reminders by e-mail of what waits for somebody
//! - [`reporting`]: department reports and the joint follow-up
//! - [`roll_forward`]: what comes along from one control year to the next
//! - [`schema`]: the whole GraphQL schema, put together from the rooms
//! - [`secrecy`]: marking things as confidential
//! - [`server`]: the HTTP server
//! - `spreadsheet`: reading and writing XLSX and CSV
//! - [`use_case`]: how anything changes: one use case, one transaction, audited
//! - [`work`]: what somebody has to do

#[macro_use]
pub mod language;

pub mod access;
pub mod administration;
pub mod attachments;
pub mod audit;
pub mod cli;
pub mod clock;
pub mod collation;
pub mod database;
pub mod decisions;
pub mod demo;
mod digest;
pub mod follow_up;
pub mod graphql;
mod identity_number;
mod key_file;
pub mod live;
pub mod organisation;
pub mod planning;
pub mod reminders;
pub mod reporting;
pub mod roll_forward;
pub mod schema;
pub mod secrecy;
pub mod server;
mod spreadsheet;
pub mod use_case;
pub mod work;
