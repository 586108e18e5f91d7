use sea_orm_migration::schema::{date_null, text, text_null, uuid_null};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("decision")
        .reference(uuid_null("case_file_id"), "case_file")
        .reference(uuid_null("department_report_id"), "department_report")
        .reference(uuid_null("control_plan_id"), "control_plan")
        .choice(text("stage"), &["PROPOSAL", "DECISION"])
        .line(text("body"))
        .reference(uuid_null("committee_id"), "committee")
        .reference(uuid_null("department_id"), "department")
        .column(date_null("meeting_date"))
        .partial_date("meeting")
        .line(text_null("section"))
        .line(text_null("decision_number"))
        .prose(text_null("stated_as"))
        .hash(text_null("content_hash"))
        .user("recorded_by")
        .versioned()
}
