import path from 'node:path';
import { describeProblem, YamlSource, type FileProblem } from '@leakwatch/contracts';
import { messageOf, readTextFile, UsageError } from '@leakwatch/runtime';
import { z } from 'zod';
import { nearestSetting } from './check-setting-names.ts';
import { KAFKA_VARIABLES } from './kafka-config.ts';
import { FORMER_SETTINGS, SETTINGS } from './known-settings.ts';

const KNOWN = new Set([...SETTINGS, ...FORMER_SETTINGS, ...Object.keys(KAFKA_VARIABLES), 'DATABASE_URL']);
/** Settings of OpenTelemetry, which its own code checks. */
const OTHERS = /^OTEL_[A-Z_]+$/;
/** Settings that name a file or a folder. They count from the file's own folder. */
const PATHS = /_(?:DIR|FILE|RULES|ROUTES|PLAYBOOKS|SSL_CA|SSL_CERT|SSL_KEY)$/;

const ValueSchema = z.union([z.string(), z.number(), z.boolean()], {
  error: 'must be one value: a text, a number, true or false',
});
const FileSchema = z.record(z.string(), ValueSchema, {
  error: 'must be settings, like `LEAKWATCH_DATA_DIR: .data`',
});

/** Returns the settings of a file by name. Throws a UsageError that names every mistake and its place, and no value. */
export async function readSettingsFile(file: string): Promise<Map<string, string>> {
  const text = await readTextFile(file).catch((error: unknown) => {
    throw new UsageError(`cannot read the settings: ${messageOf(error)}`);
  });
  const source = new YamlSource(text);
  // A file of comments alone.
  if (source.problems.length === 0 && source.value === null) return new Map();
  const checked = source.check(FileSchema);
  if (!checked.ok) throw wrong(file, checked.problems);
  const settings = Object.entries(checked.value);
  const unknown = settings.filter(([name]) => !KNOWN.has(name) && !OTHERS.test(name));
  if (unknown.length > 0) {
    throw wrong(
      file,
      unknown.map(([name]) => ({ place: source.placeOf([name]), path: [], message: describeUnknown(name) })),
    );
  }
  return new Map(settings.map(([name, value]) => [name, valueOf(name, value, path.dirname(file))]));
}

function wrong(file: string, problems: readonly FileProblem[]): UsageError {
  const shown = path.relative(process.cwd(), file) || file;
  return new UsageError(problems.map((problem) => describeProblem(shown, problem)).join('\n'));
}

function describeUnknown(name: string): string {
  const meant = nearestSetting(name);
  return `${name}: leakwatch has no such setting${meant === null ? '' : `; did you mean ${meant}?`}`;
}

function valueOf(name: string, value: z.output<typeof ValueSchema>, folder: string): string {
  return PATHS.test(name) ? path.resolve(folder, String(value)) : String(value);
}
