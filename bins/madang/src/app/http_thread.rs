//! The thread that the HTTP servers are driven by; their workers are threads of their own.

use crate::failure::Failure;
use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use madang_http::api::Api;
use madang_http::ops::metrics;
use madang_http::server::{ServerOptions, serve};
use metrics_exporter_prometheus::PrometheusHandle;
use std::io;
use std::net::TcpListener;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long requests may take to finish when the server stops; jobs have the rest of the twenty seconds.
const SHUTDOWN: Duration = Duration::from_secs(18);

/// The HTTP side while it runs.
pub(super) struct HttpThread {
    handles: Vec<ServerHandle>,
    thread: Option<JoinHandle<()>>,
}

impl HttpThread {
    /// Serves `api` on `listener`, and metrics on a listener of their own.
    pub(super) fn start(
        api: Arc<Api>,
        listener: TcpListener,
        workers: usize,
        metrics: Option<(PrometheusHandle, TcpListener)>,
    ) -> Result<Self, Failure> {
        let (tell, told) = mpsc::channel();
        let run = async move {
            let started = (|| -> io::Result<_> {
                let mut servers = vec![serve(&api, listener, ServerOptions { workers, shutdown: SHUTDOWN })?];
                if let Some((handle, listener)) = metrics {
                    servers.push(metrics::serve(handle, listener)?);
                }
                Ok(servers)
            })();
            match started {
                Err(error) => drop(tell.send(Err(error))),
                Ok(servers) => {
                    let _ = tell.send(Ok(servers.iter().map(actix_web::dev::Server::handle).collect()));
                    let running: Vec<_> = servers.into_iter().map(actix_web::rt::spawn).collect();
                    for server in running {
                        if let Ok(Err(error)) = server.await {
                            tracing::error!(%error, "the server ended");
                        }
                    }
                }
            }
        };
        let failed = |error: &io::Error| Failure::because("the server could not be started", error);
        let thread = thread::Builder::new()
            .name("madang-http".to_owned())
            .spawn(move || System::new().block_on(run))
            .map_err(|error| failed(&error))?;
        match told.recv() {
            Ok(Ok(handles)) => Ok(Self { handles, thread: Some(thread) }),
            Ok(Err(error)) => Err(failed(&error)),
            Err(_) => Err(Failure::new("the server could not be started")),
        }
    }

    /// Stops the servers and waits until they have.
    pub(super) fn stop(&mut self, graceful: bool) {
        let Some(thread) = self.thread.take() else { return };
        for handle in &self.handles {
            // The command is on its way when this returns; that the server has stopped is seen below.
            drop(handle.stop(graceful));
        }
        if thread.join().is_err() {
            tracing::error!("the server's thread ended by a panic");
        }
    }
}
