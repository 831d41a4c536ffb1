/** A dump that is taken under load, restored into another server. */
import path from 'node:path';
import { itNeeds } from '@leakwatch/runtime/testing';
import { expect, vi } from 'vitest';
import { ALL_WELL } from '../delivery/harness/ledger.ts';
import {
  makeFolder,
  ORDINARY_ROLE,
  PROGRAMS,
  runProgram,
  startPostgres,
} from '../harness/postgres-server.ts';
import { startProduct } from './product-on-postgres.ts';
import { stopServices } from '../harness/service-processes.ts';

// A product in processes of its own, more than once: a bound that only a hang reaches.
vi.setConfig({ testTimeout: 400_000 });
/** The seed of what is sent after the restore. */
const LATER = 0x26;
const it = itNeeds('Postgres (Debian: postgresql)', PROGRAMS !== null);

it('a dump under load holds one moment: services start on it, and each leak of before that moment is in an alert, once', async () => {
  const first = await startPostgres();
  await first.run(ORDINARY_ROLE);
  const address = first.url('leakwatch', 'leakwatch');
  const before = await startProduct(address, { seed: 0x25 });
  await before.take(200);
  const early = new Set(before.ledger.acknowledgedLeaks);
  const file = path.join(await makeFolder(), 'leakwatch.dump');
  await Promise.all([runProgram('pg_dump', ['-Fc', '-f', file, '-d', address]), before.take(100)]);
  await before.sender.stop();
  expect(await stopServices(before.services)).toEqual([0, 0, 0]);

  const second = await startPostgres();
  await second.run(ORDINARY_ROLE);
  const copy = second.url('leakwatch', 'leakwatch');
  await runProgram('pg_restore', ['--exit-on-error', '--no-owner', '-d', copy, file]);
  const after = await startProduct(copy, { seed: LATER, ledger: before.ledger });
  await after.take(100);
  const { lost, ...others } = await after.settle();
  // Only posts taken after the moment of the dump are missing.
  expect(lost.filter((native) => early.has(native) || native.startsWith(`${LATER}-`))).toEqual([]);
  expect({ lost: [], ...others }).toEqual(ALL_WELL);
  expect(early.size).toBeGreaterThan(100);
});
