//! From a matched path to an answer: everything that is judged before a handler, and the last touches after it.

use crate::access::Access;
use crate::answer::Answer;
use crate::api::Api;
use crate::call::Core;
use crate::client;
use crate::credentials::{CredentialError, bearer};
use crate::csrf;
use crate::etag;
use crate::extract::{Pairs, value};
use crate::limits::{self, Allowance, Caller, Rate};
use crate::media_links::{LinkHolder, Window};
use crate::negotiate;
use crate::problem::{Code, Problem};
use crate::proof::Proof;
use crate::receive;
use crate::route::Route;
use crate::span;
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse};
use madang_auth::access_tokens::AccessClaims;
use madang_domain::ctx::Moment;
use madang_domain::ids::MediaId;
use madang_domain::language::Language;
use madang_domain::media::Variant;
use std::sync::Arc;

/// The routes of one path.
pub(crate) struct Resource {
    pattern: Arc<str>,
    routes: Vec<Arc<Route>>,
    allow: HeaderValue,
}

impl Resource {
    pub(crate) fn new(pattern: &str, routes: Vec<Arc<Route>>) -> Self {
        let allow = allow(&routes, None);
        Self { pattern: pattern.into(), routes, allow }
    }

    fn find(&self, method: &Method) -> Option<&Arc<Route>> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        self.routes.iter().find(|route| route.method == *method)
    }

    /// Answers one request.
    pub(crate) async fn answer(&self, api: Arc<Api>, request: HttpRequest, payload: Payload) -> HttpResponse {
        span::tell_pattern(&request, &self.pattern);
        let language = negotiate::language(request.headers());
        let mut allowance = None;
        let answer = match self.handle(&api, &request, payload, language, &mut allowance).await {
            Ok(answer) => answer,
            Err(problem) => {
                problem.log();
                let answer = problem.answer(language, request.path());
                self.with_allow(answer, request.method())
            }
        };
        let answer = limits::tell(answer, allowance.as_ref());
        finish(&request, answer, self.find(request.method()).map(|route| route.access)).into_response()
    }

    async fn handle(
        &self,
        api: &Arc<Api>,
        request: &HttpRequest,
        payload: Payload,
        language: Language,
        allowance: &mut Option<Allowance>,
    ) -> Result<Answer, Problem> {
        let Some(route) = self.find(request.method()) else {
            return if request.method() == Method::OPTIONS {
                Ok(self.options())
            } else {
                Err(Code::MethodNotAllowed.into())
            };
        };
        if !has_sound_ids(request) {
            return Err(Code::NotFound.into());
        }
        let mut payload = Some(payload);
        let body = if let Some(limit) = route.body.and_then(|body| body.form) {
            receive::form(request.headers(), limit(&api.policy.load()))?;
            Bytes::new()
        } else if route.method == Method::GET {
            Bytes::new()
        } else {
            let payload = payload.take().ok_or_else(|| Problem::internal("the payload was taken before"))?;
            let json = route.body.is_some_and(|body| body.required);
            receive::body(request, payload, api.settings.json_max_bytes, json).await?
        };
        if route.by_cookie {
            csrf::check(api, request.headers())?;
        }
        let moment = api.moment();
        let proof = proof(api, route, request, &moment).await?;
        let address = client::address(request, &api.settings.trusted_proxies);
        let network = || Caller::Network(client::network(address));
        let caller = proof.as_ref().map_or_else(network, |proof| Caller::User(proof.user()));
        if let Some(rate) = rate(route, request) {
            *allowance = api.limits.take(&moment.policy.limits, rate, caller)?;
        }
        let core = Core {
            api: Arc::clone(api),
            route: Arc::clone(route),
            request: request.clone(),
            body,
            payload,
            moment,
            language,
            address,
            proof: proof.clone(),
        };
        let answer = (route.handler)(core).await;
        if let Some(proof) = proof {
            proof.note_use(api).await;
        }
        answer
    }

    fn options(&self) -> Answer {
        Answer::no_content()
            .with(header::ALLOW, self.allow.clone())
            .with(header::LINK, HeaderValue::from_static("</openapi.json>; rel=\"service-desc\""))
    }

    /// A 405 names what is offered: of the whole path, or of this item when a rule has switched the method off.
    fn with_allow(&self, answer: Answer, method: &Method) -> Answer {
        if answer.status != StatusCode::METHOD_NOT_ALLOWED {
            return answer;
        }
        let allow =
            if self.find(method).is_some() { allow(&self.routes, Some(method)) } else { self.allow.clone() };
        answer.with(header::ALLOW, allow)
    }
}

