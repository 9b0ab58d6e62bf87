//! A cookie jar of one host, by raw name.

use std::collections::BTreeMap;

/// The cookies that a browser would send back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jar(BTreeMap<String, String>);

impl Jar {
    /// The value of the cookie `name`.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Keeps a cookie.
    pub fn keep(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes over what one `Set-Cookie` header says.
    pub(crate) fn take_over(&mut self, set_cookie: &str) {
        let mut parts = set_cookie.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { return };
        if value.is_empty() || parts.any(|part| part.eq_ignore_ascii_case("max-age=0")) {
            self.0.remove(name);
        } else {
            self.keep(name, value);
        }
    }

    /// The `Cookie` header, unless there are none.
    pub(crate) fn header(&self) -> Option<String> {
        let pairs: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_set_is_sent_back_until_it_is_cleared() {
        let mut jar = Jar::default();
        jar.take_over("a=1; Path=/; HttpOnly");
        jar.take_over("b=2");
        assert_eq!(jar.header().unwrap(), "a=1; b=2");
        jar.take_over("a=; Max-Age=0; Path=/");
        assert_eq!(jar.header().unwrap(), "b=2");
    }
}
