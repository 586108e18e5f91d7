use super::ReminderRequest;
use crate::{mutations, reminders::commands::SendRemindersInput};

mutations! {
    /// The mutations of reminders.
    ReminderMutation {
        /// Reminds those who have something outstanding at an occasion, by e-mail and as soon as a server process gets to it.
        /// Nobody is asked for twice on one day to be reminded of the same. For the coordinator.
        send_reminders(SendRemindersInput) -> SendRemindersPayload {
            /// What was asked for; null when it was not.
            reminder_request: ReminderRequest
        }
    }
}
