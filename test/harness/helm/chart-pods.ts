/** Reads what the chart renders: pods, their environment, and the specs of other kinds. */
import { z } from 'zod';
import { type Manifest } from './render-chart.ts';

const ProbeSchema = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) });
const ContainerSchema = z.object({
  args: z.array(z.string()),
  env: z.array(
    z.object({
      name: z.string(),
      value: z.string().optional(),
      valueFrom: z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) }).optional(),
    }),
  ),
  envFrom: z.array(z.object({ secretRef: z.object({ name: z.string() }) })).default([]),
  ports: z.array(z.object({ name: z.string(), containerPort: z.int() })).default([]),
  startupProbe: ProbeSchema.optional(),
  livenessProbe: ProbeSchema.optional(),
  readinessProbe: ProbeSchema.optional(),
  securityContext: z.unknown(),
  resources: z.object({ limits: z.record(z.string(), z.string()) }),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
});
const PodsSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()) }),
  spec: z.object({
    securityContext: z.unknown(),
    automountServiceAccountToken: z.boolean(),
    terminationGracePeriodSeconds: z.int().optional(),
    containers: z.tuple([ContainerSchema]),
    volumes: z.array(z.looseObject({ name: z.string() })),
  }),
});
const WithPodsSchema = z.looseObject({ spec: z.looseObject({ template: PodsSchema }) });

export interface Pods extends z.infer<typeof PodsSchema> {
  readonly kind: string;
  readonly name: string;
  readonly container: z.infer<typeof ContainerSchema>;
}

/** Pods of all that starts some. */
export function podsOf(manifests: readonly Manifest[]): Pods[] {
  return manifests
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
    .map((manifest) => {
      const { template } = WithPodsSchema.parse(manifest).spec;
      return {
        ...template,
        kind: manifest.kind,
        name: manifest.metadata.name,
        container: template.spec.containers[0],
      };
    });
}

/** The environment as a process sees it. Secrets hold something of the right form; files are left out. */
export function environmentOf({ container }: Pods): Record<string, string> {
  const known = container.env.filter(({ value }) => value?.startsWith('/etc/leakwatch/') !== true);
  return Object.fromEntries(
    known.map(({ name, value }) => [
      name,
      value ?? (name.includes('URL') ? 'postgres://u:p@db/leakwatch' : 'secret'),
    ]),
  );
}

export function ofKind<T>(
  manifests: readonly Manifest[],
  kind: string,
  spec: z.ZodType<T>,
): { name: string; spec: T }[] {
  return manifests
    .filter((one) => one.kind === kind)
    .map((one) => ({ name: one.metadata.name, spec: spec.parse(one['spec']) }));
}
