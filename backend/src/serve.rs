//! The accept loop: how many connections, how long each may dawdle, and how the server stops.
//!
//! `axum::serve` has no patience to run out of, so hyper is driven here. A connection is closed
//! when its headers (or the next request) do not arrive in time, when its body does not (see
//! [`crate::mount::intake`]), and when the client takes nothing of the answer.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::body::Body;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpSocket, TcpStream},
    sync::{Semaphore, watch},
};

use crate::{config::Patience, front::Front};

mod patient;

use patient::Patient;

/// How many may stand before the door until they are let in, as many as Linux allows; the usual 128 are
/// too few. Whoever finds it full is told nothing and knocks again a second later: at the opening of a
/// class that second is the whole rush.
const BEFORE_THE_DOOR: u32 = 4096;
/// What a client is told when there are too many connections.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\n\
    retry-after: 2\r\nconnection: close\r\ncontent-length: 26\r\n\r\n{\"Busy\":{\"retry_after\":2}}";

/// Listens at an address; at a port of the system's choice where `port` is 0.
///
/// # Errors
/// The address is taken or not ours.
pub fn listen(address: IpAddr, port: u16) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A server that restarts gets its port back at once.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::new(address, port))?;
    socket.listen(BEFORE_THE_DOOR)
}

/// Serves connections until `stop` says so, then finishes what is under way, within limits.
pub async fn serve(listener: TcpListener, front: Front, mut stop: watch::Receiver<bool>) {
    let config = Arc::clone(&front.app().config);
    let (patience, most) = (config.patience, most_connections(config.connections));
    let room = Arc::new(Semaphore::new(most));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopped(&mut stop) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                rest_after(&error).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&room).try_acquire_owned() else {
            refuse(stream);
            continue;
        };
        let (front, stop) = (front.clone(), stop.clone());
        tokio::spawn(async move {
            converse(stream, peer, front, patience, stop).await;
            drop(place);
        });
    }
    drop(listener);
    let all = u32::try_from(most).unwrap_or(u32::MAX);
    if tokio::time::timeout(patience.stop, room.acquire_many(all)).await.is_err() {
        tracing::warn!(left = most - room.available_permits(), "connections were cut off");
    }
}

/// Serves one connection.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    front: Front,
    patience: Patience,
    mut stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let front = front.clone();
        async move { Ok::<_, std::convert::Infallible>(front.answer(peer, request.map(Body::new)).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.headers)
        .max_buf_size(32 * 1024)
        .serve_connection(TokioIo::new(Patient::new(stream, patience.headers)), service);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// How many connections there is room for: as many as were asked for, or as many as the system lets
/// this process have open, less some for files and the database. So the first one too many gets an
/// answer and is not left hanging.
fn most_connections(asked: usize) -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))
        .and_then(|numbers| numbers.split_whitespace().next()?.parse::<usize>().ok());
    let most = files.map_or(asked, |files| asked.min(files.saturating_sub(200).max(100)));
    if most < asked {
        tracing::warn!(most, asked, "fewer connections than asked for; `ulimit -n` would allow more");
    }
    most
}

/// Returns when the server is to stop.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that nobody is left who could say so, which says it.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Turns a connection away at once, without waiting for what it wants.
fn refuse(stream: TcpStream) {
    tokio::spawn(async move {
        let mut stream = stream;
        let farewell = async {
            stream.write_all(FULL).await?;
            stream.shutdown().await
        };
        let _ = tokio::time::timeout(Duration::from_secs(1), farewell).await;
    });
}

/// Waits a moment when the machine has no more file handles; a client that hung up costs no wait.
async fn rest_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "no connection can be accepted");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
