use super::{Committee, Department, DepartmentPeriod, DepartmentSuccession, RoleAssignment, User};
use crate::{
    mutations,
    organisation::commands::{
        CreateCommitteeInput, CreateDepartmentInput, CreateDepartmentPeriodInput, CreateDepartmentSuccessionInput,
        CreateRoleAssignmentInput, CreateUserInput, DeleteDepartmentSuccessionInput, UpdateCommitteeInput,
        UpdateDepartmentInput, UpdateDepartmentPeriodInput, UpdateMyPreferencesInput, UpdateRoleAssignmentInput,
        UpdateUserInput,
    },
};

mutations! {
    /// The organisation's mutations.
    OrganisationMutation {
        /// Creates a committee. For the administrator.
        create_committee(CreateCommitteeInput) -> CreateCommitteePayload {
            /// The new committee; null when it was not created.
            committee: Committee
        }
        /// Changes a committee. For the administrator.
        update_committee(UpdateCommitteeInput) -> UpdateCommitteePayload {
            /// The changed committee; null when it was not changed.
            committee: Committee
        }
        /// Creates a department. For the administrator.
        create_department(CreateDepartmentInput) -> CreateDepartmentPayload {
            /// The new department; null when it was not created.
            department: Department
        }
        /// Changes a department. For the administrator.
        update_department(UpdateDepartmentInput) -> UpdateDepartmentPayload {
            /// The changed department; null when it was not changed.
            department: Department
        }
        /// Says from when a department answers to a committee. For the administrator.
        create_department_period(CreateDepartmentPeriodInput) -> CreateDepartmentPeriodPayload {
            /// The new period; null when it was not created.
            department_period: DepartmentPeriod
        }
        /// Changes or ends a period in which a department answers to a committee. For the administrator.
        update_department_period(UpdateDepartmentPeriodInput) -> UpdateDepartmentPeriodPayload {
            /// The changed period; null when it was not changed.
            department_period: DepartmentPeriod
        }
        /// Says that a department carries on another's work from a day on: the other one's periods with committees end
        /// the day before, and who holds a role in the successor reaches the other's work from that day, save for what is
        /// confidential. For the administrator, who gains nothing by it.
        create_department_succession(CreateDepartmentSuccessionInput) -> CreateDepartmentSuccessionPayload {
            /// The new succession; null when it was not recorded.
            department_succession: DepartmentSuccession
        }
        /// Takes back a succession that was recorded wrongly: nobody reaches anything by it any more, and what was
        /// carried on stays where it is. The periods with committees that it ended are recorded anew. For the
        /// administrator.
        delete_department_succession(DeleteDepartmentSuccessionInput) -> DeleteDepartmentSuccessionPayload {
            /// The department whose work nobody carries on by it any more; null when nothing was changed.
            department: Department
        }
        /// Creates a user. For the administrator.
        create_user(CreateUserInput) -> CreateUserPayload {
            /// The new user; null when none was created.
            user: User
        }
        /// Changes or disables a user. For the administrator.
        update_user(UpdateUserInput) -> UpdateUserPayload {
            /// The changed user; null when nothing was changed.
            user: User
        }
        /// Changes what you choose for yourself, such as your language. For every person who is signed in.
        update_my_preferences(UpdateMyPreferencesInput) -> UpdateMyPreferencesPayload {
            /// You, as you are now; null when nothing was changed.
            user: User
        }
        /// Gives a user a role for a period. For the administrator; nobody grants themself one.
        create_role_assignment(CreateRoleAssignmentInput) -> CreateRoleAssignmentPayload {
            /// The new role assignment; null when none was made.
            role_assignment: RoleAssignment
        }
        /// Changes or ends a role assignment's period. For the administrator; nobody changes their own.
        update_role_assignment(UpdateRoleAssignmentInput) -> UpdateRoleAssignmentPayload {
            /// The changed role assignment; null when nothing was changed.
            role_assignment: RoleAssignment
        }
    }
}
