DROP INDEX leads_owner;
