//! The organisation in the API.

mod committee;
mod department;
mod department_period;
mod department_succession;
mod municipality;
mod mutation;
mod query;
mod role_assignment;
mod user;
mod viewer;

pub use committee::Committee;
pub use department::Department;
pub use department_period::DepartmentPeriod;
pub use department_succession::DepartmentSuccession;
pub use municipality::Municipality;
pub use mutation::OrganisationMutation;
pub use query::OrganisationQuery;
pub use role_assignment::RoleAssignment;
pub use user::User;
pub use viewer::Viewer;
