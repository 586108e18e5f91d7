//! The municipality, its committees and departments, its users and what roles they hold.

mod api;
mod commands;
mod rules;
mod store;
mod tenants;

pub use api::{
    Committee, Department, DepartmentPeriod, Municipality, OrganisationMutation, OrganisationQuery, RoleAssignment,
    User, Viewer,
};
pub use commands::{
    CreateCommitteeInput, CreateDepartmentInput, CreateDepartmentPeriodInput, CreateMunicipalityError,
    CreateRoleAssignmentInput, CreateUserInput, NewMunicipality, UpdateCommitteeInput, UpdateDepartmentInput,
    UpdateDepartmentPeriodInput, UpdateRoleAssignmentInput, UpdateUserInput, create_municipality,
};
pub use rules::refuse_bad_code;
pub(crate) use store::{
    committees_of_department, department_committee_within, departments_on, has_working_committee, role_holders,
};
pub use tenants::{find_user, municipalities, municipality_codes};
