//! A route as a value: one row of the contract, from which come the URL table, the documentation and the coverage list.

use crate::access::{Access, Who};
use crate::answer::Answer;
use crate::api::BASE;
use crate::call::{Call, Core, Visit};
use crate::extract::{Body, List};
use crate::limits::Rate;
use crate::problem::{Code, Problem};
use actix_web::http::{Method, StatusCode};
use madang_domain::policy::Policy;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, schema::Schema};

/// What a handler comes to.
pub type HandlerFuture = Pin<Box<dyn Future<Output = Result<Answer, Problem>>>>;
type Handler = Arc<dyn Fn(Core) -> HandlerFuture + Send + Sync>;
/// How many bytes a form may have.
pub(crate) type FormLimit = fn(&Policy) -> usize;
/// Names the schemas of a type and everything inside it.
pub(crate) type Schemas = fn(&mut Vec<(String, RefOr<Schema>)>) -> RefOr<Schema>;

/// The door of a route, which decides what its handler gets: [`Visit`] or [`Call`].
pub trait Door {
    /// What the handler is called with.
    type Call;

    /// The door as data.
    fn access(&self) -> Access;

    /// The call of a request.
    fn call(core: Core) -> Self::Call;
}

/// Everybody, logged in or not.
#[derive(Clone, Copy, Debug)]
pub struct Visitor;

impl Door for Visitor {
    type Call = Visit;

    fn access(&self) -> Access {
        Access::Visitor
    }

    fn call(core: Core) -> Visit {
        Visit::new(core)
    }
}

impl Door for Who {
    type Call = Call;

    fn access(&self) -> Access {
        Access::Caller(*self)
    }

    fn call(core: Core) -> Call {
        Call::new(core)
    }
}

/// One row of the contract.
pub struct Route {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) access: Access,
    pub(crate) handler: Handler,
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) body: Option<BodyDocs>,
    pub(crate) list: Option<&'static List>,
    pub(crate) successes: Vec<Success>,
    pub(crate) problems: &'static [Code],
    pub(crate) rate: Option<Rate>,
    pub(crate) by_cookie: bool,
    pub(crate) by_link: bool,
    pub(crate) if_match: IfMatch,
    pub(crate) etag: bool,
}

/// One success of a route.
pub(crate) struct Success {
    pub(crate) status: StatusCode,
    /// The media type and, for JSON, the shape of the body.
    pub(crate) content: Option<(&'static str, Option<Schemas>)>,
}

/// How a route takes `If-Match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// It does not.
    Ignored,
    /// It honours it.
    Optional,
    /// It insists on it.
    Required,
}

#[derive(Clone, Copy)]
pub(crate) struct BodyDocs {
    pub(crate) required: bool,
    /// How large it may say it is, when it is a form, which the handler reads, and not JSON.
    pub(crate) form: Option<FormLimit>,
    pub(crate) schemas: Schemas,
}

impl Route {
    /// `GET`; answers HEAD as well.
    pub fn get<D, F, R>(path: &str, door: D, handler: F) -> Self
    where
        D: Door,
        F: Fn(D::Call) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Answer, Problem>> + 'static,
    {
        Self::new(Method::GET, path, door, handler)
    }

    /// `POST`.
    pub fn post<D, F, R>(path: &str, door: D, handler: F) -> Self
    where
        D: Door,
        F: Fn(D::Call) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Answer, Problem>> + 'static,
    {
        Self::new(Method::POST, path, door, handler)
    }

    /// `PUT`, for settings and toggles, which have no tag of their own.
    pub fn put<D, F, R>(path: &str, door: D, handler: F) -> Self
    where
        D: Door,
        F: Fn(D::Call) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Answer, Problem>> + 'static,
    {
        Self::new(Method::PUT, path, door, handler)
    }

    /// `PATCH`; honours `If-Match`.
    pub fn patch<D, F, R>(path: &str, door: D, handler: F) -> Self
    where
        D: Door,
        F: Fn(D::Call) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Answer, Problem>> + 'static,
    {
        Self { if_match: IfMatch::Optional, ..Self::new(Method::PATCH, path, door, handler) }
    }

    /// `DELETE`; honours `If-Match`, answers 204.
    pub fn delete<D, F, R>(path: &str, door: D, handler: F) -> Self
    where
        D: Door,
        F: Fn(D::Call) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Answer, Problem>> + 'static,
    {
        Self { if_match: IfMatch::Optional, ..Self::new(Method::DELETE, path, door, handler) }
    }

    fn new<D, F, R>(method: Method, path: &str, door: D, handler: F) -> Self
    where
        D: Door,
        F: Fn(D::Call) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Answer, Problem>> + 'static,
    {
        let rate = if method == Method::GET { Rate::Read } else { Rate::Write };
        Self {
            method,
            path: format!("{BASE}{path}"),
            access: door.access(),
            handler: Arc::new(move |core| Box::pin(handler(D::call(core)))),
            name: handler_name::<F>(),
            summary: "",
            body: None,
            list: None,
            successes: Vec::new(),
            problems: &[],
            rate: Some(rate),
            by_cookie: false,
            by_link: false,
            if_match: IfMatch::Ignored,
            etag: false,
        }
    }

