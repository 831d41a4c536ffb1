import { type LeakReportRequest, type ReporterClass } from '@leakwatch/contracts';
import { parseRows, type Queryable } from '@leakwatch/store';
import { z } from 'zod';

export interface NewLeakReport extends LeakReportRequest {
  readonly id: string;
  readonly reporter: string;
  readonly reporterClass: ReporterClass;
  readonly bodySha256: string;
}

/** `conflict`: the id already has another report. */
export type LeakReportAddition = 'added' | 'repeated' | 'conflict';

export async function addLeakReport(db: Queryable, report: NewLeakReport): Promise<LeakReportAddition> {
  const added = await db.query(
    `INSERT INTO leak_report (id, reporter, reporter_class, body_sha256, links, platform, instance, native_id, campaign_id,
       seen, contact)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`,
    [
      report.id,
      report.reporter,
      report.reporterClass,
      report.bodySha256,
      report.links,
      report.post?.platform ?? null,
      report.post?.instance ?? null,
      report.post?.id ?? null,
      report.campaignId ?? null,
      report.seen,
      report.contact ?? null,
    ],
  );
  if (added.rowCount === 1) return 'added';
  const earlier = await db.query('SELECT body_sha256 AS "bodySha256" FROM leak_report WHERE id = $1', [
    report.id,
  ]);
  const [known] = parseRows(earlier, z.object({ bodySha256: z.string() }));
  return known?.bodySha256 === report.bodySha256 ? 'repeated' : 'conflict';
}
