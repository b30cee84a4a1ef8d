//! The first screen: what the server writes into the page, so that it can be read before the app
//! has arrived, and used where it never will.
//!
//! It is public: nothing of whoever is signed in stands in it. The app finds the same answers in
//! `#first-data` and takes the page over without asking again. Pages are snapshots like the answers
//! they are made of.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
};
use domain::{
    centre::{
        CentreCard,
        api::{Centres, GetCentre, GetHome, GetOffering, ListCentres, ListOfferings, ListSeats},
    },
    draw::api::GetDraw,
    endpoint::Endpoint,
    id::CentreId,
    screen::Screen,
    task::api::ListTasks,
    text::Lang,
    time::Moment,
    wish::api::ListWishes,
};
use serde::de::DeserializeOwned;

use crate::{
    app::App,
    assets::Assets,
    config::Wechat,
    failure::Failure,
    kernel::Kernel,
    log::Route,
    mount::{Shared, intake, shared, snapshot_answer},
    snapshot::{Freshness, Snapshot},
};

mod centre;
mod draw;
mod frame;
mod home;
mod join;
mod needs;
mod neighbours;
mod offering;
mod page;
mod policy;
mod rush;
mod say;
mod times;
mod words;

use needs::{part, shows_its_own, template, topics};
use page::Sheet;
use policy::Policy;

/// Everything that is no endpoint: files, pages, and pages that there are not.
#[derive(Clone)]
pub struct Pages(Arc<Parts>);

struct Parts {
    app: App,
    shared: Arc<Shared>,
    assets: Assets,
    /// The page before anything is written into it, but with its style sheet.
    index: String,
    policy: Policy,
}

/// How the reader likes it, as the cookies say.
#[derive(Clone, Debug)]
struct Reader {
    lang: Lang,
    elder: bool,
    /// The class that makes all words larger, if they are to be.
    size: Option<&'static str>,
    /// The chosen centre, or the house's own; none before any is there.
    centre: Option<CentreCard>,
    now: Moment,
    /// Whether one can sign in by `WeChat`.
    wechat: bool,
}

/// The answers a page is made of, as they go into it.
#[derive(Default)]
struct Data(Vec<(String, Arc<Snapshot>)>);

impl Pages {
    /// Pages of `assets`, with the answers of `shared` in them.
    pub fn new(app: App, shared: Arc<Shared>, assets: Assets) -> Self {
        let (index, policy) =
            policy::dressed(&assets, app.config.wechat.as_ref().and_then(Wechat::script_site));
        Self(Arc::new(Parts { app, shared, assets, index, policy }))
    }

