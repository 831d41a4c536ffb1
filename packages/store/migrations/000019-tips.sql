-- What people send in is a tip; "report" is the report of precision. Queries of the version before fail until it is stopped.

ALTER TABLE leak_report RENAME TO tip;
ALTER TABLE tip RENAME COLUMN reporter TO sender;
ALTER TABLE tip RENAME COLUMN reporter_class TO sender_class;
ALTER INDEX leak_report_pkey RENAME TO tip_pkey;
ALTER INDEX leak_report_to_settle RENAME TO tip_to_settle;
ALTER INDEX leak_report_by_time RENAME TO tip_by_time;
ALTER INDEX leak_report_by_alert RENAME TO tip_by_alert;
ALTER INDEX leak_report_contacts RENAME TO tip_contacts;
