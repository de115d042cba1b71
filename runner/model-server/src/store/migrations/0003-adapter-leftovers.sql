-- Adapters whose persona was forgotten and whose files may still be there: a server that is killed between the two, or
-- cannot remove them, leaves them to the next. A hash names nobody.
CREATE TABLE adapter_leftovers (hash text PRIMARY KEY);
