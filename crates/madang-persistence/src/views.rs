//! Who has read what.

use crate::columns::uid;
use crate::connection::Conn;
use crate::schema::post_views;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::ids::PostId;
use madang_domain::store::StoreError;
use madang_domain::views::{View, ViewRepository};

/// A reading as a row.
macro_rules! row {
    ($view:expr) => {
        (post_views::post_id.eq(uid($view.post)), post_views::reader.eq($view.reader.as_slice()))
    };
}

impl ViewRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, views: &[View]) -> Result<Vec<PostId>, StoreError> {
        let new = match &mut *self.conn {
            // In the same process a statement that is prepared once costs less a row than a long one.
            Conn::Sqlite(c) => views
                .iter()
                .filter_map(|view| {
                    let insert = diesel::insert_into(post_views::table).values(row!(view));
                    match insert.on_conflict_do_nothing().execute(c) {
                        Ok(0) => None,
                        Ok(_) => Some(Ok(view.post)),
                        Err(error) => Some(Err(error)),
                    }
                })
                .collect(),
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => {
                let rows: Vec<_> = views.iter().map(|view| row!(view)).collect();
                diesel::insert_into(post_views::table)
                    .values(&rows)
                    .on_conflict_do_nothing()
                    .returning(post_views::post_id)
                    .get_results(c)
            }
        };
        self.judge(new)
    }
}