    /// Answers a request that no endpoint answers.
    pub async fn answer(self, request: Request) -> Response<Body> {
        let (path, headers) = (request.uri().path(), request.headers());
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Failure::NotFound.into_answer("-");
        }
        if let Some(mut file) = self.0.assets.answer(path, headers) {
            file.extensions_mut().insert(Route::File);
            return file;
        }
        let screen = Screen::parse(path);
        let (screen, query) = (screen.as_ref(), request.uri().query().unwrap_or_default());
        let (status, page) = match self.page(screen, query, headers).await {
            Ok(page) => (if screen.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND }, Ok(page)),
            Err(Failure::NotFound) => (StatusCode::NOT_FOUND, self.page(None, "", headers).await),
            Err(failure) => (StatusCode::SERVICE_UNAVAILABLE, Err(failure)),
        };
        let mut answer = match page {
            Ok(page) => {
                let mut asked = headers.clone();
                asked.remove(header::IF_NONE_MATCH);
                snapshot_answer(&page, &asked).await
            }
            Err(failure) => {
                // The page as it is still opens the app, which says what is wrong and tries again.
                tracing::error!(?failure, "a page without its first screen");
                Response::new(Body::from(self.0.index.clone()))
            }
        };
        *answer.status_mut() = status;
        let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        let policy = self.0.policy.of(agent.map_or(Kernel::Other, Kernel::of));
        dress(answer.headers_mut(), policy);
        answer.extensions_mut().insert(Route::Page(template(screen)));
        answer
    }

    /// A page as a snapshot; for no screen, the page that says so.
    async fn page(
        &self,
        screen: Option<&Screen>,
        query: &str,
        headers: &HeaderMap,
    ) -> Result<Arc<Snapshot>, Failure> {
        let Parts { app, assets, index, .. } = &*self.0;
        let reader = self.reader(headers).await?;
        let filter = join::Filter::read(if screen == Some(&Screen::Join) { query } else { "" }, &reader);
        let address = format!(
            "page {} {filter:?} {} {:?} {} {:?}",
            screen
                .filter(|screen| shows_its_own(screen))
                .map_or_else(|| template(screen).into(), Screen::path),
            reader.centre.as_ref().map_or("", |centre| centre.id.as_str()),
            reader.lang,
            reader.elder,
            reader.size,
        );
        let build = || async {
            let mut data = Data::default();
            let sheet = self.sheet(screen, filter, &reader, &mut data).await?;
            let parts = assets.parts(part(screen));
            Ok(page::fill(index, &reader, &sheet, &data, &parts).into_bytes())
        };
        let freshness = Freshness::of(topics(screen)).with_seats();
        app.snapshots.get(app.now(), &address, &freshness, build).await
    }

    /// Who reads: the cookies, and the centre they name if there is such a one.
    async fn reader(&self, headers: &HeaderMap) -> Result<Reader, Failure> {
        let Parts { app, .. } = &*self.0;
        let centres = match self.ask::<ListCentres>(&(), &mut Data::default()).await {
            Ok(Centres { centres, .. }) => centres,
            Err(Failure::NotFound) => Vec::new(),
            Err(failure) => return Err(failure),
        };
        let find = |id: &CentreId| centres.iter().find(|centre| centre.id == *id).cloned();
        let chosen = intake::cookie(headers, "centre").map(CentreId::from);
        let centre = chosen
            .and_then(|id| find(&id))
            .or_else(|| app.config.home.as_ref().and_then(find))
            .or_else(|| centres.first().cloned());
        Ok(Reader {
            lang: intake::lang(headers),
            elder: intake::cookie(headers, "view") == Some("elder"),
            size: match intake::cookie(headers, "text") {
                Some("2") => Some("text-2"),
                Some("3") => Some("text-3"),
                _ => None,
            },
            centre,
            now: app.now(),
            wechat: app.config.wechat.is_some(),
        })
    }

    /// What stands on a screen, and the answers it is made of.
    async fn sheet(
        &self,
        screen: Option<&Screen>,
        filter: join::Filter,
        reader: &Reader,
        data: &mut Data,
    ) -> Result<Sheet, Failure> {
        let Some(screen) = screen else { return Ok(frame::lost(reader)) };
        Ok(match (screen, &reader.centre) {
            (Screen::Home, Some(centre)) => {
                home::sheet(reader, &self.ask::<GetHome>(&centre.id, data).await?)
            }
            (Screen::Join, Some(centre)) => {
                let list = self.ask::<ListOfferings>(&centre.city, data).await?;
                let seats = self.ask::<ListSeats>(&centre.city, data).await?;
                join::sheet(reader, filter, &list, &seats)
            }
            (Screen::Centres, _) => centre::choose(reader, &self.ask::<ListCentres>(&(), data).await?),
            (Screen::Centre(id), _) => {
                let page = self.ask::<GetCentre>(id, data).await?;
                let seats = self.ask::<ListSeats>(&page.centre.card.city, data).await?;
                centre::sheet(reader, &page, &seats)
            }
            (Screen::Draw(id), _) => draw::sheet(reader, &self.ask::<GetDraw>(id, data).await?),
            (Screen::Offering(id), _) => offering::sheet(reader, &self.ask::<GetOffering>(id, data).await?),
            (Screen::Wishes, Some(centre)) => {
                self.ask::<ListCentres>(&(), data).await?;
                neighbours::wishes(reader, &self.ask::<ListWishes>(&centre.id, data).await?)
            }
            (Screen::Volunteer, Some(centre)) => {
                let list = self.ask::<ListOfferings>(&centre.city, data).await?;
                let seats = self.ask::<ListSeats>(&centre.city, data).await?;
                let shifts = list.shifts(&seats, &centre.id);
                neighbours::tasks(reader, &shifts, &self.ask::<ListTasks>(&centre.city, data).await?)
            }
            _ => {
                if matches!(screen, Screen::Settings | Screen::SignIn | Screen::NewWish) {
                    self.ask::<ListCentres>(&(), data).await?;
                }
                frame::shell(screen, reader)
            }
        })
    }

    /// The public answer of an endpoint, which also goes into the page.
    async fn ask<E: Endpoint>(&self, params: &E::Params, data: &mut Data) -> Result<E::Output, Failure>
    where
        E::Output: DeserializeOwned,
    {
        let Parts { app, shared: sources, .. } = &*self.0;
        let answer = shared::<E>(app, sources, params).await?;
        let output =
            serde_json::from_slice(&answer.plain).map_err(|error| Failure::Broken(error.to_string()))?;
        data.0.push((E::path(params), answer));
        Ok(output)
    }
}

/// The headers of a page.
fn dress(headers: &mut HeaderMap, policy: HeaderValue) {
    headers.remove(header::ETAG);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("permissions-policy"), "geolocation=(self)"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::VARY, "accept-encoding, cookie, user-agent"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
