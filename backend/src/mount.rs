//! Puts handlers behind the endpoints they serve, with every check that comes before a handler.
//!
//! A request passes, in this order: method and path, parameters, origin, content type, size, who
//! calls and for whom, their second lock, key, input, how much they write. What fails is a [`Failure`];
//! no handler sees it.

use std::{collections::HashMap, net::IpAddr, pin::Pin, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{FromRequestParts, RawPathParams, Request},
    http::{HeaderMap, Response},
    routing::{MethodFilter, MethodRouter, any, on},
};
use domain::{
    circle::{QUERY, Scope},
    endpoint::{Audience, Endpoint, Method, Params},
};

use crate::{
    app::App,
    call::{Account, Call, IntoReply, Reply},
    circle,
    failure::Failure,
    lock,
    log::Route,
    session,
    snapshot::{Freshness, Snapshot},
    staff,
};

mod answer;
pub mod intake;

pub use answer::{accepted, coding_header, has_it, snapshot as snapshot_answer};

/// What travels with a request from the accept loop to the handler.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The number by which the log knows the request.
    pub request: String,
    /// Where it came from.
    pub address: IpAddr,
}

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Source = dyn Fn(App, Vec<String>) -> Boxed<Result<Arc<Snapshot>, Failure>> + Send + Sync;

/// The public answers by the path of their endpoint, for the first screen.
pub type Shared = HashMap<&'static str, Arc<Source>>;

/// Collects what is served; every feature has a function `mount(Mount) -> Mount`.
pub struct Mount {
    app: App,
    router: Router,
    mounted: Vec<(Method, &'static str)>,
    beside: Vec<&'static str>,
    shared: Shared,
}

/// A function that serves an endpoint.
pub trait Handler<E: Endpoint, A>: Clone + Send + Sync + 'static {
    /// Serves one request.
    fn handle(
        &self,
        call: Call,
        params: E::Params,
        input: E::Input,
    ) -> impl Future<Output = Result<Reply<E::Output>, Failure>> + Send;
}

impl<E, H, F, R> Handler<E, (F, R)> for H
where
    E: Endpoint,
    H: Fn(Call, E::Params, E::Input) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<R, Failure>> + Send,
    R: IntoReply<E::Output>,
{
    async fn handle(
        &self,
        call: Call,
        params: E::Params,
        input: E::Input,
    ) -> Result<Reply<E::Output>, Failure> {
        Ok(self(call, params, input).await?.into_reply())
    }
}

impl Mount {
    /// Nothing yet.
    pub fn new(app: App) -> Self {
        Self { app, router: Router::new(), mounted: Vec::new(), beside: Vec::new(), shared: HashMap::new() }
    }

    /// Serves `E` with a handler that sees who calls.
    #[must_use]
    pub fn serve<E, H, A>(mut self, handler: H) -> Self
    where
        E: Endpoint,
        H: Handler<E, A>,
        A: 'static,
    {
        self.mounted.push((E::METHOD, E::PATH));
        let app = self.app.clone();
        let service = on(filter(E::METHOD), move |request: Request| {
            let (app, handler) = (app.clone(), handler.clone());
            async move {
                let arrival = arrival(&request);
                let outcome = run::<E, H, A>(app, &handler, arrival.clone(), request).await;
                routed(E::PATH, outcome.unwrap_or_else(|failure| failure.into_answer(&arrival.request)))
            }
        });
        self.router = self.router.route(E::PATH, service);
        self
    }

