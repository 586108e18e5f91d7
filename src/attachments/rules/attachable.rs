use crate::access::Permit;
use uuid::Uuid;

/// Leave to attach files to something and to remove them, and what that depends on.
#[derive(Clone, Debug)]
pub struct Attachable {
    /// The leave.
    pub(crate) permit: Permit,
    /// The one follow-up that the thing hangs on, or is.
    pub(crate) follow_up_id: Option<Uuid>,
    /// The control years that have to be open.
    pub(crate) open_years: Vec<Uuid>,
    /// The reports that have its files once they are submitted.
    pub(crate) reports: Vec<Reported>,
}

/// Reports that files may be a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reported {
    /// Every report of a department on a year.
    Every {
        /// The department.
        department_id: Uuid,
        /// The year.
        control_year_id: Uuid,
    },
    /// The one with this id.
    One(Uuid),
}
