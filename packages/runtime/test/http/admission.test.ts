import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdmission } from '../../index.ts';

const NEVER = new AbortController().signal;
const LIMITS = { bytes: 100, requests: 4, waiting: 2, waitMs: 60_000 };

/** True if a promise is still pending after everything that could settle it has run. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  return (
    (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, pending))])) === pending
  );
}

describe('an admission', () => {
  it('admits up to its bytes and requests, and the next one when room is given back', async () => {
    const admission = createAdmission(LIMITS);
    const first = await admission.enter('a', 50, NEVER);
    const second = await admission.enter('b', 50, NEVER);
    const third = admission.enter('c', 10, NEVER);
    expect(await isPending(third)).toBe(true);
    second?.();
    expect(typeof (await third)).toBe('function');
    first?.();
  });

  it('gives one caller at most half, even with others waiting behind it', async () => {
    const admission = createAdmission(LIMITS);
    await admission.enter('greedy', 30, NEVER);
    const more = admission.enter('greedy', 30, NEVER);
    expect(await isPending(more)).toBe(true);
    expect(typeof (await admission.enter('honest', 50, NEVER))).toBe('function');
    expect(await isPending(more)).toBe(true);
  });

  it('admits a body above the limit when nothing else is admitted', async () => {
    const admission = createAdmission(LIMITS);
    const leave = await admission.enter('a', 5000, NEVER);
    const next = admission.enter('b', 1, NEVER);
    expect(await isPending(next)).toBe(true);
    leave?.();
    expect(typeof (await next)).toBe('function');
  });

  it('refuses whom it would have to let wait behind too many, and those who gave up or were gone before', async () => {
    const admission = createAdmission(LIMITS);
    await admission.enter('a', 100, NEVER);
    const gone = new AbortController();
    const waiting = admission.enter('b', 100, gone.signal);
    void admission.enter('c', 100, NEVER);
    expect(await admission.enter('d', 100, NEVER)).toBeNull();
    gone.abort();
    expect(await waiting).toBeNull();
    expect(await admission.enter('e', 1, gone.signal)).toBeNull();
  });

  it('refuses after the longest wait', async () => {
    const admission = createAdmission({ ...LIMITS, waitMs: 1 });
    await admission.enter('a', 100, NEVER);
    expect(await admission.enter('b', 100, NEVER)).toBeNull();
  });

  it('gives room back once, however often it is told', async () => {
    const admission = createAdmission({ ...LIMITS, waitMs: 1 });
    const first = await admission.enter('a', 50, NEVER);
    await admission.enter('b', 50, NEVER);
    first?.();
    first?.();
    await admission.enter('c', 50, NEVER);
    expect(await admission.enter('d', 50, NEVER)).toBeNull();
  });

  it('never holds more than its limits, and is empty at the end', async () => {
    const request = fc.record({ caller: fc.constantFrom('a', 'b', 'c'), bytes: fc.nat({ max: 60 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
        const admission = createAdmission({ ...LIMITS, waiting: 100 });
        let [bytes, count, done] = [0, 0, 0];
        const all = requests.map(async (one) => {
          const leave = await admission.enter(one.caller, one.bytes, NEVER);
          bytes += one.bytes;
          count += 1;
          expect(count === 1 || (bytes <= LIMITS.bytes && count <= LIMITS.requests)).toBe(true);
          await new Promise((resolve) => setImmediate(resolve));
          bytes -= one.bytes;
          count -= 1;
          done += 1;
          leave?.();
        });
        await Promise.all(all);
        expect(done).toBe(requests.length);
      }),
      { numRuns: 100 },
    );
  });
});
