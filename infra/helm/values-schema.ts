/**
 * The values of the chart as a schema. values.schema.json is made from it, by which Helm itself refuses what is wrong, at the install
 * and not by pods that end again and again.
 */
import { TOPICS } from '@leakwatch/contracts';
import { z } from 'zod';
import { SETTINGS } from '../../services/leakwatch/known-settings.ts';

/** Settings that the chart writes itself, from other values. */
export const CHART_SETTINGS = [
  'LEAKWATCH_CONSOLE_HOST',
  'LEAKWATCH_CONSOLE_PORT',
  'LEAKWATCH_CONSOLE_URL',
  'LEAKWATCH_DATABASE_SESSION_URL',
  'LEAKWATCH_HOST',
  'LEAKWATCH_MASTER_KEY_FILE',
  'LEAKWATCH_OPS_PORT',
  'LEAKWATCH_TIPS_PORT',
  'LEAKWATCH_TYPED_AS',
  'LEAKWATCH_WEBHOOK_PORT',
] as const;

/** Settings whose values are secret: in a value of the chart everybody who sees the release could read them. */
export const SECRET_SETTINGS = [
  'LEAKWATCH_ALERT_WEBHOOK_SECRET',
  'LEAKWATCH_CONSOLE_OIDC_CLIENT_SECRET',
  'LEAKWATCH_MASTER_KEY',
  'LEAKWATCH_PAGERDUTY_ROUTING_KEY',
  'LEAKWATCH_SLACK_WEBHOOK_URL',
  'LEAKWATCH_SMTP_URL',
  'LEAKWATCH_TIPS_TOKENS',
  'LEAKWATCH_WEBHOOK_SECRETS',
] as const;

/** Settings of a person's command line, or of servers on one machine. */
export const FOREIGN_SETTINGS = [
  'LEAKWATCH_CONFIG',
  'LEAKWATCH_CONSOLE',
  'LEAKWATCH_DATA_DIR',
  'LEAKWATCH_OPS_HOST',
  'LEAKWATCH_SERVER',
  'LEAKWATCH_TERMINAL_DETAILS',
  'LEAKWATCH_TIPS_HOST',
  'LEAKWATCH_TOKEN',
  'LEAKWATCH_TOKEN_FILE',
  'LEAKWATCH_WEBHOOK_HOST',
] as const;

/** Settings of Kafka and of OpenTelemetry that may stand beside ours. */
const NEIGHBOURS = [
  'KAFKA_CLIENT_ID',
  'KAFKA_SESSION_TIMEOUT_MS',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_SERVICE_NAME',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
];

const elsewhere = new Set<string>([...CHART_SETTINGS, ...SECRET_SETTINGS, ...FOREIGN_SETTINGS]);
const names = [...SETTINGS.filter((name) => !elsewhere.has(name)), ...NEIGHBOURS].toSorted();
const SettingsSchema = z
  .strictObject(
    Object.fromEntries(
      names.map((name) => [name, z.union([z.string(), z.number(), z.boolean()]).optional()]),
    ),
  )
  .describe('settings by their names; secret ones go into settingsSecret');

/** The name of a resource of Kubernetes. */
const NameSchema = z.string().regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
const OptionalNameSchema = z.string().regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/);
const KeySchema = z.string().regex(/^[-._a-zA-Z0-9]+$/);
const CountSchema = z.int().min(0).max(1000);
const PortSchema = z.int().min(1).max(65_535);
const TextsSchema = z.record(z.string(), z.string());

const QuantitySchema = z.union([z.number(), z.string().regex(/^\d+(\.\d+)?(m|k|M|G|Ki|Mi|Gi)?$/)]);
const AmountsSchema = z.strictObject({ cpu: QuantitySchema.optional(), memory: QuantitySchema.optional() });

const PathSchema = z.string().regex(/^\/[^:]+$/);
const FilesSchema = z.union([
  z.strictObject({ secret: NameSchema, at: PathSchema }),
  z.strictObject({ configMap: NameSchema, at: PathSchema }),
]);

