import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteBudget, OverBudgetError } from '../memory/byte-budget.ts';

const exactly = (bytes: number) => ({ bytes, isExact: true });
const upTo = (bytes: number) => ({ bytes, isExact: false });

/** True once a promise has settled, after everything that can happen by itself has happened. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const note = () => (settled = true);
  promise.then(note, note);
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

describe('createByteBudget', () => {
  it('lets work wait until other work has given its bytes back', async () => {
    const budget = createByteBudget({ bytes: 200, perAccount: 100 });
    const [first, second, third] = [budget.open(), budget.open(), budget.open()];
    await second.take(exactly(80));
    const waits = third.take(exactly(80));
    expect(await isSettled(waits)).toBe(false);
    second.close();
    expect((await waits).bytes).toBe(80);
    first.close();
  });

  it('keeps room for the oldest, so that two that need each other’s bytes both end', async () => {
    const budget = createByteBudget({ bytes: 200, perAccount: 100 });
    const [oldest, next] = [budget.open(), budget.open()];
    await oldest.take(exactly(10));
    await next.take(exactly(90));
    const waits = next.take(exactly(10));
    await oldest.take(exactly(90));
    oldest.close();
    await waits;
    expect(budget.held()).toBe(100);
  });

  it('refuses what one account can never hold, and what is left of it to work of unknown size', async () => {
    const budget = createByteBudget({ bytes: 300, perAccount: 100 });
    const account = budget.open();
    await expect(account.take(exactly(101))).rejects.toThrow(OverBudgetError);
    (await account.take(upTo(60))).settle(60);
    const rest = await account.take(upTo(60));
    expect(rest.bytes).toBe(40);
    rest.settle(40);
    await expect(account.take(upTo(60))).rejects.toThrow(OverBudgetError);
  });

  it('waits for work whose size is not known yet before it gives less than was asked for', async () => {
    const budget = createByteBudget({ bytes: 300, perAccount: 100 });
    const account = budget.open();
    const first = await account.take(upTo(80));
    const second = account.take(upTo(80));
    expect(await isSettled(second)).toBe(false);
    first.settle(5);
    expect((await second).bytes).toBe(80);
  });

  it('gives up waiting when the signal is aborted or the account closed', async () => {
    const budget = createByteBudget({ bytes: 200, perAccount: 100 });
    const [, second, third] = [budget.open(), budget.open(), budget.open()];
    await second.take(exactly(100));
    const controller = new AbortController();
    const aborted = third.take(exactly(50), controller.signal);
    const closed = third.take(exactly(50));
    controller.abort(new Error('stopping'));
    third.close();
    await expect(aborted).rejects.toThrow('stopping');
    await expect(closed).rejects.toThrow('the account is closed');
  });

  it('never holds more than its bytes, and ends all work, whatever is asked for in whatever order', async () => {
    const Work = fc.array(
      fc.record({ bytes: fc.integer({ min: 1, max: 60 }), isExact: fc.boolean(), used: fc.nat(60) }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(Work, { minLength: 1, maxLength: 8 }), async (works) => {
        const budget = createByteBudget({ bytes: 250, perAccount: 100 });
        let most = 0;
        await Promise.all(
          works.map(async (steps) => {
            const account = budget.open();
            const taken = steps.map(async ({ used, ...wanted }) => {
              try {
                const hold = await account.take(wanted);
                most = Math.max(most, budget.held());
                hold.settle(used);
              } catch (error) {
                expect(error).toBeInstanceOf(OverBudgetError);
              }
            });
            await Promise.all(taken);
            account.close();
          }),
        );
        expect(most).toBeLessThanOrEqual(250);
        expect(budget.held()).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
