import { type Span } from '@leakwatch/console/schemas';
import { cutText } from '../lib/cut-text.ts';

/** A text with its matches marked. It is shown as text: markup, controls and changes of direction in it do nothing. */
export function MarkedText({ text, spans }: { readonly text: string; readonly spans: readonly Span[] }) {
  const pieces = cutText(
    text,
    spans.map(([start, end]) => ({ start, end })),
  );
  return (
    <bdi>
      {pieces.map(({ text: piece, marks }, index) =>
        marks.length === 0 ? <span key={index}>{piece}</span> : <mark key={index}>{piece}</mark>,
      )}
    </bdi>
  );
}
