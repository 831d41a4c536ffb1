import { it } from 'vitest';

/**
 * `it` for a test that needs something of the machine. Where that is missing the test is skipped under a name that says
 * why; where `LEAKWATCH_REQUIRE_ALL` is set, as CI does, it fails instead: a skip there would hide what is no longer tested.
 */
export function itNeeds(
  what: string,
  isHere: boolean,
): (name: string, test: () => Promise<void> | void) => void {
  if (isHere) return it;
  if (process.env.LEAKWATCH_REQUIRE_ALL === '1') {
    return (name) => {
      it(name, () => {
        throw new Error(`needs ${what}, and LEAKWATCH_REQUIRE_ALL is set`);
      });
    };
  }
  return (name, test) => {
    it.skip(`${name} (skipped: needs ${what})`, test);
  };
}
