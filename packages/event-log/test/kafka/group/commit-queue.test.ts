import { describe, expect, it } from 'vitest';
import { createCommitQueue, type Commit } from '../../../kafka/group/commit-queue.ts';

const at = (partition: number, offset: bigint): Commit => ({ topic: 'posts', partition, offset });

describe('the commit queue', () => {
  it('sends what waits together, the greatest offset of each partition, and each member by itself', async () => {
    const sent: [string, string[]][] = [];
    const commit = createCommitQueue<string>((member, commits) => {
      sent.push([member, commits.map(({ partition, offset }) => `${partition}@${offset}`)]);
      return Promise.resolve();
    });
    await Promise.all([
      commit('a', [at(0, 1n)]),
      commit('a', [at(1, 5n)]),
      commit('a', [at(2, 9n), at(1, 4n)]),
      commit('b', [at(0, 2n)]),
      commit('a', [at(2, 7n)]),
    ]);
    expect(sent).toEqual([
      ['a', ['0@1']],
      ['a', ['1@5', '2@9']],
      ['b', ['0@2']],
    ]);
  });

  it('that gathers sends those together, too, that come right after the first', async () => {
    const sent: string[] = [];
    const commit = createCommitQueue<string>((_, commits) => {
      sent.push(commits.map(({ partition }) => partition).join(' '));
      return Promise.resolve();
    }, 1);
    await Promise.all([commit('a', [at(0, 1n)]), Promise.resolve().then(() => commit('a', [at(1, 1n)]))]);
    expect(sent).toEqual(['0 1']);
  });

  it('fails those that went together, and goes on', async () => {
    let fails = false;
    const commit = createCommitQueue<string>(() =>
      fails ? Promise.reject(new Error('the broker is away')) : Promise.resolve(),
    );
    const first = commit('a', [at(0, 1n)]);
    fails = true;
    const others = await Promise.allSettled([commit('a', [at(0, 2n)]), commit('a', [at(1, 2n)])]);
    expect(others.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await first;
    fails = false;
    await expect(commit('a', [at(0, 3n)])).resolves.toBeUndefined();
  });
});
