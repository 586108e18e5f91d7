//! The use cases of the organisation: the administrator's, and what users choose for themselves.

mod committee;
mod department;
mod department_period;
mod department_succession;
mod host_name;
mod municipality;
mod own_reach;
mod preferences;
mod role_assignment;
mod user;

pub use committee::{CreateCommitteeInput, UpdateCommitteeInput};
pub use department::{CreateDepartmentInput, UpdateDepartmentInput};
pub use department_period::{CreateDepartmentPeriodInput, UpdateDepartmentPeriodInput};
pub use department_succession::{CreateDepartmentSuccessionInput, DeleteDepartmentSuccessionInput};
pub use host_name::{HostChange, HostError, change_host};
pub use municipality::{CreateMunicipalityError, NewMunicipality, create_municipality};
pub use preferences::UpdateMyPreferencesInput;
pub use role_assignment::{CreateRoleAssignmentInput, UpdateRoleAssignmentInput};
pub use user::{CreateUserInput, UpdateUserInput};
pub(crate) use user::{NewUser, add_user, refuse_identity_number};
