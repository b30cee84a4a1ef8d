//! Asks our own server for something: as much HTTP as that takes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::run::Outcome;

/// What came back.
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Is the body compressed with brotli?
    pub brotli: bool,
    /// The body as it came over the line.
    pub body: Vec<u8>,
}

/// GET from 127.0.0.1; `encoding` is what we accept, `identity` for plain.
pub fn get(port: u16, path: &str, encoding: &str) -> Outcome<Answer> {
    exchange(port, path, encoding).map_err(|cause| format!("GET {path} on port {port}: {cause}"))
}

fn exchange(port: u16, path: &str, encoding: &str) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\naccept: text/html,*/*\r\n\
         accept-encoding: {encoding}\r\nconnection: close\r\n\r\n"
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    parse(&bytes).ok_or_else(|| std::io::Error::other("this is no HTTP answer"))
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(bytes.get(..end)?).to_ascii_lowercase();
    let body = bytes.get(end + 4..)?;
    let says = |header: &str| head.lines().any(|line| line.replace(' ', "") == header);
    Some(Answer {
        status: head.split(' ').nth(1)?.parse().ok()?,
        brotli: says("content-encoding:br"),
        body: if says("transfer-encoding:chunked") { unchunk(body)? } else { body.to_vec() },
    })
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..end)?).ok()?.split(';').next()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend(rest.get(end + 2..end + 2 + size)?);
        rest = rest.get(end + 2 + size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_put_together() {
        let answer =
            parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n");
        let answer = answer.expect("an answer");
        assert_eq!((answer.status, answer.brotli, answer.body.as_slice()), (200, false, b"abcd".as_slice()));
        assert!(parse(b"HTTP/1.1 200 OK\r\n").is_none());
    }
}
