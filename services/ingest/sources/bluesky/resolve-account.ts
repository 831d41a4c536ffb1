import { failure, type PollFailure, type Postponed } from '../polling/connector.ts';
import { getJson } from '../polling/get-json.ts';
import { type HttpGetter } from '../polling/http-get.ts';
import { DidDocumentSchema, ResolvedHandleSchema } from './record-schema.ts';

/** Public services that say which account a handle is, and where its repository is. */
export interface Directories {
  /** Answers `com.atproto.identity.resolveHandle`. */
  readonly resolver: string;
  /** The directory of `did:plc`. */
  readonly plc: string;
}

export interface Repository {
  readonly kind: 'repository';
  readonly pds: string;
  /** The handle that the account claims; null if it claims none. */
  readonly handle: string | null;
}

/** Finds the DID of a handle. */
export async function resolveHandle(
  http: HttpGetter,
  handle: string,
  { resolver }: Directories,
  signal: AbortSignal,
): Promise<string | PollFailure | Postponed> {
  const query = new URLSearchParams({ handle });
  const url = `${resolver}/xrpc/com.atproto.identity.resolveHandle?${query.toString()}`;
  const found = await getJson(http, url, { schema: ResolvedHandleSchema, what: 'a DID', signal });
  if (found.kind === 'document') return found.value.did;
  if (found.kind === 'failed' && (found.status === 400 || found.status === 404)) {
    return failure('no account has this handle', { state: 'gone' });
  }
  return found;
}

/** Finds an account's repository by its DID. */
export async function findRepository(
  http: HttpGetter,
  did: string,
  directories: Directories,
  signal: AbortSignal,
): Promise<Repository | PollFailure | Postponed> {
  const url = documentAddress(did, directories);
  if (url === null) return failure('the account id is no did:plc or did:web');
  const found = await getJson(http, url, { schema: DidDocumentSchema, what: 'a DID document', signal });
  if (found.kind === 'postponed') return found;
  if (found.kind === 'failed') {
    return found.status === 404 || found.status === 410
      ? failure('the directory has no account of this id', { state: 'gone' })
      : found;
  }
  const { service, alsoKnownAs } = found.value;
  const endpoint = service.find(({ id }) => id.endsWith('#atproto_pds'))?.serviceEndpoint;
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) {
    return failure('the account names no server for its posts', { state: 'gone' });
  }
  const claimed = alsoKnownAs.find((name) => name.startsWith('at://'));
  return {
    kind: 'repository',
    pds: new URL(endpoint).origin,
    handle: claimed?.slice('at://'.length) ?? null,
  };
}

function documentAddress(did: string, { plc }: Directories): string | null {
  if (/^did:plc:[a-z0-9]+$/.test(did)) return `${plc}/${did}`;
  const host = /^did:web:([a-zA-Z0-9.-]+(?:%3A\d+)?)$/.exec(did)?.[1];
  return host === undefined ? null : `https://${decodeURIComponent(host)}/.well-known/did.json`;
}
