-- What an import stages is JSON from the start, so that it is read as JSON once and not again by all that is written of it.
alter table import_line alter column facts type json using facts::json, alter column sources type json using sources::json;

-- Both are read through a few times and emptied: cleaning them up meanwhile would only take time from the import.
alter table import_line set (autovacuum_enabled = off);
alter table import_principal set (autovacuum_enabled = off);
