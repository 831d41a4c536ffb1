import { z } from 'zod';
import { parseRows } from '../parse-rows.ts';
import { type Queryable } from '../queryable.ts';
import { secretJson } from '../sealing/secret.ts';

const DraftSchema = z.object({
  accountId: z.int(),
  edits: z.looseObject({
    creators: z.array(z.looseObject({ id: z.string() })),
    removedCreators: z.array(z.string()),
    campaigns: z.array(z.looseObject({ creators: z.array(z.string()).optional() })),
  }),
});

/** Takes a creator out of the drafts of the watch list. */
export async function eraseCreatorFromDrafts(tx: Queryable, creatorId: string): Promise<void> {
  const answer = await tx.query('SELECT account_id AS "accountId", edits FROM console_draft FOR UPDATE');
  for (const { accountId, edits } of parseRows(answer, DraftSchema)) {
    const erased = {
      ...edits,
      creators: edits.creators.filter(({ id }) => id !== creatorId),
      removedCreators: edits.removedCreators.filter((id) => id !== creatorId),
      campaigns: edits.campaigns.map(({ creators, ...campaign }) =>
        creators === undefined
          ? campaign
          : { ...campaign, creators: creators.filter((id) => id !== creatorId) },
      ),
    };
    if (JSON.stringify(erased) === JSON.stringify(edits)) continue;
    await tx.query('UPDATE console_draft SET edits = $2 WHERE account_id = $1', [
      accountId,
      secretJson(erased),
    ]);
  }
}
