/** `leakwatch watchlist validate` tells which terms would not be found, before they are watched. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runLeakwatch } from '../harness/run-leakwatch.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

async function validate(...terms: string[]) {
  const file = path.join(await temporaryFolder(), 'list.yaml');
  const lines = ['campaigns:', '  - id: launch', '    name: Launch', '    terms:'];
  await writeFile(file, [...lines, ...terms.map((term) => `      - ${term}`), ''].join('\n'));
  return runLeakwatch(['watchlist', 'validate', file], {});
}

it('a term that its policy hides from its own text is refused, with its place and the key', async () => {
  const { code, stdout, stderr } = await validate(
    '{ id: fine, text: Thessaly, kind: product }',
    '{ id: hidden, text: Corvane Mist, kind: product, policy: { exclude: [mist] } }',
  );
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(
    'list.yaml: campaigns[0].terms[1].text: `Corvane Mist` is not found even in its own text; `policy.exclude` rejects it, so change that',
  );
  expect(stderr).not.toContain('Thessaly');
});

it('a term that is not found in a usual form is valid, with a warning', async () => {
  const { code, stdout, stderr } = await validate(
    '{ id: plural, text: Qzvk, kind: codename, policy: { allowedPhrases: ["two qzvks"] } }',
  );
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('is valid: ');
  expect(stderr).toContain('campaign launch, term plural: `Qzvk` is not found as a plural (`two Qzvks`)');
});
