use uuid::Uuid;

/// Who a request says it comes from, once its token has been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A user of a municipality.
    User {
        /// The municipality.
        municipality_id: Uuid,
        /// The user.
        user_id: Uuid,
    },
    /// Anybody: the public of one municipality.
    Public {
        /// The municipality's code.
        municipality_code: String,
    },
}
