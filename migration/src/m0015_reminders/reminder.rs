use sea_orm_migration::schema::{
    boolean, date, date_null, integer, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

use crate::new_table::NewTable;

pub(crate) fn table() -> NewTable {
    NewTable::new("reminder")
        .reference(uuid("user_id"), "user_account")
        .line(text("kind"))
        .column(uuid("subject_id"))
        .column(uuid("occasion_id"))
        .column(date_null("due_on"))
        .column(date("due_key"))
        .choice(text("stage"), &["BEFORE_DUE", "OVERDUE", "REQUESTED"])
        .column(date("planned_for"))
        .reference(uuid_null("reminder_request_id"), "reminder_request")
        .choice(
            text("status"),
            &["PENDING", "SENDING", "SENT", "FAILED", "OBSOLETE", "UNKNOWN"],
        )
        .at_least(integer("attempts"), 0)
        .column(timestamp_with_time_zone("next_attempt_at"))
        .column(timestamp_with_time_zone_null("leased_until"))
        .column(uuid_null("mail_id"))
        .column(boolean("perhaps_twice"))
        .line(text_null("reason"))
        .column(timestamp_with_time_zone_null("sent_at"))
        .created()
        .check(
            "lease",
            "status <> 'SENDING' OR leased_until IS NOT NULL AND mail_id IS NOT NULL",
        )
        .check(
            "sent",
            "status <> 'SENT' OR sent_at IS NOT NULL AND mail_id IS NOT NULL",
        )
        .unique(
            "once",
            &[
                "user_id",
                "kind",
                "subject_id",
                "occasion_id",
                "due_key",
                "stage",
                "planned_for",
            ],
        )
        .index("status", &["status", "next_attempt_at"])
}
