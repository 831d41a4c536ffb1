import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Database, type Queryable } from '../queryable.ts';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.ts';
import { plainValue } from './sealer.ts';

/** Pages of a table that one statement looks through. */
const PAGES_AT_ONCE = 256;

export interface RewriteProgress {
  readonly table: string;
  readonly column: string;
  /** Values that were sealed. */
  readonly values: number;
}

/**
 * Seals what is plain, or sealed with another data key, with this one: in small transactions, while everything runs. If it is
 * interrupted, call it again.
 *
 * @param onColumn - hears of each column when it is done
 */
export function rewriteSealed(
  store: Database,
  keyId: string,
  onColumn?: (progress: RewriteProgress) => void,
): Promise<number> {
  const change = {
    isDue: (column: SealedColumn) => isOther(column, keyId),
    toStore: (secret: Secret) => secret,
  };
  return rewriteColumns(store, change, onColumn);
}

/** Opens what is sealed, and writes it as it is. If it is interrupted, call it again. */
export function rewritePlain(
  store: Database,
  onColumn?: (progress: RewriteProgress) => void,
): Promise<number> {
  return rewriteColumns(store, { isDue: isSealedAtAll, toStore: plainValue }, onColumn);
}

type Secret = ReturnType<SealedColumn['toSecret']>;

/** Which rows of a column to write anew, and how. */
interface Change {
  readonly isDue: (column: SealedColumn) => string;
  readonly toStore: (secret: Secret) => unknown;
}

async function rewriteColumns(
  store: Database,
  change: Change,
  onColumn: (progress: RewriteProgress) => void = () => undefined,
): Promise<number> {
  let total = 0;
  for (const column of SEALED_COLUMNS) {
    let values = 0;
    for await (const pages of pagesOf(store.pool, column)) {
      let some: number;
      do {
        some = await store.transaction((tx) => rewriteSome(tx, column, change, pages));
        values += some;
      } while (some === column.rowsAtOnce);
    }
    onColumn({ table: column.table, column: column.column, values });
    total += values;
  }
  return total;
}

/** Counts the values that are not sealed with this key: 0 once {@link rewriteSealed} is done. */
export async function countOthers(db: Queryable, keyId: string): Promise<number> {
  return countValues(db, (column) => isOther(column, keyId));
}

/** Counts the values that are sealed: 0 once {@link rewritePlain} is done. */
export async function countSealed(db: Queryable): Promise<number> {
  return countValues(db, isSealedAtAll);
}

async function countValues(db: Queryable, condition: (column: SealedColumn) => string): Promise<number> {
  let values = 0;
  for (const column of SEALED_COLUMNS) {
    const answer = await db.query(
      `SELECT count(*)::integer AS n FROM ${column.table} WHERE ${condition(column)}`,
    );
    values += parseRows(answer, z.object({ n: z.int() }))[0]?.n ?? 0;
  }
  return values;
}

/** Whether anything is not sealed with this key. */
export async function hasOthers(db: Queryable, keyId: string): Promise<boolean> {
  return anyColumn(db, (column) => isOther(column, keyId));
}

/** Whether anything is sealed with this key. */
export async function isKeyInUse(db: Queryable, keyId: string): Promise<boolean> {
  return anyColumn(db, (column) => isOf(column, keyId));
}

async function anyColumn(db: Queryable, condition: (column: SealedColumn) => string): Promise<boolean> {
  for (const column of SEALED_COLUMNS) {
    const answer = await db.query(`SELECT FROM ${column.table} WHERE ${condition(column)} LIMIT 1`);
    if (answer.rows.length > 0) return true;
  }
  return false;
}

/** The places of the magic and of the key id: packages/store/sealing/envelope.ts. */
function isOf({ column, type }: SealedColumn, keyId: string): string {
  return type === 'json'
    ? `position('"$sealed":"${keyId}.' IN ${column}::text) > 0`
    : `(substring(${column} FROM 1 FOR 5) = '\\xff4c575301'::bytea AND substring(${column} FROM 10 FOR 8) = '\\x${keyId}'::bytea)`;
}

/** A quote within a string is escaped, so that no content looks like a sealed field. */
function isSealedAtAll({ column, type }: SealedColumn): string {
  return type === 'json'
    ? `position('"$sealed":"' IN ${column}::text) > 0`
    : `substring(${column} FROM 1 FOR 5) = '\\xff4c575301'::bytea`;
}

function isOther(column: SealedColumn, keyId: string): string {
  const isWhole =
    column.type === 'json' ? `${column.column}::text LIKE '{"$sealed":"${keyId}.%'` : isOf(column, keyId);
  const isMixed = column.isMixed?.(keyId) ?? 'true';
  return `${column.where ?? 'true'} AND NOT ${isWhole} AND ${isMixed}`;
}

const RowSchema = z.object({ place: z.string(), value: z.unknown() });

/** A stretch of a table, by its pages. */
type Pages = readonly [from: string, to: string];

async function* pagesOf(db: Queryable, { table }: SealedColumn): AsyncGenerator<Pages> {
  const answer = await db.query(
    `SELECT (pg_relation_size('${table}') / current_setting('block_size')::integer)::integer AS pages`,
  );
  const pages = parseRows(answer, z.object({ pages: z.int() }))[0]?.pages ?? 0;
  for (let from = 0; from < pages; from += PAGES_AT_ONCE)
    yield [`(${from},0)`, `(${from + PAGES_AT_ONCE},0)`];
}

async function rewriteSome(
  tx: Queryable,
  sealed: SealedColumn,
  { isDue, toStore }: Change,
  pages: Pages,
): Promise<number> {
  const { table, column, type, rowsAtOnce, toSecret } = sealed;
  await tx.query("SELECT set_config('leakwatch.resealing', 'on', true)");
  const answer = await tx.query(
    `SELECT ctid::text AS place, ${column} AS value FROM ${table}
     WHERE ctid >= $1::tid AND ctid < $2::tid AND ${isDue(sealed)} LIMIT ${rowsAtOnce} FOR UPDATE`,
    [...pages],
  );
  const rows = parseRows(answer, RowSchema);
  if (rows.length === 0) return 0;
  await tx.query(
    `UPDATE ${table} SET ${column} = new.value FROM unnest($1::tid[], $2::${type}[]) AS new (place, value)
     WHERE ctid = new.place`,
    [rows.map(({ place }) => place), rows.map(({ value }) => toStore(toSecret(value)))],
  );
  return rows.length;
}
