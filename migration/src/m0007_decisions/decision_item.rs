use sea_orm_migration::schema::{integer, text, text_null, uuid};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("decision_item")
        .reference(uuid("decision_id"), "decision")
        .at_least(integer("number"), 1)
        .prose(text("text"))
        .choice(text("nature"), &["PROPOSAL", "DECISION", "COMMISSION"])
        .choice(
            text_null("outcome"),
            &[
                "APPROVED",
                "APPROVED_WITH_AMENDMENT",
                "REFERRED_BACK",
                "TABLED",
                "NOTED",
                "REJECTED",
            ],
        )
        .line(text_null("addressee"))
        .created()
        .unique("number", &["decision_id", "number"])
}
