import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '@leakwatch/kafka-local';
import { stringify } from 'yaml';
import { z } from 'zod';
import { waitFor } from '../../harness/wait-for.ts';
import { readRuleFiles } from './rule-files.ts';
import { shortenMinutes } from './shorten-minutes.ts';

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface RunningAlert {
  readonly name: string;
  readonly state: 'pending' | 'firing';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Prometheus {
  /** Evaluates an expression now. Rejects with Prometheus' message when it can't be parsed. */
  query(expression: string): Promise<Series[]>;
  alerts(): Promise<RunningAlert[]>;
  /** Pages pending or firing at any time since an instant, with their subject: `LeakwatchStageStalled ingest`. */
  pagesSince(since: Date): Promise<string[]>;
  /** Alerts of a severity that fired at any time since an instant, with their subject. */
  firedSince(severity: 'page' | 'ticket', since: Date): Promise<string[]>;
  /** Result of each rule's last evaluation. */
  rules(): Promise<{ name: string; health: string; lastError: string | undefined }[]>;
  stop(): Promise<void>;
}

const LabelsSchema = z.record(z.string(), z.string());
const VectorSchema = z.object({
  result: z.array(z.object({ metric: LabelsSchema, value: z.tuple([z.number(), z.string()]) })),
});
const AlertsSchema = z.object({
  alerts: z.array(
    z.object({ labels: LabelsSchema, annotations: LabelsSchema, state: z.enum(['pending', 'firing']) }),
  ),
});
const RulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(z.object({ name: z.string(), health: z.string(), lastError: z.string().optional() })),
    }),
  ),
});

/**
 * Starts a real Prometheus with the repository's rules, minutes `factor` times shorter, and a scrape each second.
 *
 * @param targets - `127.0.0.1:9464`
 * @param rules - a folder with other rules
 */
export async function startPrometheus(
  factor: number,
  targets: readonly string[],
  rules?: string,
): Promise<Prometheus> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-prometheus-'));
  await mkdir(path.join(folder, 'rules'));
  for (const [name, file] of readRuleFiles(rules)) {
    await writeFile(path.join(folder, 'rules', name), stringify(shortenMinutes(file, factor)));
  }
  const config = {
    global: {
      scrape_interval: '1s',
      evaluation_interval: '1s',
      external_labels: { runbooks: `http://${targets[0]}/docs/runbooks` },
    },
    rule_files: ['rules/*.yml'],
    scrape_configs: [{ job_name: 'leakwatch', static_configs: [{ targets }] }],
  };
  await writeFile(path.join(folder, 'prometheus.yml'), stringify(config));

  const [port = 0] = await freePorts(1);
  const address = `http://127.0.0.1:${port}`;
  const server = spawn(
    'prometheus',
    [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(server, 'close');

  const get = async <T>(place: string, parameters: Record<string, string>, schema: z.ZodType<T>) => {
    const answer = await fetch(`${address}/api/v1/${place}?${new URLSearchParams(parameters).toString()}`);
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`Prometheus refuses: ${JSON.stringify(body)}`);
    return z.object({ data: schema }).parse(body).data;
  };

  const query = async (expression: string) => {
    const { result } = await get('query', { query: expression }, VectorSchema);
    return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  };

  const raisedSince = async (which: string, since: Date) => {
    const window = `${Date.now() - since.getTime()}ms`;
    const found = await query(`count_over_time(ALERTS{${which}}[${window}])`);
    return [...new Set(found.map(({ labels }) => describeAlert(labels)))].toSorted();
  };

  await waitFor(
    'Prometheus to be ready',
    () => {
      if (server.exitCode !== null) throw new Error(`Prometheus has ended:\n${said}`);
      return fetch(`${address}/-/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
    },
    () => said,
  );

  return {
    query,
    alerts: async () => {
      const { alerts } = await get('alerts', {}, AlertsSchema);
      return alerts.map(({ labels, annotations, state }) => ({
        name: labels.alertname ?? '',
        state,
        labels,
        annotations,
      }));
    },
    pagesSince: (since) => raisedSince('severity="page"', since),
    firedSince: (severity, since) => raisedSince(`severity="${severity}", alertstate="firing"`, since),
    rules: async () => {
      const { groups } = await get('rules', {}, RulesSchema);
      return groups.flatMap(({ rules }) =>
        rules.map(({ name, health, lastError }) => ({ name, health, lastError })),
      );
    },
    stop: async () => {
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function describeAlert(labels: Readonly<Record<string, string>>): string {
  const { alertname = '', stage, lane, channel, reason } = labels;
  return [alertname, stage, lane, channel, reason].filter((word) => word !== undefined).join(' ');
}
