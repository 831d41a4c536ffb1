import { VerdictSchema, type Verdict, type VerdictKind } from '@leakwatch/contracts';
import {
  addVerdict,
  appendAlertEvent,
  findAlertsByPrefix,
  lockCreator,
  type FoundAlert,
  type Store,
} from '@leakwatch/store';

export interface VerdictRequest {
  /** The alert's id, or so many of its first digits that no other alert has them: 6 or more. */
  readonly alertId: string;
  readonly verdict: VerdictKind;
  readonly reason: string;
  readonly givenBy: string;
}

export type VerdictErrorCode = 'bad-id' | 'unknown-alert' | 'ambiguous-id';

/** Why a verdict could not be given. */
export class VerdictError extends Error {
  readonly code: VerdictErrorCode;

  constructor(code: VerdictErrorCode, message: string) {
    super(message);
    this.name = 'VerdictError';
    this.code = code;
  }
}

/**
 * Notes what an analyst decided about an alert and resolves it. Earlier verdicts stay; the newest counts.
 *
 * @throws VerdictError where the id is no alert's or more than one's; ZodError where the reason or the name is empty or too long
 */
export async function giveVerdict(
  store: Pick<Store, 'pool' | 'transaction'>,
  request: VerdictRequest,
  clock: () => Date = () => new Date(),
): Promise<Verdict> {
  const alert = await findAlert(store, request.alertId.toLowerCase());
  return store.transaction(async (tx) => {
    await lockCreator(tx, alert.creatorId);
    const at = clock();
    const verdict = VerdictSchema.parse({
      schemaVersion: 1,
      alertId: alert.id,
      verdict: request.verdict,
      reason: request.reason,
      givenBy: request.givenBy,
      givenAt: at.toISOString(),
    });
    const verdictId = await addVerdict(tx, verdict);
    await appendAlertEvent(tx, {
      alertId: alert.id,
      change: 'verdict-given',
      cause: `verdict ${verdictId}`,
      verdictId,
      at,
    });
    return verdict;
  });
}

async function findAlert(store: Pick<Store, 'pool'>, id: string): Promise<FoundAlert> {
  if (!/^[0-9a-f]{6,64}$/.test(id)) {
    throw new VerdictError(
      'bad-id',
      `\`${id}\` is no alert's id: it has 64 hexadecimal digits, of which the first 6 may do`,
    );
  }
  const [alert, another] = await findAlertsByPrefix(store.pool, id);
  if (alert === undefined) throw new VerdictError('unknown-alert', `no alert's id begins with ${id}`);
  if (another !== undefined)
    throw new VerdictError('ambiguous-id', `more than one alert's id begins with ${id}`);
  return alert;
}
