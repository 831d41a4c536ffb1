import { incident as parts } from '@leakwatch/console/schemas';
import { type z } from 'zod';
import { CheckedOffSchema, DraftedSchema, SentSchema } from '../outcomes.ts';
import { readPlainText } from '../read-plain-text.ts';
import { printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { loadIncident } from './alerts.ts';
import { type ServerClient } from './server-client.ts';

type Playbook = z.infer<typeof parts.PlaybookSchema>;

export async function showPlaybookOverServer(
  server: ServerClient,
  { id, json }: { readonly id: string; readonly json: boolean },
  screen: Screen,
): Promise<void> {
  const { playbook } = await loadIncident(server, id);
  if (json) screen.json(playbook);
  else screen.result(describe(playbook));
}

export async function draftOverServer(server: ServerClient, id: string, screen: Screen): Promise<void> {
  const { message } = (await loadIncident(server, id)).playbook;
  screen.outcome(DraftedSchema, { message }, message);
}

export async function checkOverServer(
  server: ServerClient,
  { id, item, undo }: { readonly id: string; readonly item: string; readonly undo: boolean },
  screen: Screen,
): Promise<void> {
  const path = `/v1/incidents/${encodeURIComponent(id)}/checklist`;
  const playbook = await server.post(parts.PlaybookSchema, path, { item, done: !undo });
  screen.outcome(CheckedOffSchema, { checklist: playbook.checklist }, describe(playbook));
}

export async function noteSentOverServer(
  server: ServerClient,
  sent: {
    readonly id: string;
    readonly via?: string | undefined;
    readonly note?: string | undefined;
    readonly text?: string | undefined;
  },
  screen: Screen,
): Promise<void> {
  const { id, via, note, text: file } = sent;
  const text = file === undefined ? undefined : await readPlainText(file, 'the message');
  const path = `/v1/incidents/${encodeURIComponent(id)}/sent`;
  const playbook = await server.post(parts.PlaybookSchema, path, { via, note, text });
  const last = playbook.sent.at(-1);
  if (last === undefined) throw new Error('the note just made is missing');
  screen.outcome(SentSchema, { ...last, textSha256: null }, describe(playbook));
}

function describe({ violation, checklist, sent }: Playbook): string {
  const lines = [printable(violation, 40)];
  for (const { id, text, done } of checklist) {
    const what = printable(text ?? 'no longer in the playbook', 300);
    const who = done === null ? '' : ` (${printable(done.by, 40)}, ${done.at})`;
    lines.push(`  [${done === null ? ' ' : 'x'}] ${id}: ${what}${who}`);
  }
  if (sent.length === 0) lines.push('message: not sent yet');
  for (const { at, by, via } of sent) {
    lines.push(
      `message: sent ${at} by ${printable(by, 40)}${via === null ? '' : ` via ${printable(via, 60)}`}`,
    );
  }
  return lines.join('\n');
}
