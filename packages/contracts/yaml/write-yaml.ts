import { stringify } from 'yaml';

/** Writes a value as YAML that a person edits on. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 120 });
}
