/** English for what the server says of the watch list's campaigns and pictures. */

interface NamedCampaign {
  readonly id: string;
  readonly name: string;
  readonly terms: readonly { readonly id: string; readonly text: string }[];
  readonly assets: readonly { readonly id: string; readonly name?: string | undefined }[];
}

const PLACE = /^campaign (.+?), (term|asset) (.+?): (.+)$/s;
/** Advice for the writer of a file; the console has no fields for a policy. */
const ADVICE = /\. Consider a policy with `caseSensitive` or `require`$/;

/** A warning with the names that people gave in place of ids: `campaign dewfall, term ord: …`. */
export function listWarning(warning: string, campaigns: readonly NamedCampaign[]): string {
  const [, campaignId, kind, itemId, said = warning] = PLACE.exec(warning) ?? [];
  const text = said.replace(
    ADVICE,
    '. A narrower text finds less by mistake: a longer name, or a query with a word that must stand near',
  );
  const campaign = campaigns.find(({ id }) => id === campaignId);
  if (campaign === undefined) return text;
  const item =
    kind === 'term'
      ? campaign.terms.find(({ id }) => id === itemId)?.text
      : campaign.assets.find(({ id }) => id === itemId)?.name;
  return `${campaign.name}, ${kind === 'term' ? 'term' : 'picture'} ${item ?? itemId ?? ''}: ${text}`;
}

const PICTURE: Readonly<Record<string, string>> = {
  empty: 'The file is empty',
  'unsupported-format': 'This file is no picture that can be read',
  'unsupported-codec': 'This kind of picture can’t be read',
  truncated: 'The picture is cut short',
  corrupt: 'The picture is damaged',
  'too-many-pixels': 'The picture is too large',
  'too-small': 'The picture is too small',
  deadline: 'The picture takes too long to read',
};

/** A refused picture: `too-small: 12 × 9 pixels; at least 32 a side are needed`. */
export function refusedPicture(detail: string): string {
  return detail.replace(/^([a-z-]+)(?=: )/, (reason) => PICTURE[reason] ?? 'The picture can’t be read');
}
