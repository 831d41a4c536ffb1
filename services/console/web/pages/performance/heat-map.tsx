import { type Performance, type Severity } from '@leakwatch/console/schemas';
import { words } from '../../words/index.ts';
import styles from './performance.module.css';

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
const STRONGEST = 45;

/** Incidents by type and severity: the number in each cell, and the stronger its ground the more there are. */
export function HeatMap({ heat }: { readonly heat: Performance['heat'] }) {
  const most = Math.max(1, ...heat.map(({ count }) => count));
  const violations = [...new Set(heat.map(({ violation }) => violation))];
  const countOf = (violation: string, severity: Severity) =>
    heat.find((cell) => cell.violation === violation && cell.severity === severity)?.count ?? 0;
  return (
    <table className={styles.heat}>
      <thead>
        <tr>
          <th scope="col">{words.performance.type}</th>
          {SEVERITIES.map((severity) => (
            <th key={severity} scope="col">
              {words.severity[severity].toLowerCase()}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {violations.map((violation) => (
          <tr key={violation}>
            <th scope="row">{words.violation[violation] ?? words.engine.inWords(violation)}</th>
            {SEVERITIES.map((severity) => {
              const count = countOf(violation, severity);
              const share = Math.round((count / most) * STRONGEST);
              return (
                <td
                  key={severity}
                  style={{ background: `color-mix(in srgb, var(--accent) ${share}%, var(--low-bg))` }}
                >
                  {count}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
