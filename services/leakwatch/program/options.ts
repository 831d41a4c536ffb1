import { userInfo } from 'node:os';
import { Argument, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { InstantSchema } from '@leakwatch/contracts';

export function dataDirOption() {
  return new Option('--data-dir <dir>', 'folder of the embedded database')
    .env('LEAKWATCH_DATA_DIR')
    .default('.data');
}

/** Parses a whole number in a range, its ends included. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`must be a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** For commands that do something: what they have done, as docs/use/outcomes.schema.json describes it. */
export function jsonOption() {
  return new Option('--json', 'one JSON line each').default(false);
}

export function alertIdArgument() {
  return new Argument('<id>', "the alert's id, or the first 6 or more of its digits");
}

export function alertIdsArgument() {
  return new Argument(
    '[ids...]',
    'ids, or the first 6 or more of their digits; `-` reads them from standard input',
  );
}

export function byOption() {
  return new Option('--by <name>', 'your name').default(userInfo().username);
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Parses an instant, or a time from now. */
export function instantOrFromNow(text: string): Date {
  const [, amount, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (amount !== undefined) return new Date(Date.now() + Number(amount) * (UNIT_MS[unit] ?? 0));
  const instant = InstantSchema.safeParse(text);
  if (!instant.success) {
    throw new InvalidArgumentError(
      'must be a time from now like 90m, 4h or 2d, or an instant like 2026-11-22T09:00:00Z.',
    );
  }
  return new Date(instant.data);
}

/** Parses an instant, a day, or a time back from now. */
export function instantAgo(text: string): Date {
  const [, amount, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  return amount === undefined ? instant(text) : new Date(Date.now() - Number(amount) * (UNIT_MS[unit] ?? 0));
}

/** Parses a day or an instant. */
export function instant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('must be a date or an instant.');
  return at;
}
