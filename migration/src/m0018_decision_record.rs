//! What is noted with a decision, how a wrong record is corrected, and how a decision is sent.

use sea_orm_migration::schema::{integer, text, text_null, timestamp_with_time_zone, uuid};

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![note(), correction(), dispatch()]
}

fn note() -> NewTable {
    NewTable::new("decision_note")
        .reference(uuid("decision_id"), "decision")
        .at_least(integer("number"), 1)
        .choice(text("kind"), &["DISSENT", "DISQUALIFICATION"])
        .prose(text("text"))
        .created()
        .unique("number", &["decision_id", "number"])
}

fn correction() -> NewTable {
    NewTable::keyed_by("decision_correction", &["decision_id"])
        .reference(uuid("decision_id"), "decision")
        .reference(uuid("corrected_id"), "decision")
        .prose(text("reason"))
        .created()
        .check("other", "corrected_id <> decision_id")
        .unique("corrected", &["corrected_id"])
}

fn dispatch() -> NewTable {
    NewTable::new("dispatch")
        .reference(uuid("recipient_id"), "recipient")
        .choice(
            text("status"),
            &[
                "QUEUED",
                "SENT",
                "RECEIVED",
                "REGISTERED",
                "REJECTED",
                "FAILED",
                "UNKNOWN",
            ],
        )
        .prose(text_null("note"))
        .line(text_null("registration_number"))
        .column(timestamp_with_time_zone("changed_at"))
        .versioned()
        .index("recipient_id", &["recipient_id", "id"])
}
