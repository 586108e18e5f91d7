//! Runs the server until it is told to stop.

use std::{io, net::SocketAddr, time::Duration};

use axum::{Router, serve::ListenerExt};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::oneshot,
};

/// How long requests under way may take to finish when the server stops.
pub const DRAIN_TIME: Duration = Duration::from_secs(10);

/// The stack that each worker thread of the runtime should have, in bytes: four times the default.
///
/// The deepest query that the default limits allow takes about 1 MiB of it in a debug build of a small schema, and more
/// where types are larger. Only what is used takes memory.
pub const STACK_BYTES: usize = 8 << 20;

/// Serves until `stop` completes; then takes no more connections, and returns when all requests under way are answered,
/// or after `drain`.
///
/// # Errors
///
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
    drain: Duration,
) -> io::Result<()> {
    let listener = listener.tap_io(|stream| {
        // Without it, an answer of several packets can wait 40 ms for an acknowledgement.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY is not available");
        }
    });
    let (stopping, stopped) = oneshot::channel();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        tracing::info!("stopping");
        // The receiver is only gone when the server is.
        let _ = stopping.send(());
    });
    let bound = async move {
        match stopped.await {
            Ok(()) => tokio::time::sleep(drain).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        result = server => result,
        () = bound => {
            tracing::warn!(seconds = drain.as_secs(), "stopped with requests under way");
            Ok(())
        }
    }
}

/// Completes when the process is asked to stop: SIGTERM, or Ctrl-C.
///
/// # Errors
///
/// When the process may not listen for signals.
pub fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
