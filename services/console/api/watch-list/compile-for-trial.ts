import { CANARY_CAMPAIGN_ID, type RegisteredCampaign } from '@leakwatch/contracts';
import { isReadableEngine } from '@leakwatch/image-matching';
import { compileWatchList, type CompiledWatchList } from '@leakwatch/matching';
import { type FastifyRequest } from 'fastify';
import { sees, type Viewer } from '../access/viewer.ts';
import { type ConsoleContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { draftedList, draftScope } from './draft-scope.ts';
import { MOST_TERMS, registerDraft } from './register-draft.ts';

export interface Trial {
  readonly list: CompiledWatchList;
  /** The campaigns that the viewer may know of. */
  readonly campaigns: readonly RegisteredCampaign[];
}

/** The last list that each console compiled, with what it was made of. */
const kept = new WeakMap<ConsoleContext, { readonly key: string; readonly trial: Trial }>();

/**
 * Compiles the viewer's campaigns, of the current version or of their draft.
 *
 * @throws ProblemError if the draft has problems or too many terms
 */
export async function compileForTrial(
  context: ConsoleContext,
  request: FastifyRequest,
  ofDraft: boolean,
): Promise<Trial> {
  const viewer = context.guard.require(request, 'work');
  return ofDraft ? compileDraft(context, request, viewer) : compileCurrent(context, viewer);
}

function compileCurrent(context: ConsoleContext, viewer: Viewer): Promise<Trial> {
  const { snapshot, campaigns } = context.names();
  const visible = [...campaigns.values()].filter(({ id }) => sees(viewer, id));
  const version = snapshot?.version ?? 1;
  const key = JSON.stringify([version, visible.map(({ id }) => id)]);
  return keptOr(context, key, () => compile(version, visible, snapshot?.ordinaryWords));
}

async function compileDraft(
  context: ConsoleContext,
  request: FastifyRequest,
  viewer: Viewer,
): Promise<Trial> {
  const scope = await draftScope(context, request);
  const { version = 1 } = scope.current ?? {};
  const key = JSON.stringify(['draft', viewer.accountId, scope.draft?.updatedAt ?? null, version]);
  return keptOr(context, key, async () => {
    const { content, problems } = await registerDraft(
      context.store.pool,
      context.pictures.get,
      draftedList(scope),
      scope.current,
    );
    if (content === null) throw new ProblemError('bad-request', { problems: [...problems] });
    const visible = content.campaigns.filter(({ id }) => id !== CANARY_CAMPAIGN_ID && sees(viewer, id));
    return compile(version, visible, content.ordinaryWords);
  });
}

/** The console's last trial if it was made of the same, else a new one, which is kept in its place. */
async function keptOr(
  context: ConsoleContext,
  key: string,
  make: () => Trial | Promise<Trial>,
): Promise<Trial> {
  const last = kept.get(context);
  if (last?.key === key) return last.trial;
  const trial = await make();
  kept.set(context, { key, trial });
  return trial;
}

function compile(
  version: number,
  campaigns: readonly RegisteredCampaign[],
  ordinaryWords: string[] | undefined,
): Trial {
  const terms = campaigns.reduce((sum, one) => sum + one.terms.length, 0);
  if (terms > MOST_TERMS) {
    const detail = `${terms} terms take too long to compile here: use \`leakwatch scan\``;
    throw new ProblemError('too-large', { detail });
  }
  // Stored fingerprints of an earlier engine can't be compared with a picture of this one.
  const readable = campaigns.map((campaign) => ({
    ...campaign,
    assets: campaign.assets.filter(({ engine }) => isReadableEngine(engine)),
  }));
  const list = compileWatchList({ version, campaigns: readable, ordinaryWords }, { isStored: true });
  return { list, campaigns };
}
