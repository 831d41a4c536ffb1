import { type Account } from '@leakwatch/contracts';

/** How a channel is asked for: by its id, which stays, or by its handle. */
export type ChannelName =
  { readonly kind: 'id'; readonly id: string } | { readonly kind: 'handle'; readonly handle: string };

const CHANNEL_ID = /^UC[\w-]{22}$/;
const LONGEST_HANDLE = 100;

/** Reads an account of the watch list: `@ana`, a channel's id, or the address of a channel. Null if it names no channel. */
export function channelNameOf({ nativeId, handle = '' }: Account): ChannelName | null {
  if (nativeId !== undefined) return CHANNEL_ID.test(nativeId) ? { kind: 'id', id: nativeId } : null;
  const name = /^https?:/i.test(handle) ? nameInAddress(handle) : handle.trim();
  if (name === null) return null;
  if (CHANNEL_ID.test(name)) return { kind: 'id', id: name };
  const bare = name.replace(/^@/, '');
  const isHandle = bare !== '' && bare.length <= LONGEST_HANDLE && /^[\p{L}\p{N}._·-]+$/u.test(bare);
  return isHandle ? { kind: 'handle', handle: `@${bare}` } : null;
}

/** Addresses of the older forms `/c/NAME` and `/user/NAME` name no handle. */
function nameInAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { hostname, pathname } = new URL(address);
  if (!/(^|\.)youtube\.com$/i.test(hostname)) return null;
  const [, name] = /^\/(?:channel\/(?=UC)|(?=@))([^/]+)/.exec(pathname) ?? [];
  return name === undefined ? null : decodeName(name);
}

function decodeName(name: string): string | null {
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return null;
  }
}
