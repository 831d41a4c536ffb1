import { labelMigration, type Migration } from '../read-migrations.ts';

/** A migration that databases out there may have run. */
export interface LandedMigration {
  /** `000021-process-status` */
  readonly label: string;
  readonly sha256: string;
}

type Present = Pick<Migration, 'number' | 'name' | 'sha256'>;

const LINE = /^([0-9a-f]{64}) {2}(\d{6}-[a-z0-9-]+)$/;

/** Reads the list as `sha256sum` writes it: a hash and a name on each line. */
export function parseLanded(text: string): LandedMigration[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line === '') return [];
    const [, sha256, label] = LINE.exec(line) ?? [];
    if (sha256 === undefined || label === undefined) throw new Error(`line ${index + 1} is no hash and name`);
    return [{ label, sha256 }];
  });
}

export function formatLanded(migrations: readonly Present[]): string {
  return migrations.map((migration) => `${migration.sha256}  ${labelMigration(migration)}\n`).join('');
}

/** Finds landed migrations that were changed or removed, and new ones that a database of today would not run. */
export function findBroken(present: readonly Present[], landed: readonly LandedMigration[]): string[] {
  const hashes = new Map(present.map((migration) => [labelMigration(migration), migration.sha256]));
  const last =
    landed
      .map(({ label }) => label)
      .toSorted()
      .at(-1) ?? '';
  const broken = landed.flatMap(({ label, sha256 }) => {
    const now = hashes.get(label);
    if (now === undefined) return [`${label} is missing: put the file back, under this name`];
    if (now === sha256) return [];
    return [`${label} was changed: put it back as it was, and write the change as a new migration`];
  });
  const early = findNew(present, landed)
    .map(labelMigration)
    .filter((label) => label.slice(0, 6) <= last.slice(0, 6))
    .map((label) => `${label} stands before ${last}, which has landed: give it a higher number`);
  return [...broken, ...early];
}

/** Finds the migrations that the list does not name. */
export function findNew<M extends Present>(present: readonly M[], landed: readonly LandedMigration[]): M[] {
  const known = new Set(landed.map(({ label }) => label));
  return present.filter((migration) => !known.has(labelMigration(migration)));
}
