import { type EditedCampaign } from '@leakwatch/console/schemas';
import { Button, Textarea, TextInput } from '@mantine/core';
import { words } from '../../words/index.ts';
import fieldStyles from '../../parts/field.module.css';
import styles from './watch-list-edit.module.css';

const TEXTS = words.draft;
const KINDS = ['product', 'codename', 'sku', 'hashtag', 'phrase', 'price', 'date', 'query'] as const;
type Term = EditedCampaign['terms'][number];

/** The terms and queries of a campaign, one a line. */
export function TermFields(props: {
  readonly campaign: EditedCampaign;
  readonly change: (campaign: EditedCampaign) => void;
}) {
  const { campaign, change } = props;
  const { terms } = campaign;
  const put = (term: Term) =>
    change({ ...campaign, terms: terms.map((one) => (one.id === term.id ? term : one)) });
  const add = (kind: Term['kind']) =>
    change({
      ...campaign,
      terms: [...terms, { id: newId(), text: '', ...(kind === undefined ? {} : { kind }) }],
    });
  return (
    <fieldset className={styles.group}>
      <legend>{TEXTS.terms}</legend>
      {terms.map((term, index) => (
        <div key={term.id} className={styles.term}>
          <TermText term={term} label={TEXTS.term(index + 1)} put={put} />
          <select
            className={fieldStyles.select}
            aria-label={TEXTS.kindOf(index + 1)}
            value={term.kind ?? 'product'}
            onChange={({ currentTarget }) => {
              // Only a phrase has translations.
              const { translations, ...rest } = term;
              const kind = currentTarget.value;
              put({ ...rest, kind, ...(kind === 'phrase' && translations ? { translations } : {}) });
            }}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {TEXTS.kinds[kind]}
              </option>
            ))}
          </select>
          <Button
            size="xs"
            variant="default"
            aria-label={TEXTS.removeTerm(index + 1)}
            onClick={() => change({ ...campaign, terms: terms.filter(({ id }) => id !== term.id) })}
          >
            {TEXTS.remove}
          </Button>
        </div>
      ))}
      <div className={styles.line}>
        <Button size="xs" variant="default" onClick={() => add(undefined)}>
          {TEXTS.addTerm}
        </Button>
        <Button size="xs" variant="default" onClick={() => add('query')}>
          {TEXTS.addQuery}
        </Button>
      </div>
    </fieldset>
  );
}

function TermText(props: {
  readonly term: Term;
  readonly label: string;
  readonly put: (term: Term) => void;
}) {
  const { term, label, put } = props;
  // A row that was just added is the one to be filled in.
  const common = {
    'aria-label': label,
    autoFocus: term.text === '',
    value: term.text,
    spellCheck: false,
  };
  return term.kind === 'query' ? (
    <Textarea
      {...common}
      rows={2}
      placeholder={TEXTS.queryExample}
      onChange={({ currentTarget }) => put({ ...term, text: currentTarget.value })}
    />
  ) : (
    <TextInput {...common} onChange={({ currentTarget }) => put({ ...term, text: currentTarget.value })} />
  );
}

/** An id says nothing of the secret: it stands where the term must not. */
export function newId(): string {
  return crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? '0';
}
