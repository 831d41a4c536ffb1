/** Every fault of the matrix at once, for as long as LEAKWATCH_SOAK_MINUTES says (10), on each log. */
import { setTimeout as sleep } from 'node:timers/promises';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { seededRandom } from '../harness/seeded-random.ts';
import { SESSION_MS } from './harness/arrangement.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { SINGLE_LOGS } from './harness/log-kinds.ts';
import { makePosts } from './harness/made-posts.ts';
import { openNetwork } from './harness/open-network.ts';
import { openScene, type Scene } from './harness/scene.ts';
import { type ServiceName } from './harness/service-messages.ts';
import { type ServiceProcess } from './harness/start-services.ts';
import { type TcpProxy } from './harness/tcp-proxy.ts';

const SEED = Number(process.env['LEAKWATCH_SOAK_SEED'] ?? 1);
const MINUTES = Number(process.env['LEAKWATCH_SOAK_MINUTES'] ?? 10);
const POSTS_A_TURN = 40;
const ROLES: readonly ServiceName[] = ['matcher', 'matcher', 'alerting', 'alerting'];

interface Weather {
  readonly scene: Scene;
  readonly network: TcpProxy;
  /** One process for each role. */
  readonly processes: ServiceProcess[];
  readonly random: () => number;
}

type Fault = (weather: Weather, role: number) => Promise<void>;

/** Ends the role's process by the signal and starts another. */
const replace =
  (signal: 'SIGKILL' | 'SIGTERM'): Fault =>
  async ({ scene, processes }, role) => {
    processes[role]!.signal(signal);
    await processes[role]!.ended;
    processes[role] = await scene.start([ROLES[role]!]);
  };

const FAULTS: readonly Fault[] = [
  replace('SIGKILL'),
  replace('SIGTERM'),
  async ({ processes, random }, role) => {
    processes[role]!.signal('SIGSTOP');
    await sleep(2 * SESSION_MS * random());
    processes[role]!.signal('SIGCONT');
  },
  ({ network }) => duringFault(network, () => network.cut()),
  ({ network }) => duringFault(network, () => network.silence()),
  ({ network }) => duringFault(network, () => network.delay(SESSION_MS / 20)),
];

async function duringFault(network: TcpProxy, begin: () => void): Promise<void> {
  begin();
  await sleep(SESSION_MS);
  network.mend();
}

describe.each(SINGLE_LOGS)('a storm, on $name', (kind) => {
  itNeeds(kind.needs, kind.isHere)(
    `of ${MINUTES} minutes (seed ${SEED}): every acknowledged post has exactly one effect`,
    async () => {
      const network = await openNetwork(SEED);
      const scene = await openScene(kind, { network });
      const processes = await Promise.all(ROLES.map((role) => scene.start([role])));
      const weather = { scene, network, processes, random: seededRandom(SEED) };
      const posts = makePosts(SEED);
      const until = Date.now() + MINUTES * 60_000;
      while (Date.now() < until) {
        const published = scene.publish(posts(POSTS_A_TURN));
        const fault = FAULTS[Math.floor(weather.random() * FAULTS.length)]!;
        await fault(weather, Math.floor(weather.random() * ROLES.length));
        await published;
      }
      expect(await scene.settle()).toEqual(ALL_WELL);
    },
  );
});
