import { Checkbox } from '@mantine/core';
import { useWatchList } from '../../data/system.ts';
import fieldStyles from '../../parts/field.module.css';
import { words } from '../../words/index.ts';
import styles from './access.module.css';

const TEXTS = words.access;

/** A choice of campaigns: all (null) or some; undefined until it is made, so that nobody sees everything by accident. */
export type Campaigns = readonly string[] | null | undefined;

export function CampaignChoice(props: {
  readonly value: Campaigns;
  readonly onChange: (value: Campaigns) => void;
  /** What all means here. */
  readonly all: string;
}) {
  const { value, onChange } = props;
  const { data } = useWatchList();
  const known = (data?.campaigns ?? []).map(({ id, name }) => ({ id, name }));
  // Those that left the watch list, or that the viewer doesn't see, are kept by their ids.
  const others = (value ?? []).filter((id) => known.every((one) => one.id !== id));
  return (
    <>
      <label className={fieldStyles.label}>
        {TEXTS.campaigns}
        <select
          className={fieldStyles.select}
          required
          value={value === undefined ? '' : value === null ? 'all' : 'some'}
          onChange={({ currentTarget }) => onChange(CHOICES[currentTarget.value])}
        >
          {value === undefined && <option value="">{TEXTS.choose}</option>}
          <option value="all">{props.all}</option>
          <option value="some">{TEXTS.some}</option>
        </select>
      </label>
      {value !== null && value !== undefined && (
        <fieldset className={styles.campaigns}>
          <legend>{TEXTS.someHint}</legend>
          {[...known, ...others.map((id) => ({ id, name: id }))].map(({ id, name }) => (
            <Checkbox
              key={id}
              label={name}
              checked={value.includes(id)}
              onChange={({ currentTarget }) =>
                onChange(currentTarget.checked ? [...value, id] : value.filter((one) => one !== id))
              }
            />
          ))}
        </fieldset>
      )}
    </>
  );
}

const CHOICES: Readonly<Record<string, Campaigns>> = { all: null, some: [] };
