import { type TestStore } from '@leakwatch/store/testing';
import { z } from 'zod';

const NamesSchema = z.array(z.object({ name: z.string() }));
const CountSchema = z.array(z.object({ n: z.int() }));

/** The tables that hold a word, as text or as bytes. */
export async function findInTables(store: TestStore, word: string): Promise<string[]> {
  const { rows } = await store.pool.query(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const holding: string[] = [];
  for (const { name } of NamesSchema.parse(rows)) {
    const answer = await store.pool.query(
      `SELECT count(*)::integer AS n FROM "${name}" t WHERE position($1 IN t::text) > 0 OR position($2 IN t::text) > 0`,
      [word, Buffer.from(word).toString('hex')],
    );
    if ((CountSchema.parse(answer.rows)[0]?.n ?? 0) > 0) holding.push(name);
  }
  return holding;
}
