import { describeProblem, ViolationSchema, YamlSource } from '@leakwatch/contracts';
import { messageOf, readTextFile, UsageError } from '@leakwatch/runtime';
import { z } from 'zod';
import { BUILT_IN_PLAYBOOKS } from './built-in-playbooks.ts';
import { MESSAGE_FIELDS, unknownFields } from './message-fields.ts';

const text = z.string().trim().min(1);

const PlaybookSchema = z.strictObject({
  /** `other` is for alerts of an unknown violation. */
  violation: z.enum([...ViolationSchema.options, 'other']),
  requestedCorrection: text,
  /** With `{{field}}` for any of {@link MESSAGE_FIELDS}. */
  message: text.superRefine((message, context) => {
    for (const field of unknownFields(message)) {
      const known = MESSAGE_FIELDS.join(', ');
      context.addIssue({ code: 'custom', message: `there is no field \`${field}\`: there are ${known}` });
    }
  }),
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
