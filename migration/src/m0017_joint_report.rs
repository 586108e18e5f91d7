//! The joint report, and what is decided on it.

use sea_orm_migration::schema::{
    boolean, date_null, json_binary_null, text, text_null, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::new_table::NewTable;

pub(crate) fn tables() -> Vec<NewTable> {
    vec![joint_report(), author(), gap(), decision()]
}

fn joint_report() -> NewTable {
    NewTable::new("joint_report")
        .reference(uuid("control_year_id"), "control_year")
        .reference(uuid("occasion_id"), "reporting_occasion")
        .reference(uuid("department_id"), "department")
        .reference(uuid("committee_id"), "committee")
        .choice(
            text("status"),
            &[
                "DRAFT",
                "SUBMITTED",
                "PROPOSED",
                "RECOMMENDED",
                "DECIDED",
                "REFERRED_BACK",
            ],
        )
        .line(text("title"))
        .column(date_null("dated"))
        .prose(text_null("background"))
        .prose(text_null("summary"))
        .reference(uuid_null("case_file_id"), "case_file")
        .column(json_binary_null("frozen"))
        .hash(text_null("content_hash"))
        .user("submitted_by")
        .column(timestamp_with_time_zone_null("submitted_at"))
        .user("proposed_by")
        .column(boolean("proposed_by_author"))
        .column(timestamp_with_time_zone_null("published_at"))
        .user("published_by")
        .versioned()
        .check(
            "hashed",
            "status IN ('DRAFT', 'REFERRED_BACK') OR content_hash IS NOT NULL",
        )
        .check("published", "published_at IS NULL OR status = 'DECIDED'")
        .unique("occasion", &["occasion_id"])
}

fn author() -> NewTable {
    NewTable::keyed_by("joint_report_author", &["joint_report_id", "user_id"])
        .reference(uuid("joint_report_id"), "joint_report")
        .reference(uuid("user_id"), "user_account")
}

fn gap() -> NewTable {
    NewTable::new("joint_report_gap")
        .reference(uuid("joint_report_id"), "joint_report")
        .reference(uuid("department_id"), "department")
        .prose(text("explanation"))
        .created()
        .unique("department", &["joint_report_id", "department_id"])
}

fn decision() -> NewTable {
    NewTable::keyed_by("joint_report_decision", &["decision_id"])
        .reference(uuid("decision_id"), "decision")
        .reference(uuid("joint_report_id"), "joint_report")
}
