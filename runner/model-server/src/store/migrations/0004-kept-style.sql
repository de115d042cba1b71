-- How a person writes beside their colleagues, measured before the colleagues' comments went. Encrypted as they were.
ALTER TABLE persona_sessions ADD COLUMN style bytea;
