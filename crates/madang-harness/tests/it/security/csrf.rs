//! S-51: foreign pages cannot use the cookie.

use crate::on_both;
use madang_harness::{Campus, Config, Request};

on_both! {
fn s_51_auth_11_cookie_routes_refuse_foreign_pages_and_change_nothing(kind) {
    let config = Config::default().with("http.allowed_origins", vec!["https://app.test"]);
    let campus = Campus::with(kind, config);
    let browser = campus.u1.client.without_token();
    let cookie = campus.u1.refresh_value();
    let refused = |request: Request<'_>| {
        let answer = request.send().refused(403, "csrf_rejected");
        assert_eq!(answer.header("set-cookie"), None);
    };
    for path in ["/auth/refresh", "/auth/logout"] {
        refused(browser.call("POST", path));
        for origin in ["https://evil.test", "null", "https://madang.test.evil.test", "http://madang.test"] {
            refused(browser.call("POST", path).from_script().header("origin", origin));
        }
        for site in ["cross-site", "same-site"] {
            refused(browser.call("POST", path).from_script().header("sec-fetch-site", site));
        }
    }
    // Neither the cookie nor the session has changed.
    assert_eq!(campus.u1.refresh_value(), cookie);
    campus.u1.client.get("/me").expect(200);
    // Without the cookie there is nothing to guard.
    let other = browser.other_device();
    other.call("POST", "/auth/refresh").send().refused(401, "authentication_required");
    other.call("POST", "/auth/logout").send().expect(204);
    browser
        .call("POST", "/auth/refresh")
        .from_script()
        .header("sec-fetch-site", "same-origin")
        .send()
        .expect(200);
    browser
        .call("POST", "/auth/refresh")
        .from_script()
        .header("origin", "https://madang.test")
        .send()
        .expect(200);
    browser
        .call("POST", "/auth/refresh")
        .from_script()
        .header("origin", "https://app.test")
        .send()
        .expect(200);
}
}
