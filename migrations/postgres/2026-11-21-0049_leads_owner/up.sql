-- All leads of a person, deleted ones included: for exports, and when the person is erased.
CREATE INDEX leads_owner ON leads (owner_id, created_at);
