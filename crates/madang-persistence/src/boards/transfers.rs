//! Offers of boards.

use crate::columns::{at, uid};
use crate::connection::run;
use crate::schema::board_transfers;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use madang_domain::boards::TransferRepository;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BoardId, UserId};
use madang_domain::store::StoreError;

impl TransferRepository for DieselUnitOfWork<'_> {
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
