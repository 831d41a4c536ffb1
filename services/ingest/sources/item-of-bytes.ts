import { type SourceItem } from './source.ts';

/** Makes an item of bytes that should be UTF-8. Other bytes become the item's problem; nothing is replaced. */
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
