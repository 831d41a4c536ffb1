/** The command line over a console's API: triage with a token alone, by the functions that the console itself uses. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { UsageError } from '@leakwatch/runtime';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { QueueItemSchema } from '../../services/console/api/schemas/index.ts';
import { openScene, type Scene } from '../../services/console/test/support/scene.ts';
import { openServer } from '../../services/leakwatch/over-server/server-client.ts';
import { workThroughOverServer } from '../../services/leakwatch/over-server/alerts-next.ts';
import { createProgram } from '../../services/leakwatch/program.ts';
import { terminalScreen } from '../../services/leakwatch/screen/screen.ts';

let scene: Scene;
let folder: string;
const files: Record<'all' | 'borealis' | 'reader' | 'unknown', string> = {
  all: '',
  borealis: '',
  reader: '',
  unknown: '',
};
beforeAll(async () => {
  scene = await openScene();
  folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-token-'));
  const keep = async (name: keyof typeof files, secret: string) => {
    files[name] = path.join(folder, name);
    await writeFile(files[name], `${secret}\n`);
  };
  const ana = await scene.person('ana', 'analyst');
  const token = async (name: 'all' | 'borealis' | 'reader', body: object) => {
    const issued = await ana.post('/v1/tokens', { name, ...body });
    await keep(name, z.object({ secret: z.string() }).parse(issued.body).secret);
  };
  await token('all', { scopes: ['read', 'work'] });
  await token('borealis', { scopes: ['read', 'work'], campaigns: ['borealis'] });
  await token('reader', { scopes: ['read'] });
  await keep('unknown', 'A'.repeat(43));
});
afterAll(async () => {
  await scene.close();
  await rm(folder, { recursive: true });
});
afterEach(() => vi.restoreAllMocks());

/** The standard error of the last run. */
let notes = '';

/** Runs a command line in this process; gives its standard output. */
async function run(token: keyof typeof files, ...line: string[]): Promise<string> {
  let out = '';
  const write = (text: string | Uint8Array) => {
    out += String(text);
    return true;
  };
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(write);
  notes = '';
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    notes += String(text);
    return true;
  });
  try {
    const server = ['--server', scene.console.address, '--token-file', files[token]];
    await createProgram().parseAsync([...server, ...line], { from: 'user' });
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
  return out;
}

const row = async (id: string) =>
  QueueItemSchema.parse((await scene.admin.get(`/v1/incidents/${id}/item`)).body);

