//! `/metrics`, on a listener of its own that only the operator's network reaches.

use actix_web::dev::Server;
use actix_web::{App, HttpResponse, HttpServer, web};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder};

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

pub use metrics_exporter_prometheus::PrometheusHandle;

/// Upper bounds of the request durations, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Makes the process keep metrics; once per process.
///
/// # Errors
/// When a recorder is installed already.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new().set_buckets(&BUCKETS)?.install_recorder()
}

/// Serves `GET /metrics` on `listener`.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(handle: PrometheusHandle, listener: TcpListener) -> io::Result<Server> {
    let server = HttpServer::new(move || {
        let handle = handle.clone();
        let metrics = web::resource("/metrics").route(web::get().to(move || render(handle.clone())));
        App::new().service(metrics)
    });
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}

async fn render(handle: PrometheusHandle) -> HttpResponse {
    handle.run_upkeep();
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(handle.render())
}

/// Counts one answered request under its route pattern, never its path.
pub(crate) fn count(method: &'static str, route: Arc<str>, status: u16, took: Duration) {
    metrics::counter!("http_requests_total", "method" => method, "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!("http_request_seconds", "method" => method, "route" => route)
        .record(took.as_secs_f64());
}
