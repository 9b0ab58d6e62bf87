//! The actix application around the routes, and the server that runs it.

use crate::api::Api;
use crate::dispatch::Resource;
use crate::envelope::{data, envelope, nowhere};
use crate::negotiate;
use crate::ops;
use crate::route::Route;
use crate::routes;
use crate::span::RequestSpan;
use crate::trailing_slash;
use actix_cors::Cors;
use actix_web::dev::Server;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName};
use actix_web::middleware::{Compress, Condition, from_fn};
use actix_web::web::{self, Payload, ServiceConfig};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use std::collections::BTreeMap;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use tracing_actix_web::TracingLogger;

/// How the server runs.
#[derive(Clone, Copy, Debug)]
pub struct ServerOptions {
    /// `http.workers`: threads that speak HTTP.
    pub workers: usize,
    /// How long running requests may take to finish when the server stops.
    pub shutdown: Duration,
}

/// Runs the server on `listener`. Signals are the caller's: it stops the server through the handle of the result.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(api: &Arc<Api>, listener: TcpListener, options: ServerOptions) -> io::Result<Server> {
    let (api, table) = (Arc::clone(api), Arc::new(table(routes::all())));
    let server = HttpServer::new(move || {
        let origins = &api.settings.allowed_origins;
        App::new()
            .app_data(data(&api))
            .configure(|config| mount(config, &api, &table))
            .default_service(web::to(nowhere))
            .wrap(Compress::default())
            .wrap(from_fn(trailing_slash::trim))
            .wrap(Condition::new(!origins.is_empty(), cors(origins)))
            .wrap(from_fn(envelope))
            .wrap(TracingLogger::<RequestSpan>::new())
    });
    Ok(server
        .workers(options.workers)
        .keep_alive(Duration::from_secs(75))
        .client_request_timeout(Duration::from_secs(10))
        .client_disconnect_timeout(Duration::from_secs(2))
        .shutdown_timeout(options.shutdown.as_secs())
        .disable_signals()
        .listen(listener)?
        .run())
}

/// The resources by path; texts sort before `{`, so `/posts/hot` is asked before `/posts/{id}`.
type Table = BTreeMap<String, Arc<Resource>>;

fn table(routes: Vec<Route>) -> Table {
    let mut paths: BTreeMap<String, Vec<Arc<Route>>> = BTreeMap::new();
    for route in routes {
        paths.entry(route.path().to_owned()).or_default().push(Arc::new(route));
    }
    paths
        .into_iter()
        .map(|(path, routes)| {
            let resource = Arc::new(Resource::new(&path, routes));
            (path, resource)
        })
        .collect()
}

fn mount(config: &mut ServiceConfig, api: &Arc<Api>, table: &Table) {
    for (path, resource) in table {
        let (api, resource) = (Arc::clone(api), Arc::clone(resource));
        let answer = move |request: HttpRequest, payload: Payload| {
            let (api, resource) = (Arc::clone(&api), Arc::clone(&resource));
            async move { resource.answer(api, request, payload).await }
        };
        config.service(web::resource(path.as_str()).default_service(web::to(answer)));
    }
    config.service(
        web::resource("/docs/{file}").route(web::get().to(docs_asset)).default_service(web::to(only_get)),
    );
}

async fn docs_asset(request: HttpRequest) -> HttpResponse {
    let language = negotiate::language(request.headers());
    ops::asset(request.match_info().query("file"))
        .unwrap_or_else(|problem| problem.answer(language, request.path()))
        .into_response()
}

async fn only_get() -> HttpResponse {
    HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, "GET")).finish()
}

/// Pages of the configured origins may call, with their cookies; others get no permission from us.
fn cors(origins: &[String]) -> Cors {
    let exposed =
        ["etag", "link", "location", "retry-after", "x-request-id", "ratelimit", "ratelimit-policy"];
    let exposed = exposed.map(HeaderName::from_static);
    let allowed = ["idempotency-key", "x-madang-client"].map(HeaderName::from_static);
    let cors = Cors::default()
        .allowed_methods([
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ])
        .allowed_headers([header::AUTHORIZATION, header::ACCEPT_LANGUAGE, header::CONTENT_TYPE])
        .allowed_headers([header::IF_MATCH, header::IF_NONE_MATCH])
        .allowed_headers(allowed)
        .expose_headers(exposed)
        .supports_credentials()
        .max_age(600);
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
