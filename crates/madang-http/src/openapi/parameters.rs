//! The parameters of a route: what stands in its path, its query and its headers.

use crate::extract::{Filter, Kind, List, Style};
use crate::route::{IfMatch, Route};
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, SchemaFormat, Type};

pub(super) fn of(route: &Route) -> Vec<Parameter> {
    let mut parameters: Vec<_> = path_names(route.path()).map(in_path).collect();
    if route.by_link {
        parameters.push(in_query(
            "token",
            text().build(),
            "The token of the picture's URL, in the place of a bearer.",
        ));
    }
    if let Some(list) = route.list {
        parameters.extend(list.filters.iter().flat_map(filter));
        parameters.extend(walk(list));
    }
    if route.etag && route.method() == actix_web::http::Method::GET {
        parameters.push(in_header(
            "If-None-Match",
            "Tags the caller knows: 304 when one of them is current.",
            false,
        ));
    }
    match route.if_match {
        IfMatch::Ignored => {}
        IfMatch::Optional => parameters.push(in_header("If-Match", IF_MATCH, false)),
        IfMatch::Required => parameters.push(in_header("If-Match", IF_MATCH, true)),
    }
    if route.is_repeatable() {
        let about = "1 to 255 visible ASCII characters: a repeated request with the same key has one effect.";
        parameters.push(in_header("Idempotency-Key", about, false));
    }
    parameters
}

const IF_MATCH: &str = "The tag of the representation that was read: 412 when it is not current any more.";

/// The names between braces.
fn path_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn in_path(name: &str) -> Parameter {
    let schema = if name.ends_with("id") { uuid() } else { text() };
    parameter(name, ParameterIn::Path).required(Required::True).schema(Some(schema.build())).build()
}

fn in_header(name: &str, about: &str, required: bool) -> Parameter {
    let required = if required { Required::True } else { Required::False };
    parameter(name, ParameterIn::Header)
        .required(required)
        .description(Some(about))
        .schema(Some(text().build()))
        .build()
}

fn in_query(name: impl Into<String>, schema: Object, about: &str) -> Parameter {
    parameter(name, ParameterIn::Query)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(schema))
        .build()
}

fn parameter(name: impl Into<String>, place: ParameterIn) -> ParameterBuilder {
    ParameterBuilder::new().name(name).parameter_in(place)
}

fn filter(filter: &'static Filter) -> impl Iterator<Item = Parameter> {
    filter.kind.lookups().iter().map(|lookup| {
        let name = format!("{}{lookup}", filter.name);
        match *lookup {
            "__in" => in_query(name, text().build(), "1 to 50 values, separated by commas."),
            "__range" => in_query(name, text().build(), "Two values, separated by a comma; both included."),
            "__isnull" => in_query(name, boolean().build(), "Whether the field is null."),
            _ => in_query(name, value(filter.kind, lookup).build(), about(lookup)),
        }
    })
}

fn about(lookup: &str) -> &'static str {
    match lookup {
        "__iexact" => "Equal, whatever the case.",
        "__contains" => "Holds this text.",
        "__icontains" => "Holds this text, whatever the case.",
        "__startswith" => "Begins with this text.",
        "__istartswith" => "Begins with this text, whatever the case.",
        "__endswith" => "Ends with this text.",
        "__iendswith" => "Ends with this text, whatever the case.",
        "__gt" => "Greater.",
        "__gte" => "Greater or equal.",
        "__lt" => "Less.",
        "__lte" => "Less or equal.",
        _ => "Equal.",
    }
}

fn value(kind: Kind, lookup: &str) -> ObjectBuilder {
    match kind {
        Kind::Id => uuid(),
        Kind::Choice(words) => text().enum_values(Some(words.iter().copied())),
        Kind::HalfYear => text().pattern(Some("^[0-9]{4}H[12]$")),
        Kind::Bool | Kind::Null => boolean(),
        Kind::Text | Kind::WholeText => {
            let inner = lookup.ends_with("contains") || lookup.ends_with("endswith");
            text().min_length(Some(if inner { 2 } else { 1 })).max_length(Some(100))
        }
        Kind::Number => ObjectBuilder::new().schema_type(Type::Integer),
        Kind::Time => text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))),
        Kind::Date | Kind::Day => text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))),
    }
}

/// How a list is searched, ordered and walked.
fn walk(list: &List) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    if list.search {
        let about = "Words that must all occur, whatever the case; \"quoted words\" as a phrase.";
        parameters.push(in_query("search", text().min_length(Some(2)).max_length(Some(100)).build(), about));
    }
    if !list.fixed {
        let about =
            format!("Fields, separated by commas, - for descending; of: {}.", list.ordering.join(", "));
        parameters.push(in_query("ordering", text().build(), &about));
    }
    let size = || count().maximum(Some(100)).default(Some(20.into())).build();
    match list.style {
        Style::Feed => {
            parameters.push(in_query("cursor", text().build(), "Where to read on, from next or previous."));
            parameters.push(in_query("limit", size(), "Rows of one answer."));
        }
        Style::Page => {
            parameters.push(in_query("page", count().default(Some(1.into())).build(), "The page, from 1."));
            parameters.push(in_query("page_size", size(), "Rows of one page."));
        }
        Style::Whole => {}
    }
    parameters
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn boolean() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Boolean)
}

fn count() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1))
}

fn uuid() -> ObjectBuilder {
    text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
}
