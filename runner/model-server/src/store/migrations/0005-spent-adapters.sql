-- Adapters that nothing will use again lose their files; what is told of them stays.
ALTER TABLE persona_versions ADD COLUMN has_files boolean NOT NULL DEFAULT true;
