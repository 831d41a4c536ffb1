import { setTimeout as sleep } from 'node:timers/promises';
import { listRescanFindings, listRescanJobs, loadRescanJob, type RescanJob } from '@leakwatch/rescan';
import { UsageError } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatDuration, formatTable, printable } from '../screen/format.ts';
import { describeProgress, describeRequest, describeResult, formatFindings } from '../screen/rescans.ts';
import { type Screen } from '../screen/screen.ts';
import { typedHere } from '../typed.ts';

/** Shows re-scans, newest first. */
export async function listRescans(
  options: { dataDir: string; limit: number; json: boolean },
  screen: Screen,
): Promise<void> {
  const environment = await openEnvironment(options);
  try {
    tellDataPlace(environment, screen);
    const jobs = await listRescanJobs(environment.store.pool, options);
    if (options.json) {
      for (const job of jobs) screen.json(job);
    } else if (jobs.length === 0) {
      screen.note('no re-scans yet');
    } else {
      screen.result(
        formatTable(
          ['id', 'state', 'why', 'by', 'what', 'read', 'new', 'when'],
          jobs.map((job) => [
            job.id,
            job.state,
            job.cause,
            printable(job.requestedBy, 24),
            describeRequest(job.request),
            describeProgress(job.progress),
            String(job.progress.findings.new),
            job.createdAt.toISOString(),
          ]),
        ),
      );
    }
  } finally {
    await environment.stop();
  }
}

/** Shows one re-scan with its report. */
export async function showRescan(
  id: string,
  options: { dataDir: string; findings: number; json: boolean; wait: boolean },
  screen: Screen,
): Promise<void> {
  const environment = await openEnvironment(options);
  const { store } = environment;
  try {
    if (options.wait) await followRescan(store, id, screen);
    const job = await findJob(store, id);
    const findings = await listRescanFindings(store.pool, id, { limit: options.findings });
    if (options.json) {
      screen.json({ ...job, findings });
      return;
    }
    screen.result(describeResult(job));
    if (findings.length > 0) screen.result(`\n${formatFindings(findings)}`);
  } finally {
    await environment.stop();
  }
}

const LOOK_MS = 250;

/** Shows a progress bar until the re-scan has ended or pauses, then its result. */
export async function followRescan(store: Pick<Store, 'pool'>, id: string, screen: Screen): Promise<void> {
  let job = await findJob(store, id);
  if (job.state === 'waiting')
    screen.note(`waiting for a worker (\`${typedHere('up')}\` or \`${typedHere('run rescan')}\`) …`);
  while (job.state === 'waiting') {
    await sleep(LOOK_MS);
    job = await findJob(store, id);
  }
  const bar = screen.progress({ total: job.progress.total, unit: 'fingerprints' });
  try {
    while (job.state === 'running') {
      bar.update(job.progress.done);
      await sleep(LOOK_MS);
      job = await findJob(store, id);
    }
  } finally {
    bar.stop();
  }
  const took =
    job.startedAt === null || job.finishedAt === null
      ? null
      : job.finishedAt.getTime() - job.startedAt.getTime();
  screen.note(
    `${job.state}${took === null ? '' : ` in ${formatDuration(took)}`}: ${describeProgress(job.progress)}`,
  );
}

async function findJob(store: Pick<Store, 'pool'>, id: string): Promise<RescanJob> {
  const job = await loadRescanJob(store.pool, id);
  if (job === null) throw new UsageError(`no re-scan \`${id}\``);
  return job;
}
