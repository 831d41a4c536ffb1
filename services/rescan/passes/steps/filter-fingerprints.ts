import { type RescanRequest } from '@leakwatch/contracts';
import { type FingerprintSketch } from './read-fingerprint.ts';

/** Whether a request covers a fingerprint, by its post and its engine. */
export function fingerprintFilter(request: RescanRequest): (sketch: FingerprintSketch) => boolean {
  const since = request.since === undefined ? -Infinity : Date.parse(request.since);
  const until = request.until === undefined ? Infinity : Date.parse(request.until);
  const creators = request.creators === undefined ? null : new Set(request.creators);
  const platforms = request.platforms === undefined ? null : new Set(request.platforms);
  const lanes = request.lanes === undefined ? null : new Set(request.lanes);
  const sinceVersion = request.sinceVersion === undefined ? null : versionOf(request.sinceVersion);
  const isTimed = since !== -Infinity || until !== Infinity;
  return ({ post, lane, engine }) => {
    if (lanes !== null && !lanes.has(lane)) return false;
    if (creators !== null && !creators.has(post.creatorId)) return false;
    if (platforms !== null && !platforms.has(post.platform)) return false;
    if (sinceVersion !== null && !isOlder(engine, sinceVersion)) return false;
    if (!isTimed) return true;
    const published = Date.parse(post.publishedAt);
    return published >= since && published < until;
  };
}

interface EngineVersion {
  readonly name: string;
  readonly version: number;
}

/** `text/3` → text, 3. */
function versionOf(engine: string): EngineVersion {
  const [name = '', version] = engine.split('/');
  return { name, version: Number(version) };
}

/** True for an earlier version of the same engine; other engines never match. */
function isOlder(engine: string, than: EngineVersion): boolean {
  const { name, version } = versionOf(engine);
  return name === than.name && version < than.version;
}
