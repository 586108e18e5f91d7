//! The documented operations of `schema/operations`, as a newcomer tries them on the demonstration.

use crate::server::graphiql::Example;

/// A documented operation, compiled in.
macro_rules! example {
    ($name:literal, $variables:literal) => {
        Example {
            name: $name,
            query: include_str!(concat!("../../schema/operations/", $name, ".graphql")),
            variables: $variables,
        }
    };
}

/// Every documented operation; the first is what a newcomer starts with.
pub const EXAMPLES: &[Example] = &[
    example!("DepartmentReport", r#"{ "departmentCode": "KSF", "year": 2017 }"#),
    example!("JointFollowUp", r#"{ "year": 2017 }"#),
    example!("JointReport", r#"{ "year": 2017 }"#),
    example!("RollUp", r#"{ "years": [2017] }"#),
    example!("ControlYear", r#"{ "year": 2017 }"#),
    example!("Findings", r#"{ "year": 2017 }"#),
    example!("OverdueActions", r#"{ "year": 2017 }"#),
    example!("CaseFile", r#"{ "number": "KS/2016:389" }"#),
    example!("Attachments", r#"{ "departmentCode": "KSF", "year": 2017 }"#),
    example!("ScheduledChecks", r#"{ "departmentCode": "KSF", "year": 2017 }"#),
    example!("CarryOvers", r#"{ "year": 2018 }"#),
    example!("Viewer", r#"{ "first": 10 }"#),
    example!("Labels", r#"{ "types": ["FindingStatus", "ReportStatus"] }"#),
    example!("JointFollowUpChanges", r#"{ "year": 2017 }"#),
    example!(
        "DepartmentReportChanges",
        r#"{ "departmentCode": "KSF", "year": 2017 }"#
    ),
    example!("MyWorkChanges", r#"{ "first": 10 }"#),
];
