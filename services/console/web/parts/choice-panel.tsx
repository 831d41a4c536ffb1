import { Button, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useKeys } from '../shell/keys.tsx';
import { words } from '../words/index.ts';
import styles from './parts.module.css';

const MOST_DIGITS = 9;
const DIGITS = Array.from({ length: MOST_DIGITS }, (_one, index) => index);

export interface ChoicePanelProps {
  readonly title: string;
  readonly choices: readonly string[];
  /** Label of the field below the choices; without it there is no field. */
  readonly field?: string;
  readonly hint?: string;
  /** The choices are on their way: a digit that comes before them is kept. */
  readonly isLoading?: boolean;
  /** `typed`: what stands in the field. With `index` null it is the choice itself. */
  readonly choose: (index: number | null, typed: string) => void;
  readonly close: () => void;
}

/** Offers choices over the verdict bar: a digit picks one, Escape leaves. */
export function ChoicePanel(props: ChoicePanelProps) {
  const { title, choices, field, hint, isLoading = false, choose, close } = props;
  const [typed, setTyped] = useState('');
  const [early, setEarly] = useState<number | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const hasChoices = choices.length > 0;
  useEffect(() => {
    if (hasChoices) first.current?.focus();
  }, [hasChoices]);
  useEffect(() => {
    if (early === null || early >= choices.length) return;
    setEarly(null);
    choose(early, typed);
  }, [early, choices, choose, typed]);
  useKeys(
    [
      { key: 'Escape', label: '', run: close },
      ...choices.slice(0, MOST_DIGITS).map((label, index) => ({
        key: String(index + 1),
        label,
        run: () => choose(index, typed),
      })),
      ...(isLoading ? DIGITS : []).map((index) => ({
        key: String(index + 1),
        label: '',
        run: () => setEarly(index),
      })),
    ],
    { alone: true },
  );
  return (
    <div
      className={styles.panel}
      role="dialog"
      aria-labelledby={id}
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <header className={styles.panelHead}>
        <h2 id={id}>{title}</h2>
        <button type="button" className={styles.close} aria-label={words.close} onClick={close}>
          ×
        </button>
      </header>
      <ul className={styles.choices}>
        {choices.map((choice, index) => (
          <li key={choice}>
            <button type="button" ref={index === 0 ? first : null} onClick={() => choose(index, typed)}>
              {index < MOST_DIGITS && <kbd>{index + 1}</kbd>} {choice}
            </button>
          </li>
        ))}
      </ul>
      {field !== undefined && (
        <form
          className={styles.panelForm}
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '') choose(null, typed.trim());
          }}
        >
          <TextInput
            aria-label={field}
            placeholder={field}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={typed.trim() === ''}>
            {words.moves.give}
          </Button>
        </form>
      )}
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
    </div>
  );
}
