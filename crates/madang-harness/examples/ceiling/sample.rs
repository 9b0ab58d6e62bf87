//! The fixed answers: real rows, read once.

use madang_domain::actor::{Actor, Credential, Role};
use madang_domain::boards::Board;
use madang_domain::comments::{CommentTree, Thread};
use madang_domain::filters::NumberTest;
use madang_domain::ids::{PostId, SchoolId, UserId};
use madang_domain::paging::{Feed, FeedOrder, FeedRequest, From, Position};
use madang_domain::policy::{CommentsPolicy, PostsPolicy};
use madang_domain::posts::{PostFilter, PostKey, PostQuery, PostRef, PostScope, PostView};
use madang_domain::store::{Store, StoreError};
use std::sync::Arc;
use uuid::Uuid;

/// Comments of a thread of the measured route, which is also how long its page may be.
const COMMENTS: u32 = 50;

/// One board with its newest posts, and a post with a full page of comments.
#[derive(Clone)]
pub(crate) struct Sample {
    /// What every board looks like.
    pub(crate) board: Board,
    /// What every post looks like.
    pub(crate) post: PostView,
    /// What every list looks like, cut as lists are.
    pub(crate) page: Vec<PostView>,
    thread: Thread,
    comments: Feed<CommentTree>,
}

impl Sample {
    /// Reads the newest posts and the board of the first.
    pub(crate) fn take(store: &Arc<dyn Store>) -> Result<Self, StoreError> {
        store.read_blocking(|uow| {
            let missing =
                || StoreError::internal("load the dataset first: there are no posts to measure with");
            let page = uow.posts().list(&anybody(), &newest())?.items;
            let first = page.first().ok_or_else(missing)?;
            let (post, board) = (first.id, first.board.id);
            let post = uow.posts().find(&anybody(), post)?.ok_or_else(missing)?;
            let board = uow.boards().find(board)?.ok_or_else(missing)?;
            let discussed = uow.posts().list(&anybody(), &discussed())?.items;
            let discussed = discussed.first().ok_or_else(missing)?.id;
            let thread = uow.comments().find_thread(&anybody(), discussed)?.ok_or_else(missing)?;
            let request = FeedRequest { limit: COMMENTS, order: FeedOrder::OldestFirst, ..newest().request };
            let replies_max = CommentsPolicy::default().replies_inline;
            let comments = uow.comments().list(&anybody(), &thread, request, replies_max)?;
            Ok(Self { board, post, page, thread, comments })
        })
    }

    /// The discussed post under the id that is asked for.
    pub(crate) fn thread(&self, id: PostId) -> Thread {
        Thread { post: PostRef { id, ..self.thread.post.clone() }, ..self.thread.clone() }
    }

    /// A page of comments, as long as is asked for.
    pub(crate) fn comments(&self, request: FeedRequest) -> Feed<CommentTree> {
        let mut feed = self.comments.clone();
        feed.items.truncate(request.limit as usize);
        feed
    }

    /// The post under the id that is asked for.
    pub(crate) fn post(&self, id: PostId) -> PostView {
        PostView { id, ..self.post.clone() }
    }

    /// A full page with one after it.
    pub(crate) fn feed(&self) -> Feed<PostView> {
        let next = self.page.last().map(|post| Position { at: post.created_at, id: post.id.into() });
        Feed { items: self.page.clone(), next, previous: None }
    }
}

/// An admin, who sees every school.
fn anybody() -> Actor {
    Actor {
        user: UserId(Uuid::nil()),
        school: SchoolId(Uuid::nil()),
        role: Role::Admin,
        email_verified: true,
        restriction: None,
        in_boards: Vec::new(),
        credential: Credential::PersonalToken,
    }
}

/// The first page of all posts, as long as the contract's default.
fn newest() -> PostQuery {
    PostQuery {
        scope: PostScope::Everywhere,
        key: PostKey::Written,
        filter: PostFilter::default(),
        request: FeedRequest { from: From::Start, limit: 20, order: FeedOrder::NewestFirst },
        contents_chars: PostsPolicy::default().list_chars + 1,
    }
}

/// The newest post with a thread as long as those that are measured: comments and replies together.
fn discussed() -> PostQuery {
    let filter =
        PostFilter { comment_count: vec![NumberTest::Gte(COMMENTS.into())], ..PostFilter::default() };
    PostQuery { filter, ..newest() }
}