    /// Puts the route at the root instead of under the base path.
    #[must_use]
    pub fn at_root(mut self) -> Self {
        self.path = self.path.trim_start_matches(BASE).to_owned();
        self
    }

    /// What the route does, in a few words for the documentation.
    #[must_use]
    pub fn summary(mut self, summary: &'static str) -> Self {
        self.summary = summary;
        self
    }

    /// The body that the route takes.
    #[must_use]
    pub fn body<B: Body + ToSchema>(mut self) -> Self {
        self.body = Some(BodyDocs { required: true, form: None, schemas: schemas_of::<B> });
        self
    }

    /// The body that the route takes, if there is one.
    #[must_use]
    pub fn optional_body<B: Body + ToSchema>(mut self) -> Self {
        self.body = Some(BodyDocs { required: false, form: None, schemas: schemas_of::<B> });
        self
    }

    /// The form that the route takes, which its handler reads as it comes in; more than `limit` is refused before that.
    #[must_use]
    pub(crate) fn form<B: ToSchema>(mut self, limit: FormLimit) -> Self {
        self.body = Some(BodyDocs { required: true, form: Some(limit), schemas: schemas_of::<B> });
        self
    }

    /// The query parameters of a list.
    #[must_use]
    pub fn list(mut self, list: &'static List) -> Self {
        self.list = Some(list);
        self
    }

    /// A success with a body.
    #[must_use]
    pub fn answers<T: ToSchema>(self, status: u16) -> Self {
        self.success(status, Some(("application/json", Some(schemas_of::<T>))))
    }

    /// A success with a body and an `ETag`: a detail.
    #[must_use]
    pub fn answers_detail<T: ToSchema>(mut self, status: u16) -> Self {
        self.etag = true;
        self.answers::<T>(status)
    }

    /// A success without a body.
    #[must_use]
    pub fn answers_empty(self, status: u16) -> Self {
        self.success(status, None)
    }

    /// A success with a body that is not one of our shapes.
    #[must_use]
    pub fn answers_media(self, status: u16, media_type: &'static str) -> Self {
        self.success(status, Some((media_type, None)))
    }

    /// A success with a picture and an `ETag`.
    #[must_use]
    pub fn answers_picture(mut self, status: u16) -> Self {
        self.etag = true;
        self.success(status, Some(("image/jpeg", None))).success(status, Some(("image/png", None)))
    }

    fn success(mut self, status: u16, content: Option<(&'static str, Option<Schemas>)>) -> Self {
        self.successes.push(Success { status: status_of(status), content });
        self
    }

    /// The errors of the contract's own column, beside those that any row may answer.
    #[must_use]
    pub fn problems(mut self, problems: &'static [Code]) -> Self {
        self.problems = problems;
        self
    }

    /// Counts the request against no allowance: for probes and public keys.
    #[must_use]
    pub fn unlimited(mut self) -> Self {
        self.rate = None;
        self
    }

    /// Counts the request against another allowance than that of its method.
    #[must_use]
    pub fn rate(mut self, rate: Rate) -> Self {
        self.rate = Some(rate);
        self
    }

    /// The route reads the refresh cookie: refused when it comes from a foreign page (AUTH-11).
    #[must_use]
    pub fn by_cookie(mut self) -> Self {
        self.by_cookie = true;
        self
    }

    /// The route also takes a sealed `token` parameter in the place of a bearer (MED-4).
    #[must_use]
    pub fn by_link(mut self) -> Self {
        self.by_link = true;
        self
    }

    /// The route insists on `If-Match` (428 without).
    #[must_use]
    pub fn if_match_required(mut self) -> Self {
        self.if_match = IfMatch::Required;
        self
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The whole path pattern, such as `/api/v1/posts/{id}`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Who may call.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Whether an `Idempotency-Key` is honoured: every POST that answers 201 or 202.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.method == Method::POST
            && self.successes.iter().any(|success| matches!(success.status.as_u16(), 201 | 202))
    }
}

/// The path of a handler's module names the operation: `madang_http::posts::create_post::handle` is `create_post`.
fn handler_name<F>() -> &'static str {
    let mut parts = std::any::type_name::<F>().rsplit("::");
    match (parts.next(), parts.next()) {
        (Some("handle"), Some(module)) => module,
        (Some(name), _) => name,
        (None, _) => "",
    }
}

fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn schemas_of<T: ToSchema>(found: &mut Vec<(String, RefOr<Schema>)>) -> RefOr<Schema> {
    T::schemas(found);
    let name = T::name().into_owned();
    if name.is_empty() {
        return T::schema();
    }
    found.push((name.clone(), T::schema()));
    utoipa::openapi::Ref::from_schema_name(name).into()
}
