import { type Creator, type YamlEdit } from '@leakwatch/contracts';
import { plainCreator } from './plain-list.ts';

/** The changes of a list's file that make its creators those given. Creators and accounts are added, and none is removed. */
export function editsForCreators(before: readonly Creator[], wanted: readonly Creator[]): YamlEdit[] {
  const places = new Map(before.map((creator, index) => [creator.id, { creator, index }]));
  const added = wanted.filter(({ id }) => !places.has(id)).map(plainCreator);
  const changes = wanted.flatMap((creator) => {
    const place = places.get(creator.id);
    return place === undefined ? [] : editsFor(place.creator, creator, ['creators', place.index]);
  });
  // The last creator's own changes stand before those who follow.
  return [
    ...changes,
    ...(added.length === 0 ? [] : [{ kind: 'append', path: ['creators'], items: added } as const]),
  ];
}

function editsFor(before: Creator, after: Creator, at: readonly (string | number)[]): YamlEdit[] {
  const edits: YamlEdit[] = [];
  const [old, now] = [plainCreator(before), plainCreator(after)];
  // Accounts may be the last of the creator's keys: new keys stand below them.
  const items = after.accounts.slice(before.accounts.length);
  if (items.length > 0) edits.push({ kind: 'append', path: [...at, 'accounts'], items });
  for (const key of ['name', 'quietHours'] as const) {
    if (now[key] !== old[key]) edits.push({ kind: 'set', path: [...at, key], value: now[key] });
  }
  if (now.risk === undefined) return edits;
  if (old.risk === undefined) return [...edits, { kind: 'set', path: [...at, 'risk'], value: now.risk }];
  const oldRisk = new Map(Object.entries(old.risk));
  for (const [key, value] of Object.entries(now.risk)) {
    if (oldRisk.get(key) !== value) edits.push({ kind: 'set', path: [...at, 'risk', key], value });
  }
  return edits;
}