/// The methods that are offered, in the order in which people read them.
fn allow(routes: &[Arc<Route>], without: Option<&Method>) -> HeaderValue {
    const ORDER: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    let mut methods = Vec::new();
    for method in ORDER.iter().filter(|method| Some(*method) != without) {
        if routes.iter().any(|route| route.method == *method) {
            methods.push(method.as_str());
            methods.extend((method == Method::GET).then_some("HEAD"));
        }
    }
    methods.push("OPTIONS");
    HeaderValue::from_str(&methods.join(", ")).unwrap_or(HeaderValue::from_static("OPTIONS"))
}

/// Whether everything that stands in the path as an id is one; else there is no such path.
fn has_sound_ids(request: &HttpRequest) -> bool {
    request.match_info().iter().all(|(name, text)| !name.ends_with("id") || value::uuid(text).is_some())
}

/// Who the token says is asking. Visitors' routes do not look at it, but two headers are never one request.
async fn proof(
    api: &Api,
    route: &Route,
    request: &HttpRequest,
    moment: &Moment,
) -> Result<Option<Proof>, Problem> {
    let bearer = bearer(request.headers());
    if let Some(holder) = by_link(api, route, request, moment)? {
        // A link is one session's: whoever shows another session as well has it from somebody else.
        let other = bearer.is_ok_and(|token| {
            api.identity.tokens.verify(token, moment.now).is_ok_and(|claims| claims.session != holder.session)
        });
        let LinkHolder { session, user } = holder;
        let claims = AccessClaims { user, session };
        return if other { Err(Code::NotFound.into()) } else { Ok(Some(Proof::Session(claims))) };
    }
    match (route.access, bearer) {
        (_, Err(CredentialError::Repeated)) => Err(CredentialError::Repeated.into()),
        (Access::Visitor, _) => Ok(None),
        (Access::Caller(_), Err(error)) => Err(error.into()),
        (Access::Caller(_), Ok(token)) => Ok(Some(Proof::of(api, token, moment).await?)),
    }
}

/// Who the link of a picture says is asking; `None` when the request comes by no link.
fn by_link(
    api: &Api,
    route: &Route,
    request: &HttpRequest,
    moment: &Moment,
) -> Result<Option<LinkHolder>, Problem> {
    if !comes_by_link(route, request) {
        return Ok(None);
    }
    let path = request.match_info();
    let id = path.get("id").and_then(value::uuid).map(MediaId::from);
    let variant = path.get("variant").and_then(Variant::from_word);
    let pairs = Pairs::parse(request.query_string()).ok_or(Problem::from(Code::MalformedRequest))?;
    let holder = match (id, variant, pairs.value("token")) {
        (Some(id), Some(variant), Some(token)) => {
            api.settings.media_key.open(token, id, variant, Window::of(moment))
        }
        _ => None,
    };
    holder.map(Some).ok_or(Problem::from(Code::NotFound))
}

/// Whether the request shows a link's token in the place of a bearer.
pub(crate) fn comes_by_link(route: &Route, request: &HttpRequest) -> bool {
    route.by_link && request.query_string().split('&').any(|pair| pair.starts_with("token="))
}

fn rate(route: &Route, request: &HttpRequest) -> Option<Rate> {
    let searches = route.list.is_some_and(|list| list.search)
        && Pairs::parse(request.query_string()).is_some_and(|pairs| pairs.value("search").is_some());
    if searches { Some(Rate::Search) } else { route.rate }
}

/// What every answer of a resource gets: 304 where it is known already, and how it may be cached.
fn finish(request: &HttpRequest, answer: Answer, access: Option<Access>) -> Answer {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = reads
        && answer.status == StatusCode::OK
        && answer.header(&header::ETAG).is_some_and(|tag| etag::is_known(request.headers(), tag));
    let mut answer = answer;
    if known {
        answer.status = StatusCode::NOT_MODIFIED;
        answer.body = Bytes::new();
        answer.headers.retain(|(name, _)| *name != header::CONTENT_TYPE);
    }
    if answer.header(&header::CACHE_CONTROL).is_none() {
        let policy = match access {
            Some(Access::Caller(_)) => "private, no-cache",
            Some(Access::Visitor) | None => "no-cache",
        };
        answer = answer.with(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    }
    if answer.header(&header::VARY).is_none() {
        answer = answer.with(header::VARY, HeaderValue::from_static("Authorization, Accept-Language"));
    }
    answer
}
