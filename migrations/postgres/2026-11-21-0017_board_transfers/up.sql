-- Offers of boards to other managers, one a board; one that has lapsed stays until the next takes its place (BRD-6).
CREATE TABLE board_transfers (
    board_id UUID NOT NULL PRIMARY KEY REFERENCES boards (id),
    from_id UUID NOT NULL REFERENCES users (id),
    to_id UUID NOT NULL REFERENCES users (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX board_transfers_from ON board_transfers (from_id);
CREATE INDEX board_transfers_to ON board_transfers (to_id);
