import { Button, Textarea } from '@mantine/core';
import { type UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { RefusedError } from '../../data/call.ts';
import { describeRefusal } from '../../incident/use-moves.ts';

/** A text that is edited and tried; its mistakes are told line by line. */
export function Trial<T>(props: {
  readonly trial: UseMutationResult<T, Error, string>;
  /** The text at first. */
  readonly text: string;
  readonly label: string;
  readonly hint: string;
  readonly action: string;
  readonly children: (tried: T) => ReactNode;
  /** Further moves on the edited text. */
  readonly also?: (text: string) => ReactNode;
}) {
  const { trial, label, hint, action } = props;
  const [text, setText] = useState(props.text);
  const problems = trial.error instanceof RefusedError ? (trial.error.problem.problems ?? []) : [];
  return (
    <>
      <Textarea
        label={label}
        description={hint}
        rows={12}
        spellCheck={false}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button loading={trial.isPending} onClick={() => trial.mutate(text)}>
        {action}
      </Button>
      <div role="status">
        {trial.error !== null && problems.length === 0 && describeRefusal(trial.error)}
        {problems.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {trial.data !== undefined && props.children(trial.data)}
      </div>
      {props.also?.(text)}
    </>
  );
}
