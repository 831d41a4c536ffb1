/** Looks up every word of a text: names by typos, inflected forms, gaps, changed order. */
import { editLimit } from '../fuzzy/edit-limits.ts';
import { nearWords } from '../fuzzy/symmetric-deletes.ts';
import { type FoldedText } from '../fold/folded-text.ts';
import * as s from '../fold/symbol-flags.ts';
import { type Candidate } from '../verify/candidate.ts';
import { collapseInto, wordDistance } from '../verify/compare-word.ts';
import * as e from '../verify/evidence.ts';
import { judgePhrase } from '../verify/judge-phrase.ts';
import { judgeWholeWord } from '../verify/judge-whole-word.ts';
import { isMaskedForm } from '../verify/masked-word.ts';
import { bucketBegin, bucketEnd, mayHold } from './hash-multimap.ts';
import { hashReversed } from './word-hash.ts';
import {
  LEAD_CONSONANTS,
  LEAD_INFLECTED,
  LEAD_REVERSED,
  WHOLE,
  kindOfLead,
  leadOf,
  type Lead,
  type WordIndex,
} from './word-index.ts';
import { type WordView } from './word-view.ts';

/** Shorter words have no typos, longer ones are no names. */
const SHORTEST = 4;
const LONGEST = 64;
/** Candidates per word that are measured. */
const near = new Int32Array(64);
const collapsed = new Int32Array(LONGEST);
/** Looks for words of the longest names may take two edits. */
const MOST_EDITS = 2;

/** Adds to `candidates` what the words tell; returns whether some word is a name's word backwards. */
export function searchWords(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  candidates: Candidate[],
): boolean {
  let backwards = false;
  for (let word = 0; word < view.count; word++) {
    const from = view.from[word]!;
    if ((text.flags[from]! & s.UNSPACED) !== 0) continue;
    const hash = view.hash[word]!;
    if (mayHold(index.exact, hash)) followExact(text, view, index, word, candidates);
    const size = view.to[word]! - from;
    if (size < SHORTEST || size > LONGEST) continue;
    if (!view.isOrdinary(word)) {
      backwards ||= holdsReversed(index, hashReversed(text.symbols, from, view.to[word]!));
    } else if (!touchesMask(text, from, view.to[word]!)) {
      continue;
    }
    followNear(text, view, index, word, candidates);
  }
  return backwards;
}

function followExact(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  word: number,
  candidates: Candidate[],
): void {
  const { exact } = index;
  const hash = view.hash[word]!;
  const end = bucketEnd(exact, hash);
  for (let slot = bucketBegin(exact, hash); slot < end; slot++) {
    if (exact.hashes[slot] !== hash) continue;
    const value = exact.values[slot]!;
    const kind = kindOfLead(value);
    if (kind === LEAD_REVERSED) continue;
    const evidence = kind === LEAD_INFLECTED ? e.INFLECTED : kind === LEAD_CONSONANTS ? e.SHORTENED : 0;
    follow(text, view, index.leads[leadOf(value)]!, word, 0, evidence, candidates);
  }
}

function followNear(
  text: FoldedText,
  view: WordView,
  index: WordIndex,
  word: number,
  candidates: Candidate[],
): void {
  const from = view.from[word]!;
  const to = view.to[word]!;
  const length = collapseInto(text.symbols, from, to, collapsed);
  const count = nearWords(index.deletes, collapsed, length, MOST_EDITS, near);
  for (let at = 0; at < count; at++) {
    const lead = index.leads[near[at]!]!;
    if (isMaskedForm(text, from, to, lead.symbols)) {
      follow(text, view, lead, word, 0, e.MASKED, candidates);
    } else if (!view.isOrdinary(word)) {
      const limit = editLimit(lead.symbols.length);
      const edits = wordDistance(text, from, to, lead.symbols, limit);
      if (edits > 0 && edits <= limit) follow(text, view, lead, word, edits, e.TYPO, candidates);
    }
  }
}

function follow(
  text: FoldedText,
  view: WordView,
  lead: Lead,
  word: number,
  edits: number,
  evidence: e.EvidenceSet,
  candidates: Candidate[],
): void {
  const { name, place } = lead;
  const isWhole = place === WHOLE || name.phrase.words.length === 1;
  const candidate = isWhole
    ? judgeWholeWord(text, view, name, word, edits, evidence)
    : judgePhrase(text, view, name, place, word, edits, evidence);
  if (candidate !== undefined) candidates.push(candidate);
}

function holdsReversed(index: WordIndex, hash: number): boolean {
  const { exact } = index;
  if (!mayHold(exact, hash)) return false;
  const end = bucketEnd(exact, hash);
  for (let slot = bucketBegin(exact, hash); slot < end; slot++) {
    if (exact.hashes[slot] === hash && kindOfLead(exact.values[slot]!) === LEAD_REVERSED) return true;
  }
  return false;
}

function touchesMask(text: FoldedText, from: number, to: number): boolean {
  return (text.flags[from]! & s.AFTER_JOINER) !== 0 || (text.flags[to]! & s.AFTER_JOINER) !== 0;
}
