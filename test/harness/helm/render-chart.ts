/** Renders the Helm chart with Helm's own engine, and checks what comes out against Kubernetes' schemas. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const ROOT = path.resolve(import.meta.dirname, '../../..');
export const CHART = path.join(ROOT, 'infra/helm/leakwatch');

/** `npm run chart:tools` installs there. */
const TOOLS = path.join(ROOT, 'node_modules/.cache/chart-tools');

export function hasChartTools(): boolean {
  return existsSync(path.join(TOOLS, 'helm_python')) && existsSync(path.join(TOOLS, 'kubernetes_validate'));
}

const ManifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});
export type Manifest = z.infer<typeof ManifestSchema>;

const RenderedSchema = z.array(
  z.union([
    z.object({ error: z.string() }),
    z.object({ manifests: z.record(z.string(), z.string()), lint: z.array(z.string()) }),
  ]),
);

export interface Rendered {
  readonly manifests: readonly Manifest[];
  /** What `helm install` prints at its end. */
  readonly notes: string;
  readonly lint: readonly string[];
}

/** Renders the chart once for each object of values: its manifests, or the message with which Helm refuses the values. */
export function renderChart(values: readonly unknown[]): (Rendered | string)[] {
  const { stdout, stderr, status } = spawnSync('python3', [path.join(ROOT, 'infra/helm/render.py'), CHART], {
    input: JSON.stringify(values),
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: TOOLS },
  });
  if (status !== 0) throw new Error(`render.py ended with ${status}: ${stderr}`);
  return RenderedSchema.parse(JSON.parse(stdout)).map((one) =>
    'error' in one ? one.error : { ...readManifests(one.manifests), lint: one.lint },
  );
}

function readManifests(files: Readonly<Record<string, string>>) {
  const texts = Object.entries(files);
  const documents = texts
    .filter(([name]) => name.endsWith('.yaml'))
    // As Kubernetes reads them.
    .flatMap(([, text]) => parseAllDocuments(text, { version: '1.1' }))
    .map((document): unknown => {
      const [error] = document.errors;
      if (error !== undefined) throw error;
      return document.toJS();
    })
    .filter((content) => content !== null && content !== undefined);
  return {
    manifests: documents.map((content) => ManifestSchema.parse(content)),
    notes: texts.find(([name]) => name.endsWith('NOTES.txt'))?.[1] ?? '',
  };
}

const JsonSchema = z.looseObject({ $id: z.string() });

/**
 * Compares manifests with the schemas of a version of Kubernetes; a field that it doesn't know is a mistake, too.
 *
 * @returns a line for each mistake, and the kinds that are none of Kubernetes' own
 */
export function checkManifests(
  version: string,
  manifests: readonly Manifest[],
): { mistakes: string[]; foreign: string[] } {
  const schemas = path.join(TOOLS, 'kubernetes_validate/kubernetes-json-schema');
  const folder = readdirSync(schemas).find(
    (name) => name.startsWith(`v${version}.`) && name.endsWith('-strict'),
  );
  if (folder === undefined) throw new Error(`no schemas of Kubernetes ${version}`);
  const read = (file: string) => JsonSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(read(path.join(schemas, folder, '_definitions.json')));
  const mistakes: string[] = [];
  const foreign: string[] = [];
  for (const manifest of manifests) {
    // networking.k8s.io/v1 is networking-v1 there.
    const group = manifest.apiVersion.replace(/^([^./]+)[^/]*\//, '$1-');
    const file = path.join(schemas, folder, `${manifest.kind.toLowerCase()}-${group}.json`);
    if (!existsSync(file)) {
      foreign.push(manifest.kind);
      continue;
    }
    const schema = read(file);
    const isRight = ajv.getSchema(schema.$id) ?? ajv.compile(schema);
    if (isRight(manifest) !== true) {
      mistakes.push(`${manifest.kind} ${manifest.metadata.name}: ${ajv.errorsText(isRight.errors)}`);
    }
  }
  return { mistakes, foreign: [...new Set(foreign)].toSorted() };
}
