//! Pictures.

mod images;

pub(crate) use images::{images_column, images_of};

use crate::columns::{InstantValue, UidValue, at, uid};
use crate::connection::{Conn, run};
use crate::schema::{media, users};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{BlobId, MediaId, PostId, SchoolId, UserId};
use madang_domain::media::{ImageKind, MediaFile, MediaPlace, MediaRepository, PostImage, Purpose, Upload};
use madang_domain::store::StoreError;

/// The picture of the user in the column `$user`, within a read of something else.
macro_rules! profile_image {
    ($user:expr) => {
        media::table.filter(media::profile_of.eq($user)).select(media::id).single_value()
    };
}
pub(crate) use profile_image;

/// The unused uploads of a user.
#[auto_type]
fn unattached_of(owner: UidValue) -> _ {
    media::table.filter(media::owner_id.eq(owner))
}

/// Takes the place of every picture of `$pictures` away.
macro_rules! drop_pictures {
    ($uow:expr, $pictures:expr, $at:expr) => {
        run!($uow, |c| {
            diesel::update($pictures)
                .set((
                    media::owner_id.eq(None::<UidValue>),
                    media::post_id.eq(None::<UidValue>),
                    media::profile_of.eq(None::<UidValue>),
                    media::dropped_at.eq(Some(at($at))),
                ))
                .execute(c)
        })
    };
}

#[derive(Insertable)]
#[diesel(table_name = media)]
struct NewMediaRow {
    id: UidValue,
    blob_id: UidValue,
    purpose: &'static str,
    kind: &'static str,
    width: i32,
    height: i32,
    bytes: i64,
    created_at: InstantValue,
    owner_id: UidValue,
}

#[derive(Queryable)]
struct FileRow {
    blob_id: BlobId,
    kind: String,
    owner_id: Option<UserId>,
    post_id: Option<PostId>,
    profile: Option<(UserId, SchoolId, Option<Timestamp>)>,
}

#[derive(Queryable)]
struct ImageRow {
    id: MediaId,
    kind: String,
    width: i32,
    height: i32,
}

