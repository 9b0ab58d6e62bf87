-- One row for each picture, from its upload to the end of its files. It has exactly one place: with who uploaded it, in
-- a post, as a profile picture, or among those whose files wait to be erased. A picture in a post does not say who
-- uploaded it, so that it never names an anonymous author.
CREATE TABLE media (
    id UUID NOT NULL PRIMARY KEY,
    -- What its files are called; no answer shows it.
    blob_id UUID NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('post', 'profile')),
    kind TEXT NOT NULL CHECK (kind IN ('jpeg', 'png')),
    width INT4 NOT NULL CHECK (width > 0),
    height INT4 NOT NULL CHECK (height > 0),
    bytes INT8 NOT NULL CHECK (bytes > 0),
    created_at TIMESTAMPTZ NOT NULL,
    owner_id UUID REFERENCES users (id),
    post_id UUID REFERENCES posts (id),
    profile_of UUID REFERENCES users (id),
    dropped_at TIMESTAMPTZ,
    CHECK (
        (owner_id IS NOT NULL AND post_id IS NULL AND profile_of IS NULL AND dropped_at IS NULL)
        OR (owner_id IS NULL AND post_id IS NOT NULL AND profile_of IS NULL AND dropped_at IS NULL)
        OR (owner_id IS NULL AND post_id IS NULL AND profile_of IS NOT NULL AND dropped_at IS NULL)
        OR (owner_id IS NULL AND post_id IS NULL AND profile_of IS NULL AND dropped_at IS NOT NULL)
    )
);
CREATE UNIQUE INDEX media_blob ON media (blob_id);
CREATE INDEX media_owner ON media (owner_id, created_at);
CREATE INDEX media_post ON media (post_id);
CREATE UNIQUE INDEX media_profile ON media (profile_of);
CREATE INDEX media_unattached ON media (created_at) WHERE owner_id IS NOT NULL;
CREATE INDEX media_dropped ON media (dropped_at) WHERE dropped_at IS NOT NULL;

-- What readers of a post need to know of its images, so that a page of posts asks for nothing else: for each image in
-- order a line of id, width, height, kind and caption.
ALTER TABLE posts ADD COLUMN images TEXT NOT NULL DEFAULT '';
