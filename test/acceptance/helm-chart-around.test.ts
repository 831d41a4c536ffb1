import { readFileSync } from 'node:fs';
import path from 'node:path';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { serviceAccess } from '../../services/leakwatch/kafka-access.ts';
import { renderCases } from '../harness/helm/chart-cases.ts';
import { environmentOf, ofKind, podsOf } from '../harness/helm/chart-pods.ts';
import { CHART, hasChartTools } from '../harness/helm/render-chart.ts';
import { once } from '../harness/helm/once.ts';
import { readRuleFiles } from '../observability/support/rule-files.ts';

const itNeedsTools = itNeeds('what `npm run chart:tools` installs', hasChartTools());
const cases = once(renderCases);

describe('around the pods of the Helm chart', () => {
  itNeedsTools(
    'signs in to Kafka as the users that `topics create --grant` knows, and scales by their groups',
    () => {
      const access = serviceAccess('leakwatch-');
      const pods = podsOf(cases().full.manifests);
      const users = new Set(pods.map((one) => environmentOf(one)['KAFKA_SASL_USERNAME']));
      const granted = access.map(({ user }) => user).filter((user) => user !== 'leakwatch-command');
      expect([...users].toSorted()).toEqual([...granted, 'leakwatch-admin'].toSorted());
      for (const { container } of pods) {
        const secret = container.env.find(({ name }) => name === 'KAFKA_SASL_PASSWORD')?.valueFrom
          ?.secretKeyRef;
        expect(secret?.name).toBe(container.env.find(({ name }) => name === 'KAFKA_SASL_USERNAME')?.value);
      }
      const [job] = pods.filter(({ kind }) => kind === 'Job');
      expect(job?.container.args).toContain('--grant=leakwatch-');

      const groups = access.find(({ user }) => user === 'leakwatch-matcher')?.joins;
      const scaled = ofKind(cases().full.manifests, 'ScaledObject', z.unknown());
      expect(scaled.map(({ name }) => name.replace('leakwatch-', '')).toSorted()).toEqual(groups?.toSorted());
      expect(scaled.find(({ name }) => name === 'leakwatch-matcher-text')?.spec).toEqual({
        scaleTargetRef: { name: 'leakwatch-matcher-text' },
        minReplicaCount: 2,
        maxReplicaCount: 6,
        fallback: { failureThreshold: 3, replicas: 2 },
        triggers: [
          {
            type: 'kafka',
            metadata: {
              bootstrapServers: 'main-kafka-bootstrap:9093',
              consumerGroup: 'matcher-text',
              topic: 'posts',
              lagThreshold: '10000',
              tls: 'enable',
              sasl: 'scram_sha512',
            },
            authenticationRef: { name: 'leakwatch-kafka' },
          },
        ],
      });
      const [authentication] = ofKind(cases().full.manifests, 'TriggerAuthentication', z.unknown());
      expect(authentication?.spec).toEqual({
        env: [{ parameter: 'username', name: 'KAFKA_SASL_USERNAME', containerName: 'leakwatch' }],
        secretTargetRef: [
          { parameter: 'password', name: 'leakwatch-matcher', key: 'password' },
          { parameter: 'ca', name: 'main-cluster-ca-cert', key: 'ca.crt' },
        ],
      });
    },
  );

  itNeedsTools('leads each Service, Ingress, budget and policy to pods that are there', () => {
    const Selector = z.record(z.string(), z.string());
    for (const { manifests } of Object.values(cases())) {
      const pods = podsOf(manifests);
      const selected = (labels: z.infer<typeof Selector>) =>
        pods.filter(({ metadata }) =>
          Object.entries(labels).every(([name, value]) => metadata.labels[name] === value),
        );
      const Service = z.looseObject({
        selector: Selector,
        ports: z.array(z.object({ name: z.string(), port: z.int(), targetPort: z.string() })),
      });
      const services = ofKind(manifests, 'Service', Service);
      for (const { spec } of services) {
        const [port] = spec.ports;
        const to = selected(spec.selector).filter(({ kind }) => kind === 'Deployment');
        expect(to.length).toBeGreaterThan(0);
        for (const { container } of to) {
          expect(container.ports).toContainEqual({ name: port?.targetPort, containerPort: port?.port });
        }
      }
      const Backend = z.object({ name: z.string(), port: z.object({ name: z.string() }) });
      const Ingress = z.looseObject({
        rules: z.array(
          z.object({
            http: z.object({ paths: z.array(z.looseObject({ backend: z.object({ service: Backend }) })) }),
          }),
        ),
      });
      const backends = ofKind(manifests, 'Ingress', Ingress).flatMap(({ spec }) =>
        spec.rules.flatMap(({ http }) => http.paths.map(({ backend }) => backend.service)),
      );
      for (const { name, port } of backends) {
        const service = services.find((one) => one.name === name);
        expect(service?.spec.ports.map((one) => one.name)).toContain(port.name);
      }
      const Labels = z.looseObject({ matchLabels: Selector });
      const budgets = ofKind(manifests, 'PodDisruptionBudget', z.looseObject({ selector: Labels }));
      const policies = ofKind(manifests, 'NetworkPolicy', z.looseObject({ podSelector: Labels }));
      expect(
        budgets.flatMap(({ spec }) => selected(spec.selector.matchLabels).map(({ name }) => name)).toSorted(),
      ).toEqual(pods.flatMap(({ kind, name }) => (kind === 'Deployment' ? [name] : [])).toSorted());
      const guarded = new Set(
        policies.flatMap(({ spec }) => selected(spec.podSelector.matchLabels).map(({ name }) => name)),
      );
      if (policies.length > 0)
        expect([...guarded].toSorted()).toEqual(pods.map(({ name }) => name).toSorted());
    }
    expect(ofKind(cases().full.manifests, 'Ingress', z.unknown()).map(({ name }) => name)).toHaveLength(3);
  });

  itNeedsTools('watches by the very rules of infra/prometheus, under the job that they ask for', () => {
    const [rule] = ofKind(
      cases().full.manifests,
      'PrometheusRule',
      z.object({ groups: z.array(z.unknown()) }),
    );
    const kept = [...readRuleFiles().values()].flatMap(({ groups }) => groups);
    const runbooks = 'https://leaks.example.org/docs/runbooks';
    expect(rule?.spec.groups).toEqual(
      JSON.parse(JSON.stringify(kept).replaceAll('{{ $externalLabels.runbooks }}', runbooks)),
    );
    const prometheus = z
      .object({
        global: z.looseObject({ scrape_interval: z.string() }),
        scrape_configs: z.array(z.looseObject({ job_name: z.string() })),
      })
      .parse(parse(readFileSync(path.join(CHART, '../../prometheus/prometheus.yml'), 'utf8')));
    const [monitor] = ofKind(cases().full.manifests, 'ServiceMonitor', z.unknown());
    expect(monitor?.spec).toEqual({
      selector: {
        matchLabels: {
          'app.kubernetes.io/name': 'leakwatch',
          'app.kubernetes.io/instance': 'leakwatch',
          'app.kubernetes.io/component': 'ops',
        },
      },
      endpoints: [
        {
          port: 'ops',
          path: '/metrics',
          interval: prometheus.global.scrape_interval,
          relabelings: [
            { targetLabel: 'job', replacement: prometheus.scrape_configs[0]?.job_name },
            {
              sourceLabels: ['__meta_kubernetes_pod_label_app_kubernetes_io_component'],
              targetLabel: 'service',
            },
          ],
        },
      ],
    });
  });
});
