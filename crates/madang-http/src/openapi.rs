//! The OpenAPI document, made from the routes: what is served is what is documented.

mod operation;
mod parameters;

use crate::problem::ProblemBody;
use crate::routes;
use actix_web::web::Bytes;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathItem, Paths,
    ServerBuilder,
};
use utoipa::{PartialSchema, ToSchema};

/// The document as `/openapi.json` serves it.
pub(crate) static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(json()));

/// The document as pretty JSON with a newline at the end, as it is committed.
pub fn json() -> String {
    let mut json = document().to_pretty_json().unwrap_or_default();
    json.push('\n');
    json
}

/// The document, OpenAPI 3.1.
pub fn document() -> OpenApi {
    let mut schemas = vec![("Problem".to_owned(), ProblemBody::schema())];
    ProblemBody::schemas(&mut schemas);
    let mut paths: BTreeMap<String, PathItem> = BTreeMap::new();
    for route in routes::all() {
        let operation = operation::of(&route, &mut schemas);
        let Some(method) = operation::method(&route) else { continue };
        let item = PathItem::new(method, operation);
        match paths.get_mut(route.path()) {
            Some(present) => present.merge_operations(item),
            None => {
                paths.insert(route.path().to_owned(), item);
            }
        }
    }
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas.into_iter().collect::<BTreeMap<_, _>>())
        .security_scheme("bearer", SecurityScheme::Http(bearer))
        .build();
    let mut all = Paths::new();
    all.paths = paths.into_iter().collect();
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Madang")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "A campus community server: boards, anonymous writing, and all that goes with them.",
                ))
                .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
                .contact(None::<ContactBuilder>.map(ContactBuilder::build))
                .build(),
        )
        .servers(Some([ServerBuilder::new().url("/").build()]))
        .paths(all)
        .components(Some(components))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_reference_is_defined_and_every_operation_named_once() {
        let document: serde_json::Value = serde_json::from_str(&json()).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let text = document.to_string();
        for reference in text.split("\"#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(schemas.contains_key(name), "{name} is not defined");
        }
        let mut names = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let name = operation["operationId"].as_str().unwrap();
                assert!(names.insert(name.to_owned()), "{method} {path}: {name} is taken");
                assert!(
                    operation["summary"].as_str().is_some_and(|text| !text.is_empty()),
                    "{method} {path}"
                );
            }
        }
    }

    #[test]
    fn no_route_is_declared_twice() {
        let mut seen = BTreeSet::new();
        for route in routes::all() {
            assert!(seen.insert((route.path().to_owned(), route.method().to_string())), "{}", route.path());
            assert!(!route.path().ends_with('/'));
        }
    }
}
