//! One request on its way through the pipeline.
//!
//! What comes before the caller is known (path, size, type, cross-site) has been judged when a handler gets its
//! [`Call`] or [`Visit`]. What the caller sent is kept as a `Result` and judged inside the unit of work, after liveness
//! and the caller's state, so that a dead session is told 401 and not that its JSON is bad.

mod idempotency;
mod unit;

pub use idempotency::{RepeatKey, Replay};

use crate::answer::Answer;
use crate::api::Api;
use crate::credentials::bearer;
use crate::dispatch::comes_by_link;
use crate::etag::Precondition;
use crate::extract::{self, Body, List, ListQuery, NoBody};
use crate::media_links::LinkHolder;
use crate::problem::{Code, FieldProblem, Problem};
use crate::proof::Proof;
use crate::reply::Reply;
use crate::route::{IfMatch, Route};
use crate::viewer::Viewer;
use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Payload};
use madang_auth::access_tokens::AccessClaims;
use madang_domain::ctx::Moment;
use madang_domain::ids::UserId;
use madang_domain::language::Language;
use std::net::IpAddr;
use std::sync::Arc;
use uuid::Uuid;

/// What a caller sent, parsed or refused; judged in its turn.
pub type Parsed<T> = Result<T, Problem>;

/// A request with everything that was judged before its handler.
pub struct Core {
    pub(crate) api: Arc<Api>,
    pub(crate) route: Arc<Route>,
    pub(crate) request: HttpRequest,
    pub(crate) body: Bytes,
    /// The body of a form, which the handler reads.
    pub(crate) payload: Option<Payload>,
    pub(crate) moment: Moment,
    pub(crate) language: Language,
    pub(crate) address: IpAddr,
    pub(crate) proof: Option<Proof>,
}

/// A request of a logged-in caller whose token is genuine. Liveness is judged in each unit.
pub struct Call {
    core: Core,
}

/// A request of anybody.
pub struct Visit {
    core: Core,
}

impl Call {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// The body of a form as it comes in; once.
    pub(crate) fn take_payload(&mut self) -> Option<Payload> {
        self.core.payload.take()
    }

    /// What the request says, for whoever compares repeated ones, where that is not its very body.
    pub(crate) fn says(&mut self, said: Vec<u8>) {
        self.core.body = said.into();
    }

    /// Who asks.
    pub(crate) fn user(&self) -> Option<UserId> {
        self.core.proof.as_ref().map(Proof::user)
    }

    /// Whether only the headers are asked for.
    pub(crate) fn is_head(&self) -> bool {
        self.core.request.method() == Method::HEAD
    }

    /// The same request as if it came now: for answers that go on.
    ///
    /// # Errors
    /// What the token answers by now: `token_expired` above all.
    pub(crate) async fn again(&self) -> Result<Self, Problem> {
        let Core { api, route, request, language, address, .. } = &self.core;
        let moment = api.moment();
        let proof = Proof::of(api, bearer(request.headers())?, &moment).await?;
        Ok(Self::new(Core {
            api: Arc::clone(api),
            route: Arc::clone(route),
            request: request.clone(),
            body: Bytes::new(),
            payload: None,
            moment,
            language: *language,
            address: *address,
            proof: Some(proof),
        }))
    }

    /// What `If-Match` asks; handed to the use case as a closure over its read model.
    pub fn precondition(&self) -> Precondition {
        Precondition::of(self.core.request.headers(), self.core.route.if_match == IfMatch::Required)
    }
}

impl Visit {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Reads the body as far as it can be read, with everything that is refused so far.
    ///
    /// # Errors
    /// `malformed_request`, and whatever is no object.
    pub(crate) fn draft<B: Body>(&self) -> Parsed<(Option<B>, Vec<FieldProblem>)> {
        let Core { request, body, moment, .. } = &self.core;
        let parameters = extract::refuse_parameters(request.query_string());
        let node = extract::parse(body).ok_or(Problem::from(Code::MalformedRequest))?;
        let (draft, mut refused) = extract::read_draft(node, &moment.policy)?;
        if let Err(parameters) = parameters {
            if parameters.code() == Code::MalformedRequest {
                return Err(parameters);
            }
            refused.extend_from_slice(parameters.refused());
        }
        Ok((draft, refused))
    }
}

