import { type Content, type Draft, type EditedCampaign, type Edits } from '@leakwatch/console/schemas';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { noteDraft, putDraft } from '../../data/draft.ts';

/** A pause in typing after which the server keeps the draft. */
const PAUSE_MS = 500;

export interface DraftEditor {
  readonly edits: Edits;
  /** The campaigns with the draft's edits. */
  readonly campaigns: readonly EditedCampaign[];
  /** True while the server does not have the newest edits. */
  readonly isAhead: boolean;
  /** Why the server refused the newest edits. */
  readonly refusal: unknown;
  /** The server's draft as this window saw it last; null: none. */
  readonly seen: () => string | null;
  readonly change: (change: (edits: Edits) => Edits) => void;
  readonly changeCampaign: (campaign: EditedCampaign) => void;
  readonly removeCampaign: (id: string) => void;
  /** Moves the draft onto the current version, where it replaces what it touches. */
  readonly moveOn: () => void;
}

/** Edits here, and kept at the server after each pause: leaving the page loses nothing. */
export function useDraftEditor(draft: Draft, content: Content): DraftEditor {
  const client = useQueryClient();
  const [edits, setEdits] = useState(draft.edits);
  const [base, setBase] = useState(draft.base);
  const [isAhead, setAhead] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const seen = useRef(draft.updatedAt);
  const turn = useRef(0);
  const last = useRef(Promise.resolve());

  const keep = useEffectEvent(async (mine: number) => {
    // Newer edits are on their way.
    if (mine !== turn.current) return;
    try {
      const kept = await putDraft(base, withoutBlanks(edits), seen.current);
      seen.current = kept.updatedAt;
      if (mine !== turn.current) return;
      setAhead(false);
      setRefusal(null);
      noteDraft(client, kept);
    } catch (error) {
      if (mine === turn.current) setRefusal(error);
    }
  });
  useEffect(() => {
    if (!isAhead) return undefined;
    const timer = setTimeout(() => {
      turn.current += 1;
      const mine = turn.current;
      // One after the other: each says what the one before it left.
      last.current = last.current.then(() => keep(mine));
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [edits, base, isAhead]);

  const change = (make: (edits: Edits) => Edits) => {
    setEdits(make);
    setAhead(true);
  };
  return {
    edits,
    campaigns: mergeCampaigns(content.campaigns, edits),
    isAhead,
    refusal,
    seen: () => seen.current,
    change,
    changeCampaign: (campaign) => change((before) => withCampaign(before, campaign)),
    removeCampaign: (id) =>
      change((before) => ({
        ...before,
        campaigns: before.campaigns.filter((one) => one.id !== id),
        removedCampaigns: content.campaigns.some((one) => one.id === id)
          ? [...before.removedCampaigns, id]
          : before.removedCampaigns,
      })),
    moveOn: () => {
      setBase(draft.current.version);
      setAhead(true);
    },
  };
}

function withCampaign(edits: Edits, campaign: EditedCampaign): Edits {
  const isThere = edits.campaigns.some(({ id }) => id === campaign.id);
  return {
    ...edits,
    removedCampaigns: edits.removedCampaigns.filter((id) => id !== campaign.id),
    campaigns: isThere
      ? edits.campaigns.map((one) => (one.id === campaign.id ? campaign : one))
      : [...edits.campaigns, campaign],
  };
}

function mergeCampaigns(campaigns: readonly EditedCampaign[], edits: Edits): EditedCampaign[] {
  const byId = new Map(campaigns.map((one) => [one.id, one]));
  for (const one of edits.campaigns) byId.set(one.id, one);
  for (const id of edits.removedCampaigns) byId.delete(id);
  return [...byId.values()];
}

/** Rows that are begun and hold nothing yet stay in the page. */
function withoutBlanks(edits: Edits): Edits {
  return {
    ...edits,
    campaigns: edits.campaigns.map(({ approvedTexts, ...campaign }) => {
      const texts = approvedTexts?.filter((text) => text.trim() !== '') ?? [];
      return {
        ...campaign,
        terms: campaign.terms.filter(({ text }) => text.trim() !== ''),
        approvedPosts: campaign.approvedPosts.filter((one) => one.trim() !== ''),
        ...(texts.length === 0 ? {} : { approvedTexts: texts }),
      };
    }),
  };
}
