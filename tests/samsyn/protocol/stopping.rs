//! A server that is told to stop first answers what it has begun, but not for ever.

use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};
use samsyn::server;
use tokio::{net::TcpListener, sync::oneshot};

use super::server::app;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("protocol::stopping::answers_what_has_begun", || {
            // The slow field is stopped after a second.
            let (status, stopped_after) = stop_during_a_request(Duration::from_secs(10))?;
            assert_eq!(status, Some(503));
            assert!(stopped_after < Duration::from_secs(5), "{stopped_after:?}");
            Ok(())
        }),
        Trial::test("protocol::stopping::does_not_wait_for_ever", || {
            let (_, stopped_after) = stop_during_a_request(Duration::from_millis(50))?;
            assert!(stopped_after < Duration::from_millis(600), "{stopped_after:?}");
            Ok(())
        }),
    ]
}

fn stop_during_a_request(drain: Duration) -> Result<(Option<u16>, Duration), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(server::STACK_BYTES)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/graphql?query={{slow}}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async { stopped.await.unwrap_or_default() };
        let server = tokio::spawn(server::serve(listener, app(), stopped, drain));
        let request = tokio::spawn(reqwest::get(url));
        tokio::time::sleep(Duration::from_millis(200)).await;
        let start = Instant::now();
        stop.send(()).expect("the server runs");
        server.await??;
        let stopped_after = start.elapsed();
        // Where the server did not wait, the request ends with the runtime.
        let answer = tokio::time::timeout(Duration::from_millis(200), request).await;
        let status = answer
            .ok()
            .and_then(|joined| joined.ok()?.ok())
            .map(|answer| answer.status().as_u16());
        Ok((status, stopped_after))
    })
}
