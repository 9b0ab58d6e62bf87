//! S-51: foreign pages cannot use the cookie.

use madang_harness::{Campus, Config, Kind, Request};

#[test]
fn s_51_cookie_routes_refuse_foreign_pages_and_change_nothing() {
    let config = Config::default().with("http.allowed_origins", vec!["https://app.test"]);
    let campus = Campus::with(Kind::Sqlite, config);
    let browser = campus.u1.client.without_token();
    let refused = |request: Request<'_>| request.send().refused(403, "csrf_rejected");
    for path in ["/auth/refresh", "/auth/logout"] {
        refused(browser.call("POST", path));
        for origin in ["https://evil.test", "null", "https://madang.test.evil.test", "http://madang.test"] {
            refused(browser.call("POST", path).from_script().header("origin", origin));
        }
        for site in ["cross-site", "same-site"] {
            refused(browser.call("POST", path).from_script().header("sec-fetch-site", site));
        }
    }
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
