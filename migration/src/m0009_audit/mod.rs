//! The audit log, the outbox and the memory of mutations.

mod audit_event;
mod audit_head;
mod idempotency_key;
mod outbox_event;

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![
        audit_head::table(),
        audit_event::table(),
        outbox_event::table(),
        idempotency_key::table(),
    ]
}
