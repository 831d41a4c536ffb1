// Mutation testing by StrykerJS, a package at a time: `npm run mutants -- --package estimates`. Results of earlier runs are
// reused where neither the code nor its tests have changed (`--fresh` forgets them). `--file` mutates some files only.
// `--ignore-static` sets aside mutants in code that runs once, on load: each of them needs every test.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import path from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { MUTATED } from './packages.mjs';

/** A package below this score fails the run. */
const LEAST_SCORE = 80;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
process.chdir(root);

const { values } = parseArgs({
  options: {
    package: { type: 'string', multiple: true },
    file: { type: 'string', multiple: true },
    concurrency: { type: 'string', default: '2' },
    fresh: { type: 'boolean', default: false },
    'ignore-static': { type: 'boolean', default: false },
    runner: { type: 'string', default: 'in-process' },
  },
});
const names = values.package ?? Object.keys(MUTATED);
const unknown = names.filter((name) => !(name in MUTATED));
if (unknown.length > 0) {
  const known = Object.keys(MUTATED).join(', ');
  process.stderr.write(`--package ${unknown.join(', ')} is not mutated; these are: ${known}\n`);
  process.exit(2);
}

const scores = [];
for (const name of names) scores.push(scoreOf(name, await mutate(name)));
process.stdout.write(`\n${scores.map(describe).join('\n')}\n`);
if (scores.some(({ score }) => score < LEAST_SCORE)) process.exitCode = 1;

async function mutate(name) {
  const { mutate: files, tests } = MUTATED[name];
  const folder = path.join('node_modules/.cache/mutants', name);
  mkdirSync(folder, { recursive: true });
  const incrementalFile = path.join(folder, 'incremental.json');
  if (values.fresh) rmSync(incrementalFile, { force: true });
  process.env.MUTANTS_TESTS = JSON.stringify(testFilesOf(tests));
  const stryker = new Stryker({
    mutate: values.file ?? [...files, '!**/*.test.ts'],
    testRunner: values.runner,
    plugins: ['@stryker-mutator/vitest-runner', path.join(root, 'infra/mutants/in-process-runner.mjs')],
    vitest: { configFile: 'infra/mutants/vitest.mutants.config.ts' },
    incremental: values.file === undefined,
    incrementalFile,
    reporters: ['clear-text', 'html', 'progress-append-only'],
    clearTextReporter: { reportTests: false, logTests: false, allowColor: false, reportScoreTable: true },
    htmlReporter: { fileName: path.join(folder, 'report.html') },
    // Outside node_modules, where vitest looks for no tests.
    tempDirName: path.join('.data/mutants', name),
    concurrency: Number(values.concurrency),
    // Generous: on a busy machine a test that is merely slow must not count as a kill.
    timeoutMS: 10_000,
    ignoreStatic: values['ignore-static'],
    allowEmpty: false,
    ignorePatterns: ['docs', 'fixtures', '**/dist', '.data', '**/bench'],
  });
  return stryker.runMutationTest();
}

/** The test files that are named, and those of the folders that are named. */
function testFilesOf(entries) {
  const isNamed = (file) => entries.some((entry) => file === entry || file.startsWith(`${entry}/`));
  return listTests('.').filter(isNamed);
}

function listTests(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|dist|\..*)$/.test(entry.name) ? [] : listTests(place);
    return entry.name.endsWith('.test.ts') ? [place] : [];
  });
}

/** Killed by a test or by the time limit, as a share of all mutants that compile and are not set aside with a reason. */
function scoreOf(name, results) {
  const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  const killed = count('Killed', 'Timeout');
  const survived = count('Survived', 'NoCoverage');
  return {
    name,
    killed,
    survived,
    ignored: count('Ignored'),
    score: (100 * killed) / Math.max(1, killed + survived),
  };
}

function describe({ name, killed, survived, ignored, score }) {
  return `${name}: ${score.toFixed(1)} % (${killed} of ${killed + survived} mutants killed, ${ignored} set aside)`;
}
