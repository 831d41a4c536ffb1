import { unregisteredCreatorId, type Creator } from '@leakwatch/contracts';

/** The author of a post, as the post names the account. */
interface PostedBy {
  readonly platform: string;
  readonly instance: string;
  readonly nativeId: string;
  readonly handle: string;
}

export type FindCreator = (account: PostedBy) => string;

/**
 * Makes the look-up of a post's creator in one version of the watch list. Platforms, instances and handles are compared
 * without case and a leading `@`, native ids exactly. An account without an instance matches every instance. Unregistered
 * accounts get an id of their own, so that their posts keep their order.
 */
export function createFindCreator(creators: readonly Creator[]): FindCreator {
  const byAccount = new Map<string, string>();
  for (const creator of creators) {
    for (const { platform, instance, nativeId, handle } of creator.accounts) {
      if (nativeId !== undefined) addFirst(byAccount, keyOf(platform, instance, 'id', nativeId), creator.id);
      if (handle !== undefined) {
        addFirst(byAccount, keyOf(platform, instance, 'handle', foldHandle(handle)), creator.id);
      }
    }
  }
  return ({ platform, instance, nativeId, handle }) => {
    const folded = foldHandle(handle);
    return (
      byAccount.get(keyOf(platform, instance, 'id', nativeId)) ??
      byAccount.get(keyOf(platform, undefined, 'id', nativeId)) ??
      byAccount.get(keyOf(platform, instance, 'handle', folded)) ??
      byAccount.get(keyOf(platform, undefined, 'handle', folded)) ??
      unregisteredCreatorId(platform, instance, nativeId)
    );
  };
}

/** If two creators claim one account, the first gets it. */
function addFirst(byAccount: Map<string, string>, key: string, creatorId: string): void {
  if (!byAccount.has(key)) byAccount.set(key, creatorId);
}

/** Platforms and instances are names without line breaks and are never empty, so two accounts never share a key. */
function keyOf(platform: string, instance: string | undefined, kind: 'id' | 'handle', value: string): string {
  return `${kind}\n${platform.toLowerCase()}\n${instance?.toLowerCase() ?? ''}\n${value}`;
}

function foldHandle(handle: string): string {
  return handle.replace(/^@/, '').toLowerCase();
}
