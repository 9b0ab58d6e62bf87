//! Offers of boards.

use crate::columns::{at, uid};
use crate::connection::run;
use crate::media::profile_image;
use crate::schema::{board_transfers, media, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::accounts::UserSummary;
use madang_domain::boards::{BoardTransfer, TransferRepository};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, MediaId, UserId};
use madang_domain::store::StoreError;

diesel::alias!(users as receivers: Receivers);

impl TransferRepository for DieselUnitOfWork<'_> {
    fn find(&mut self, board: BoardId) -> Result<Option<BoardTransfer>, StoreError> {
        type Person = (UserId, String, Option<MediaId>);
        let row: Option<(Person, Person, Timestamp, Timestamp)> = run!(self, |c| {
            board_transfers::table
                .inner_join(users::table.on(users::id.eq(board_transfers::from_id)))
                .inner_join(receivers.on(receivers.field(users::id).eq(board_transfers::to_id)))
                .filter(board_transfers::board_id.eq(uid(board)))
                .filter(users::deleted_at.is_null())
                .filter(receivers.field(users::deleted_at).is_null())
                .select((
                    (users::id, users::nickname, profile_image!(board_transfers::from_id.nullable())),
                    (
                        receivers.field(users::id),
                        receivers.field(users::nickname),
                        profile_image!(board_transfers::to_id.nullable()),
                    ),
                    board_transfers::created_at,
                    board_transfers::expires_at,
                ))
                .first(c)
                .optional()
        })?;
        let person = |(id, nickname, image)| UserSummary { id, nickname, image };
        Ok(row.map(|(from, to, created_at, expires_at)| BoardTransfer {
            from: person(from),
            to: person(to),
            created_at,
            expires_at,
        }))
    }

    fn save(
        &mut self,
        board: BoardId,
        from: UserId,
        to: UserId,
        created_at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        TransferRepository::remove(self, board)?;
        let row = (
            board_transfers::board_id.eq(uid(board)),
            board_transfers::from_id.eq(uid(from)),
            board_transfers::to_id.eq(uid(to)),
            board_transfers::created_at.eq(at(created_at)),
            board_transfers::expires_at.eq(at(expires_at)),
        );
        run!(self, |c| diesel::insert_into(board_transfers::table).values(row).execute(c))?;
        Ok(())
    }

    fn remove(&mut self, board: BoardId) -> Result<(), StoreError> {
        run!(self, |c| diesel::delete(board_transfers::table.find(uid(board))).execute(c))?;
        Ok(())
    }
}
