import { type ListChange } from '@leakwatch/console/schemas';
import { words } from '../../words/index.ts';
import styles from './watch-list.module.css';

const TEXTS = words.draft;

/** Differences between two versions of the watch list, item by item. */
export function ChangeList(props: {
  readonly changes: readonly ListChange[];
  readonly campaigns: readonly { readonly id: string; readonly name: string }[];
}) {
  const { changes, campaigns } = props;
  // A campaign that is no longer there has its id only.
  const nameOf = (campaign: string) => campaigns.find(({ id }) => id === campaign)?.name ?? campaign;
  return (
    <ul className={styles.changes} aria-label={TEXTS.changes}>
      {changes.map(({ part, campaignId, id, name, change, fields }) => (
        <li key={`${part} ${campaignId ?? ''} ${id}`} data-change={change}>
          <b>{TEXTS.changed[change]}</b> {TEXTS.parts[part]} <bdi>{name}</bdi>
          {campaignId !== null && part !== 'campaign' && ` · ${nameOf(campaignId)}`}
          {change === 'changed' && (
            <ul>
              {fields.map((field) => (
                <li key={field.name}>
                  {words.engine.listField(field.name)}: {field.before !== null && <del>{field.before}</del>}{' '}
                  {field.after !== null && <ins>{field.after}</ins>}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
