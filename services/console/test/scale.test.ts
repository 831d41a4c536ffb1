import { parseRows, type Queryable } from '@leakwatch/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { scopedTo } from '../api/access/scoped-database.ts';
import { CreatorsSchema, QueuePageSchema } from '../api/schemas/index.ts';
import { fillHistory, RARE_WORD } from './support/fill-history.ts';
import { LIST_PATHS } from './support/list-paths.ts';
import { openScene, type Scene } from './support/scene.ts';
import { type Browser } from './support/browser.ts';

/** Enough for the planner to take the indexes that it takes with ten times as many. */
const SIZE = { incidents: 10_000, creators: 5_000, posts: 10_000 };
/** A table of this many rows is never read whole. */
const LARGE = 5_000;

interface Asked {
  readonly sql: string;
  readonly values: readonly unknown[];
  /** True: as the console's role. */
  readonly isScoped: boolean;
}

let scene: Scene;
let olga: Browser;
let large: ReadonlySet<string>;
beforeAll(async () => {
  scene = await openScene();
  olga = await scene.person('olga', 'analyst', ['borealis']);
  await fillHistory(scene, SIZE);
  const answer = await scene.store.pool.query(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND reltuples >= $1`,
    [LARGE],
  );
  large = new Set(parseRows(answer, z.object({ name: z.string() })).map(({ name }) => name));
}, 120_000);
afterAll(() => scene.close());

it('plans no sequential scan of a large table for any list, of all campaigns or of one', async () => {
  expect([...large].toSorted()).toEqual(
    expect.arrayContaining(['alert', 'alert_occurrence', 'alert_transition', 'evidence', 'post_thread']),
  );
  for (const [browser, campaigns] of [
    [scene.admin, null],
    [olga, ['borealis']],
  ] as const) {
    const scoped = scopedTo(scene.store, { campaigns });
    for (const path of LIST_PATHS) {
      const asked = await queriesOf(async () => {
        const { status, text } = await browser.get(path);
        expect([200, 403], `${path}: ${text}`).toContain(status);
      });
      const read = await Promise.all(
        asked.map(({ sql, values, isScoped }) =>
          readWhole(isScoped ? scoped.pool : scene.store.pool, sql, values),
        ),
      );
      expect(read.flat(), path).toEqual([]);
    }
  }
});

it('searches captions by an index, and gives those of the viewer’s campaigns only', async () => {
  const { pool } = scene.store;
  const body = await pool.query(`SELECT prosrc AS sql FROM pg_proc WHERE proname = 'console_alerts_with'`);
  const [{ sql } = { sql: '' }] = parseRows(body, z.object({ sql: z.string() }));
  expect(await readWhole(pool, sql, [`%${RARE_WORD}%`])).toEqual([]);
  const found = async (browser: Browser) => {
    const { body: page } = await browser.get(`/v1/incidents?state=all&q=${RARE_WORD.slice(1, -1)}&limit=200`);
    return QueuePageSchema.parse(page);
  };
  const all = await found(scene.admin);
  const some = await found(olga);
  expect(all.total).toBe(Math.floor((SIZE.incidents - 1) / 1000));
  expect(some.total).toBe(all.items.filter(({ campaign }) => campaign.id === 'borealis').length);
  const direct = (campaigns: readonly string[] | null) =>
    scopedTo(scene.store, { campaigns }).pool.query('SELECT console_alerts_with($1)', [`%${RARE_WORD}%`]);
  expect((await direct(null)).rowCount).toBe(all.total);
  expect((await direct(['borealis'])).rowCount).toBe(some.total);
  expect((await direct([])).rowCount).toBe(0);
});

it('pages through all incidents, each once, in every order', async () => {
  for (const order of ['time-left', 'priority', 'newest']) {
    const ids = new Set<string>();
    let cursor: string | null = '';
    let seen = 0;
    while (cursor !== null && seen < 1000) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await scene.admin.get(`/v1/incidents?state=all&limit=200&order=${order}${after}`);
      const page = QueuePageSchema.parse(body);
      for (const { id } of page.items) ids.add(id);
      seen += page.items.length;
      cursor = page.nextCursor;
    }
    expect([ids.size, seen], order).toEqual([1000, 1000]);
  }
});

it('pages through all creators, each once, the closest watched first', async () => {
  const ids = new Set<string>();
  const tiers: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page = CreatorsSchema.parse((await scene.admin.get(`/v1/creators?limit=500${after}`)).body);
    expect(page.total).toBe(SIZE.creators);
    expect(page.matrix.reduce((sum, { count }) => sum + count, 0)).toBe(SIZE.creators);
    for (const { id, tier } of page.items) {
      ids.add(id);
      tiers.push(tier);
    }
    cursor = page.nextCursor;
  }
  expect(ids.size).toBe(SIZE.creators);
  // Tier 5, the trusted partners, is watched the least.
  const ranks = tiers.map((tier) => [4, 3, 2, 1, 5].indexOf(tier));
  expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
});

/** Gives the queries that the server makes meanwhile. */
async function queriesOf(work: () => Promise<void>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const { store } = scene;
  const before = { ...store };
  const noting = (db: Queryable, isScoped: boolean): Queryable => ({
    query: (query, values) => {
      const { text = '', values: own = [] } = typeof query === 'string' ? { text: query, values } : query;
      if (/^\s*(SELECT|WITH)/.test(text) && !text.includes('set_config'))
        asked.push({ sql: text, values: own, isScoped });
      return db.query(query, values);
    },
  });
  Object.assign(store, {
    pool: noting(before.pool, false),
    transaction: <T>(run: (tx: Queryable) => Promise<T>) => before.transaction((tx) => run(noting(tx, true))),
  });
  try {
    await work();
  } finally {
    Object.assign(store, {
      pool: before.pool,
      transaction: <T>(run: (tx: Queryable) => Promise<T>) => before.transaction(run),
    });
  }
  return asked;
}

const PlanSchema = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  get Plans() {
    return z.array(PlanSchema).optional();
  },
});
const ExplainedSchema = z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: PlanSchema })]) });

/** The large tables that a query would read whole. */
async function readWhole(db: Queryable, sql: string, values: readonly unknown[]): Promise<string[]> {
  const answer = await db.query(`EXPLAIN (FORMAT JSON) ${sql}`, [...values]);
  const [explained] = parseRows(answer, ExplainedSchema);
  const nodesOf = (plan: z.infer<typeof PlanSchema>): z.infer<typeof PlanSchema>[] => [
    plan,
    ...(plan.Plans ?? []).flatMap(nodesOf),
  ];
  return (explained === undefined ? [] : nodesOf(explained['QUERY PLAN'][0].Plan)).flatMap((node) => {
    const table = node['Relation Name'] ?? '';
    return node['Node Type'] === 'Seq Scan' && large.has(table) ? [`${table} in ${sql}`] : [];
  });
}
