//! What can go wrong in a handler, and the one place that turns it into a status and a body.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use domain::{failure::Problem, refusal::Refusal};

use crate::db::DbError;

mod page;

/// Why a request is not answered with what it asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A rule says no (422).
    Refused(Vec<Refusal>),
    /// The request makes no sense, for that reason (400).
    Malformed(String),
    /// There is something at this address, but not for this method (405).
    WrongMethod,
    /// The body is larger than this many bytes (413).
    TooLarge(usize),
    /// The body did not arrive in time (408).
    TooSlow,
    /// The body is not said to be JSON (415).
    NotJson,
    /// Nobody is signed in (401).
    SignedOut,
    /// A write from somebody else's page (403).
    Foreign,
    /// The second lock of the workbench is not open (423).
    Locked,
    /// There is no such thing, or it is not yours (404).
    NotFound,
    /// Too often; again after so many seconds (429).
    TooMany {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// More than the server can do; nothing was changed (503).
    Overloaded {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// Nothing can be written (507).
    ReadOnly,
    /// Whether it was done is not known (504).
    Unknown,
    /// A fault of ours; the cause is for the log alone (500).
    Broken(String),
}

impl Failure {
    /// The status and the body; `request` is the number by which the log knows the request.
    pub fn into_problem(self, request: &str) -> (StatusCode, Problem) {
        match self {
            Self::Refused(refusals) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::Refused(refusals)),
            Self::Malformed(reason) => (StatusCode::BAD_REQUEST, Problem::Malformed(reason)),
            Self::WrongMethod => {
                (StatusCode::METHOD_NOT_ALLOWED, Problem::Malformed("no such method here".into()))
            }
            Self::TooLarge(most) => (
                StatusCode::PAYLOAD_TOO_LARGE,
                Problem::Malformed(format!("the body is larger than {most} bytes")),
            ),
            Self::TooSlow => {
                (StatusCode::REQUEST_TIMEOUT, Problem::Malformed("the body did not arrive in time".into()))
            }
            Self::NotJson => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Problem::Malformed("a body must be application/json".into()),
            ),
            Self::SignedOut => (StatusCode::UNAUTHORIZED, Problem::SignedOut),
            Self::Foreign => (StatusCode::FORBIDDEN, Problem::Foreign),
            Self::Locked => (StatusCode::LOCKED, Problem::Locked),
            Self::NotFound => (StatusCode::NOT_FOUND, Problem::NotFound),
            Self::TooMany { retry_after } => (StatusCode::TOO_MANY_REQUESTS, Problem::Busy { retry_after }),
            Self::Overloaded { retry_after } => {
                (StatusCode::SERVICE_UNAVAILABLE, Problem::Busy { retry_after })
            }
            Self::ReadOnly => (StatusCode::INSUFFICIENT_STORAGE, Problem::ReadOnly),
            Self::Unknown => (StatusCode::GATEWAY_TIMEOUT, Problem::Unknown),
            Self::Broken(cause) => {
                tracing::error!(request, cause, "broken");
                (StatusCode::INTERNAL_SERVER_ERROR, Problem::Broken { request: request.to_owned() })
            }
        }
    }

    /// The whole answer.
    pub fn into_answer(self, request: &str) -> Response<Body> {
        let (status, problem) = self.into_problem(request);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut answer = Response::new(Body::from(body));
        *answer.status_mut() = status;
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Problem::Busy { retry_after } = problem {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
        }
        answer
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<Vec<Refusal>> for Failure {
    fn from(refusals: Vec<Refusal>) -> Self {
        Self::Refused(refusals)
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Full(why) => {
                tracing::error!(why, "the database takes no writes");
                Self::ReadOnly
            }
            DbError::Busy(why) => {
                tracing::warn!(why, "the database is busy");
                Self::Overloaded { retry_after: 1 }
            }
            DbError::Unknown(why) => {
                tracing::error!(why, "a commit of unknown fate");
                Self::Unknown
            }
            conflict_or_other => Self::Broken(conflict_or_other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_must_wait_is_told_how_long() {
        let answer = Failure::TooMany { retry_after: 30 }.into_answer("r1");
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.headers()[header::RETRY_AFTER], "30");
    }

    #[test]
    fn a_fault_of_ours_shows_its_number_and_nothing_else() {
        let (status, problem) = Failure::Broken("secret path".into()).into_problem("r7");
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(problem, Problem::Broken { request: "r7".into() });
    }
}
