import {
  type Alert,
  type Detection,
  type Occurrence,
  type Post,
  type RegisteredCampaign,
  type TextField,
} from '@leakwatch/contracts';
import { type incident as whole } from '../schemas/index.ts';
import { describeDisguises, describeLookAlikes } from './describe-disguises.ts';
import { findNames, lettersOfNames } from './find-names.ts';
import { HIDDEN, hideSpans } from './hide-spans.ts';
import { type Shown } from './secret-names.ts';

/** A post of the incident as it was kept. */
export interface KeptPost {
  readonly post: Post | null;
  readonly fields: readonly TextField[];
  readonly media: ReadonlyMap<number, string>;
}

export interface View {
  readonly alert: Alert;
  readonly campaign: RegisteredCampaign | undefined;
  /** The names to hide, as `lettersOfNames` gives them; null for those who may read all. */
  readonly hidden: readonly string[] | null;
  readonly shown: Shown;
}

/** The fields that a reader wants to see though nothing was found in them. */
const READ_ANYWAY = ['caption', 'title', 'content-warning', 'alt-text', 'hashtag'];

/** The texts of a post, with each match marked; for those who may not read the names, with all of them hidden. */
export function showFields(
  occurrences: readonly Occurrence[],
  kept: KeptPost,
  view: View,
): whole.PostField[] {
  const terms = occurrences.filter(({ detection }) => detection.evidence.kind === 'term');
  return kept.fields.flatMap(({ kind, text }, index) => {
    const matches = terms.flatMap((one) => matchIn(one, { text, index, isExcerpt: isExcerpt(kept) }, view));
    if (matches.length === 0 && (text === '' || !READ_ANYWAY.includes(kind))) return [];
    return [
      view.hidden === null
        ? { kind, text, matches: withRepeats(text, matches) }
        : hideField({ kind, text, matches }, view.hidden),
    ];
  });
}

function isExcerpt({ post, fields }: KeptPost): boolean {
  return post === null && fields.every(({ kind }) => kind === 'caption');
}

/** A match belongs to the field that its evidence names, and must lie within it: a record may be of another revision. */
function matchIn(
  { detection, removedAt }: Occurrence,
  field: { readonly text: string; readonly index: number; readonly isExcerpt: boolean },
  view: View,
): whole.TextMatch[] {
  const { evidence } = detection;
  const shown = (span: [number, number], matched: string): whole.TextMatch => ({
    detectionId: detection.id,
    itemId: evidence.itemId,
    term: termOf(view.campaign, detection),
    span,
    matched,
    disguises: describeDisguises(evidence.how, evidence.matched),
    confidence: evidence.confidence,
    removedAt,
  });
  if (field.isExcerpt) {
    const at = field.text.indexOf(evidence.matched);
    return detection.excerpt !== field.text || at < 0
      ? []
      : [shown([at, at + evidence.matched.length], evidence.matched)];
  }
  const parts: whole.TextMatch[] = [];
  const { before, span } = evidence;
  if (before !== undefined && before.post === undefined && (before.field?.index ?? 0) === field.index) {
    if (field.text.slice(...before.span) === before.matched) parts.push(shown(before.span, before.matched));
  }
  if (span !== null && (evidence.field?.index ?? 0) === field.index) {
    if (field.text.slice(...span) === evidence.matched) parts.push(shown(span, evidence.matched));
  }
  return parts;
}

/** The matcher gives one place a name; the others of the same name are marked as it is. */
function withRepeats(text: string, matches: readonly whole.TextMatch[]): whole.TextMatch[] {
  const taken = matches.map(({ span }) => span);
  const isFree = ([from, to]: [number, number]) => taken.every((one) => to <= one[0] || from >= one[1]);
  const repeats = matches.flatMap((match) =>
    findNames(text, lettersOfNames([match.matched]), { within: false })
      .filter(isFree)
      .map((span) => repeated(match, span, text.slice(...span))),
  );
  return [...matches, ...repeats].toSorted((one, other) => one.span[0] - other.span[0]);
}

/** How another spelling is disguised is known of its letters only. */
function repeated(match: whole.TextMatch, span: [number, number], matched: string): whole.TextMatch {
  if (matched === match.matched) return { ...match, span };
  const lookAlikes = describeLookAlikes(matched);
  return {
    ...match,
    span,
    matched,
    disguises: lookAlikes === null ? [] : [{ code: 'confusable', says: lookAlikes }],
  };
}

/** The term as people wrote it; a query goes by its id. */
export function termOf(campaign: RegisteredCampaign | undefined, { evidence }: Detection): string {
  const term = campaign?.terms.find(({ id }) => id === evidence.itemId);
  return term === undefined || term.kind === 'query' ? evidence.itemId : term.text;
}

function hideField(
  {
    kind,
    text,
    matches,
  }: { readonly kind: string; readonly text: string; readonly matches: readonly whole.TextMatch[] },
  names: readonly string[],
): whole.PostField {
  const hidden = hideSpans(text, [
    ...matches.map(({ span }) => span),
    ...findNames(text, names, { within: true }),
  ]);
  return {
    kind,
    text: hidden.text,
    matches: hidden.matches.flatMap((span, index) => {
      const match = matches[Math.min(index, matches.length - 1)];
      return match === undefined
        ? []
        : [{ ...match, span, itemId: 'hidden', term: HIDDEN, matched: HIDDEN, disguises: [] }];
    }),
  };
}
