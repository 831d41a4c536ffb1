import { type Account } from '@leakwatch/contracts';
import { type EditedCreator } from '../../schemas/index.ts';

/** Creators of a list and of the rows read so far, found by their accounts. */
export interface KnownAccounts {
  /** The creator that has an account; undefined if none has it. */
  ownerOf(account: Account): string | undefined;
  add(creator: EditedCreator): void;
}

export function createKnownAccounts(creators: Iterable<EditedCreator>): KnownAccounts {
  const owners = new Map<string, string>();
  const add = ({ id, accounts }: EditedCreator) => {
    for (const key of accounts.flatMap(keysOf)) if (!owners.has(key)) owners.set(key, id);
  };
  for (const creator of creators) add(creator);
  return {
    add,
    ownerOf: (account) =>
      keysOf(account)
        .map((key) => owners.get(key))
        .find((owner) => owner !== undefined),
  };
}

/** Accounts are the same by their id, and else by their handle. */
export function withAccounts(known: readonly Account[], read: readonly Account[]): readonly Account[] {
  const all = [...known];
  for (const account of read) {
    const keys = keysOf(account);
    if (!all.some((one) => keysOf(one).some((key) => keys.includes(key)))) all.push(account);
  }
  return all;
}

function keysOf({ platform, instance = '', nativeId, handle }: Account): string[] {
  const at = `${platform.toLowerCase()}\n${instance.toLowerCase()}`;
  return [
    ...(nativeId === undefined ? [] : [`${at}\nid ${nativeId}`]),
    ...(handle === undefined ? [] : [`${at}\n@${handle.replace(/^@/, '').toLowerCase()}`]),
  ];
}
