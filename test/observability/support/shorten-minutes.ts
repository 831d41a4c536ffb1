import { type RuleFile } from './rule-files.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Shortens every duration of the rules by `factor`: windows such as `[5m]`, `offset 30m`, `for`, `interval`, and seconds,
 * which the rules write as `5 * 60`. Nothing else changes.
 */
export function shortenMinutes({ groups }: RuleFile, factor: number): RuleFile {
  const duration = (text: string) =>
    text.replace(
      /^(\d+)([smhd])$/,
      (_all, count: string, unit: string) =>
        `${Math.ceil((Number(count) * (SECONDS[unit] ?? NaN) * 1000) / factor)}ms`,
    );
  const expression = (text: string) =>
    text.replace(/(?<=\[|\boffset )\d+[smhd]\b/g, duration).replace(/(?<=\d \* )60\b/g, String(60 / factor));
  return {
    groups: groups.map((group) => ({
      ...group,
      ...(group.interval === undefined ? {} : { interval: duration(group.interval) }),
      rules: group.rules.map((rule) => ({
        ...rule,
        expr: expression(rule.expr),
        ...('for' in rule && rule.for !== undefined ? { for: duration(rule.for) } : {}),
      })),
    })),
  };
}
