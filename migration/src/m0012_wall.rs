//! The wall between municipalities, round every table that was there before it.

use sea_orm_migration::prelude::*;

use crate::wall::{self, Grants};

/// The tables, and what the server may do with each.
const TABLES: [(&str, Grants); 42] = [
    ("committee", Grants::Full),
    ("department", Grants::Full),
    ("department_committee", Grants::Full),
    ("user_account", Grants::Full),
    ("role_assignment", Grants::Full),
    ("control_year", Grants::Full),
    ("reporting_occasion", Grants::Full),
    ("rating_level", Grants::Full),
    ("risk_level", Grants::Full),
    ("risk", Grants::Full),
    ("control_point", Grants::Full),
    ("risk_control_point", Grants::Full),
    ("control_plan", Grants::Full),
    ("plan_point", Grants::Full),
    ("exemption", Grants::Full),
    ("case_file", Grants::Full),
    ("follow_up", Grants::Full),
    ("follow_up_performer", Grants::Full),
    ("assessment", Grants::Full),
    ("control_check", Grants::Full),
    ("review", Grants::Full),
    ("review_follow_up", Grants::Full),
    ("finding", Grants::Full),
    ("corrective_action", Grants::Full),
    ("action_extension", Grants::Full),
    ("department_report", Grants::Full),
    ("report_author", Grants::Full),
    ("report_gap", Grants::Full),
    ("document", Grants::Full),
    ("decision", Grants::Full),
    ("decision_item", Grants::Full),
    ("recipient", Grants::Full),
    ("secrecy_event", Grants::Full),
    ("audit_head", Grants::Full),
    ("audit_event", Grants::Append),
    ("outbox_event", Grants::Full),
    ("idempotency_key", Grants::Full),
    ("user_identity", Grants::Full),
    ("service_permission", Grants::Full),
    ("service_token", Grants::Full),
    ("policy_version", Grants::Full),
    ("access_change", Grants::Full),
];

#[derive(Debug)]
pub(crate) struct Wall;

impl MigrationName for Wall {
    fn name(&self) -> &'static str {
        "m0012_wall"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Wall {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        wall::prepare(manager).await?;
        for (table, grants) in TABLES {
            wall::raise(manager, table, grants).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, _) in TABLES {
            wall::lower(manager, table).await?;
        }
        wall::forget(manager).await
    }
}
