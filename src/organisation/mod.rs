//! The municipality, its committees and departments, its users and what roles they hold.

mod api;
mod commands;
mod rules;
mod sheets;
mod store;
mod tenants;

pub use api::{
    Committee, Department, DepartmentPeriod, DepartmentSuccession, Municipality, OrganisationMutation,
    OrganisationQuery, RoleAssignment, User, Viewer,
};
pub use commands::{
    CreateCommitteeInput, CreateDepartmentInput, CreateDepartmentPeriodInput, CreateDepartmentSuccessionInput,
    CreateMunicipalityError, CreateRoleAssignmentInput, CreateUserInput, DeleteDepartmentSuccessionInput, HostChange,
    HostError, NewMunicipality, UpdateCommitteeInput, UpdateDepartmentInput, UpdateDepartmentPeriodInput,
    UpdateMyPreferencesInput, UpdateRoleAssignmentInput, UpdateUserInput, change_host, create_municipality,
};
pub(crate) use commands::{NewUser, add_user, refuse_identity_number};
pub use rules::refuse_bad_code;
pub(crate) use rules::{
    Landing, PLACE, Target, normal_host, refuse_reversed_period, refuse_waiting, refuse_wider_period, stands,
};
pub(crate) use sheets::EXPORTS;
pub(crate) use store::{
    committee_answered_to, committees_of_department, department_committee_within, department_parents, departments_on,
    has_working_committee, landings_on, place_by_code, role_holders, user_id_by_name,
};
pub use tenants::{find_municipality, find_user, municipalities, municipality_codes};
