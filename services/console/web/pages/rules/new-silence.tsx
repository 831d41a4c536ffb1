import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSilence } from '../../data/operations.ts';
import { useWatchList } from '../../data/system.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { words } from '../../words/index.ts';
import fieldStyles from '../../parts/field.module.css';
import styles from './rules.module.css';

const TEXTS = words.rules;
const HOUR_MS = 3_600_000;
const HOURS = [4, 24, 168, 720] as const;

/** Silences a creator, a campaign or an item for a time, with a reason. */
export function NewSilence() {
  const [creatorId, setCreator] = useState('');
  const [campaignId, setCampaign] = useState('');
  const [itemId, setItem] = useState('');
  const [hours, setHours] = useState<number>(HOURS[1]);
  const [reason, setReason] = useState('');
  const silence = useSilence();
  const { data: list } = useWatchList();
  const hasSubject = [creatorId, campaignId, itemId].some((one) => one.trim() !== '');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const endsAt = new Date(Date.now() + hours * HOUR_MS).toISOString();
        const subject = {
          ...(creatorId.trim() === '' ? {} : { creatorId: creatorId.trim() }),
          ...(campaignId === '' ? {} : { campaignId }),
          ...(itemId.trim() === '' ? {} : { itemId: itemId.trim() }),
        };
        silence.mutate({ ...subject, endsAt, reason }, { onSuccess: () => setReason('') });
      }}
    >
      <TextInput
        label={TEXTS.creator}
        value={creatorId}
        onChange={({ currentTarget }) => setCreator(currentTarget.value)}
      />
      <label className={fieldStyles.label}>
        {TEXTS.campaign}
        <select
          className={fieldStyles.select}
          value={campaignId}
          onChange={({ currentTarget }) => setCampaign(currentTarget.value)}
        >
          <option value="">{TEXTS.anyCampaign}</option>
          {(list?.campaigns ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <TextInput
        label={TEXTS.item}
        value={itemId}
        onChange={({ currentTarget }) => setItem(currentTarget.value)}
      />
      <label className={fieldStyles.label}>
        {TEXTS.howLong}
        <select
          className={fieldStyles.select}
          value={hours}
          onChange={({ currentTarget }) => setHours(Number(currentTarget.value))}
        >
          {HOURS.map((one) => (
            <option key={one} value={one}>
              {TEXTS.hours[one]}
            </option>
          ))}
        </select>
      </label>
      <TextInput
        label={TEXTS.reason}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Button type="submit" loading={silence.isPending} disabled={!hasSubject || reason.trim() === ''}>
        {TEXTS.silence}
      </Button>
      <p role="alert">{silence.error !== null && describeRefusal(silence.error)}</p>
    </form>
  );
}