/// What both kinds of calls offer.
macro_rules! shared {
    ($($call:ty),*) => {$(
        impl $call {
            /// The id in the path under `name`.
            ///
            /// # Errors
            /// `not_found` when the pattern holds no such name; malformed ids never reach a handler.
            pub fn id<I: From<Uuid>>(&self, name: &str) -> Result<I, Problem> {
                self.core.id(name).map(I::from).ok_or(Problem::from(Code::NotFound))
            }

            /// The text in the path under `name`, as sent; empty when the pattern holds no such name.
            pub fn segment(&self, name: &str) -> &str {
                self.core.request.match_info().get(name).unwrap_or_default()
            }

            /// Reads the body; no query parameter is taken beside it.
            pub fn body<B: Body>(&self) -> Parsed<B> {
                self.core.body()
            }

            /// What a route without input takes: no field, no parameter.
            pub fn nothing(&self) -> Parsed<()> {
                self.core.body::<NoBody>().map(|NoBody| ())
            }

            /// Reads the query of a list.
            pub fn list(&self, list: &List) -> Parsed<ListQuery> {
                self.core.list(list)
            }

            /// Makes answers, here or inside a unit.
            pub fn reply(&self) -> Reply {
                self.core.reply()
            }

            /// Whom the answer is for.
            pub fn viewer(&self) -> Viewer {
                self.core.viewer()
            }

            /// The shared state.
            pub fn api(&self) -> &Arc<Api> {
                &self.core.api
            }

            /// The moment at which the request is judged.
            pub fn moment(&self) -> &Moment {
                &self.core.moment
            }

            /// The language of the answer.
            pub fn language(&self) -> Language {
                self.core.language
            }

            /// The caller's address, as far as trusted proxies tell it.
            pub fn address(&self) -> IpAddr {
                self.core.address
            }

            /// The headers of the request.
            pub fn headers(&self) -> &HeaderMap {
                self.core.request.headers()
            }
        }
    )*};
}

shared!(Call, Visit);

impl Core {
    fn id(&self, name: &str) -> Option<Uuid> {
        extract::value::uuid(self.request.match_info().get(name)?)
    }

    fn body<B: Body>(&self) -> Parsed<B> {
        let parameters = if comes_by_link(&self.route, &self.request) {
            extract::refuse_parameters_but(self.request.query_string(), "token")
        } else {
            extract::refuse_parameters(self.request.query_string())
        };
        let node = if self.body.is_empty()
            && !self.route.body.is_some_and(|body| body.required && body.form.is_none())
        {
            extract::Node::Object(Vec::new())
        } else {
            extract::parse(&self.body).ok_or(Problem::from(Code::MalformedRequest))?
        };
        let body = extract::read_body::<B>(node, &self.moment.policy);
        match (parameters, body) {
            (Ok(()), body) => body,
            (Err(parameters), Ok(_)) => Err(parameters),
            (Err(parameters), Err(body)) => Err(body.and(&parameters)),
        }
    }

    fn list(&self, list: &List) -> Parsed<ListQuery> {
        let Self { api, request, moment, .. } = self;
        ListQuery::parse(
            request.query_string(),
            list,
            request.path(),
            &api.settings.cursor_key,
            &moment.policy,
        )
    }

    fn reply(&self) -> Reply {
        Reply::new(Arc::clone(&self.api), self.viewer(), self.request.path())
    }

    fn viewer(&self) -> Viewer {
        // A personal token has no session that a link could end with: whoever shows it fetches pictures by it.
        let holder = match self.proof {
            Some(Proof::Session(AccessClaims { session, user })) => Some(LinkHolder { session, user }),
            Some(Proof::Personal(_)) | None => None,
        };
        Viewer::new(Arc::clone(&self.api), self.language, holder, &self.moment)
    }

    /// The last touch to a refusal that only the route knows.
    fn refine(&self, problem: Problem) -> Problem {
        if problem.code().status() == StatusCode::UNAUTHORIZED && comes_by_link(&self.route, &self.request) {
            return Code::NotFound.into();
        }
        let missing = problem.code() == Code::PreconditionFailed
            && Precondition::of(self.request.headers(), self.route.if_match == IfMatch::Required)
                .is_missing();
        if missing { Code::PreconditionRequired.into() } else { problem }
    }
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core").field("path", &self.route.path).finish_non_exhaustive()
    }
}

/// The answer of a use case that answers nothing.
pub fn no_content<T>(_: &Reply, _: T) -> Answer {
    Answer::no_content()
}
