-- Repositories take turns: whose training it is, by a keyed hash, and when it was first taken, by the clock of the database.
ALTER TABLE persona_trainings ADD COLUMN repository bytea, ADD COLUMN taken_at timestamptz;
UPDATE persona_trainings SET taken_at = changed_at WHERE state <> 'queued';
CREATE INDEX persona_trainings_by_repository ON persona_trainings (repository, taken_at);

-- A version that was on trial only has never been the one before.
ALTER TABLE persona_versions ADD COLUMN was_live boolean NOT NULL DEFAULT false;
UPDATE persona_versions SET was_live = true WHERE state IN ('live', 'retired');