    /// Serves `E`, a public `GET` that is the same for everybody, from a snapshot that `build`
    /// makes and `freshness` keeps.
    #[must_use]
    pub fn serve_shared<E, B, F>(mut self, freshness: fn(&E::Params) -> Freshness, build: B) -> Self
    where
        E: Endpoint<Input = ()>,
        B: Fn(App, E::Params) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<E::Output, Failure>> + Send + 'static,
    {
        const { assert!(matches!((E::METHOD, E::AUDIENCE), (Method::Get, Audience::Public))) };
        self.mounted.push((E::METHOD, E::PATH));
        let source: Arc<Source> = Arc::new(move |app: App, values: Vec<String>| {
            let build = build.clone();
            Box::pin(async move {
                let params = params::<E>(&values)?;
                let (address, freshness) = (E::path(&params), freshness(&params));
                let build = || async {
                    let output = build(app.clone(), params).await?;
                    serde_json::to_vec(&output).map_err(|error| Failure::Broken(error.to_string()))
                };
                app.snapshots.get(app.now(), &address, &freshness, build).await
            })
        });
        self.shared.insert(E::PATH, Arc::clone(&source));
        let app = self.app.clone();
        let service = on(MethodFilter::GET, move |request: Request| {
            let (app, source) = (app.clone(), Arc::clone(&source));
            async move {
                let number = arrival(&request).request;
                let (mut parts, _) = request.into_parts();
                let outcome = async {
                    let values = path_values(&mut parts).await?;
                    let snapshot = source(app, values).await?;
                    Ok(answer::snapshot(&snapshot, &parts.headers).await)
                };
                let outcome = outcome.await;
                routed(E::PATH, outcome.unwrap_or_else(|failure: Failure| failure.into_answer(&number)))
            }
        });
        self.router = self.router.route(E::PATH, service);
        self
    }

    /// Serves something that is no endpoint of the JSON interface, such as a picture.
    #[must_use]
    pub fn raw(mut self, path: &'static str, service: MethodRouter) -> Self {
        let service =
            service.layer(axum::middleware::map_response(move |answer: Response<Body>| async move {
                routed(path, answer)
            }));
        self.beside.push(path);
        self.router = self.router.route(path, service);
        self
    }

    /// The server, for handlers of [`Mount::raw`].
    pub fn app(&self) -> &App {
        &self.app
    }

    /// What is served so far that is no endpoint.
    pub fn beside(&self) -> &[&'static str] {
        &self.beside
    }

