//! Cases, documents and decisions in the API.

mod case_file;
mod decision;
mod decision_item;
mod decision_note;
mod dispatch;
mod document;
mod mutation;
mod query;
mod recipient;

pub use case_file::CaseFile;
pub use decision::Decision;
pub use decision_item::DecisionItem;
pub use decision_note::DecisionNote;
pub use dispatch::Dispatch;
pub use document::Document;
pub use mutation::DecisionsMutation;
pub use query::DecisionsQuery;
pub use recipient::Recipient;
