import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InstantSchema, parseWatchList, writeYaml, type WatchListInput } from '@leakwatch/contracts';
import { accountNamed } from '@leakwatch/ingest';
import { UsageError } from '@leakwatch/runtime';
import { readAnswers, type Answers } from '../screen/answers.ts';
import { type Screen } from '../screen/screen.ts';
import { typed } from '../typed.ts';
import { askForChannels, newSecret, tryChannels } from './init-channels.ts';

const LIST = 'list.yaml';
const SETTINGS = 'leakwatch.yaml';

/**
 * Asks what to watch and whom to tell, writes a watch list and settings for it, and tries the channels.
 *
 * @param to - the folder; files that are there are never replaced
 */
export async function init(
  { to }: { readonly to: string },
  screen: Screen,
  answers: Answers = readAnswers(),
): Promise<void> {
  for (const name of [LIST, SETTINGS]) await refuseTaken(path.join(to, name));
  try {
    const list = await askForList(answers, screen);
    const text = writeYaml(list);
    // The typed answers are checked like any file.
    parseWatchList(text, LIST);
    const channels = await askForChannels((prompt, options) => ask(answers, prompt, options), screen);
    const settings = { LEAKWATCH_DATA_DIR: '.data', LEAKWATCH_WEBHOOK_SECRETS: newSecret(), ...channels };
    await mkdir(to, { recursive: true });
    await write(
      path.join(to, LIST),
      `# What leakwatch watches; docs/use/terms.md says more of terms. It is the secret.\n${text}`,
    );
    await write(
      path.join(to, SETTINGS),
      `# Settings of leakwatch; docs/operate/settings.md has all of them.\n${writeYaml(settings)}`,
    );
    screen.result(`${path.join(to, LIST)} and ${path.join(to, SETTINGS)} are written`);
    await tryChannels(channels, screen);
    const cd = path.resolve(to) === process.cwd() ? '' : `cd ${to} && `;
    screen.note(`next:  ${cd}${typed('up')} --watchlist ${LIST}`);
  } finally {
    answers.close();
  }
}

async function refuseTaken(file: string): Promise<void> {
  const isTaken = await stat(file).then(
    () => true,
    () => false,
  );
  if (isTaken)
    throw new UsageError(`${file} is there already, and is not replaced; --to names another folder`);
}

/** Only this user may read it: it holds the secret, or secrets. */
async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
}

async function askForList(answers: Answers, screen: Screen): Promise<WatchListInput> {
  screen.note('Empty answers leave out what is in brackets.');
  const brand = await ask(answers, 'Brand: ', { needed: true });
  const campaign = await ask(answers, 'Campaign: ', { needed: true });
  const terms = split(
    await ask(answers, 'What must not be said before the launch (names, several by commas): ', {
      needed: true,
    }),
    /,/,
  );
  const lift = await ask(answers, '[When may it be said, such as 2026-12-01T09:00Z: ] ');
  const accounts = split(
    await ask(
      answers,
      '[Accounts to follow: a blog’s address, ana@social.example, ana.bsky.social; several by spaces: ] ',
    ),
    /[\s,]+/,
  );
  return {
    campaigns: [
      {
        id: idOf(campaign),
        name: campaign,
        brand,
        ...(lift === '' ? {} : { embargo: { liftsAt: instantOf(lift) } }),
        terms: terms.map((text, index) => ({ id: `${idOf(text)}-${index + 1}`, text, kind: 'product' })),
      },
    ],
    ...(accounts.length === 0
      ? {}
      : {
          creators: accounts.map((name, index) => ({
            id: `${idOf(name)}-${index + 1}`,
            accounts: [accountNamed(name, {})],
          })),
        }),
  };
}

async function ask(
  answers: Answers,
  prompt: string,
  { needed = false }: { readonly needed?: boolean } = {},
): Promise<string> {
  for (;;) {
    const answer = await answers.line(prompt);
    if (answer === null && needed)
      throw new UsageError(`no answer to “${prompt.trim()}”; nothing was written`);
    const text = (answer ?? '').trim();
    if (text !== '' || !needed) return text;
  }
}

function split(text: string, by: RegExp): string[] {
  return text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function instantOf(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new UsageError(`${text} is no date or instant, such as 2026-12-01T09:00Z`);
  return InstantSchema.parse(at.toISOString());
}

/** Letters and digits of a name, for an id. */
function idOf(name: string): string {
  const plain = name
    .replace(/^https?:\/\//i, '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' ? 'item' : plain.slice(0, 40);
}
