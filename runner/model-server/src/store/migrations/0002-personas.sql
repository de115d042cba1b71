-- Personas are named by keyed hashes. Readable names, past comments and all other texts are encrypted under a key that
-- needs the salt of the persona's row: once the row is gone, what is left of them cannot be read.
CREATE TABLE personas (
  persona bytea PRIMARY KEY,
  voice bytea NOT NULL,
  card bytea NOT NULL UNIQUE,
  salt bytea NOT NULL,
  about bytea NOT NULL,
  refresh text NOT NULL DEFAULT 'never'
);
CREATE INDEX personas_by_voice ON personas (voice);

-- Who took a consent back, and when. It names nobody without the server's secret.
CREATE TABLE persona_withdrawals (
  persona bytea NOT NULL,
  person bytea NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (persona, person)
);

CREATE TABLE persona_sessions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  persona bytea NOT NULL REFERENCES personas (persona) ON DELETE CASCADE,
  session bytea NOT NULL,
  state text NOT NULL,
  revision integer NOT NULL DEFAULT 0,
  progress bytea NOT NULL,
  touched_at timestamptz NOT NULL,
  UNIQUE (persona, session)
);

CREATE TABLE persona_samples (
  session_id bigint NOT NULL REFERENCES persona_sessions (id) ON DELETE CASCADE,
  kind text NOT NULL,
  item bytea NOT NULL,
  at timestamptz NOT NULL,
  value bytea NOT NULL,
  PRIMARY KEY (session_id, kind, item)
);

CREATE TABLE persona_versions (
  persona bytea NOT NULL REFERENCES personas (persona) ON DELETE CASCADE,
  name text NOT NULL,
  hash text NOT NULL,
  base_model text NOT NULL,
  state text NOT NULL,
  made_at timestamptz NOT NULL,
  details bytea NOT NULL,
  PRIMARY KEY (persona, name)
);
CREATE INDEX persona_versions_by_state ON persona_versions (base_model, state);
CREATE INDEX persona_versions_by_hash ON persona_versions (hash);

CREATE TABLE persona_trainings (
  id text PRIMARY KEY,
  number bigint GENERATED ALWAYS AS IDENTITY,
  persona bytea NOT NULL REFERENCES personas (persona) ON DELETE CASCADE,
  base_model text NOT NULL,
  is_forced boolean NOT NULL,
  learned_from text,
  state text NOT NULL,
  is_open boolean NOT NULL,
  step integer NOT NULL DEFAULT 0,
  steps integer NOT NULL DEFAULT 0,
  seconds_left double precision,
  message text NOT NULL DEFAULT '',
  version text,
  worker text,
  heard_at timestamptz,
  changed_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX persona_trainings_open ON persona_trainings (persona, base_model) WHERE is_open;
CREATE INDEX persona_trainings_by_persona ON persona_trainings (persona, number);

CREATE TABLE persona_feedback (
  voice bytea NOT NULL,
  adapter text NOT NULL,
  repository_id bigint NOT NULL,
  number bigint NOT NULL,
  identity bytea NOT NULL,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (voice, adapter, repository_id, number, identity, kind)
);

ALTER TABLE reviews ADD COLUMN voice bytea, ADD COLUMN adapter text, ADD COLUMN arm text;
CREATE INDEX reviews_by_voice ON reviews (voice) WHERE voice IS NOT NULL;

ALTER TABLE response_cache ADD COLUMN voice bytea;
CREATE INDEX response_cache_by_voice ON response_cache (voice) WHERE voice IS NOT NULL;
