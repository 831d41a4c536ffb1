import { describeProblem, ViolationSchema, YamlSource } from '@leakwatch/contracts';
import { messageOf, readTextFile, UsageError } from '@leakwatch/runtime';
import { z } from 'zod';
import { BUILT_IN_PLAYBOOKS } from './built-in-playbooks.ts';
import { FIELDS_FOR_OTHERS, MESSAGE_FIELDS, unknownFields, type MessageField } from './message-fields.ts';

const text = z.string().trim().min(1);

function messageWith(fields: readonly MessageField[]) {
  return text.superRefine((message, context) => {
    for (const field of unknownFields(message, fields)) {
      const known = fields.join(', ');
      context.addIssue({ code: 'custom', message: `there is no field \`${field}\`: there are ${known}` });
    }
  });
}

const PlaybookSchema = z.strictObject({
  /** `other` is for alerts of an unknown violation. */
  violation: z.enum([...ViolationSchema.options, 'other']),
  requestedCorrection: text,
  /** To a creator who is briefed for the campaign, with `{{field}}` for any of {@link MESSAGE_FIELDS}. */
  message: messageWith(MESSAGE_FIELDS),
  /** To anybody else, with {@link FIELDS_FOR_OTHERS} only; without it, the built-in one. */
  messageToOthers: messageWith(FIELDS_FOR_OTHERS).optional(),
  checklist: z.array(z.strictObject({ id: text, text })).min(1),
});
export type Playbook = z.infer<typeof PlaybookSchema>;

const PlaybooksSchema = z.strictObject({ playbooks: z.array(PlaybookSchema) });

/**
 * Reads playbooks from YAML, each for one violation.
 *
 * @throws UsageError naming line and column of every problem: an unknown key, an unknown field in a message
 */
export function parsePlaybooks(yamlText: string, file: string): Playbook[] {
  const parsed = new YamlSource(yamlText).check(PlaybooksSchema);
  if (!parsed.ok) throw broken(parsed.problems.map((problem) => describeProblem(file, problem)));
  return parsed.value.playbooks;
}

/** Loads the playbooks of the file, then the built-in ones. The first for a violation counts. */
export async function loadPlaybooks(file: string | undefined): Promise<Playbook[]> {
  const builtIn = parsePlaybooks(BUILT_IN_PLAYBOOKS, 'built-in playbooks');
  if (file === undefined) return builtIn;
  const own = await readTextFile(file).catch((error: unknown) => {
    throw new UsageError(`the playbooks can't be read: ${messageOf(error)}`);
  });
  return [...parsePlaybooks(own, file), ...builtIn];
}

function broken(problems: readonly string[]): UsageError {
  return new UsageError(`the playbooks are broken:\n${problems.join('\n')}`);
}
