import { alertId } from '@leakwatch/contracts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { detection } from '../../alerting/test/support/detections.ts';
import { openScene, type Scene } from '../../alerting/test/support/scene.ts';
import { moveAlerts } from '../commands/alert-move.ts';
import { workThrough } from '../commands/alerts-next.ts';
import { showAlert, showTimeline } from '../commands/alert-show.ts';
import { showAlerts } from '../commands/alerts.ts';
import { makeSilence } from '../commands/silences.ts';
import { type Answers } from '../screen/answers.ts';
import { MovedSchema } from '../outcomes.ts';
import { capture } from './support/capture.ts';

const BY = { dataDir: 'unused', by: 'ana', reason: '', dryRun: false };
const LIST = {
  dataDir: 'unused',
  sort: 'priority',
  limit: 50,
  page: 1,
  details: false,
  json: false,
} as const;

let scene: Scene;
const databaseBefore = process.env['DATABASE_URL'];
beforeAll(async () => {
  scene = await openScene();
  process.env['DATABASE_URL'] = scene.store.connectionString;
  await scene.start();
});
beforeEach(async () => {
  await scene.clear();
  await scene.detect(
    detection({ creatorId: 'mara', nativeId: 'a' }),
    detection({ creatorId: 'nils', nativeId: 'b', campaignId: 'evergreen' }),
    detection({ creatorId: 'leaky', nativeId: 'c', campaignId: 'borealis' }),
  );
});
afterAll(async () => {
  if (databaseBefore === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = databaseBefore;
  await scene.close();
});

const states = async () =>
  Object.fromEntries((await scene.alerts()).map((one) => [one.creatorId, one.state]));
const ids = (...creators: readonly [string, string][]) => ({
  kind: 'ids' as const,
  ids: creators.map(([creator, campaign]) => alertId(creator, campaign, 1)),
});

it('moves several at once; one that is refused stops none of the others', async () => {
  const { screen, lines } = capture();
  await moveAlerts(ids(['mara', 'aurora']), { change: 'acknowledged' }, BY, screen);
  const both = ids(['mara', 'aurora'], ['nils', 'evergreen']);
  await expect(moveAlerts(both, { change: 'acknowledged' }, BY, screen)).rejects.toThrow(
    '1 of 2 were refused',
  );
  expect(await states()).toEqual({ mara: 'acknowledged', nils: 'acknowledged', leaky: 'open' });
  expect(lines.at(-1)).toBe('1 of 2 changed');
});

it('with --json each alert of a choice has a line, a refused one with the reason', async () => {
  await moveAlerts(ids(['mara', 'aurora']), { change: 'acknowledged' }, BY, capture().screen);
  const { screen, lines } = capture({ json: true });
  const several = ids(['mara', 'aurora'], ['nils', 'evergreen']);
  await expect(moveAlerts(several, { change: 'acknowledged' }, BY, screen)).rejects.toThrow('1 of 2');
  const dry = { ...BY, dryRun: true };
  await moveAlerts(ids(['leaky', 'borealis']), { change: 'verdict-given', verdict: 'approved' }, dry, screen);
  const told = lines
    .filter((line) => line.startsWith('{'))
    .map((line) => MovedSchema.parse(JSON.parse(line)));
  expect(told).toMatchObject([
    { did: 'refused', state: null },
    { did: 'changed', change: 'acknowledged', state: 'acknowledged', problem: null },
    { did: 'would-change', change: 'verdict-given', verdict: 'approved', state: null },
  ]);
  expect(told[0]?.problem).toContain('acknowledged by ana');
});

it('chooses by a filter those whose state allows it, and changes nothing on a dry run', async () => {
  const { screen, lines } = capture();
  await moveAlerts(ids(['mara', 'aurora']), { change: 'acknowledged' }, BY, capture().screen);
  const filter = { kind: 'filter' as const, filter: { campaign: ['aurora', 'evergreen'] } };
  await moveAlerts(filter, { change: 'acknowledged' }, { ...BY, dryRun: true }, screen);
  expect(lines).toEqual([
    '1 more match, but their state does not allow it',
    expect.stringMatching(/^alert [0-9a-f]{8}: would become acknowledged$/),
    '1 of 1 would change; nothing was changed',
  ]);
  expect((await states())['nils']).toBe('open');
  await moveAlerts(filter, { change: 'acknowledged' }, BY, screen);
  expect(await states()).toEqual({ mara: 'acknowledged', nils: 'acknowledged', leaky: 'open' });
});

it('lists by several values of one name, the worst first, a page at a time, with how many there are', async () => {
  const listed = async (more: Partial<Parameters<typeof showAlerts>[0]>) => {
    const { screen, lines } = capture();
    await showAlerts({ ...LIST, filter: null, ...more }, screen);
    return lines;
  };
  const first = await listed({ limit: 2 });
  expect(first.join('\n')).toMatch(/high[^]*medium[^]*2 of 3 shown/);
  expect((await listed({ limit: 2, page: 2 })).join('\n')).toContain('3 to 3 of 3 shown');
  expect((await listed({ filter: { severity: ['high', 'low'] } })).join('\n')).toContain('1 of 1 shown');
  expect((await listed({ filter: { q: 'secret word' } })).join('\n')).toContain('3 of 3 shown');
});

it('tells an unknown name in a filter or a silence, with the nearest', async () => {
  await expect(
    showAlerts({ ...LIST, filter: { campaign: ['borealiss'] } }, capture().screen),
  ).rejects.toThrow('there is no campaign `borealiss`; did you mean borealis?');
  await expect(showAlerts({ ...LIST, filter: { rule: ['leaked-tern'] } }, capture().screen)).rejects.toThrow(
    'did you mean leaked-term?',
  );
  const silence = {
    dataDir: 'unused',
    creator: 'marra',
    until: new Date('2030-01-01'),
    reason: 'r',
    by: 'ana',
  };
  await expect(makeSilence(silence, capture().screen)).rejects.toThrow(
    'there is no creator `marra`; did you mean mara?',
  );
});

it('tells of a person without an alert, with the nearest', async () => {
  await moveAlerts(ids(['mara', 'aurora']), { change: 'assigned', to: 'lena' }, BY, capture().screen);
  const listed = async (assignee: string) => {
    const { screen, lines } = capture();
    await showAlerts({ ...LIST, filter: { assignee: [assignee] } }, screen);
    return lines.filter((line) => line.includes('is assigned to'));
  };
  expect(await listed('lenna')).toEqual(['no alert is assigned to `lenna`; did you mean lena?']);
  expect(await listed('lena')).toEqual([]);
  expect(await listed('me')).toEqual([]);
});

it('shows one a screen and takes a key: a verdict, a move, a skip', async () => {
  const keys = ['x', 'c', 'k', 's', 'q'];
  const answers: Answers = {
    key: () => Promise.resolve(keys.shift() ?? null),
    line: () => Promise.resolve(''),
    close: () => undefined,
  };
  const { screen, lines } = capture();
  await workThrough({ dataDir: 'unused', by: 'ana' }, screen, answers);
  const after = await scene.alerts();
  // The worst came first.
  expect(after.find(({ creatorId }) => creatorId === 'leaky')).toMatchObject({
    state: 'resolved',
    resolution: 'confirmed',
  });
  expect(after.map(({ state }) => state).sort()).toEqual(['acknowledged', 'open', 'resolved']);
  expect(lines.join('\n')).toContain('`x` does nothing');
  expect(lines.at(-1)).toBe('2 done');
});

it('shows one alert and its history as JSON, a line each', async () => {
  const { screen, lines } = capture();
  const id = alertId('mara', 'aurora', 1);
  const plain = { dataDir: 'unused', details: false, json: true };
  await showAlert(id, plain, screen);
  await showTimeline(id, plain, screen);
  const [alert, ...entries] = lines.map((line) => z.looseObject({}).parse(JSON.parse(line)));
  expect(alert).toMatchObject({ id, creatorId: 'mara', occurrences: [{ removedAt: null }] });
  expect(entries.length).toBeGreaterThan(0);
  expect(Object.keys(entries[0] ?? {}).toSorted()).toEqual(['at', 'by', 'details', 'note', 'what']);
});
