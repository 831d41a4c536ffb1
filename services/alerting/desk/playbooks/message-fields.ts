/** What a playbook's message can say of its alert. */
export const MESSAGE_FIELDS = ['creator', 'campaign', 'posts', 'published'] as const;
export type MessageField = (typeof MESSAGE_FIELDS)[number];

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

export function unknownFields(message: string): string[] {
  return [...message.matchAll(PLACEHOLDER)]
    .map(([, field = '']) => field)
    .filter((field) => !MESSAGE_FIELDS.some((known) => known === field));
}

/** Values are put in as they are: one that looks like a placeholder stays text. */
export function fillIn(message: string, values: Readonly<Record<MessageField, string>>): string {
  return message.replace(PLACEHOLDER, (whole, field: string) => {
    const known = MESSAGE_FIELDS.find((name) => name === field);
    return known === undefined ? whole : values[known];
  });
}
