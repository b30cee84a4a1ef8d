//! Reading: what the home page asks for, compressed, and what it asks when it has it already.

use std::{net::SocketAddr, rc::Rc, time::Duration};

use serde_json::json;

use crate::{
    Outcome,
    flags::Flags,
    load::{self, Load, Plan},
    report::{Figures, heading},
    server::Server,
};

/// What is read: a name, a path, and whether the client says that it has it.
const READS: [(&str, &str, bool); 5] = [
    ("the time: the ceiling", "/api/time", false),
    ("home page, new", "/api/centres/xinsheng/home", false),
    ("home page, unchanged (304)", "/api/centres/xinsheng/home", true),
    ("a city's offerings, new", "/api/cities/yangzhou/offerings", false),
    ("free places of a city", "/api/cities/yangzhou/seats", false),
];

/// Runs it and says what came of it.
pub async fn run(flags: Flags) -> Outcome {
    let server = Server::start(&flags)?;
    let mut requests = Vec::new();
    for (_, path, known) in READS {
        requests.push(Rc::new(request(server.address, path, known).await?));
    }
    // A second of each in turn, so that what else the machine does falls on all alike; the first
    // round warms up.
    let mut loads: Vec<Vec<Load>> = READS.iter().map(|_| Vec::new()).collect();
    for round in 0..=flags.seconds {
        for (((_, path, known), request), loads) in READS.iter().zip(&requests).zip(&mut loads) {
            let plan = Plan::Again(Rc::clone(request), Duration::from_secs(1));
            let load = load::run(server.address, flags.connections, plan).await?;
            let status = if *known { 304 } else { 200 };
            if let Some((_, answer)) = load.answers.iter().find(|(_, answer)| answer.status != status) {
                return Err(format!("{path}: {} instead of {status}", answer.status));
            }
            if round > 0 {
                loads.push(load);
            }
        }
    }
    let figures: Vec<Figures> =
        READS.iter().zip(&loads).map(|((name, ..), loads)| Figures::of(name, loads)).collect();
    let ceiling = figures.first().map_or(1.0, |figures| figures.rate);
    if flags.json {
        let figures: Vec<_> = figures.iter().map(|figures| figures.json(ceiling)).collect();
        let result = json!({ "bench": "read", "connections": flags.connections, "figures": figures });
        println!("{result:#}");
        return Ok(());
    }
    println!("Reading over {} connections, {} seconds each\n", flags.connections, flags.seconds);
    println!("{}", heading());
    for figures in &figures {
        println!("{}", figures.line(ceiling));
    }
    Ok(())
}

/// The request, with the ETag of the present answer where the client is to have it.
async fn request(address: SocketAddr, path: &str, known: bool) -> Outcome<Vec<u8>> {
    let plain = format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept-encoding: gzip, deflate, br\r\n");
    let first = format!("{plain}connection: close\r\n\r\n");
    let (head, bytes) = load::once(address, first.as_bytes()).await?;
    if bytes > 1_024 && load::value(&head, "content-encoding") != Some("br") {
        return Err(format!("{path} does not come as brotli:\n{head}"));
    }
    if !known {
        return Ok(format!("{plain}\r\n").into_bytes());
    }
    let etag = load::value(&head, "etag").ok_or_else(|| format!("{path} has no ETag"))?;
    Ok(format!("{plain}if-none-match: {etag}\r\n\r\n").into_bytes())
}
