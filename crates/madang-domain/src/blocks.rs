//! Blocks: whom somebody does not want to meet. Who is blocked is never told.

mod block;
mod create_block;
mod repository;

pub use block::{Block, BlockTarget, Blocked, NewBlock};
pub use create_block::{CreateBlock, CreateBlockError, CreatedBlock, create_block};
pub use repository::{BlockQuery, BlockRepository};
