import { Button, Checkbox } from '@mantine/core';
import { incident as schemas, type Incident } from '@leakwatch/console/schemas';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../data/call.ts';
import { useSession } from '../data/session.ts';
import { formatAgo } from '../lib/format-time.ts';
import { Card } from '../parts/card.tsx';
import { useNow } from '../parts/now.tsx';
import { useToast } from '../shell/toasts.tsx';
import { words } from '../words/index.ts';
import styles from './incident.module.css';
import { describeRefusal } from './use-moves.ts';

const TEXTS = words.incident.playbook;

/** Steps to take and a draft to the creator. leakwatch sends nothing by itself. */
export function PlaybookCard({
  id,
  playbook,
}: {
  readonly id: string;
  readonly playbook: Incident['playbook'];
}) {
  const [isDraftShown, setIsDraftShown] = useState(false);
  const { may } = useSession();
  const toast = useToast();
  const now = useNow();
  const change = usePlaybookChange(id);
  const copy = () =>
    void navigator.clipboard.writeText(playbook.message).then(() => toast({ text: TEXTS.copied }));
  return (
    <Card title={TEXTS.title(words.violation[playbook.violation] ?? words.violation['other'] ?? '')}>
      <ul className={styles.steps}>
        {playbook.checklist.map(({ id: item, text, done }) => (
          <li key={item}>
            <Checkbox
              size="xs"
              label={text ?? item}
              description={done === null ? undefined : `${words.by(done.by)}, ${formatAgo(done.at, now)}`}
              checked={done !== null}
              disabled={!may.work}
              onChange={({ currentTarget }) =>
                change.mutate({ part: 'checklist', body: { item, done: currentTarget.checked } })
              }
            />
          </li>
        ))}
      </ul>
      {playbook.sent.map(({ at, by, via }) => (
        <p key={at} className={styles.note}>
          {TEXTS.sent(by, formatAgo(at, now))} {via}
        </p>
      ))}
      <button
        type="button"
        className={styles.disclose}
        aria-expanded={isDraftShown}
        onClick={() => setIsDraftShown(!isDraftShown)}
      >
        {TEXTS.open}
      </button>
      {isDraftShown && (
        <div className={styles.draft}>
          <p className={styles.note}>{TEXTS.message}</p>
          <pre tabIndex={0}>{playbook.message}</pre>
          <Button size="xs" variant="default" onClick={copy}>
            {TEXTS.copy}
          </Button>{' '}
          {may.work && (
            <Button
              size="xs"
              variant="default"
              onClick={() => change.mutate({ part: 'sent', body: { text: playbook.message } })}
            >
              {TEXTS.markSent}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}

function usePlaybookChange(id: string) {
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: ({ part, body }: { part: 'checklist' | 'sent'; body: object }) =>
      call(schemas.PlaybookSchema, `/v1/incidents/${id}/${part}`, { method: 'POST', body }),
    onSuccess: (playbook) => {
      client.setQueryData<Incident>(['incident', id], (before) =>
        before === undefined ? before : { ...before, playbook },
      );
    },
    onError: (error) => toast({ text: describeRefusal(error), isError: true }),
  });
}
