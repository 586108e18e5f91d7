use super::SecrecyEvent;
use crate::{
    mutations,
    secrecy::commands::{LiftSecrecyMarkInput, SetSecrecyMarkInput},
};

mutations! {
    /// The mutations of secrecy marks.
    SecrecyMutation {
        /// Marks something as confidential: from then on it is withheld from those who may not read it, in submitted
        /// and published reports too. For the registrar.
        set_secrecy_mark(SetSecrecyMarkInput) -> SetSecrecyMarkPayload {
            /// The mark that was set; null when none was.
            secrecy_event: SecrecyEvent
        }
        /// Lifts a secrecy mark. For the registrar.
        lift_secrecy_mark(LiftSecrecyMarkInput) -> LiftSecrecyMarkPayload {
            /// The mark that was lifted; null when none was.
            secrecy_event: SecrecyEvent
        }
    }
}
