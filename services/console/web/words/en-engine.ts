/** English for the words of the engine, of its rules and of its services: the server gives the word, the page says it. */

import { RESOLUTION, SEVERITY, STANDING, STATE } from './en-states.ts';

/** Names that the server chooses: a new one has no text yet. */
type Texts = Readonly<Record<string, string>>;

/** A name without a text of its own, at least as separate words: `media-too-large`, `liftsAt`. */
function inWords(name: string): string {
  return name
    .replaceAll(
      /(\p{Ll})(\p{Lu})/gu,
      (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    )
    .replaceAll(/[-_]+/g, ' ')
    .trim();
}

const byName =
  (texts: Texts) =>
  (name: string): string =>
    texts[name] ?? inWords(name);

const RULE = byName({
  'critical-campaign-last-days': 'Critical campaign, last three days',
  'critical-campaign': 'Critical campaign',
  'investigated-creator': 'Creator under investigation',
  'sensitive-campaign': 'Highly sensitive campaign',
  'last-hour': 'Last hour before the lift',
  'low-sensitivity': 'Low sensitivity',
  'leaked-asset': 'Leaked picture',
  'leaked-term': 'Leaked name',
  'missing-disclosure': 'No disclosure',
  'just-below-threshold': 'Just below the threshold',
});

const PLATFORM: Texts = {
  bluesky: 'Bluesky',
  facebook: 'Facebook',
  feed: 'Feed',
  instagram: 'Instagram',
  linkedin: 'LinkedIn',
  mastodon: 'Mastodon',
  pinterest: 'Pinterest',
  reddit: 'Reddit',
  snapchat: 'Snapchat',
  threads: 'Threads',
  tiktok: 'TikTok',
  twitch: 'Twitch',
  x: 'X',
  youtube: 'YouTube',
};

const platformOf = (name: string): string => PLATFORM[name] ?? name;

const CHANNEL = byName({
  alertmanager: 'Alertmanager',
  email: 'e-mail',
  pagerduty: 'PagerDuty',
  slack: 'Slack',
});

/** What happens to an incident: moves, events, and the lines of its history. */
const HAPPENED = byName({
  published: 'posted',
  fetched: 'heard',
  matched: 'matched',
  opened: 'alert opened',
  removed: 'removed',
  told: 'told',
  'not told': 'not told',
  reported: 'reported',
  acknowledged: 'acknowledged',
  investigating: 'taken into work',
  'verdict-given': 'verdict',
  snoozed: 'snoozed',
  'snooze-ended': 'awake again',
  reopened: 'reopened',
  regressed: 'happened again',
  escalated: 'escalated',
  assigned: 'assigned',
  merged: 'merged',
  undone: 'taken back',
  corrected: 'corrected',
  'stands-again': 'stands again',
  'severity-changed': 'severity raised',
  'occurrence-added': 'found in another post',
  'content-removed': 'removed by its author',
  checked: 'done',
  unchecked: 'not done',
  sent: 'message sent',
});

const RESCAN_CAUSE = byName({
  request: 'asked for',
  'watch-list': 'the watch list changed',
  schedule: 'by schedule',
  'look-back': 'a creator is watched more closely',
});

const STAGE = byName({
  ingest: 'taking posts in',
  'matcher-text': 'reading texts',
  'matcher-image': 'looking at pictures',
  alerting: 'raising alerts',
  unreadable: 'reading a record',
});

const FAILURE = byName({
  'bad-encoding': 'no UTF-8 text',
  'bad-post': 'not a post as the source should give it',
  'invalid-record': 'a record of another form',
  'media-too-large': 'a picture or video is too large',
  'missing-media': 'a picture or video is missing',
  'not-storable': 'the database cannot keep it',
  'took-process-down': 'the process ended over it',
  'too-large': 'too large',
  'too-many-waiting': 'too much waits already',
  'unknown-watch-list': 'an unknown version of the watch list',
});

const AUDIT = byName({
  ...Object.fromEntries(
    ['acknowledged', 'assigned', 'merged', 'reopened', 'snoozed'].map((move) => [
      move,
      `${HAPPENED(move)} an incident`,
    ]),
  ),
  'account-added': 'added an account',
  'account-changed': 'changed an account',
  checked: 'ticked a step',
  'content-encrypted': 'encrypted what is stored',
  'data-key-made': 'made a data key',
  'dead-letter-replayed': 'replayed a dead letter',
  decrypted: 'decrypted what is stored',
  'decryption-begun': 'began to decrypt',
  erased: 'erased',
  'erasure-begun': 'began to erase',
  'evidence-held': 'put a hold on evidence',
  'evidence-released': 'released evidence',
  investigating: 'took an incident into work',
  work: 'took an incident into work',
  'master-key-changed': 'changed the master key',
  'link-made': 'made a new one-time link',
  'message-sent': 'noted a message as sent',
  'notices-retried': 'sent notices again',
  'password-refused': 'gave a wrong password for a change of it',
  'password-set': 'set a password',
  'rescan-cancel': 'cancelled a re-scan',
  'rescan-pause': 'paused a re-scan',
  'rescan-resume': 'resumed a re-scan',
  'rescan-started': 'started a re-scan',
  revealed: 'showed what is hidden',
  reviewed: 'reviewed a drawn post',
  'routes-approved': 'approved routes',
  'routes-proposed': 'proposed routes',
  'routes-refused': 'refused routes',
  'routes-withdrawn': 'withdrew routes',
  'rules-approved': 'approved rules',
  'rules-proposed': 'proposed rules',
  'rules-refused': 'refused rules',
  'rules-withdrawn': 'withdrew rules',
  'sign-in-failed': 'failed to sign in',
  'signed-in': 'signed in',
  'signed-out': 'signed out',
  'silence-ended': 'ended a silence',
  silenced: 'made a silence',
  'snooze-ended': 'woke an incident',
  'source-checked': 'tried a source',
  'tier-pinned': 'pinned a tier',
  'tier-unpinned': 'took a pin off',
  'tip-added': 'added a tip',
  'tip-decided': 'decided on a tip',
  'token-issued': 'made a token',
  'token-revoked': 'revoked a token',
  unchecked: 'unticked a step',
  undone: 'took moves back',
  'verdict-given': 'gave a verdict',
  'watch-list-saved': 'saved the watch list',
});

/** A line of the audit log is about an incident if its subject is nothing but the incident's id. */
function auditSubject(subject: string): string {
  if (/^[0-9a-f]{64}$/.test(subject)) return `incident ${subject.slice(0, 8)}`;
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(subject)) return '';
  return inSubject(subject.replace(/^([a-z-]+)\//, (_all, kind: string) => `${inWords(kind)} `));
}

function inSubject(text: string): string {
  return text.replaceAll(/\b([0-9a-f]{8})(?:[0-9a-f]{56}|-[0-9a-f-]{27})\b/g, '$1');
}

/** Fields of the watch list, as its file writes them. */
const LIST_FIELD = byName({
  accounts: 'accounts',
  alertOn: 'grades that alert',
  approvedPosts: 'approved posts',
  approvedTexts: 'approved texts',
  cleared: 'public',
  competitiveMarket: 'competitive market',
  embargo: 'embargo',
  file: 'file',
  quietHours: 'quiet hours',
  risk: 'what is known of the risk',
  sha256: 'picture',
  words: 'words',
});

const SENDER = byName({ peer: 'a peer', community: 'the public', brand: 'the brand', analyst: 'an analyst' });

/** The other reasons are sentences already. */
const SEVERITY_REASON: Texts = {
  'critical sensitivity': 'the campaign is of critical sensitivity',
  'high sensitivity': 'the campaign is of high sensitivity',
  'low sensitivity': 'the campaign is of low sensitivity',
  'relationship tier': 'a trusted partner (tier 5)',
};

/** A part of the score: `+5 three days or less to the lift`, `60 rule level high`. */
function severityPart(part: string): { readonly points: string; readonly reason: string } {
  const [, points = '', name = part] = /^([+−-]?\d+) (.+)$/s.exec(part) ?? [];
  const level = /^rule level ([a-z]+)$/.exec(name)?.[1];
  if (level === undefined) return { points, reason: SEVERITY_REASON[name] ?? name };
  return { points, reason: `${within(SEVERITY)(level)}, by the rule behind it` };
}

/** Texts that begin a line elsewhere, within one: `false alarm`. */
const within =
  (texts: Texts) =>
  (name: string): string =>
    texts[name]?.toLowerCase() ?? inWords(name);
const ended = within(RESOLUTION);
const stateOf = within(STATE);
const gone = within({ 'by edit': STANDING['edited'] ?? '', 'by delete': STANDING['deleted'] ?? '' });

/** The note beside a line of an incident's history. Reasons that people wrote stay as they are. */
function historyNote(what: string, note: string): string {
  if (what === 'sent') return '';
  if (what === 'removed') return gone(note);
  if (what === 'told' || what === 'not told') {
    return note.replace(
      /^([^:]+): ([a-z-]+)/,
      (_all, channel: string, change: string) => `${CHANNEL(channel)}: ${HAPPENED(change)}`,
    );
  }
  const move = /^now ([a-z]+)(?:; (.*))?$/s.exec(note);
  if (move === null) return note;
  const [, state = '', reason = ''] = move;
  return [`now ${stateOf(state)}`, moveReason(what, reason)].filter((part) => part !== '').join('; ');
}

/** The place of a post begins with its platform. */
function historyDetails(what: string, details: string): string {
  if (what !== 'published' && what !== 'fetched') return details;
  return details.replace(/^\S+/, platformOf);
}

/** Why a move was made: the engine's words stand first, what a person wrote follows. */
function moveReason(what: string, reason: string): string {
  switch (what) {
    case 'verdict-given':
      return reason.replace(/^(confirmed|false-positive|approved)(?=: |$)/, ended);
    case 'opened':
      return reason.replace(/^rule (\S+)$/, (_all, rule: string) => `rule: ${RULE(rule)}`);
    case 'undone':
      return HAPPENED(reason);
    case 'regressed':
      return reason.replace(/(confirmed|false-positive|approved)$/, ended);
    case 'escalated':
      return reason.replace(
        /^(level \d+ of \d+, )([a-z-]+)/,
        (_all, level: string, role: string) => level + inWords(role),
      );
    case 'severity-changed': {
      const [, change = reason, parts = ''] = /^(from [a-z]+ to [a-z]+): (.*)$/s.exec(reason) ?? [];
      if (parts === '') return change;
      return `${change}: ${splitParts(parts).map(writePart).join(', ')}`;
    }
    default:
      return reason.replace(/^and takes it(?=; |$)/, 'and assigned to the same person');
  }
}

/** A reason may hold a comma itself, but each part begins with its points. */
function splitParts(parts: string): string[] {
  return parts.split(/, (?=[+−-]?\d+ )/);
}

function writePart(part: string): string {
  const { points, reason } = severityPart(part);
  return `${reason} (${points})`;
}

const MATCHER = byName({ text: 'texts', image: 'pictures' });
const TIER_NAME = ['bulk', 'risk-based sampling', 'focused', 'investigative', 'relationship'] as const;

/** `tier 3 (focused)`: the number never stands without its meaning. */
function tierOf(tier: number): string {
  const name = TIER_NAME[tier - 1];
  return name === undefined ? `tier ${tier}` : `tier ${tier} (${name})`;
}

/** A reason for a tier; another tier that it names is said as everywhere. */
function tierReason(reason: string): string {
  return reason.replaceAll(/\btier ([1-5])\b(?! \()/g, (_all, tier: string) => tierOf(Number(tier)));
}

export const ENGINE = {
  inWords,
  rule: RULE,
  platform: platformOf,
  /** `Instagram mara`. */
  account: (platform: string, handle: string | null) => `${platformOf(platform)} ${handle ?? ''}`.trim(),
  channel: CHANNEL,
  happened: HAPPENED,
  historyNote,
  historyDetails,
  severityPart,
  rescanCause: RESCAN_CAUSE,
  stage: STAGE,
  failure: FAILURE,
  audit: AUDIT,
  auditSubject,
  listField: LIST_FIELD,
  sender: SENDER,
  matcher: MATCHER,
  tier: tierOf,
  tierName: (tier: number) => TIER_NAME[tier - 1] ?? '',
  tierReason,
};
