//! Where the mail server is and how to speak to it.

use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncTransport, Tokio1Executor};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use url::{Host, Url};

/// How long a mail server may take to answer one command.
const TIMEOUT: Duration = Duration::from_secs(20);

/// What a certificate in PEM form begins with.
const CERTIFICATE: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// `smtp://[user:password@]host[:port]` (STARTTLS, port 587) or `smtps://…` (TLS from the start, port 465). Passwords
/// never cross a network in clear: without TLS only a server on this machine is spoken to.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    url: Url,
    /// PEM.
    authority: Option<Arc<[u8]>>,
}

/// Why a URL names no mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlInvalid {
    /// It is no URL.
    #[error("it is no URL")]
    Form,
    /// It is a URL of something else.
    #[error("its scheme is neither smtp nor smtps")]
    Scheme,
    /// It names no host.
    #[error("it names no host")]
    Host,
    /// It has a query, a path or a fragment.
    #[error("it has more than user, password, host and port")]
    Extra,
    /// The certificate of its authority is none.
    #[error("it holds no certificate in PEM form")]
    Authority,
}

impl SmtpUrl {
    /// Reads a URL.
    ///
    /// # Errors
    /// When it is of another form.
    pub fn parse(text: &str) -> Result<Self, SmtpUrlInvalid> {
        let url = Url::parse(text).map_err(|_| SmtpUrlInvalid::Form)?;
        if !matches!(url.scheme(), "smtp" | "smtps") {
            return Err(SmtpUrlInvalid::Scheme);
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(SmtpUrlInvalid::Host);
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(SmtpUrlInvalid::Extra);
        }
        Ok(Self { url, authority: None })
    }

    /// The same server, whose certificate may also come from the authority whose own is `pem`; TLS is used on this machine
    /// too, then.
    ///
    /// # Errors
    /// When `pem` is no certificate.
    pub fn trusting(self, pem: &[u8]) -> Result<Self, SmtpUrlInvalid> {
        // The parser takes a text without any for an empty list.
        let holds_one = pem.windows(CERTIFICATE.len()).any(|part| part == CERTIFICATE);
        if !holds_one || Certificate::from_pem(pem).is_err() {
            return Err(SmtpUrlInvalid::Authority);
        }
        Ok(Self { authority: Some(pem.into()), ..self })
    }

    /// A pool of connections to the server.
    pub(crate) fn connect(
        &self,
    ) -> Result<
        AsyncSmtpTransport<Tokio1Executor>,
        <AsyncSmtpTransport<Tokio1Executor> as AsyncTransport>::Error,
    > {
        let mut url = self.url.clone();
        if url.scheme() == "smtp" && (self.authority.is_some() || !self.is_local()) {
            url.set_query(Some("tls=required"));
        }
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())?;
        if let Some(pem) = &self.authority {
            let host = url.host_str().unwrap_or_default().to_owned();
            let parameters = TlsParameters::builder(host)
                .add_root_certificate(Certificate::from_pem(pem)?)
                .build_rustls()?;
            let from_the_start = url.scheme() == "smtps";
            server =
                server.tls(if from_the_start { Tls::Wrapper(parameters) } else { Tls::Required(parameters) });
        }
        Ok(server.timeout(Some(TIMEOUT)).build())
    }

    fn is_local(&self) -> bool {
        // A scheme that the URL standard does not know keeps its host as text.
        match self.url.host_str().map(Host::parse) {
            Some(Ok(Host::Ipv4(ip))) => ip.is_loopback(),
            Some(Ok(Host::Ipv6(ip))) => ip.is_loopback(),
            Some(Ok(Host::Domain(name))) => name == "localhost" || name.ends_with(".localhost"),
            _ => false,
        }
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({}://{})", self.url.scheme(), self.url.host_str().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_spoken_to_without_tls() {
        for local in
            ["smtp://127.0.0.1:25", "smtp://[::1]", "smtp://localhost", "smtp://u:p@mail.localhost:1025"]
        {
            assert!(SmtpUrl::parse(local).unwrap().is_local(), "{local}");
        }
        for remote in ["smtp://mail.hanbit.test", "smtp://10.0.0.1", "smtp://localhost.hanbit.test"] {
            assert!(!SmtpUrl::parse(remote).unwrap().is_local(), "{remote}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for (text, why) in [
            ("mail", SmtpUrlInvalid::Form),
            ("http://mail.test", SmtpUrlInvalid::Scheme),
            ("smtp:mail", SmtpUrlInvalid::Host),
            ("smtp://mail.test?tls=opportunistic", SmtpUrlInvalid::Extra),
        ] {
            assert_eq!(SmtpUrl::parse(text), Err(why), "{text}");
        }
        let url = SmtpUrl::parse("smtp://mail.test").unwrap();
        assert_eq!(url.trusting(b"nothing"), Err(SmtpUrlInvalid::Authority));
    }

    #[test]
    fn s_71_debug_tells_no_password() {
        let url = SmtpUrl::parse("smtp://haneul:sesame@mail.hanbit.test").unwrap();
        assert_eq!(format!("{url:?}"), "SmtpUrl(smtp://mail.hanbit.test)");
    }
}
