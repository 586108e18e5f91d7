//! The mail server that the tests run.

use serde_json::Value as Json;

use crate::node_service::NodeService;

/// A running mail server; it ends when it is dropped.
pub(super) struct MailServer {
    service: NodeService,
    pub(super) port: u64,
}

impl MailServer {
    pub(super) async fn start() -> Self {
        let mut service = NodeService::start("smtp-server", "mail-server.mjs", [""; 0]);
        let port = service.said().await["port"].as_u64().expect("a port");
        Self { service, port }
    }

    /// Tells it to do something: `mail-server.mjs` has the list.
    pub(super) async fn tell(&mut self, command: &str) {
        self.service.tell(command).await;
    }

    /// The mails that it has taken, whether it answered or not.
    pub(super) async fn mails(&mut self) -> Vec<Json> {
        let said = self.service.ask("mails").await;
        said["mails"].as_array().cloned().expect("mails")
    }

    /// Those to somebody.
    pub(super) async fn mails_to(&mut self, address: &str) -> Vec<Json> {
        let mut mails = self.mails().await;
        mails.retain(|mail| mail["to"] == address);
        mails
    }
}
