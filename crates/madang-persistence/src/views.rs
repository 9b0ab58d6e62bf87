//! Who has read what.

use crate::connection::Conn;
use crate::json_rows::json_rows;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use diesel::sql_types::Text;
use madang_domain::ids::PostId;
use madang_domain::store::StoreError;
use madang_domain::views::{View, ViewRepository};

/// The post of a reading that was new.
#[derive(QueryableByName)]
struct NewView {
    #[diesel(sql_type = crate::columns::Uid)]
    post_id: PostId,
}

impl ViewRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, views: &[View]) -> Result<Vec<PostId>, StoreError> {
        let new: QueryResult<Vec<NewView>> = match &mut *self.conn {
            Conn::Sqlite(c) => {
                let rows = views.iter().map(|view| (view.post.0.simple().to_string(), hex(&view.reader)));
                // Without a condition the conflict clause would read as the condition of a join.
                diesel::sql_query(
                    "INSERT INTO post_views (post_id, reader) \
                     SELECT unhex(value ->> 0), unhex(value ->> 1) FROM json_each(?) WHERE true \
                     ON CONFLICT DO NOTHING RETURNING post_id",
                )
                .bind::<Text, _>(json_rows(rows))
                .get_results(c)
            }
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => {
                use diesel::sql_types::{Array, Binary};
                let posts: Vec<_> = views.iter().map(|view| crate::columns::uid(view.post)).collect();
                let readers: Vec<&[u8]> = views.iter().map(|view| view.reader.as_slice()).collect();
                diesel::sql_query(
                    "INSERT INTO post_views (post_id, reader) SELECT * FROM unnest($1::uuid[], $2::bytea[]) \
                     ON CONFLICT DO NOTHING RETURNING post_id",
                )
                .bind::<Array<crate::columns::Uid>, _>(posts)
                .bind::<Array<Binary>, _>(readers)
                .get_results(c)
            }
        };
        Ok(self.judge(new)?.into_iter().map(|new| new.post_id).collect())
    }
}

/// The digest as a JSON string of hexadecimal digits.
fn hex(reader: &[u8; 16]) -> String {
    format!("\"{}\"", uuid::Uuid::from_bytes(*reader).simple())
}
