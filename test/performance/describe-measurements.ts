import { cpus } from 'node:os';
import { type EmbeddedMeasurements } from './measure-embedded.ts';
import { type KafkaMeasurements, type SteadyRun } from './measure-on-kafka.ts';

/** Goals of a run. */
const LEAST_SHARE_OF_PLAIN = 0.4;
const LONGEST_P99_MS = 500;

const whole = (value: number) => Math.round(value).toLocaleString('en');
const share = (value: number) => `${Math.round(value * 100)} %`;

/** Writes the figures as two tables in Markdown, with the goals. */
export function describeMeasurements(kafka: KafkaMeasurements, embedded: EmbeddedMeasurements): string[] {
  const { plain } = kafka;
  const ofPlain = kafka.postsPerSecond / plain.passedOn;
  const half = kafka.steady.find((run) => run.share === 0.5);
  const p99 = half?.latency.heardP99Ms ?? Number.NaN;
  return [
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.version}`,
    '',
    '| full speed | a second |',
    '| --- | --- |',
    `| plain: produce | ${whole(plain.produced)} records |`,
    `| plain: consume → produce → commit | ${whole(plain.passedOn)} records |`,
    `| Kafka, a process each: texts to alerts | ${whole(kafka.postsPerSecond)} posts (${share(ofPlain)} of plain) |`,
    `| … with two text matchers | ${whole(kafka.postsPerSecondOfTwoMatchers)} posts |`,
    `| … pictures | ${kafka.imagesPerSecond.toFixed(1)} images |`,
    `| embedded, one process: texts to alerts | ${whole(embedded.postsPerSecond)} posts |`,
    '',
    '| steady | posts/s | published → alert p50 | p99 | … → heard from the topic p50 | p99 | leaks |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...kafka.steady.map((run) => describeSteady('Kafka', run)),
    ...embedded.steady.map((run) => describeSteady('embedded', run)),
    '',
    `every one of ${kafka.leaks} and ${embedded.leaks} planted leaks is in exactly one alert, once`,
    `${verdict(ofPlain >= LEAST_SHARE_OF_PLAIN)}: ${share(ofPlain)} of plain, at least ${share(LEAST_SHARE_OF_PLAIN)}`,
    `${verdict(p99 < LONGEST_P99_MS)}: p99 ${whole(p99)} ms at half the greatest rate, less than ${LONGEST_P99_MS} ms`,
  ];
}

function describeSteady(name: string, { share: part, postsPerSecond, latency }: SteadyRun): string {
  const { leaks, alertP50Ms, alertP99Ms, heardP50Ms, heardP99Ms } = latency;
  const times = [alertP50Ms, alertP99Ms, heardP50Ms, heardP99Ms].map((ms) => `${whole(ms)} ms`);
  return `| ${name}, ${share(part)} | ${whole(postsPerSecond)} | ${times.join(' | ')} | ${leaks} |`;
}

function verdict(holds: boolean): string {
  return holds ? 'holds' : 'MISSED';
}
