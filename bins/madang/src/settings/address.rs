//! Addresses: where to listen, and under which URL others find the server.

use super::{Mode, SettingsError};
use actix_web::http::Uri;
use std::net::{IpAddr, SocketAddr};

pub(super) fn bind(key: &str, text: &str, mode: Mode) -> Result<SocketAddr, SettingsError> {
    let address: SocketAddr = text.parse().map_err(|_| {
        SettingsError::new(
            key,
            format!("\"{text}\" is no address with a port; write one like 127.0.0.1:8080"),
        )
    })?;
    if mode == Mode::Test && !address.ip().is_loopback() {
        let sentence =
            format!("{address} is not a loopback address, as mode = \"test\" needs; use 127.0.0.1");
        return Err(SettingsError::new(key, sentence));
    }
    Ok(address)
}

/// An origin, `scheme://host[:port]`, in lower case: https, or http where the host is this machine.
pub(super) fn origin(key: &str, text: &str) -> Result<String, SettingsError> {
    let refuse = |sentence: String| Err(SettingsError::new(key, sentence));
    let uri: Option<Uri> = text.trim_end_matches('/').parse().ok();
    let parts = uri.as_ref().and_then(|uri| Some((uri.scheme_str()?, uri.host()?, uri)));
    let Some((scheme, host, uri)) = parts else {
        return refuse(format!("\"{text}\" is no origin; write one like https://madang.example.test"));
    };
    if uri.path() != "/"
        || uri.query().is_some()
        || uri.authority().is_some_and(|part| part.as_str().contains('@'))
    {
        return refuse(format!("\"{text}\" has more than scheme, host and port; leave the rest out"));
    }
    match scheme {
        "https" => {}
        "http" if is_local(host) => {}
        "http" => {
            return refuse(format!("{host} is not this machine, so its address must begin with https://"));
        }
        _ => return refuse(format!("\"{text}\" is no web address; begin it with https://")),
    }
    Ok(text.trim_end_matches('/').to_ascii_lowercase())
}

/// Whether a URL's host is this machine by its name alone.
fn is_local(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>().map_or(host == "localhost" || host.ends_with(".localhost"), |ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_72_plain_http_is_for_this_machine_only() {
        for local in ["http://localhost:8080", "http://127.0.0.2", "http://[::1]:80", "http://a.localhost/"] {
            assert!(origin("http.public_url", local).is_ok(), "{local}");
        }
        for public in [
            "http://madang.test",
            "http://localhost.madang.test",
            "http://127.0.0.1.madang.test",
            "http://10.0.0.1",
        ] {
            assert!(origin("http.public_url", public).is_err(), "{public}");
        }
        for odd in [
            "*",
            "null",
            "madang.test",
            "https://a.test/x",
            "https://a.test?x",
            "https://u@a.test",
            "ftp://a.test",
            "",
        ] {
            assert!(origin("http.allowed_origins", odd).is_err(), "{odd}");
        }
        assert_eq!(origin("k", "HTTPS://Madang.TEST:8443/").unwrap(), "https://madang.test:8443");
    }

    #[test]
    fn test_mode_listens_on_loopback_only() {
        assert!(bind("http.bind", "0.0.0.0:80", Mode::Normal).is_ok());
        assert!(bind("http.bind", "0.0.0.0:80", Mode::Test).is_err());
        assert!(bind("http.bind", "localhost:80", Mode::Normal).is_err());
    }
}
