import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { unknownWords } from '../harness/unknown-words.ts';

const Container = z.looseObject({
  image: z.string(),
  command: z.array(z.coerce.string()).default([]),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  restart: z.string().optional(),
  stop_grace_period: z.string().optional(),
  deploy: z
    .object({ resources: z.object({ limits: z.object({ memory: z.string(), pids: z.int() }) }) })
    .optional(),
  logging: z.looseObject({ options: z.record(z.string(), z.string()) }).optional(),
  ports: z.array(z.string()).default([]),
});
const Compose = z.object({ services: z.record(z.string(), Container) });
const Prometheus = z.object({
  scrape_configs: z.array(
    z.looseObject({ dns_sd_configs: z.array(z.looseObject({ names: z.array(z.string()) })).default([]) }),
  ),
});

const containers = ['docker-compose.yml', 'docker-compose.quick.yml'].flatMap((file) =>
  Object.entries(Compose.parse(parse(readFileSync(fileOf(file), 'utf8'), { merge: true })).services),
);
const ours = containers.filter(([, { image }]) => image.includes('leakwatch'));
const running = ours.filter(([, { command }]) => command[0] === 'run');

describe('the files for Docker Compose', () => {
  it.each(ours.filter(([, { command }]) => command.length > 0))(
    'starts %s by a command and options that leakwatch has',
    (_name, { command }) => {
      expect(unknownWords(withDefaults(command))).toEqual([]);
    },
  );

  it('runs every service', () => {
    expect(running.map(([, { command }]) => command.slice(1).join(' '))).toEqual(
      expect.arrayContaining(['ingest', 'matcher --lane text', 'matcher --lane image', 'alerting', 'rescan']),
    );
  });

  it.each(containers)('gives %s no right that it does without', (_name, container) => {
    expect(container).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it.each(containers.filter(([, { restart }]) => restart !== undefined))(
    'starts %s again when it dies, and bounds its memory, its processes and its logs',
    (_name, container) => {
      expect(container.restart).toBe('unless-stopped');
      expect(container.deploy?.resources.limits).toBeDefined();
      expect(container.logging?.options).toHaveProperty('max-size');
    },
  );

  it.each(running)('lets %s finish: longer than the 30 seconds that it takes at most', (_name, container) => {
    expect(container.restart).toBe('unless-stopped');
    expect(Number.parseInt(container.stop_grace_period ?? '', 10)).toBeGreaterThan(30);
  });

  it('opens ports to this machine only, unless a variable says otherwise', () => {
    const ports = containers.flatMap(([, container]) => container.ports);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^\$\{[A-Z]+_BIND:-127\.0\.0\.1:\d+\}:\d+$/);
  });

  it('takes every image from a variable, and names those of others by digest', () => {
    for (const [, { image }] of containers) {
      expect(image).toMatch(/^\$\{[A-Z]+_IMAGE:-(?:leakwatch:local|[^}]+@sha256:[0-9a-f]{64})\}$/);
    }
    const dockerfile = readFileSync(fileOf('infra/docker/Dockerfile'), 'utf8');
    const [, base = ''] = /^ARG NODE_IMAGE=(.+@sha256:[0-9a-f]{64})$/m.exec(dockerfile) ?? [];
    expect(readFileSync(fileOf('docker-compose.yml'), 'utf8')).toContain(`\${NODE_IMAGE:-${base}}`);
  });

  it('has Prometheus scrape every process', () => {
    const { scrape_configs } = Prometheus.parse(
      parse(readFileSync(fileOf('infra/prometheus/prometheus.yml'), 'utf8')),
    );
    const scraped = scrape_configs.flatMap((config) => config.dns_sd_configs.flatMap(({ names }) => names));
    expect(scraped.toSorted()).toEqual(running.map(([name]) => name).toSorted());
  });
});

/** Expands `${NAME:-default}` as Compose does without any variable set. */
function withDefaults(command: readonly string[]): string[] {
  return command.map((word) => word.replace(/^\$\{\w+:-(.*)\}$/, '$1'));
}

function fileOf(name: string): URL {
  return new URL(`../../${name}`, import.meta.url);
}
