/** Reads GitHub's workflow files with GitHub's own parser. `npm run check:workflows` fails with every mistake in them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';

const FOLDER = path.resolve(import.meta.dirname, '../../.github/workflows');
/** A tag can be moved to other code; a commit can't. */
const PINNED = /^(?:\.\/|.+@[0-9a-f]{40}$)/;

async function mistakesIn(file: string): Promise<string[]> {
  const content = readFileSync(path.join(FOLDER, file), 'utf8');
  const { context, value } = parseWorkflow({ name: file, content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  const unpinned = [...content.matchAll(/^ *(?:- )?uses: (\S+)/gm)].flatMap(([, action = '']) =>
    PINNED.test(action) ? [] : [`${file}: ${action} is not pinned to a commit`],
  );
  return [...context.errors.getErrors().map(({ message }) => message), ...unpinned];
}

const files = readdirSync(FOLDER);
const mistakes = (await Promise.all(files.map(mistakesIn))).flat();
for (const mistake of mistakes) process.stderr.write(`${mistake}\n`);
process.exitCode = mistakes.length === 0 ? 0 : 1;
