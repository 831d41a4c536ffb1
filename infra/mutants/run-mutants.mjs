// Mutation testing by StrykerJS, a package at a time: `npm run mutants -- --package estimates`. Results of earlier runs are
// reused where neither the code nor its tests have changed (`--fresh` forgets them). `--file` mutates some files only.
// `--ignore-static` sets aside mutants in code that runs once, on load: each of them needs every test.
import { mkdirSync, rmSync } from 'node:fs';
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
  process.env.MUTANTS_TESTS = JSON.stringify(tests);
  const stryker = new Stryker({
    mutate: values.file ?? [...files, '!**/*.test.ts'],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'infra/mutants/vitest.mutants.config.ts' },
    incremental: values.file === undefined,
    incrementalFile,
    reporters: ['clear-text', 'html'],
    clearTextReporter: { reportTests: false, allowColor: false, reportScoreTable: true },
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
