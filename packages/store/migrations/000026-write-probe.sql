-- Readiness writes bytes here and takes them back: a full disk, or a standby, still answers every read. Unlogged, because no probe
-- has to survive anything; external, because bytes that compress would need no room.
CREATE UNLOGGED TABLE write_probe (bytes bytea NOT NULL);
ALTER TABLE write_probe ALTER COLUMN bytes SET STORAGE EXTERNAL;
