import { type TriedRoutes } from '@leakwatch/console/schemas';
import { useProposeRoutes, useTryRoutes } from '../../data/operations.ts';
import { Instant } from '../../parts/instant.tsx';
import { words } from '../../words/index.ts';
import { ProposeText } from './propose-text.tsx';
import { Trial } from './trial.tsx';
import styles from './rules.module.css';

const TEXTS = words.rules;

/** Tries edited routes against past changes of alerts, telling nobody, and proposes them where the console keeps them. */
export function TryRoutes({ text, canPropose }: { readonly text: string; readonly canPropose: boolean }) {
  const propose = useProposeRoutes();
  return (
    <Trial
      trial={useTryRoutes()}
      text={text}
      label={TEXTS.tryRoutesLabel}
      hint={canPropose ? TEXTS.tryRoutesHint : TEXTS.tryRoutesFileHint}
      action={TEXTS.tryRoutes}
      {...(canPropose
        ? {
            also: (edited: string) => (
              <ProposeText text={edited} propose={propose} texts={TEXTS.routesChange} />
            ),
          }
        : {})}
    >
      {(tried) => <Tried tried={tried} />}
    </Trial>
  );
}

function Tried({ tried }: { readonly tried: TriedRoutes }) {
  const { events, channels, moved, movedTotal } = tried;
  const names = (some: readonly string[]) => (some.length === 0 ? words.none : some.join(', '));
  return (
    <ul className={styles.plain}>
      <li>{TEXTS.routed(events)}</li>
      {channels.length === 0 && <li>{TEXTS.noChannels}</li>}
      {channels.map(({ channel, before, after }) => (
        <li key={channel}>{TEXTS.notices(channel, before, after)}</li>
      ))}
      <li>{TEXTS.rerouted(movedTotal)}</li>
      {moved.map(({ alertId, change, at, severity, tier, before, after }) => (
        <li key={`${alertId} ${at} ${change}`}>
          <a href={`/alerts/${alertId}`}>{alertId.slice(0, 8)}</a> · {words.engine.happened(change)} ·{' '}
          {words.severity[severity]} · {words.tier(tier)} · <Instant at={at} /> ·{' '}
          {TEXTS.channelsMoved(names(before), names(after))}
        </li>
      ))}
    </ul>
  );
}
