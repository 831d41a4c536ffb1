import { RosterFieldSchema, type Roster, type RosterField } from '@leakwatch/console/schemas';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { readRoster, refetchDraft } from '../../data/draft.ts';
import { describeRefusal } from '../../incident/use-moves.ts';
import { Card } from '../../parts/card.tsx';
import { Table } from '../../parts/page.tsx';
import { useToast } from '../../shell/toasts.tsx';
import { words } from '../../words/index.ts';
import fieldStyles from '../../parts/field.module.css';
import styles from './watch-list-edit.module.css';

const TEXTS = words.draft.roster;

/** Reads creators from a table: columns are mapped to fields, bad rows are named, and the good ones go into the draft. */
export function RosterCard(props: {
  /** False while the server's draft lacks the newest edits. */
  readonly isReady: boolean;
  readonly restart: () => void;
}) {
  const input = useId();
  const [csv, setCsv] = useState('');
  const toast = useToast();
  const client = useQueryClient();
  const read = useMutation({
    mutationFn: readRoster,
    onSuccess: async ({ added, changed }, { take }) => {
      if (!take) return;
      toast({ text: TEXTS.taken(added, changed) });
      setCsv('');
      read.reset();
      await refetchDraft(client);
      props.restart();
    },
  });
  const roster = csv === '' ? undefined : read.data;
  const map = (column: number, field: RosterField | null) => {
    if (roster === undefined) return;
    const mapping = roster.mapping.map((one, index) => (index === column ? field : one));
    read.mutate({ csv, mapping, take: false });
  };
  return (
    <Card title={TEXTS.title}>
      <label className={fieldStyles.label} htmlFor={input}>
        {TEXTS.file}
      </label>
      <input
        id={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = '';
          void file?.text().then((text) => {
            setCsv(text);
            read.mutate({ csv: text, take: false });
          });
        }}
      />
      <p role="alert" className={styles.problem}>
        {read.error !== null && describeRefusal(read.error)}
      </p>
      {roster !== undefined && (
        <>
          <Mapping roster={roster} map={map} />
          <p role="status">{TEXTS.rows(roster.rows, roster.added, roster.changed, roster.problemRows)}</p>
          {roster.problems.length > 0 && (
            <Table label={TEXTS.problems} heads={[TEXTS.row, TEXTS.cell, TEXTS.problem]}>
              {roster.problems.map(({ row, cell, message }) => (
                <tr key={`${row} ${cell ?? ''} ${message}`}>
                  <td>{row}</td>
                  <td>{cell ?? '—'}</td>
                  <td>{message}</td>
                </tr>
              ))}
            </Table>
          )}
          <div className={styles.line}>
            <Button
              loading={read.isPending}
              disabled={!props.isReady || roster.added + roster.changed === 0}
              onClick={() => read.mutate({ csv, mapping: roster.mapping, take: true })}
            >
              {TEXTS.take(roster.added + roster.changed)}
            </Button>
          </div>
        </>
      )}
    </Card>
  );
}

function Mapping(props: {
  readonly roster: Roster;
  readonly map: (column: number, field: RosterField | null) => void;
}) {
  const { roster, map } = props;
  return (
    <Table label={TEXTS.mapping} heads={[TEXTS.column, TEXTS.field, TEXTS.sample]}>
      {roster.columns.map((head, column) => (
        <tr key={`${column} ${head}`}>
          <td>{head}</td>
          <td>
            <select
              className={fieldStyles.select}
              aria-label={TEXTS.fieldOf(head)}
              value={roster.mapping[column] ?? ''}
              onChange={({ currentTarget }) => {
                const field = RosterFieldSchema.safeParse(currentTarget.value);
                map(column, field.success ? field.data : null);
              }}
            >
              <option value="">{TEXTS.leaveOut}</option>
              {RosterFieldSchema.options.map((field) => (
                <option key={field} value={field}>
                  {TEXTS.fields[field]}
                </option>
              ))}
            </select>
          </td>
          <td>{roster.sample.map((cells) => cells[column] ?? '').join(' · ')}</td>
        </tr>
      ))}
    </Table>
  );
}
