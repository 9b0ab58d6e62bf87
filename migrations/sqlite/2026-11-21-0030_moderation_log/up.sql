-- For admins, who read the acts of every school.
CREATE INDEX moderation_log_all ON moderation_log (at DESC, id DESC);
