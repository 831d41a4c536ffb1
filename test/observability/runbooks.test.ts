import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../services/leakwatch/program.ts';
import { knownMetricNames, metricNamesIn } from './support/metric-names.ts';
import { readRunbooks, RUNBOOKS } from './support/read-runbooks.ts';
import { readAlertRules } from './support/rule-files.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NO_SOURCES = new Set(['node_modules', 'dist', 'test', 'web']);
const runbooks = readRunbooks();
const alerts = new Map(readAlertRules().map((rule) => [rule.alert, rule]));

it('every alert has a runbook, and every runbook an alert', () => {
  expect(runbooks.map(({ alert }) => alert).toSorted()).toEqual([...alerts.keys()].toSorted());
});

interface NamedCommand {
  name(): string;
  readonly commands: readonly NamedCommand[];
  readonly options: readonly { readonly long?: string | undefined }[];
}

/** Commands and options of a line that the program doesn't have. */
function unknownIn(command: string): string[] {
  const words = command.split(' ');
  let at: NamedCommand = createProgram();
  while (at.commands.length > 0) {
    const next = at.commands.find((one) => one.name() === words[0]);
    if (next === undefined) return [`${at.name()} ${words[0] ?? ''}`];
    at = next;
    words.shift();
  }
  const known = at.options.map(({ long }) => long);
  return words.filter((word) => word.startsWith('--') && !known.includes(word));
}

it('the runbook of failing work names every reason that is counted', () => {
  const counted = ['services', 'packages']
    .flatMap((folder) => sourcesIn(path.join(ROOT, folder)))
    .flatMap((file) => {
      const source = readFileSync(file, 'utf8');
      return [
        ...source.matchAll(
          /(?:failure: |stageFailures\.inc\()\{[^}]*\breason: '([^']+)'|report\('([^']+)',/g,
        ),
      ].map(([, reason, reported]) => reason ?? reported ?? '');
    });
  expect(counted.length).toBeGreaterThan(20);
  const { text = '' } = runbooks.find(({ alert }) => alert === 'LeakwatchStageFailing') ?? {};
  // That of a scrape is the database's own alert.
  const told = new Set([...text.matchAll(/`([a-z-]+)`/g)].map(([, reason = '']) => reason)).add(
    'gauges-unavailable',
  );
  expect([...new Set(counted)].filter((reason) => !told.has(reason))).toEqual([]);
});

/** Sources below a folder, without tests and what is built. */
function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return NO_SOURCES.has(entry.name) ? [] : sourcesIn(place);
    return place.endsWith('.ts') ? [place] : [];
  });
}

describe.each(runbooks)('the runbook $alert', ({ alert, text, queries, commands }) => {
  it('says what the alert means, how to see it and what to do', () => {
    expect(text.match(/^##? .+$/gm)).toEqual([
      `# ${alert}`,
      '## What it means',
      '## How to see it',
      '## What to do',
    ]);
  });

  it('says how urgent it is, as the rule does', () => {
    const severity = alerts.get(alert)?.labels.severity;
    expect(text).toContain(severity === 'page' ? 'Page: act now.' : 'Ticket: act on the next working day.');
  });

  it('asks only for metrics and series that exist', async () => {
    const known = await knownMetricNames();
    expect(queries.length).toBeGreaterThan(0);
    expect(queries.filter((query) => metricNamesIn(query).length === 0)).toEqual([]);
    expect(queries.flatMap(metricNamesIn).filter((name) => !known.has(name))).toEqual([]);
  });

  it('names only commands and options that leakwatch has', () => {
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.flatMap(unknownIn)).toEqual([]);
  });

  it('gives a step that differs for `up`, for processes and for compose', () => {
    const differing = text.split('\n').filter((line) => /docker|systemctl|journalctl/.test(line));
    for (const line of differing) {
      const cells = line.split(/(?<!\\)\|/).slice(1, -1);
      expect(cells.map((cell) => cell.trim()).filter((cell) => cell !== '')).toHaveLength(4);
    }
    const heads = text.split('\n').filter((line) => line.startsWith('| step'));
    expect(heads.map((head) => head.replaceAll(/ +/g, ' '))).toEqual(
      differing.length === 0 ? [] : ['| step | `leakwatch up` | processes | compose |'],
    );
  });

  it('leads only to pages that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(path.resolve(RUNBOOKS, link)))).toEqual([]);
  });
});
