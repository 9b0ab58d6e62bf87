DROP INDEX users_unproven;
