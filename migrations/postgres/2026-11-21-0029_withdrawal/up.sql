-- Who is erased next: those who withdrew long ago have users_purge_at, those who never proved an address have this one.
CREATE INDEX users_unproven ON users (created_at)
    WHERE email_verified_at IS NULL AND enrolment_verified_at IS NULL AND deleted_at IS NULL;
