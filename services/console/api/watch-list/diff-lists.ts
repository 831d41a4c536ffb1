import { type EditedCampaign, type ListChange } from '../schemas/index.ts';
import { type EditedList } from './apply-edits.ts';

type Fields = Readonly<Record<string, unknown>>;
type Part = Pick<ListChange, 'part' | 'campaignId'>;

/** Tells two watch lists apart, item by item and field by field. */
export function diffLists(before: EditedList, after: EditedList): ListChange[] {
  const changes: ListChange[] = [];
  for (const [old, now] of pairs(before.campaigns, after.campaigns)) {
    const campaignId = (now ?? old)?.id ?? '';
    changes.push(...diffOne({ part: 'campaign', campaignId }, own(old), own(now)));
    for (const [one, other] of pairs(old?.terms ?? [], now?.terms ?? [])) {
      changes.push(...diffOne({ part: 'term', campaignId }, one, other));
    }
    for (const [one, other] of pairs(old?.assets ?? [], now?.assets ?? [])) {
      changes.push(...diffOne({ part: 'asset', campaignId }, one, other));
    }
  }
  for (const [old, now] of pairs(before.creators, after.creators)) {
    changes.push(...diffOne({ part: 'creator', campaignId: null }, old, now));
  }
  const words = (list: EditedList) => ({ id: 'ordinary words', words: list.ordinaryWords ?? [] });
  changes.push(...diffOne({ part: 'ordinary-words', campaignId: null }, words(before), words(after)));
  return changes;
}

/** A campaign without its items, which have lines of their own. */
function own(campaign: EditedCampaign | undefined): (Fields & { readonly id: string }) | undefined {
  return campaign && { ...campaign, terms: undefined, assets: undefined };
}

function pairs<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
): [before: T | undefined, after: T | undefined][] {
  const old = new Map(before.map((one) => [one.id, one]));
  const now = new Map(after.map((one) => [one.id, one]));
  return [...new Set([...old.keys(), ...now.keys()])].map((id) => [old.get(id), now.get(id)]);
}

function diffOne(
  part: Part,
  before: (Fields & { readonly id: string }) | undefined,
  after: (Fields & { readonly id: string }) | undefined,
): ListChange[] {
  const one = after ?? before;
  if (one === undefined) return [];
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  names.delete('id');
  const fields = [...names].flatMap((name) => {
    const [old, now] = [write(before?.[name]), write(after?.[name])];
    return old === now ? [] : [{ name, before: old, after: now }];
  });
  if (before !== undefined && after !== undefined && fields.length === 0) return [];
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const [name] = [one['name'], one['text'], one.id].filter((value) => typeof value === 'string');
  return [{ ...part, id: one.id, name: name ?? one.id, change, fields }];
}

/** A value as people read it; what is absent or empty counts as none. */
function write(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    if (value.length === 0) return null;
    return value.every((one) => typeof one === 'string') ? value.join('\n') : JSON.stringify(value);
  }
  return JSON.stringify(value);
}