    /// What is served so far: the endpoints, each as often as it was mounted.
    pub fn mounted(&self) -> &[(Method, &'static str)] {
        &self.mounted
    }

    /// The router, and the public answers for the first screen.
    pub fn finish(self) -> (Router, Arc<Shared>) {
        let router = self
            .router
            .route("/api", any(missing))
            .route("/api/", any(missing))
            .route("/api/{*rest}", any(missing))
            .method_not_allowed_fallback(wrong_method);
        (router, Arc::new(self.shared))
    }
}

/// The public answer of `E`, as its clients get it.
///
/// # Errors
/// What the endpoint says; `NotFound` where it is not mounted as shared.
pub async fn shared<E: Endpoint>(
    app: &App,
    shared: &Shared,
    params: &E::Params,
) -> Result<Arc<Snapshot>, Failure> {
    let source = shared.get(E::PATH).ok_or(Failure::NotFound)?;
    source(app.clone(), params.values().into_iter().map(str::to_owned).collect()).await
}

/// Does for a [`Mount::raw`] handler what the endpoints have done for them: the session's account.
///
/// # Errors
/// Nobody is signed in.
pub async fn resident(app: &App, headers: &HeaderMap) -> Result<Account, Failure> {
    caller(app, headers).await?.ok_or(Failure::SignedOut)
}

/// Like [`resident`], for pictures and files that a relative may see, too: what shows them brings no
/// header, so the bond stands in the query.
///
/// # Errors
/// Nobody is signed in, or the bond is not theirs.
pub async fn resident_or_relative(
    app: &App,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Account, Failure> {
    let account = resident(app, headers).await?;
    match bond(query) {
        None => Ok(account),
        Some(bond) => Ok(circle::resolve(app, &account, bond, Scope::See).await?.0),
    }
}

/// By which bond a picture or a file is asked for.
pub fn bond(query: Option<&str>) -> Option<&str> {
    let mut pairs = query?.split('&');
    pairs.find_map(|pair| pair.strip_prefix(QUERY)?.strip_prefix('='))
}

/// Tells the log where an answer came from.
fn routed(path: &'static str, mut answer: Response<Body>) -> Response<Body> {
    answer.extensions_mut().insert(Route::Api(path));
    answer
}

async fn missing(request: Request) -> Response<Body> {
    Failure::NotFound.into_answer(&arrival(&request).request)
}

async fn wrong_method(request: Request) -> Response<Body> {
    Failure::WrongMethod.into_answer(&arrival(&request).request)
}

/// Everything between the router and the handler.
async fn run<E, H, A>(
    app: App,
    handler: &H,
    arrival: Arrival,
    request: Request,
) -> Result<Response<Body>, Failure>
where
    E: Endpoint,
    H: Handler<E, A>,
{
    let (mut parts, body) = request.into_parts();
    let params = params::<E>(&path_values(&mut parts).await?)?;
    let writes = E::METHOD != Method::Get;
    let bytes = if writes {
        intake::same_origin(&parts.method, &parts.headers)?;
        intake::body(&parts, body, app.config.patience.body).await?
    } else {
        Vec::new()
    };
    let caller = caller(&app, &parts.headers).await?;
    if E::AUDIENCE.signs_in() && caller.is_none() {
        return Err(Failure::SignedOut);
    }
    // The cookie is that of whoever is signed in, whomever they act for.
    let renewed = caller.as_ref().and_then(|caller| caller.renewed.clone());
    let (caller, acting) = circle::stand_in::<E>(&app, caller, circle::named(&parts.headers)).await?;
    let posts = match &caller {
        Some(account) if E::AUDIENCE == Audience::Staff => staff::posts(&app.db, &account.id).await?,
        _ => Vec::new(),
    };
    if E::AUDIENCE == Audience::Staff && posts.is_empty() {
        return Err(Failure::NotFound);
    }
    if E::LOCKED && !opened(&app, caller.as_ref()).await? {
        return Err(Failure::Locked);
    }
    let key = if E::KEYED {
        let key = intake::key(&app.vault, &parts.headers, &parts.method, &parts.uri, &bytes)?;
        Some(acting.as_ref().map_or_else(|| key.clone(), |acting| circle::key(&app, acting, key.clone())))
    } else {
        None
    };
    let input = intake::input::<E>(&bytes)?;
    if let (true, Some(account)) = (writes, &caller) {
        app.pace.step(acting.as_ref().map_or(&account.id, |acting| &acting.actor), app.now())?;
    }
    let (lang, device) = (intake::lang(&parts.headers), intake::device(&parts.headers));
    let jar = |name| intake::cookie(&parts.headers, name).map(str::to_owned);
    let (known, wechat) = (jar(app.config.known_cookie()), jar(app.config.wechat_cookie()));
    let Arrival { request, address } = arrival;
    let call = Call { app, caller, acting, posts, key, request, address, lang, device, known, wechat };
    let subject = params.values().first().map(|value| (*value).to_owned());
    circle::before::<E>(&call, subject).await?;
    let (line, app) = (circle::line::<E>(&call), call.app.clone());
    let mut reply = handler.handle(call, params, input).await?;
    circle::after(&app, line).await;
    if reply.cookies.is_empty() {
        reply.cookies.extend(renewed);
    }
    let body = answer::json(&reply.body)?;
    answer::reply(body, reply.cookies, &parts.headers).await
}

/// Who calls, where a session cookie says so.
async fn caller(app: &App, headers: &HeaderMap) -> Result<Option<Account>, Failure> {
    match intake::cookie(headers, app.config.session_cookie()) {
        Some(token) => session::account(app, token).await,
        None => Ok(None),
    }
}

/// Whether who calls has opened the second lock.
async fn opened(app: &App, caller: Option<&Account>) -> Result<bool, Failure> {
    match caller {
        Some(account) => lock::is_open(app, account).await,
        None => Ok(false),
    }
}

/// The values in the path, decoded; what is not UTF-8 names nothing.
async fn path_values(parts: &mut axum::http::request::Parts) -> Result<Vec<String>, Failure> {
    let found = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| Failure::NotFound)?;
    Ok(found.iter().map(|(_, value)| value.to_owned()).collect())
}

fn params<E: Endpoint>(values: &[String]) -> Result<E::Params, Failure> {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    E::Params::parse(&values).ok_or(Failure::NotFound)
}

/// Where a request comes from, as the accept loop left it there.
fn arrival(request: &Request) -> Arrival {
    request.extensions().get::<Arrival>().cloned().unwrap_or_else(|| Arrival {
        request: "-".into(),
        address: IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED),
    })
}

const fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Delete => MethodFilter::DELETE,
    }
}
