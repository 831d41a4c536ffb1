import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAlertingConfig } from '@leakwatch/alerting';
import { loadIngestConfig } from '@leakwatch/ingest';
import { loadMatcherConfig } from '@leakwatch/matcher';
import { loadRescanConfig } from '@leakwatch/rescan';
import { createMetrics } from '@leakwatch/runtime';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CHART_SETTINGS, FOREIGN_SETTINGS, SECRET_SETTINGS } from '../../infra/helm/values-schema.ts';
import { loadConsoleConfig } from '../../services/console/config.ts';
import { loadSharedEnvironmentConfig } from '../../services/leakwatch/environment-config.ts';
import { SETTINGS } from '../../services/leakwatch/known-settings.ts';
import { openOpsPort } from '../../services/leakwatch/ops-port.ts';
import { loadProcessConfig } from '../../services/leakwatch/process-settings.ts';
import { LEAST, renderCases } from '../harness/helm/chart-cases.ts';
import { environmentOf, ofKind, podsOf } from '../harness/helm/chart-pods.ts';
import { CHART, checkManifests, hasChartTools, renderChart } from '../harness/helm/render-chart.ts';
import { once } from '../harness/helm/once.ts';
import { unknownWords } from '../harness/unknown-words.ts';

const itNeedsTools = itNeeds('what `npm run chart:tools` installs', hasChartTools());

