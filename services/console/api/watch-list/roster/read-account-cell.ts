import { type Account } from '@leakwatch/contracts';
import { accountsAt } from '@leakwatch/ingest';

/** A cell's account, or why it has none. */
type ReadAccount = { readonly account: Account } | { readonly problem: string };

const NOTHING = new Set(['', '-', '–', '—', 'n/a', 'none', 'null']);
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
/** Cells that a spreadsheet has taken for a number, a date or a formula, and rewritten. */
const RUINED: readonly (readonly [RegExp, string])[] = [
  [/^[+-]?\d[.,]\d+e\+?\d+$|^\de\+\d+$/i, 'is a number that a spreadsheet has rounded'],
  [/^\d{15}0{3,}$/, 'has lost its last digits to a spreadsheet'],
  [/^\d+[.,]0+$/, 'is an id that a spreadsheet has made a number'],
  [/^#(?:n\/a|(?:name\?|ref!|value!|div\/0!|null!|num!).*|#+)$/i, 'is the error of a formula'],
  [new RegExp(`^(?:\\d{1,2}-${MONTH}|${MONTH}-\\d{2})$`, 'i'), 'is a date that a spreadsheet has made of it'],
];

/** Says how a spreadsheet has ruined a cell; null if it has not. */
export function describeRuin(cell: string): string | null {
  const ruin = RUINED.find(([form]) => form.test(cell))?.[1];
  return ruin === undefined ? null : `“${cell}” ${ruin}: export the column as text again`;
}

/** A cell without what spreadsheets put before a text: `'`, `="…"`. */
export function plainCell(cell: string): string {
  const text = cell
    .replace(/^="(.*)"$/, '$1')
    .replace(/^['’](?=.)/, '')
    .trim();
  return NOTHING.has(text.toLowerCase()) ? '' : text;
}

/** The names in a cell, which may list several. */
export function namesIn(cell: string): string[] {
  return cell
    .split(/[\n;|]+|,\s+|,(?=@|https?:)/)
    .map(plainCell)
    .filter((name) => name !== '');
}

/**
 * Reads an account by its handle or the address of its profile.
 *
 * @param platform - empty if only the address can tell it
 */
export function readAccount(name: string, platform: string, instance = ''): ReadAccount {
  const ruin = describeRuin(name);
  if (ruin !== null) return { problem: ruin };
  if (/^https?:|\//i.test(name)) return readAddress(name, platform, instance);
  const handle = name.replace(/^@/, '');
  if (platform === '') return { problem: 'the platform of the account is missing' };
  if (platform === 'feed') return { problem: `“${name}” is no web address` };
  // Such an account would never be heard.
  if (handle === '' || /[\s,]/.test(handle)) return { problem: `“${name}” is no handle` };
  const isId = (platform === 'youtube' && /^UC[\w-]{22}$/.test(handle)) || handle.startsWith('did:');
  const at = instance === '' ? {} : { instance };
  return { account: { platform, ...at, ...(isId ? { nativeId: handle } : { handle }) } };
}

function readAddress(address: string, platform: string, instance: string): ReadAccount {
  const found = accountsAt(address);
  const [likeliest] = found;
  if (likeliest === undefined) return { problem: `“${address}” is not the address of a profile` };
  // The table's own name for X stays: posts may come under it.
  const wanted = platform === 'twitter' ? 'x' : platform === '' ? likeliest.platform : platform;
  const account = found.find((one) => one.platform === wanted);
  if (account === undefined)
    return { problem: `“${address}” is on ${likeliest.platform}, not on ${platform}` };
  return {
    account: { ...account, platform: platform || wanted, ...(instance === '' ? {} : { instance }) },
  };
}
