/** The fields of an alert that a playbook's message may use. */
export const MESSAGE_FIELDS = ['handle', 'creator', 'campaign', 'posts', 'published'] as const;
export type MessageField = (typeof MESSAGE_FIELDS)[number];
/** What a recipient wrote themselves: the only fields of a message to somebody who was told of nothing. */
export const FIELDS_FOR_OTHERS = ['handle', 'posts', 'published'] as const satisfies readonly MessageField[];

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

export function unknownFields(message: string, allowed: readonly MessageField[]): string[] {
  return [...message.matchAll(PLACEHOLDER)]
    .map(([, field = '']) => field)
    .filter((field) => !allowed.some((known) => known === field));
}

/** Fills in the fields. A value that looks like a placeholder stays text. */
export function fillIn(message: string, values: Readonly<Record<MessageField, string>>): string {
  return message.replace(PLACEHOLDER, (whole, field: string) => {
    const known = MESSAGE_FIELDS.find((name) => name === field);
    return known === undefined ? whole : values[known];
  });
}