const REFUSED: readonly (readonly [string, unknown, RegExp])[] = [
  ['no broker', { console: LEAST.console }, /\/kafka\/brokers': '' does not match pattern/],
  ['no address of the console', { kafka: LEAST.kafka }, /\/console\/url': '' does not match pattern/],
  [
    'a misspelt setting',
    { ...LEAST, settings: { LEAKWATCH_LOG_LVEL: 'info' } },
    /'LEAKWATCH_LOG_LVEL' not allowed/,
  ],
  [
    'a secret in a value',
    { ...LEAST, settings: { LEAKWATCH_SMTP_URL: 'x' } },
    /'LEAKWATCH_SMTP_URL' not allowed/,
  ],
  [
    'a port of its own',
    { ...LEAST, settings: { LEAKWATCH_OPS_PORT: 1 } },
    /'LEAKWATCH_OPS_PORT' not allowed/,
  ],
  ['a misspelt value', { ...LEAST, autoscalling: { enabled: true } }, /'autoscalling' not allowed/],
  [
    'a service that there is not',
    { ...LEAST, services: { matcher: { replicas: 1 } } },
    /'matcher' not allowed/,
  ],
  ['words for a number', { ...LEAST, services: { ingest: { replicas: 'two' } } }, /got string, want integer/],
  [
    'an unknown mechanism',
    { ...LEAST, kafka: { ...LEAST.kafka, auth: 'scram' } },
    /must be one of 'none', 'tls'/,
  ],
  ['no amount', { ...LEAST, services: { ingest: { resources: { limits: { memory: '512MB' } } } } }, /512MB/],
  [
    'more matchers than partitions',
    { ...LEAST, autoscaling: { enabled: true, 'matcher-text': { max: 13 } } },
    /autoscaling.matcher-text.max is 13, and kafka.topics.partitions 12/,
  ],
  [
    'more processes than partitions',
    { ...LEAST, services: { alerting: { replicas: 13 } } },
    /services.alerting.replicas is 13, and kafka.topics.partitions 12/,
  ],
];

const cases = once(renderCases);
const allManifests = () => Object.values(cases()).flatMap(({ manifests }) => manifests);
const allPods = () => podsOf(allManifests());

describe('the Helm chart', () => {
  itNeedsTools(
    'is what Kubernetes takes, in its oldest version for it and in the newest, field by field',
    () => {
      for (const version of ['1.27', '1.37']) {
        const { mistakes, foreign } = checkManifests(version, allManifests());
        expect([version, ...mistakes]).toEqual([version]);
        expect(foreign).toEqual([
          'PrometheusRule',
          'ScaledObject',
          'ServiceMonitor',
          'TriggerAuthentication',
        ]);
      }
      const [deployment] = cases().full.manifests.filter(({ kind }) => kind === 'Deployment');
      const { mistakes } = checkManifests('1.37', [{ ...deployment!, spec: { replica: 1 } }]);
      expect(mistakes).toHaveLength(1);
      for (const { lint } of Object.values(cases())) expect(lint).toEqual([]);
    },
  );

  itNeedsTools('refuses wrong values by name', () => {
    const refusals = renderChart(REFUSED.map(([, values]) => values));
    for (const [index, [what, , message]] of REFUSED.entries()) {
      expect([what, refusals[index]]).toEqual([what, expect.stringMatching(message)]);
    }
  });

  it('knows every setting, and writes none that there is not', () => {
    expect(SETTINGS).toEqual(
      expect.arrayContaining([...CHART_SETTINGS, ...SECRET_SETTINGS, ...FOREIGN_SETTINGS]),
    );
  });

  it('is of the version of leakwatch', () => {
    const versions = z.object({ version: z.string(), appVersion: z.string() });
    const { version } = versions
      .pick({ version: true })
      .parse(JSON.parse(readFileSync(path.join(CHART, '../../../services/leakwatch/package.json'), 'utf8')));
    expect(versions.parse(parse(readFileSync(path.join(CHART, 'Chart.yaml'), 'utf8')))).toEqual({
      version,
      appVersion: version,
    });
  });

  itNeedsTools('starts commands that there are, with settings that these read', () => {
    for (const pods of allPods()) {
      expect(unknownWords(pods.container.args)).toEqual([]);
      const env = environmentOf(pods);
      if (pods.kind === 'Job') continue;
      expect(loadSharedEnvironmentConfig(env).kafka).not.toBeNull();
      const read = {
        ops: loadProcessConfig(env).LEAKWATCH_OPS_PORT,
        webhook: loadIngestConfig(env).webhook.port,
        tips: loadAlertingConfig(env).tips.port,
        console: loadConsoleConfig(env).port,
      };
      loadMatcherConfig(env);
      loadRescanConfig(env);
      const opened = Object.fromEntries(
        pods.container.ports.map(({ name, containerPort }) => [name, containerPort]),
      );
      expect({ ...read, ...opened }).toEqual(read);
    }
    const names = podsOf(cases().open.manifests).map(({ container }) => container.args.join(' '));
    expect(names.toSorted()).toEqual([
      'run alerting',
      'run console',
      'run ingest',
      'run matcher --lane image',
      'run matcher --lane text',
      'run rescan',
    ]);
  });

  itNeedsTools(
    'gives settings as they are: numbers in full, a service before all, files where they are mounted',
    () => {
      const [ingest] = podsOf(cases().full.manifests).filter(({ name }) => name === 'leakwatch-ingest');
      expect(environmentOf(ingest!)).toMatchObject({
        LEAKWATCH_LOG_LEVEL: 'warn',
        LEAKWATCH_WEBHOOK_BODY_BYTES: '8388608',
        LEAKWATCH_CANARY: 'on',
        LEAKWATCH_HOST: '0.0.0.0',
      });
      expect(ingest!.container.envFrom).toEqual([{ secretRef: { name: 'leakwatch-webhook' } }]);
      for (const { container, spec } of allPods()) {
        const mounts = container.volumeMounts.map(({ mountPath }) => `${mountPath}/`);
        const files = container.env.flatMap(({ value }) =>
          value?.startsWith('/etc/') === true ? [value] : [],
        );
        expect(files.filter((file) => !mounts.some((mount) => file.startsWith(mount)))).toEqual([]);
        expect(container.volumeMounts.map(({ name }) => name)).toEqual(spec.volumes.map(({ name }) => name));
        const names = container.env.map(({ name }) => name);
        expect(names).toEqual([...new Set(names)]);
      }
    },
  );

  itNeedsTools('asks for health where a process answers', async () => {
    const ops = await openOpsPort({ host: '127.0.0.1', port: 0, metrics: createMetrics() });
    try {
      for (const { container, kind } of allPods()) {
        if (kind === 'Job') continue;
        const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
        for (const probe of probes) {
          expect(container.ports.map(({ name }) => name)).toContain(probe?.httpGet.port);
        }
        expect(probes.map((probe) => probe?.httpGet.path)).toEqual(['/healthz', '/healthz', '/readyz']);
      }
      expect((await fetch(`${ops.address}/healthz`)).status).toBe(200);
      expect((await fetch(`${ops.address}/readyz`)).status).toBe(503);
      expect((await fetch(`${ops.address}/livez`)).status).toBe(404);
    } finally {
      await ops.stop();
    }
  });

  itNeedsTools('gives pods no right that they do without, and as much memory as compose', () => {
    const Limits = z.looseObject({
      deploy: z.object({ resources: z.object({ limits: z.object({ memory: z.string() }) }) }),
    });
    const compose = z
      .object({ services: z.record(z.string(), z.unknown()) })
      .parse(
        parse(readFileSync(path.join(CHART, '../../../docker-compose.yml'), 'utf8'), { merge: true }),
      ).services;
    for (const { kind, name, spec, container } of allPods()) {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(spec.automountServiceAccountToken).toBe(false);
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      if (kind === 'Job') continue;
      // The 30 seconds that a process takes at most, after the five of preStop.
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(35);
      const { memory } = Limits.parse(compose[name.replace('leakwatch-', '')]).deploy.resources.limits;
      const [, inCompose = memory] = /^\$\{\w+:-(.*)\}$/.exec(memory) ?? [];
      expect([name, container.resources.limits]).toEqual([name, { memory: `${inCompose}i` }]);
    }
  });

  itNeedsTools('ends all processes on request, and lets KEDA start none', () => {
    const { manifests } = cases().stopped;
    const Replicas = z.looseObject({ replicas: z.int() });
    expect(ofKind(manifests, 'Deployment', Replicas).map(({ spec }) => spec.replicas)).toEqual(
      Array.from({ length: 6 }, () => 0),
    );
    expect(ofKind(manifests, 'ScaledObject', z.unknown())).toEqual([]);
  });

  itNeedsTools('ends with what to do next, by commands that there are', () => {
    const least = cases().least.notes;
    const full = cases().full.notes;
    const commands = [...least.matchAll(/-- leakwatch (.+?)(?: <.*)?$/gm)].map(([, words = '']) =>
      words.split(' '),
    );
    expect(commands.map(unknownWords)).toEqual([['/dev/stdin'], []]);
    expect(least).toContain('No webhook is served');
    expect(full).not.toContain('No webhook is served');
    expect(full).not.toContain('Nothing is encrypted');
  });
});
