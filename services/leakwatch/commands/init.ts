import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InstantSchema, parseWatchList, writeYaml, type WatchListInput } from '@leakwatch/contracts';
import { accountNamed } from '@leakwatch/ingest';
import { UsageError } from '@leakwatch/runtime';
import { readAnswers, type Answers } from '../screen/answers.ts';
import { type Screen } from '../screen/screen.ts';
import { typed } from '../typed.ts';
import { askUntilRight } from './ask.ts';
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
    const channels = await askUntilRight(answers, screen, (ask) => askForChannels(ask, screen));
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
  const asked = <T>(prompt: string, needed: boolean, read: (text: string) => T) =>
    askUntilRight(answers, screen, async (ask) => read(await ask(prompt, { needed })));
  const same = (text: string) => text;
  const brand = await asked('Brand: ', true, same);
  const campaign = await asked('Campaign: ', true, same);
  const terms = await asked(
    'What must not be said before the launch (names, several by commas): ',
    true,
    (text) => split(text, /,/),
  );
  const liftsAt = await asked('[When may it be said, such as 2026-12-01T09:00Z: ] ', false, (text) =>
    text === '' ? null : instantOf(text),
  );
  const creators = await asked(
    '[Accounts to follow: a blog’s address, ana@social.example, ana.bsky.social; several by spaces: ] ',
    false,
    (text) => split(text, /[\s,]+/).map(creatorOf),
  );
  return {
    campaigns: [
      {
        id: idOf(campaign),
        name: campaign,
        brand,
        ...(liftsAt === null ? {} : { embargo: { liftsAt } }),
        terms: terms.map((text, index) => ({ id: `${idOf(text)}-${index + 1}`, text, kind: 'product' })),
      },
    ],
    ...(creators.length === 0 ? {} : { creators }),
  };
}

function creatorOf(name: string, index: number) {
  return { id: `${idOf(name)}-${index + 1}`, accounts: [accountNamed(name, {})] };
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
