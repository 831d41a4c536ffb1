import { type Creators } from '@leakwatch/console/schemas';
import { words } from '../../words/index.ts';
import styles from './creators.module.css';

const TEXTS = words.creators;
const STRONGEST = 45;
/** The likeliest stand on top. */
const LIKELIHOODS = [2, 1, 0] as const;
const IMPACTS = [0, 1, 2] as const;

/** Number of creators by the likelihood of a leak and by the audience that would see it. */
export function RiskMatrix({ matrix }: { readonly matrix: Creators['matrix'] }) {
  const countOf = (likelihood: number, impact: number) =>
    matrix.find((cell) => cell.likelihood === likelihood && cell.impact === impact)?.count ?? 0;
  return (
    <table className={styles.matrix}>
      <thead>
        <tr>
          <td />
          {IMPACTS.map((impact) => (
            <th key={impact} scope="col">
              {TEXTS.impact[impact]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {LIKELIHOODS.map((likelihood) => (
          <tr key={likelihood}>
            <th scope="row">{TEXTS.likelihood[likelihood]}</th>
            {IMPACTS.map((impact) => {
              const share = ((likelihood + impact) / 4) * STRONGEST;
              return (
                <td
                  key={impact}
                  style={{ background: `color-mix(in srgb, var(--accent) ${share}%, var(--low-bg))` }}
                >
                  {countOf(likelihood, impact).toLocaleString('en')}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
