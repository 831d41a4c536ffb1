import { type ListChange } from '@leakwatch/console/schemas';
import { type RegisteredCampaign, type WatchListSnapshot } from '@leakwatch/contracts';
import { formatMinute } from '@leakwatch/runtime';
import { type WatchListVersion } from '@leakwatch/store';
import colors from 'picocolors';
import { formatTable, printable } from './format.ts';

export function formatCampaigns({ campaigns, creators }: WatchListSnapshot): string {
  return formatTable(
    ['id', 'name', 'sensitivity', 'lifts', 'terms', 'assets', 'creators'],
    campaigns.map((one) => [
      printable(one.id, 32),
      printable(one.name, 40),
      one.sensitivity,
      liftOf(one),
      String(one.terms.length),
      String(one.assets.length),
      one.creators === undefined ? `all ${creators.length}` : String(one.creators.length),
    ]),
  );
}

/** Formats a campaign with everything that is watched for it. */
export function formatCampaign(campaign: RegisteredCampaign, { version }: WatchListSnapshot): string {
  const { id, name, brand, brief, sensitivity, terms, assets, creators, approvedPosts, approvedTexts } =
    campaign;
  const facts: [string, string | undefined][] = [
    ['brand', brand],
    ['sensitivity', sensitivity],
    ['lifts', liftOf(campaign)],
    ['creators', creators?.join(', ') ?? 'all'],
    ['approved', `${approvedPosts.length} posts, ${approvedTexts?.length ?? 0} texts`],
    ['brief', brief],
  ];
  const lines = facts.flatMap(([label, value]) =>
    value === undefined ? [] : [`${label.padEnd(13)}${printable(value, 400)}`],
  );
  return [
    `${colors.bold(printable(name, 80))}  ${printable(id, 80)}, version ${version}`,
    ...lines,
    '',
    formatTable(
      ['term', 'text', 'kind', 'translations'],
      terms.map((term) => [
        printable(term.id, 32),
        printable(term.text, 80),
        term.kind ?? '',
        (term.translations ?? []).map(({ lang, text }) => `${lang}: ${printable(text, 40)}`).join('; '),
      ]),
    ),
    ...(assets.length === 0
      ? []
      : [
          '',
          formatTable(
            ['asset', 'name', 'file', 'cleared'],
            assets.map((asset) => [
              printable(asset.id, 32),
              printable(asset.name ?? '', 40),
              printable(asset.file, 80),
              asset.cleared === true ? 'yes' : '',
            ]),
          ),
        ]),
  ].join('\n');
}

function liftOf({ embargo }: RegisteredCampaign): string {
  return embargo === undefined ? 'never' : formatMinute(embargo.liftsAt);
}

export function formatVersions(versions: readonly WatchListVersion[]): string {
  return formatTable(
    ['version', 'made', 'by', 'note'],
    versions.map(({ version, createdAt, by, note }) => [
      String(version),
      formatMinute(createdAt),
      printable(by ?? 'leakwatch', 32),
      printable(note, 80),
    ]),
  );
}

const SIGN = { added: colors.green('+'), removed: colors.red('-'), changed: colors.yellow('~') } as const;

/** One line a change, and one for each field of what was changed. */
export function formatChanges(changes: readonly ListChange[]): string {
  return changes
    .flatMap(({ part, campaignId, id, name, change, fields }) => {
      const place = campaignId === null || part === 'campaign' ? '' : ` of ${printable(campaignId, 40)}`;
      const called = name === id ? '' : `  ${printable(name, 60)}`;
      const head = `${SIGN[change]} ${part.replace('-', ' ')} ${printable(id, 40)}${place}${called}`;
      if (change !== 'changed') return [head];
      return [
        head,
        ...fields.map(
          (field) => `    ${field.name}: ${shown(field.before)} ${colors.dim('→')} ${shown(field.after)}`,
        ),
      ];
    })
    .join('\n');
}

function shown(value: string | null): string {
  return value === null ? 'none' : printable(value, 100);
}
