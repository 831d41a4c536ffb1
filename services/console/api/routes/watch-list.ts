import { type RegisteredCampaign } from '@leakwatch/contracts';
import { matchText } from '@leakwatch/matching';
import { listWatchListVersions } from '@leakwatch/store';
import { captionOf } from '@leakwatch/text-matching';
import { type FastifyInstance } from 'fastify';
import { HIDDEN } from '../incidents/hide-spans.ts';
import { sees, type Viewer } from '../access/viewer.ts';
import { isRedacted, scopeOf, type ConsoleContext } from '../context.ts';
import { describeDisguises } from '../incidents/describe-disguises.ts';
import { compileForTrial, type Trial } from '../watch-list/compile-for-trial.ts';
import { countOpenByCampaign } from '../watch-list/queries/watch-list-facts.ts';
import { TriedTextSchema, TryTextSchema, WatchListSchema, type TriedText } from '../schemas/index.ts';
import { answers, typed } from './route-helpers.ts';

const SHOWN_VERSIONS = 50;

/** The watch list, as far as the viewer may know of it. */
export function addWatchList(server: FastifyInstance, context: ConsoleContext): void {
  const { store, names } = context;
  const api = typed(server);

  api.get('/v1/watch-list', { schema: { response: answers(WatchListSchema) } }, async (request) => {
    const { viewer, database } = scopeOf(context, request);
    const { snapshot, creators } = names();
    const [open, versions] = await Promise.all([
      countOpenByCampaign(database.pool),
      listWatchListVersions(store.pool, SHOWN_VERSIONS),
    ]);
    const redacted = isRedacted(context, viewer);
    return {
      version: snapshot?.version ?? 0,
      createdAt: snapshot?.createdAt ?? null,
      campaigns: visible(context, viewer).map((campaign) => ({
        ...showCampaign(campaign, redacted),
        openIncidents: open.get(campaign.id) ?? 0,
      })),
      creators: creators.size,
      versions: versions.map(({ version, createdAt, by, note }) => ({
        version,
        createdAt: createdAt.toISOString(),
        by,
        note: viewer.campaigns === null ? note : null,
      })),
    };
  });

  api.post(
    '/v1/watch-list/try',
    { schema: { body: TryTextSchema, response: answers(TriedTextSchema) } },
    // A viewer could read hidden terms by guessing: the compiler asks for the right to work.
    async (request) =>
      tryText(request.body.text, await compileForTrial(context, request, request.body.draft)),
  );
}

function visible({ names }: ConsoleContext, viewer: Viewer): RegisteredCampaign[] {
  return [...names().campaigns.values()].filter(({ id }) => sees(viewer, id));
}

function showCampaign(campaign: RegisteredCampaign, redacted: boolean) {
  const { id, name, brand, niche, sensitivity, embargo, brief, terms, assets, creators } = campaign;
  return {
    id,
    name,
    brand: brand ?? null,
    niche: niche ?? null,
    sensitivity,
    liftsAt: embargo?.liftsAt ?? null,
    brief: redacted ? null : (brief ?? null),
    terms: terms.map((term, index) => ({
      id: redacted ? String(index + 1) : term.id,
      text: redacted ? HIDDEN : term.text,
      kind: term.kind ?? null,
    })),
    assets: assets.map((asset, index) => ({
      id: redacted ? String(index + 1) : asset.id,
      name: redacted ? HIDDEN : (asset.name ?? asset.id),
      src: redacted
        ? null
        : `/v1/campaigns/${encodeURIComponent(id)}/assets/${encodeURIComponent(asset.id)}?width=320`,
      cleared: asset.cleared === true,
    })),
    creators: creators?.length ?? null,
    approvedPosts: campaign.approvedPosts.length,
    approvedTexts: campaign.approvedTexts?.length ?? 0,
  };
}

function tryText(text: string, { list, campaigns }: Trial): TriedText {
  const found = matchText(list, captionOf(text));
  const matches = found.flatMap(({ campaignId, itemId, span, matched, how, confidence }, index) => {
    const campaign = campaigns.find(({ id }) => id === campaignId);
    const term = campaign?.terms.find(({ id }) => id === itemId);
    if (span === null || campaign === undefined || term === undefined) return [];
    return [
      {
        detectionId: String(index).padStart(64, '0'),
        itemId,
        term: term.text,
        span,
        matched,
        disguises: describeDisguises(how, matched),
        confidence,
        removedAt: null,
      },
    ];
  });
  return {
    field: { kind: 'caption', text, matches },
    campaigns: campaigns
      .map(({ id, name }) => ({ id, name, matches: found.filter((one) => one.campaignId === id).length }))
      .filter((one) => one.matches > 0),
  };
}
