/** Writes the chart's values.schema.json and strimzi-users.yaml. With --check it only names stale files and exits with 1. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { strimziUsers } from './strimzi-users.ts';
import { ValuesSchema } from './values-schema.ts';

// Every Helm since 3.0 knows this draft.
const schema = z.toJSONSchema(ValuesSchema, { target: 'draft-7', io: 'input', reused: 'ref' });

const files = {
  'leakwatch/values.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
  'strimzi-users.yaml': strimziUsers(),
};
const isCheck = process.argv.includes('--check');
const stale: string[] = [];
for (const [name, text] of Object.entries(files)) {
  const file = path.join(import.meta.dirname, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (isCheck) stale.push(name);
  else writeFileSync(file, text);
}
if (stale.length > 0) {
  process.stderr.write(`infra/helm: not up to date: ${stale.join(', ')}; run \`npm run chart\`\n`);
  process.exitCode = 1;
}
