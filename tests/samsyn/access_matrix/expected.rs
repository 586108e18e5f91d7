//! What the specification of access lets somebody see and do, written out by hand: neither the policy nor the program
//! is asked.

use entity::Role;

use super::operations::{Operation, Reaches};
use super::situation::{Spot, Standing, Who};

/// What hangs on a department's plan and report, and is not confidential.
const CONTENT: [&str; 10] = [
    "plan",
    "point",
    "risk",
    "exemption",
    "followUp",
    "evidence",
    "report",
    "case",
    "document",
    "decision",
];
/// What a report that was laid before somebody shows.
const LAID_BEFORE: [&str; 7] = [
    "point", "followUp", "evidence", "report", "case", "document", "decision",
];

/// The kind of thing that an id in a place is of.
pub(super) fn thing(name: &str) -> &'static str {
    match name {
        "Municipality" | "Committee" | "Department" | "DepartmentPeriod" | "Predecessor" | "DepartmentSuccession" => {
            "organisation"
        }
        "ControlYear" | "NextYear" | "ReportingOccasion" => "year",
        "SharedPoint" => "shared",
        "Exemption" => "exemption",
        "Risk" | "CarryOver" => "risk",
        "ControlPlan" => "plan",
        "ControlPoint" => "point",
        "FollowUp" => "followUp",
        // That something confidential is there is no secret inside the municipality; its texts are.
        "Check" | "Review" | "Assessment" | "Finding" | "OpenFinding" | "CorrectiveAction" | "OpenAction" => "evidence",
        "Attachment" => "evidence",
        // Of what is confidential, that a file is there is as secret as what it says.
        "SecretAttachment" => "secret",
        "DocumentAttachment" => "document",
        "SecretDocumentAttachment" => "secret-document",
        "DepartmentReport" => "report",
        "JointReport" => "jointReport",
        "CaseFile" => "case",
        "Document" | "OpenDocument" => "document",
        "Decision" | "CommitteeDecision" | "Dispatch" => "decision",
        "ReminderRequest" => "reminder",
        "User" | "ServiceAccount" | "RoleAssignment" => "user",
        "UserIdentity" | "ServicePermission" | "ServiceToken" | "AccessChange" | "PolicyVersion" => "administration",
        other => panic!("say in access_matrix/expected.rs what kind of thing {other} is"),
    }
}

/// Whether somebody may see a kind of thing in a place.
pub(super) fn sees(who: Who, standing: Standing, spot: Spot, thing: &str, operation: &Operation) -> bool {
    if spot == Spot::OtherMunicipality || standing == Standing::Disabled {
        return false;
    }
    // The shared point is also one of the demonstration's published report, which is everybody's.
    if matches!(thing, "organisation" | "shared") {
        return true;
    }
    if who == Who::Anonymous || standing == Standing::Nobody {
        return false;
    }
    if thing == "year" {
        return true;
    }
    if standing != Standing::Holds {
        return false;
    }
    let own = spot == Spot::OwnDepartment;
    let committee = matches!(spot, Spot::OwnDepartment | Spot::OwnCommittee);
    let content = CONTENT.contains(&thing);
    match who {
        Who::Role(Role::Coordinator) => content || matches!(thing, "user" | "jointReport" | "reminder"),
        Who::Role(Role::Auditor) => true,
        Who::Role(Role::Registrar) => content || matches!(thing, "secret-document" | "jointReport"),
        Who::Role(Role::Administrator) => matches!(thing, "user" | "administration"),
        Who::Role(Role::DepartmentController | Role::DepartmentHead) => {
            thing == "exemption" || thing == "user" || own && (content || thing.starts_with("secret"))
        }
        Who::Role(Role::Performer) => {
            thing == "exemption" || own && matches!(thing, "point" | "followUp" | "evidence" | "secret")
        }
        Who::Role(Role::CommitteeSecretary | Role::CommitteeMember) => {
            thing == "exemption" || committee && (thing == "plan" || LAID_BEFORE.contains(&thing))
        }
        Who::BoardMember => thing == "exemption" || LAID_BEFORE.contains(&thing) || committee && thing == "plan",
        Who::Service => by_permission(operation, own, thing),
        Who::Anonymous => false,
    }
}

/// What one permission of a service account opens.
fn by_permission(operation: &Operation, own: bool, thing: &str) -> bool {
    match operation.right.to_string().as_str() {
        "follow_up:read" => thing == "exemption" || own && matches!(thing, "point" | "followUp" | "evidence"),
        "control_plan:read" => thing == "exemption" || own && matches!(thing, "plan" | "point" | "risk"),
        "department_report:read" => own && LAID_BEFORE.contains(&thing),
        "joint_follow_up:read" => matches!(thing, "exemption" | "jointReport"),
        "joint_report:write" | "department_report:propose" | "department_report:publish" => thing == "jointReport",
        // The specification names no permission of its own for documents and decisions: a case is made of them.
        "case_file:read" => matches!(thing, "case" | "document" | "decision"),
        "user:read" => thing == "user",
        "audit_log:read" => thing == "administration",
        "reminder:read" => thing == "reminder",
        "user:manage" | "policy:manage" => matches!(thing, "user" | "administration"),
        _ => false,
    }
}

/// Whether somebody may do something in a place.
pub(super) fn may_do(who: Who, standing: Standing, spot: Spot, operation: &Operation, by: &[String]) -> bool {
    if operation.name == "mutation updateMyPreferences" {
        // Everybody's own, whatever their roles; a system prefers nothing.
        return who.role().is_some() && !matches!(standing, Standing::Disabled | Standing::Nobody);
    }
    if standing != Standing::Holds || (spot == Spot::OtherMunicipality && operation.has_subject()) {
        return false;
    }
    let own = !operation.has_subject() || spot == Spot::OwnDepartment;
    let committee = own || spot == Spot::OwnCommittee;
    let Some(role) = who.role() else {
        return who == Who::Service
            && match operation.of {
                Reaches::Municipality => true,
                Reaches::Committee => committee,
                Reaches::Department => own,
            };
    };
    by.contains(&Who::Role(role).name())
        && match role {
            Role::Coordinator | Role::Registrar | Role::Administrator | Role::Auditor => true,
            Role::DepartmentController | Role::DepartmentHead | Role::Performer => own,
            Role::CommitteeSecretary | Role::CommitteeMember => committee,
        }
}
