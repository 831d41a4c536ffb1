import { type Account } from '@leakwatch/contracts';

const LONGEST = 80;

/** Makes an id for a creator who has none, by the account's name; empty without an account. */
export function creatorIdFor(account: Account | undefined, isTaken: (id: string) => boolean): string {
  if (account === undefined) return '';
  const name = (account.handle ?? account.nativeId ?? '')
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/(?<=.)@.*$/, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}._-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, LONGEST);
  const base = name === '' ? 'creator' : name;
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!isTaken(id)) return id;
  }
}
