// Runs vitest's tests in Stryker's own process. The tests and the code are loaded once, and each mutant is only switched on, so
// that one takes milliseconds, not seconds. Only for tests without hooks, mocks and snapshots: those of the pure packages.
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { register } from 'tsx/esm/api';
import { TestRunner as Vitest } from 'vitest';
import { collectTests } from 'vitest/internal/browser';

/** Stryker's switchboard: the mutant that is on, how often it was met, and by which test. */
const switches = (globalThis.__stryker__ ??= {});

const HOOKS = ['beforeAll', 'afterAll', 'beforeEach', 'afterEach', 'aroundAll', 'aroundEach'];

class InProcessRunner {
  static inject = [];
  /** By their ids. */
  #tests = new Map();
  /** How long each test took without a mutant. */
  #durations = new Map();

  capabilities() {
    return { reloadEnvironment: false };
  }

  async #load() {
    if (this.#tests.size > 0) return;
    register();
    globalThis.__vitest_worker__ = { config: {} };
    for (const file of JSON.parse(process.env.MUTANTS_TESTS)) this.#keep(await collect(file));
  }

  #keep(file) {
    if (file.result?.state === 'fail') throw new Error(`${file.name}: ${file.result.errors[0].stack}`);
    for (const test of testsOf(file)) {
      const name = `${file.name}#${test.fullTestName}`;
      this.#tests.set(this.#tests.has(name) ? `${name} (${this.#tests.size})` : name, test);
    }
  }

  async dryRun() {
    await this.#load();
    const tests = [];
    for (const id of this.#tests.keys()) {
      switches.currentTestId = id;
      const result = await this.#run(id);
      switches.currentTestId = undefined;
      this.#durations.set(id, result.timeSpentMs);
      tests.push(result);
    }
    return { status: 'complete', tests, mutantCoverage: switches.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const isStatic = mutantActivation === 'static';
    // Code that runs on load must find its mutant. Stryker gives each of these a process of its own.
    if (isStatic) switches.activeMutant = activeMutant.id;
    await this.#load();
    let nrOfTests = 0;
    for (const id of this.#quickestFirst(testFilter ?? [...this.#tests.keys()])) {
      nrOfTests += 1;
      Object.assign(switches, { activeMutant: activeMutant.id, hitLimit, hitCount: 0 });
      const result = await this.#run(id);
      const isEndless = switches.hitCount > hitLimit;
      Object.assign(switches, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
      if (result.status !== 1) continue;
      if (!isStatic) await this.#assertClean(id);
      if (isEndless) return { status: 'timeout', reason: `met more than ${hitLimit} times` };
      return { status: 'killed', killedBy: [id], failureMessage: result.failureMessage, nrOfTests };
    }
    return { status: 'survived', nrOfTests };
  }

  #quickestFirst(ids) {
    const durationOf = (id) => this.#durations.get(id) ?? 0;
    return ids.toSorted((a, b) => durationOf(a) - durationOf(b));
  }

  /** A test that fails without the mutant too fails by what a mutant left behind. Stryker then begins with a new process. */
  async #assertClean(id) {
    const { failureMessage } = await this.#run(id);
    if (failureMessage !== undefined) throw new Error(`${id} fails without a mutant: ${failureMessage}`);
  }

  async #run(id) {
    const test = this.#tests.get(id);
    const start = performance.now();
    let failureMessage;
    try {
      await Vitest.getTestFn(test)();
    } catch (error) {
      failureMessage = String(error?.message ?? error);
    }
    const timeSpentMs = performance.now() - start;
    return failureMessage === undefined
      ? { id, name: id, timeSpentMs, status: 0 }
      : { id, name: id, timeSpentMs, status: 1, failureMessage };
  }
}

async function collect(file) {
  const runner = {
    config: {
      root: process.cwd(),
      name: '',
      setupFiles: [],
      sequence: { hooks: 'stack', setupFiles: 'list' },
      testTimeout: 0,
      hookTimeout: 0,
      tags: [],
    },
    pool: 'forks',
    trace: (name, attributes, run) => (typeof attributes === 'function' ? attributes() : run()),
    importFile: (filePath) => import(pathToFileURL(filePath).href),
  };
  const [collected] = await collectTests([path.resolve(file)], runner);
  return collected;
}

function testsOf(suite) {
  const hooks = Vitest.getSuiteHooks(suite) ?? {};
  const held = HOOKS.filter((name) => (hooks[name] ?? []).length > 0);
  if (held.length > 0) throw new Error(`${suite.name} has ${held.join(', ')}, which no mutant would run`);
  return suite.tasks.flatMap((task) => {
    if (task.type === 'suite') return testsOf(task);
    return task.mode === 'run' ? [task] : [];
  });
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', injectableClass: InProcessRunner }];