describe('the command line over a console', () => {
  it('lists, shows, moves and judges an alert; its history and the audit log name the token’s account', async () => {
    const id = await scene.raise({ creatorId: 'one' });
    expect(await run('all', 'alerts')).toContain(id.slice(0, 8));
    expect(notes).toContain(`data: ${scene.console.address}\n`);
    expect(notes).toContain(
      `alerts acknowledge ${id.slice(0, 8)} --server ${scene.console.address} --token-file ${files.all}\n`,
    );
    const [line = ''] = (await run('all', 'alerts', 'list', '--json')).split('\n');
    expect(QueueItemSchema.parse(JSON.parse(line))).toMatchObject({ id, state: 'open' });
    const shown = stripVTControlCharacters(await run('all', 'alerts', 'show', id.slice(0, 8), '--details'));
    expect(shown).toMatch(/@mara \(Mara\) on .*: still stands\nhttps:.*Quillon Ember/s);
    expect(await run('all', 'alerts', 'show', id.slice(0, 8))).not.toContain('Quillon');

    expect(await run('all', 'alerts', 'acknowledge', id.slice(0, 8))).toContain('acknowledged, ana’s');
    await run('all', 'alerts', 'assign', id, 'nobody');
    await run('all', 'alerts', 'snooze', id, '--until', '2h', '--reason', 'asked the brand');
    expect(await row(id)).toMatchObject({ state: 'acknowledged', assignee: null });
    expect((await row(id)).snoozedUntil).not.toBeNull();
    await run('all', 'alerts', 'wake', id);
    const said = await run('all', 'verdict', id.slice(0, 10), 'confirmed', '--reason', 'posted early');
    expect(said).toBe(`alert ${id.slice(0, 8)}: confirmed\n`);
    expect(await row(id)).toMatchObject({ state: 'resolved', resolution: 'confirmed' });
    expect(await run('all', 'alerts', 'timeline', id)).toMatch(/verdict.*by ana.*posted early/i);
    const { rows } = await scene.store.pool.query(
      `SELECT action FROM audit_entry WHERE subject = $1 AND actor = 'ana' ORDER BY seq`,
      [id],
    );
    expect(rows).toEqual(
      ['acknowledged', 'assigned', 'snoozed', 'snooze-ended', 'verdict-given'].map((action) => ({ action })),
    );
    expect(await run('all', 'report')).toMatch(/precision, all +100\.0 %/);
  });

  it('merges two alerts by short ids, and keeps a checklist', async () => {
    const first = await scene.raise({ creatorId: 'two' });
    const other = await scene.raise({ creatorId: 'three' });
    // Another creator's: the console's own rule answers.
    await expect(run('all', 'alerts', 'merge', other.slice(0, 8), first.slice(0, 8))).rejects.toThrow(
      /same creator/,
    );
    const steps = await run('all', 'playbook', 'show', first.slice(0, 8));
    const item = /\[ \] ([\w-]+):/.exec(steps)?.[1] ?? '';
    expect(await run('all', 'playbook', 'check', first, item)).toMatch(new RegExp(`\\[x\\] ${item}: .*ana`));
    expect(await run('all', 'playbook', 'sent', first, '--via', 'mail')).toContain('by ana via mail');
  });

  it('shows no more than the token may see, and changes nothing with a token that reads', async () => {
    const id = await scene.raise({ creatorId: 'four' });
    expect(await run('borealis', 'alerts', 'list', '--json')).toBe('');
    await expect(run('borealis', 'alerts', 'show', id)).rejects.toThrow('no such thing');
    await expect(run('reader', 'alerts', 'acknowledge', id)).rejects.toThrow('does not allow');
    await expect(run('unknown', 'alerts')).rejects.toThrow('unknown, revoked or expired');
    expect(await row(id)).toMatchObject({ state: 'open' });
  });

  it('shows one alert a screen and takes a key; what somebody changed meanwhile is refused with their name', async () => {
    const worst = await scene.raise({
      creatorId: 'five',
      severity: 'critical',
      campaignId: 'borealis',
      text: 'Marlow Cove',
      matched: 'Marlow Cove',
    });
    const other = await scene.raise({
      creatorId: 'six',
      severity: 'low',
      campaignId: 'borealis',
      text: 'Marlow Cove',
      matched: 'Marlow Cove',
    });
    const lines: string[] = [];
    const write = (line: string) => void lines.push(stripVTControlCharacters(line));
    const screen = { ...terminalScreen(), result: write, note: write, problem: write };
    const { address: server } = scene.console;
    const press = async (...keys: string[]) => {
      lines.length = 0;
      const answers = {
        key: async () => {
          const key = keys.shift() ?? null;
          if (key !== 'late') return key;
          await scene.admin.post(`/v1/incidents/${worst}/moves`, {
            version: (await row(worst)).version,
            move: { change: 'acknowledged' },
          });
          return 'k';
        },
        line: () => Promise.resolve(''),
        close: () => undefined,
      };
      await workThroughOverServer(await openServer({ server, tokenFile: files.borealis }), screen, answers);
      return lines.join('\n');
    };
    expect(await press('late', 'q')).toMatch(/ada did: acknowledged[^]*\n0 done$/);
    const said = await press('x', 'c', 's');
    expect(said).toMatch(
      /alert +[0-9a-f]{64}[^]*Marlow Cove[^]*`x` does nothing[^]*: confirmed[^]*1 skipped; none other waits\n1 done$/,
    );
    expect(await row(worst)).toMatchObject({ state: 'resolved', resolution: 'confirmed' });
    expect(await row(other)).toMatchObject({ state: 'open' });
    await expect(run('all', 'silences', 'list')).rejects.toThrow('alerts next');
  });

  it.each([
    [['silences', 'list'], '`silences list` works on the database'],
    [['up'], '`up` works on the database'],
    [['alerts', 'acknowledge', 'abcdef', '--by', 'eve'], '--by has no meaning'],
    [['alerts', '--data-dir', 'x'], '--data-dir has no meaning'],
    [['verdict', 'abcdef', 'maybe', '--reason', 'x'], '`maybe` is no verdict'],
  ])('says why it refuses %j', async (line, message) => {
    const refused = run('all', ...line);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
  });

  it.each([
    [['--server', 'http://leakwatch.example', '--token', 'abc'], 'must be an https address'],
    [['--server', 'leakwatch.example', '--token', 'abc'], 'must be an address'],
    [['--server', 'http://127.0.0.1:1'], 'needs a token'],
    [['--server', 'http://127.0.0.1:1', '--token', 'abc'], 'cannot reach http://127.0.0.1:1'],
    [['--server', 'http://127.0.0.1:1', '--token', 'abc', '--token-file', 'x'], 'not both'],
  ])('sends no token by %j', async (line, message) => {
    const refused = createProgram().parseAsync([...line, 'alerts'], { from: 'user' });
    await expect(refused).rejects.toThrow(message);
  });
});
