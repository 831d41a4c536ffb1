import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { PROMETHEUS_FOLDER } from './prometheus-tools.ts';

const AlertRuleSchema = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
  annotations: z.strictObject({ summary: z.string(), description: z.string(), runbook_url: z.string() }),
});
const RecordingRuleSchema = z.strictObject({
  record: z.string(),
  expr: z.string(),
  labels: z.record(z.string(), z.string()).optional(),
});
const RuleFileSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      interval: z.string().optional(),
      rules: z.array(z.union([AlertRuleSchema, RecordingRuleSchema])),
    }),
  ),
});

export type RuleFile = z.infer<typeof RuleFileSchema>;
export type AlertRule = z.infer<typeof AlertRuleSchema>;
export type RecordingRule = z.infer<typeof RecordingRuleSchema>;

/** Every file of rules by its name. */
export function readRuleFiles(folder = path.join(PROMETHEUS_FOLDER, 'rules')): Map<string, RuleFile> {
  return new Map(
    readdirSync(folder).map((name) => [
      name,
      RuleFileSchema.parse(parse(readFileSync(path.join(folder, name), 'utf8'))),
    ]),
  );
}

function readRules(): (AlertRule | RecordingRule)[] {
  return [...readRuleFiles().values()].flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
}

export function readAlertRules(): AlertRule[] {
  return readRules().filter((rule) => 'alert' in rule);
}

export function readRecordingRules(): RecordingRule[] {
  return readRules().filter((rule) => 'record' in rule);
}
