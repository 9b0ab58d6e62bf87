DROP TABLE board_transfers;
