import { type RescanScope } from '@leakwatch/console/schemas';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useEstimate, useStartRescan } from '../../data/operations.ts';
import { useWatchList } from '../../data/system.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { describeSpan } from '../../lib/time-left.ts';
import { Card } from '../../parts/card.tsx';
import { useToast } from '../../shell/toasts.tsx';
import { words } from '../../words/index.ts';
import fieldStyles from '../../parts/field.module.css';
import styles from './rescans.module.css';

const TEXTS = words.rescans;

/** Asks for a re-scan: the estimate comes first, and the start is a second press. */
export function StartRescan() {
  const [since, setSince] = useState('');
  const [campaign, setCampaign] = useState('');
  const [dryRun, setDryRun] = useState(false);
  const campaigns = useWatchList().data?.campaigns ?? [];
  const estimate = useEstimate();
  const start = useStartRescan();
  const toast = useToast();
  const scope: RescanScope = {
    // A day begins in UTC, as on the command line.
    ...(since === '' ? {} : { since: `${since}T00:00:00.000Z` }),
    ...(campaign === '' ? {} : { campaigns: [campaign] }),
    dryRun,
  };
  const isEstimated = JSON.stringify(estimate.variables) === JSON.stringify(scope);
  const known = isEstimated ? estimate.data : undefined;
  const error = start.error ?? estimate.error;
  return (
    <Card title={TEXTS.startTitle}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (known === undefined) estimate.mutate(scope);
          else start.mutate(scope, { onSuccess: ({ id }) => toast({ text: TEXTS.started(id) }) });
        }}
      >
        <TextInput
          type="date"
          label={TEXTS.since}
          value={since}
          onChange={({ currentTarget }) => setSince(currentTarget.value)}
        />
        <label className={fieldStyles.label}>
          {TEXTS.campaign}
          <select
            className={fieldStyles.select}
            value={campaign}
            onChange={({ currentTarget }) => setCampaign(currentTarget.value)}
          >
            <option value="">{TEXTS.allCampaigns}</option>
            {campaigns.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Checkbox
          label={TEXTS.dryRun}
          checked={dryRun}
          onChange={({ currentTarget }) => setDryRun(currentTarget.checked)}
        />
        <Button type="submit" loading={estimate.isPending || start.isPending}>
          {known === undefined ? TEXTS.estimate : TEXTS.startNow}
        </Button>
      </form>
      <p role="status">
        {known !== undefined &&
          TEXTS.estimated(
            known.fingerprints,
            known.seconds === null ? null : describeSpan(known.seconds * 1000),
          )}
      </p>
      <p role="alert">{error !== null && describeRefusal(error)}</p>
    </Card>
  );
}
