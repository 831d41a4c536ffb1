import { type SourceItem } from './source.ts';

/** An item of bytes that should be UTF-8. What isn't is a problem of the item, and nothing in it is replaced. */
export function itemOfBytes(place: string, bytes: Uint8Array, checkpoint: string | null): SourceItem {
  try {
    return { place, raw: new TextDecoder('utf-8', { fatal: true }).decode(bytes), checkpoint };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return {
      place,
      raw: '',
      checkpoint,
      problem: { reason: 'bad-encoding', message: 'it is not UTF-8', bytes },
    };
  }
}
