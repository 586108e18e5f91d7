//! The schema of Samsyn, for SQLite and PostgreSQL alike, in numbered steps.
//!
//! On PostgreSQL, a step that makes tables of municipalities raises the wall round them (`wall`).
//!
//! A step that has been released is history: it names tables and columns literally and never
//! changes, whatever becomes of the entities.

use sea_orm_migration::prelude::*;

mod m0001_municipality;
mod m0002_organisation;
mod m0003_planning;
mod m0004_case_file;
mod m0005_follow_up;
mod m0006_reporting;
mod m0007_decisions;
mod m0008_secrecy;
mod m0009_audit;
mod m0011_access;
mod m0012_wall;
mod m0013_roll_forward;
mod m0014_attachment;
mod m0015_reminders;
mod m0017_joint_report;
mod m0018_decision_record;
mod m0019_central_check;
mod m0020_scheduled_time;
mod m0021_check_link_time;
mod new_table;
mod step;
mod wall;

pub use sea_orm_migration::MigratorTrait;

use step::Step;

/// Brings a database to the newest schema, or back.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(Step::new("m0001_municipality", m0001_municipality::tables)),
            Box::new(Step::new("m0002_organisation", m0002_organisation::tables)),
            Box::new(Step::new("m0003_planning", m0003_planning::tables)),
            Box::new(Step::new("m0004_case_file", m0004_case_file::tables)),
            Box::new(Step::new("m0005_follow_up", m0005_follow_up::tables)),
            Box::new(Step::new("m0006_reporting", m0006_reporting::tables)),
            Box::new(Step::new("m0007_decisions", m0007_decisions::tables)),
            Box::new(Step::new("m0008_secrecy", m0008_secrecy::tables)),
            Box::new(Step::new("m0009_audit", m0009_audit::tables)),
            Box::new(Step::new("m0011_access", m0011_access::tables)),
            Box::new(m0012_wall::Wall),
            Box::new(Step::walled("m0013_roll_forward", m0013_roll_forward::tables)),
            Box::new(Step::walled("m0017_joint_report", m0017_joint_report::tables)),
            Box::new(Step::walled("m0018_decision_record", m0018_decision_record::tables)),
            Box::new(m0015_reminders::Reminders),
            Box::new(Step::walled("m0014_attachment", m0014_attachment::tables)),
            Box::new(m0019_central_check::CentralCheck),
            Box::new(Step::walled("m0020_scheduled_time", m0020_scheduled_time::tables)),
            Box::new(m0021_check_link_time::CheckLinkTime),
        ]
    }
}
