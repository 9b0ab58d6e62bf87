//! The shapes of lists.

use serde::Serialize;
use std::borrow::Cow;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// One stretch of a feed.
#[derive(Serialize)]
pub struct Feed<T> {
    /// The rows.
    pub(crate) results: Vec<T>,
    /// Where the next rows are, if there are more.
    pub(crate) next: Option<String>,
    /// Where the rows before these are, if there may be some.
    pub(crate) previous: Option<String>,
}

/// One numbered page.
#[derive(Serialize)]
pub struct Page<T> {
    /// How many rows there are in all.
    pub(crate) count: i64,
    /// The rows of this page.
    pub(crate) results: Vec<T>,
    /// The next page, if there is one.
    pub(crate) next: Option<String>,
    /// The page before, if there is one.
    pub(crate) previous: Option<String>,
}

// The derive does not name what stands in place of `T`, so the schemas of both are written out.

impl<T: ToSchema> PartialSchema for Feed<T> {
    fn schema() -> RefOr<Schema> {
        list::<T>().into()
    }
}

impl<T: ToSchema> ToSchema for Feed<T> {
    fn name() -> Cow<'static, str> {
        format!("{}Feed", T::name()).into()
    }

    fn schemas(found: &mut Vec<(String, RefOr<Schema>)>) {
        add::<T>(found);
    }
}

impl<T: ToSchema> PartialSchema for Page<T> {
    fn schema() -> RefOr<Schema> {
        let count = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
        list::<T>().property("count", count).required("count").into()
    }
}

impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> Cow<'static, str> {
        format!("{}Page", T::name()).into()
    }

    fn schemas(found: &mut Vec<(String, RefOr<Schema>)>) {
        add::<T>(found);
    }
}

fn list<T: ToSchema>() -> ObjectBuilder {
    let rows = ArrayBuilder::new().items(Ref::from_schema_name(T::name()));
    let url = || {
        ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .format(Some(SchemaFormat::Custom("uri".to_owned())))
    };
    ObjectBuilder::new()
        .property("results", rows)
        .required("results")
        .property("next", url())
        .required("next")
        .property("previous", url())
        .required("previous")
}

fn add<T: ToSchema>(found: &mut Vec<(String, RefOr<Schema>)>) {
    T::schemas(found);
    found.push((T::name().into_owned(), T::schema()));
}
