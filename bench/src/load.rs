//! Makes requests over many connections at once and measures every one.
//!
//! Requests are bytes made beforehand, and of an answer no more is read than is needed: what the
//! measuring costs is taken from the server on a small machine.

use std::{
    cell::RefCell,
    net::SocketAddr,
    rc::Rc,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::LocalSet,
};

use crate::Outcome;

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, where bodies are kept.
    pub body: Vec<u8>,
    /// Bytes of head and body.
    pub bytes: usize,
    /// From the first byte sent to the last received.
    pub took: Duration,
}

/// What came of a load.
pub struct Load {
    /// From the first request to the last answer, the making of connections left out.
    pub took: Duration,
    /// The answers with the number of their request, in the order in which they came.
    pub answers: Vec<(usize, Answer)>,
}

impl Load {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.answers.len() as f64 / self.took.as_secs_f64().max(1e-9)
    }
}

/// What to ask for, and until when.
#[derive(Clone)]
pub enum Plan {
    /// Each of these once; bodies are kept.
    Each(Rc<Vec<Vec<u8>>>),
    /// This one again and again for so long.
    Again(Rc<Vec<u8>>, Duration),
}

/// Runs a plan over so many connections. Each asks for the next thing when it has its answer.
pub async fn run(address: SocketAddr, connections: usize, plan: Plan) -> Outcome<Load> {
    let connections = match &plan {
        Plan::Each(requests) => connections.min(requests.len()),
        Plan::Again(..) => connections,
    };
    let mut streams = Vec::with_capacity(connections);
    for _ in 0..connections {
        let stream = TcpStream::connect(address).await.map_err(|error| format!("connecting: {error}"))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        streams.push(stream);
    }
    let (next, answers) = (Rc::new(RefCell::new(0)), Rc::new(RefCell::new(Vec::new())));
    let local = LocalSet::new();
    let since = Instant::now();
    let asking: Vec<_> = streams
        .into_iter()
        .map(|stream| {
            local.spawn_local(ask(stream, plan.clone(), since, Rc::clone(&next), Rc::clone(&answers)))
        })
        .collect();
    local.await;
    let took = since.elapsed();
    for asking in asking {
        asking.await.map_err(|error| error.to_string())??;
    }
    Ok(Load { took, answers: answers.take() })
}

/// Uses one connection.
async fn ask(
    mut stream: TcpStream,
    plan: Plan,
    begin: Instant,
    next: Rc<RefCell<usize>>,
    answers: Rc<RefCell<Vec<(usize, Answer)>>>,
) -> Outcome {
    let mut buffer = Vec::with_capacity(16 * 1024);
    loop {
        let number = next.replace_with(|number| *number + 1);
        let (request, keep) = match &plan {
            Plan::Each(requests) => match requests.get(number) {
                Some(request) => (request, true),
                None => return Ok(()),
            },
            Plan::Again(_, during) if begin.elapsed() >= *during => return Ok(()),
            Plan::Again(request, _) => (request.as_ref(), false),
        };
        let since = Instant::now();
        stream.write_all(request).await.map_err(|error| format!("asking: {error}"))?;
        let mut answer = receive(&mut stream, &mut buffer, keep).await?;
        answer.took = since.elapsed();
        answers.borrow_mut().push((number, answer));
    }
}

/// Reads one answer.
async fn receive(stream: &mut TcpStream, buffer: &mut Vec<u8>, keep: bool) -> Outcome<Answer> {
    buffer.clear();
    let head = loop {
        if let Some(end) = find(buffer, b"\r\n\r\n") {
            break end + 4;
        }
        more(stream, buffer).await?;
    };
    let text = str::from_utf8(&buffer[..head]).map_err(|error| error.to_string())?;
    let status = text.get(9..12).and_then(|status| status.parse().ok()).ok_or("no status")?;
    let length = if status == 304 { 0 } else { length(text).ok_or("an answer without its length")? };
    while buffer.len() < head + length {
        more(stream, buffer).await?;
    }
    let body = if keep { buffer[head..head + length].to_vec() } else { Vec::new() };
    Ok(Answer { status, body, bytes: head + length, took: Duration::ZERO })
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Outcome {
    match stream.read_buf(buffer).await {
        Ok(0) => Err("the server hung up".into()),
        Ok(_) => Ok(()),
        Err(error) => Err(format!("reading: {error}")),
    }
}

fn length(head: &str) -> Option<usize> {
    value(head, "content-length")?.parse().ok()
}

/// The value of a header; the server writes their names in small letters.
pub fn value<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// One request, for its whole answer: head and body.
pub async fn once(address: SocketAddr, request: &[u8]) -> Outcome<(String, usize)> {
    let mut stream = TcpStream::connect(address).await.map_err(|error| format!("connecting: {error}"))?;
    stream.write_all(request).await.map_err(|error| error.to_string())?;
    let mut buffer = Vec::new();
    let answer = receive(&mut stream, &mut buffer, false).await?;
    let head = find(&buffer, b"\r\n\r\n").unwrap_or(buffer.len());
    Ok((String::from_utf8_lossy(&buffer[..head]).into_owned(), answer.bytes - head - 4))
}
