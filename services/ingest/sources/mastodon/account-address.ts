import { type Account } from '@leakwatch/contracts';

export interface AccountAddress {
  /** The instance's origin: `https://social.example`. */
  readonly origin: string;
  readonly host: string;
  /** As posts of the account name it. */
  readonly instance: string;
  /** The name on the instance; null if the watch list gives the native id only. */
  readonly user: string | null;
}

/** Reads an account of the watch list: an instance with a handle or native id, or a handle such as `ana@social.example`. */
export function addressOf({ instance, handle }: Account): AccountAddress | null {
  const [, user = null, home] = /^@?([^@]+)(?:@(.+))?$/.exec(handle ?? '') ?? [];
  const place = instance ?? home;
  if (place === undefined) return null;
  const url = place.includes('://') ? place : `https://${place}`;
  if (!URL.canParse(url)) return null;
  const { origin, host, protocol } = new URL(url);
  if (!/^https?:$/.test(protocol) || host === '') return null;
  return { origin, host, instance: place, user };
}
