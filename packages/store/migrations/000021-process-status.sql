-- Each process writes its status for `leakwatch status`; "report" is the report of precision.

ALTER TABLE process_report RENAME TO process_status;
ALTER TABLE process_status RENAME COLUMN reported_at TO written_at;
ALTER TABLE process_status RENAME COLUMN report TO standing;
ALTER INDEX process_report_pkey RENAME TO process_status_pkey;

-- Processes of the version before write through this view until they are stopped. The next version drops it.
CREATE VIEW process_report AS
  SELECT process_id, name, host, pid, version, started_at, written_at AS reported_at, standing AS report
  FROM process_status;
