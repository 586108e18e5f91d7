use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};

/// How long the client may take to close its side.
const PATIENCE: Duration = Duration::from_secs(2);

/// The most bytes that a reason may have (RFC 6455, section 5.5).
const LONGEST: usize = 123;

/// Why a connection is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Close {
    code: u16,
    reason: String,
}

impl Close {
    fn new(code: u16, reason: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
        }
    }

    /// The server stops.
    pub(super) fn going_away() -> Self {
        Self::new(close_code::AWAY, "The server stops: connect again")
    }

    /// A message is too large.
    pub(super) fn too_large(limit: usize) -> Self {
        Self::new(close_code::SIZE, format!("A message has at most {limit} bytes"))
    }

    /// Something that the service needs is out of reach.
    pub(super) fn try_again_later() -> Self {
        Self::new(close_code::AGAIN, "Connect again later")
    }

    /// A fault in the service.
    pub(super) fn internal() -> Self {
        Self::new(close_code::ERROR, "Internal error")
    }

    pub(super) fn invalid_message(what: impl AsRef<str>) -> Self {
        Self::new(4400, what.as_ref())
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(4401, "Unauthorized")
    }

    /// Who connects is refused.
    pub(super) fn forbidden(why: &str) -> Self {
        Self::new(4403, format!("Forbidden: {why}"))
    }

    pub(super) fn protocol_not_acceptable() -> Self {
        Self::new(4406, "Subprotocol not acceptable")
    }

    pub(super) fn initialisation_timeout() -> Self {
        Self::new(4408, "Connection initialisation timeout")
    }

    pub(super) fn subscriber_exists(id: &str) -> Self {
        Self::new(4409, format!("Subscriber for {id} already exists"))
    }

    pub(super) fn too_many_initialisations() -> Self {
        Self::new(4429, "Too many initialisation requests")
    }

    /// Closes the connection, and waits a little for the client to do so: it could miss the reason otherwise.
    pub(super) async fn perform(mut self, mut socket: WebSocket) {
        self.reason.truncate(self.reason.floor_char_boundary(LONGEST));
        let frame = CloseFrame {
            code: self.code,
            reason: self.reason.into(),
        };
        let closing = async {
            if socket.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = socket.recv().await {}
            }
        };
        // A client that does not answer is left.
        drop(tokio::time::timeout(PATIENCE, closing).await);
    }
}
