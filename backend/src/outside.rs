//! Asks servers of others, such as the gateway for text messages: HTTP/1.1, one connection a
//! request, deadlines, and no more of an answer than fits.
//!
//! A pool of connections, redirects and proxies are deliberately absent: nothing here needs them.

use std::{fmt, sync::Arc, time::Duration};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Request,
    body::Bytes,
    client::conn::http1,
    header::{self, HeaderValue},
};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);
/// How long an answer may take, once there is a connection.
const ANSWER: Duration = Duration::from_secs(5);
/// The longest answer, in bytes.
const MOST_BYTES: usize = 64 * 1024;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// There was no connection: for certain nothing was asked.
    NotAsked(String),
    /// It was asked, or may have been, and the answer did not come whole.
    Lost(String),
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAsked(why) => write!(out, "no connection: {why}"),
            Self::Lost(why) => write!(out, "no answer: {why}"),
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Bytes,
}

/// Something that asks. Cheap to clone.
#[derive(Clone)]
pub struct Outside(TlsConnector);

impl Default for Outside {
    fn default() -> Self {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider knows the usual versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self(TlsConnector::from(Arc::new(config)))
    }
}

impl Outside {
    /// Asks `site`, an address such as `https://example.org`, for `path`.
    ///
    /// # Errors
    /// [`NoAnswer`] says whether anything can have been asked.
    pub async fn get(&self, site: &str, path: &str) -> Result<Answer, NoAnswer> {
        self.send(site, Request::get(path).body(Full::default())).await
    }

    /// Sends a request whose address is a path alone to `site`.
    ///
    /// # Errors
    /// [`NoAnswer`] says whether anything can have been asked.
    pub async fn send(
        &self,
        site: &str,
        request: Result<Request<Full<Bytes>>, hyper::http::Error>,
    ) -> Result<Answer, NoAnswer> {
        let not_asked = |why: &dyn fmt::Display| NoAnswer::NotAsked(why.to_string());
        let mut request = request.map_err(|error| not_asked(&error))?;
        let (secure, host) = split(site).ok_or_else(|| not_asked(&"no address of a site"))?;
        let name = HeaderValue::from_str(host).map_err(|error| not_asked(&error))?;
        request.headers_mut().insert(header::HOST, name);
        let connect = async {
            let (server, port) = match host.rsplit_once(':') {
                Some((server, port)) => (server, port.parse().map_err(|_| not_asked(&"no port"))?),
                None => (host, if secure { 443 } else { 80 }),
            };
            let stream = TcpStream::connect((server, port)).await.map_err(|error| not_asked(&error))?;
            let _ = stream.set_nodelay(true);
            if !secure {
                return Ok(Stream::Plain(stream));
            }
            let server = ServerName::try_from(server.to_owned()).map_err(|error| not_asked(&error))?;
            let stream = self.0.connect(server, stream).await.map_err(|error| not_asked(&error))?;
            Ok(Stream::Secure(Box::new(stream)))
        };
        let stream = timeout(CONNECT, connect).await.map_err(|_| not_asked(&"it took too long"))??;
        let asked = match stream {
            Stream::Plain(stream) => timeout(ANSWER, ask(stream, request)).await,
            Stream::Secure(stream) => timeout(ANSWER, ask(*stream, request)).await,
        };
        asked.map_err(|_| NoAnswer::Lost("it took too long".into()))?
    }
}

enum Stream {
    Plain(TcpStream),
    Secure(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

async fn ask(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Answer, NoAnswer> {
    let lost = |why: &dyn fmt::Display| NoAnswer::Lost(why.to_string());
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|error| lost(&error))?;
    let conversation = async {
        let answer = sender.send_request(request).await.map_err(|error| lost(&error))?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), MOST_BYTES).collect().await;
        Ok(Answer { status, body: body.map_err(|error| lost(&error))?.to_bytes() })
    };
    // The connection is driven beside the conversation and ends with it.
    tokio::pin!(conversation);
    tokio::select! {
        answer = &mut conversation => answer,
        _ = connection => conversation.await,
    }
}

/// Whether a site is https, and its host.
fn split(site: &str) -> Option<(bool, &str)> {
    let https = site.strip_prefix("https://").map(|host| (true, host));
    https.or_else(|| site.strip_prefix("http://").map(|host| (false, host)))
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// A server that reads a request and says this.
    async fn says(words: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let site = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut heard = [0; 1024];
                let _ = stream.read(&mut heard).await;
                let _ = stream.write_all(words.as_bytes()).await;
            }
        });
        site
    }

    #[tokio::test]
    async fn an_answer_comes_whole_or_not_at_all() {
        let outside = Outside::default();
        let site = says("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").await;
        let answer = outside.get(&site, "/x?y=1").await.expect("an answer");
        assert_eq!((answer.status, &answer.body[..]), (200, &b"hi"[..]));
        let site = says("HTTP/1.1 200 OK\r\n\r\nuntil the end").await;
        assert_eq!(&outside.get(&site, "/").await.expect("an answer").body[..], b"until the end");
        let site = says("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhi").await;
        assert!(matches!(outside.get(&site, "/").await, Err(NoAnswer::Lost(_))));
        let site = says("no HTTP at all").await;
        assert!(matches!(outside.get(&site, "/").await, Err(NoAnswer::Lost(_))));
    }

    #[tokio::test]
    async fn where_there_is_no_connection_nothing_was_asked() {
        let outside = Outside::default();
        let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("one");
        for site in [format!("http://{closed}"), "ftp://example.org".into(), "http://127.0.0.1:x".into()] {
            assert!(matches!(outside.get(&site, "/").await, Err(NoAnswer::NotAsked(_))), "{site}");
        }
        // What speaks no TLS gets nothing to read.
        let site = says("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").await.replace("http:", "https:");
        assert!(matches!(outside.get(&site, "/").await, Err(NoAnswer::NotAsked(_))));
    }
}
