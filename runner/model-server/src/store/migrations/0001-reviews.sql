-- Numbers, hashes and words of ours only: no path, no title, no text of a change or of a model.
CREATE TABLE reviews (
  id text PRIMARY KEY,
  repository_id bigint NOT NULL,
  number bigint NOT NULL,
  head text NOT NULL,
  policy_hash text NOT NULL,
  effort text NOT NULL,
  outcome text NOT NULL,
  received_at timestamptz NOT NULL,
  total_ms integer NOT NULL,
  files integer NOT NULL,
  hunks integer NOT NULL,
  reviewed_hunks integer NOT NULL,
  prompt_tokens bigint NOT NULL,
  completion_tokens bigint NOT NULL,
  model_calls integer NOT NULL,
  model_hash text,
  prompt_hash text,
  disproved integer NOT NULL,
  duplicate integer NOT NULL,
  invalid integer NOT NULL
);
CREATE INDEX reviews_by_change ON reviews (repository_id, number, received_at);

CREATE TABLE findings (
  review_id text NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
  identity bytea NOT NULL,
  reviewer text NOT NULL,
  category text NOT NULL,
  severity text NOT NULL,
  confidence real NOT NULL,
  has_suggestion boolean NOT NULL
);
CREATE INDEX findings_by_review ON findings (review_id);
CREATE INDEX findings_by_identity ON findings (identity);

CREATE TABLE response_cache (
  key_hash bytea PRIMARY KEY,
  value bytea NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX response_cache_by_expiry ON response_cache (expires_at);
