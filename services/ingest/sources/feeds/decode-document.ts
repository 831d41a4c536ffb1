/** Decodes by the byte order mark, the XML prolog, or the header, in this order; else as UTF-8. */
export function decodeDocument(bytes: Buffer, contentType: string): string {
  const mark = bytes.subarray(0, 2).toString('latin1');
  const prolog = /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w-]{1,40})/.exec(
    bytes.subarray(0, 300).toString('latin1'),
  );
  const named = prolog?.[1] ?? /charset\s*=\s*"?([\w-]{1,40})/i.exec(contentType)?.[1] ?? 'utf-8';
  const label = mark === 'ÿþ' ? 'utf-16le' : mark === 'þÿ' ? 'utf-16be' : named;
  try {
    return new TextDecoder(label).decode(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new TextDecoder().decode(bytes);
  }
}