impl MediaRepository for DieselUnitOfWork<'_> {
    fn count_unattached(&mut self, owner: UserId) -> Result<i64, StoreError> {
        run!(self, |c| unattached_of(uid(owner)).count().get_result(c))
    }

    fn add(&mut self, upload: &Upload) -> Result<(), StoreError> {
        let too_large = |_| StoreError::internal("a picture larger than a column holds");
        let row = NewMediaRow {
            id: uid(upload.id),
            blob_id: uid(upload.blob),
            purpose: upload.purpose.as_str(),
            kind: upload.image.kind.as_str(),
            width: upload.image.width.try_into().map_err(too_large)?,
            height: upload.image.height.try_into().map_err(too_large)?,
            bytes: upload.image.bytes.try_into().map_err(too_large)?,
            created_at: at(upload.created_at),
            owner_id: uid(upload.owner),
        };
        run!(self, |c| diesel::insert_into(media::table).values(&row).execute(c))?;
        Ok(())
    }

    fn find(&mut self, id: MediaId) -> Result<Option<MediaFile>, StoreError> {
        let row: Option<FileRow> = run!(self, |c| {
            media::table
                .left_join(users::table.on(media::profile_of.eq(users::id.nullable())))
                .filter(media::id.eq(uid(id)))
                .filter(media::dropped_at.is_null())
                .select((
                    media::blob_id,
                    media::kind,
                    media::owner_id,
                    media::post_id,
                    (users::id, users::school_id, users::deleted_at).nullable(),
                ))
                .first(c)
                .optional()
        })?;
        row.map(FileRow::into_file).transpose()
    }

    fn list_unattached(
        &mut self,
        owner: UserId,
        purpose: Purpose,
        ids: &[MediaId],
    ) -> Result<Vec<PostImage>, StoreError> {
        let ids: Vec<_> = ids.iter().map(|id| uid(*id)).collect();
        let uploads = unattached_of(uid(owner))
            .filter(media::purpose.eq(purpose.as_str()))
            .filter(media::id.eq_any(ids))
            .select((media::id, media::kind, media::width, media::height));
        let rows: QueryResult<Vec<ImageRow>> = match &mut *self.conn {
            // A write unit on SQLite is alone anyway.
            Conn::Sqlite(c) => uploads.load(c),
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => uploads.for_update().load(c),
        };
        self.judge(rows)?.into_iter().map(ImageRow::into_image).collect()
    }

    fn attach(&mut self, ids: &[MediaId], post: PostId) -> Result<(), StoreError> {
        let ids: Vec<_> = ids.iter().map(|id| uid(*id)).collect();
        let uploads = media::table.filter(media::id.eq_any(ids)).filter(media::owner_id.is_not_null());
        run!(self, |c| {
            diesel::update(uploads)
                .set((media::owner_id.eq(None::<UidValue>), media::post_id.eq(Some(uid(post)))))
                .execute(c)
        })?;
        Ok(())
    }

    fn save_profile(&mut self, user: UserId, id: MediaId, when: Timestamp) -> Result<(), StoreError> {
        self.drop_profile(user, when)?;
        let upload = unattached_of(uid(user)).filter(media::id.eq(uid(id)));
        run!(self, |c| {
            diesel::update(upload)
                .set((media::owner_id.eq(None::<UidValue>), media::profile_of.eq(Some(uid(user)))))
                .execute(c)
        })?;
        Ok(())
    }

    fn drop_profile(&mut self, user: UserId, when: Timestamp) -> Result<(), StoreError> {
        drop_pictures!(self, media::table.filter(media::profile_of.eq(uid(user))), when).map(drop)
    }

    fn drop_upload(&mut self, owner: UserId, id: MediaId, when: Timestamp) -> Result<bool, StoreError> {
        let upload = unattached_of(uid(owner)).filter(media::id.eq(uid(id)));
        drop_pictures!(self, upload, when).map(|dropped| dropped == 1)
    }

    fn drop_images(&mut self, ids: &[MediaId], when: Timestamp) -> Result<(), StoreError> {
        let ids: Vec<_> = ids.iter().map(|id| uid(*id)).collect();
        drop_pictures!(self, media::table.filter(media::id.eq_any(ids)), when).map(drop)
    }

    fn drop_of_post(&mut self, post: PostId, when: Timestamp) -> Result<(), StoreError> {
        drop_pictures!(self, media::table.filter(media::post_id.eq(uid(post))), when).map(drop)
    }

    fn drop_unattached(&mut self, before: Timestamp, when: Timestamp) -> Result<usize, StoreError> {
        let late =
            media::table.filter(media::owner_id.is_not_null()).filter(media::created_at.lt(at(before)));
        drop_pictures!(self, late, when)
    }

    fn drop_of_user(&mut self, user: UserId, when: Timestamp) -> Result<(), StoreError> {
        drop_pictures!(self, unattached_of(uid(user)), when)?;
        self.drop_profile(user, when)
    }

    fn list_dropped(&mut self, limit: usize) -> Result<Vec<BlobId>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        run!(self, |c| {
            media::table
                .filter(media::dropped_at.is_not_null())
                .order(media::dropped_at)
                .select(media::blob_id)
                .limit(limit)
                .load(c)
        })
    }

    fn purge(&mut self, blobs: &[BlobId]) -> Result<(), StoreError> {
        let blobs: Vec<_> = blobs.iter().map(|blob| uid(*blob)).collect();
        let dropped =
            media::table.filter(media::blob_id.eq_any(blobs)).filter(media::dropped_at.is_not_null());
        run!(self, |c| diesel::delete(dropped).execute(c))?;
        Ok(())
    }

    fn list_blobs(&mut self) -> Result<Vec<BlobId>, StoreError> {
        run!(self, |c| media::table.select(media::blob_id).load(c))
    }
}

impl FileRow {
    fn into_file(self) -> Result<MediaFile, StoreError> {
        let place = match (self.owner_id, self.post_id, self.profile) {
            (Some(owner), _, _) => MediaPlace::Upload { owner },
            (_, Some(post), _) => MediaPlace::Post(post),
            (_, _, Some((user, school, deleted_at))) => {
                MediaPlace::Profile { user, school, is_live: deleted_at.is_none() }
            }
            _ => return Err(StoreError::internal("a picture has no place")),
        };
        Ok(MediaFile { blob: self.blob_id, kind: kind(&self.kind)?, place })
    }
}

impl ImageRow {
    fn into_image(self) -> Result<PostImage, StoreError> {
        let side = |side: i32| u32::try_from(side).map_err(|_| StoreError::internal("a side below zero"));
        Ok(PostImage {
            id: self.id,
            kind: kind(&self.kind)?,
            width: side(self.width)?,
            height: side(self.height)?,
            caption: None,
        })
    }
}

fn kind(word: &str) -> Result<ImageKind, StoreError> {
    ImageKind::from_word(word)
        .ok_or_else(|| StoreError::internal(format!("unknown kind {word:?} of a picture")))
}
