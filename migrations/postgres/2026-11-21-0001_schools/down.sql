DROP TABLE term_holidays;
DROP TABLE terms;
DROP TABLE school_domains;
DROP TABLE schools;
