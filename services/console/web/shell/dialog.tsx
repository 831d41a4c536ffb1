import { Modal } from '@mantine/core';
import { type ReactNode } from 'react';
import { words } from '../words/index.ts';
import { type KeyBinding } from './key-layers.ts';
import { useKeys } from './keys.tsx';

const NO_KEYS: readonly KeyBinding[] = [];

/** A dialog over the page: while it is open, no key of the page is heard. Escape closes it. */
export function Dialog(props: {
  readonly title: string;
  readonly close: () => void;
  readonly keys?: readonly KeyBinding[];
  readonly children: ReactNode;
}) {
  const { title, close, keys = NO_KEYS, children } = props;
  useKeys(keys, { alone: true });
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': words.close }}>
      {children}
    </Modal>
  );
}