const ServiceSchema = z.strictObject({
  replicas: CountSchema,
  settings: SettingsSchema,
  settingsSecret: OptionalNameSchema,
  files: z.array(FilesSchema),
  resources: z.strictObject({ requests: AmountsSchema.optional(), limits: AmountsSchema.optional() }),
});

const ScaleSchema = z.strictObject({ min: z.int().min(1), max: z.int().min(1), lag: z.int().min(1) });

const IngressSchema = z.strictObject({
  enabled: z.boolean(),
  tlsSecret: OptionalNameSchema,
  annotations: TextsSchema,
});
const HostSchema = z.string().regex(/^([-a-z0-9.]+)?$/);

/** Parts of Kubernetes' own, such as a peer in a NetworkPolicy: it knows them better. */
const KubernetesSchema = z.array(z.looseObject({}));

export const ValuesSchema = z.strictObject({
  image: z.strictObject({
    repository: z.string().min(1),
    tag: z.string(),
    digest: z.string().regex(/^(sha256:[0-9a-f]{64})?$/),
    pullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']),
  }),
  imagePullSecrets: z.array(z.strictObject({ name: NameSchema })),
  database: z.strictObject({
    secret: NameSchema,
    urlKey: KeySchema,
    sessionUrlKey: KeySchema.or(z.literal('')),
    tlsSecret: OptionalNameSchema,
  }),
  kafka: z.strictObject({
    brokers: z
      .string()
      .regex(/^[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*$/)
      .describe('host:port, comma-separated'),
    auth: z.enum(['none', 'tls', 'plain', 'scram-sha-256', 'scram-sha-512']),
    tls: z.strictObject({ enabled: z.boolean(), caSecret: OptionalNameSchema, caKey: KeySchema }),
    userPrefix: z.string().regex(/^([a-z0-9][-a-z0-9.]*)?$/),
    passwordKey: KeySchema,
    certKey: KeySchema,
    keyKey: KeySchema,
    topics: z.strictObject({
      create: z.boolean(),
      grant: z.boolean(),
      partitions: z.int().min(1).max(10_000),
      replicationFactor: z.int().min(1).max(100),
      retentionDays: z.strictObject(
        Object.fromEntries(TOPICS.map((topic) => [topic, z.int().min(1).max(36_500).optional()])),
      ),
    }),
  }),
  masterKey: z.strictObject({ secret: OptionalNameSchema, key: KeySchema }),
  console: z.strictObject({ url: z.string().regex(/^https?:\/\/[^/\s]+/) }),
  settings: SettingsSchema,
  services: z.strictObject({
    ingest: ServiceSchema,
    'matcher-text': ServiceSchema,
    'matcher-image': ServiceSchema,
    alerting: ServiceSchema,
    rescan: ServiceSchema,
    console: ServiceSchema,
  }),
  autoscaling: z.strictObject({
    enabled: z.boolean(),
    'matcher-text': ScaleSchema,
    'matcher-image': ScaleSchema,
  }),
  stopped: z.boolean(),
  monitoring: z.strictObject({ enabled: z.boolean(), labels: TextsSchema, runbooks: z.string() }),
  networkPolicy: z.strictObject({
    enabled: z.boolean(),
    monitoring: KubernetesSchema,
    clients: KubernetesSchema,
    database: z.strictObject({ port: PortSchema, to: KubernetesSchema }),
    kafka: z.strictObject({ ports: z.array(PortSchema), to: KubernetesSchema }),
    publicPorts: z.array(PortSchema),
    egress: KubernetesSchema,
  }),
  ingress: z.strictObject({
    className: z.string(),
    console: IngressSchema,
    webhook: IngressSchema.extend({ host: HostSchema }),
    tips: IngressSchema.extend({ host: HostSchema }),
  }),
  podAnnotations: TextsSchema,
  podLabels: TextsSchema,
  nodeSelector: TextsSchema,
  tolerations: KubernetesSchema,
  priorityClassName: OptionalNameSchema,
  /** Helm gives it to a chart inside another one. */
  global: z.looseObject({}).optional(),
});
