/** The chart, rendered with values that bring out all of it. */
import { renderChart, type Rendered } from './render-chart.ts';

export const LEAST = {
  kafka: { brokers: 'main-kafka-bootstrap:9093' },
  console: { url: 'https://leaks.example.org' },
};
const FULL = {
  ...LEAST,
  kafka: {
    ...LEAST.kafka,
    tls: { caSecret: 'main-cluster-ca-cert' },
    topics: { retentionDays: { fingerprints: 90, posts: 7 } },
  },
  database: { sessionUrlKey: 'sessionUrl', tlsSecret: 'database-ca' },
  masterKey: { secret: 'leakwatch-master-key' },
  settings: { LEAKWATCH_LOG_LEVEL: 'debug', LEAKWATCH_WEBHOOK_BODY_BYTES: 8_388_608, LEAKWATCH_CANARY: true },
  services: {
    ingest: { settingsSecret: 'leakwatch-webhook', settings: { LEAKWATCH_LOG_LEVEL: 'warn' } },
    alerting: {
      settings: { LEAKWATCH_RULES: '/etc/leakwatch/rules/rules.yaml' },
      files: [{ configMap: 'leakwatch-rules', at: '/etc/leakwatch/rules' }],
    },
  },
  autoscaling: { enabled: true },
  monitoring: { enabled: true, labels: { release: 'prometheus' } },
  networkPolicy: {
    clients: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }],
    egress: [{ ports: [{ port: 4318 }] }],
  },
  ingress: {
    className: 'nginx',
    console: { enabled: true, tlsSecret: 'console-tls' },
    webhook: { enabled: true, host: 'posts.example.org', annotations: { a: 'b' } },
    tips: { enabled: true, host: 'tips.example.org' },
  },
  podAnnotations: { 'example.org/team': 'brand' },
  tolerations: [{ operator: 'Exists' }],
};
const CERTIFICATES = { ...LEAST, kafka: { ...LEAST.kafka, auth: 'tls' }, autoscaling: { enabled: true } };
const OPEN = {
  ...LEAST,
  kafka: { brokers: 'kafka:9092', auth: 'none', tls: { enabled: false }, topics: { create: false } },
  autoscaling: { enabled: true },
  networkPolicy: { enabled: false },
};

/** Renders the chart with each of them. */
export function renderCases(): Record<'least' | 'full' | 'certificates' | 'open' | 'stopped', Rendered> {
  const stopped = { ...FULL, stopped: true };
  const all = renderChart([LEAST, FULL, CERTIFICATES, OPEN, stopped]).map((one) => {
    if (typeof one === 'string') throw new Error(one);
    return one;
  });
  const [least, full, certificates, open, atRest] = all;
  if (!least || !full || !certificates || !open || !atRest) throw new Error('render.py left a case out');
  return { least, full, certificates, open, stopped: atRest };
}
