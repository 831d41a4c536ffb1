/** A member of a group in its own process, which tests kill and stop. start-child.ts starts it. */
import { once } from 'node:events';
import { z } from 'zod';
import { EventLogError } from '../port/errors.ts';
import { type EventLog } from '../port/event-log.ts';
import { ChildCommandSchema, ChildOrderSchema, type ChildReport } from './child-messages.ts';
import { textOf } from './harness.ts';

/** The exports of a harness's child module. */
const ChildModuleSchema = z.object({
  openEventLog: z.custom<(options: unknown) => Promise<EventLog>>((value) => typeof value === 'function'),
});

const [order] = z.tuple([ChildOrderSchema], z.unknown()).parse(await once(process, 'message'));
const adapter = ChildModuleSchema.parse(await import(order.module));
/** Batches that wait until the parent lets them finish. */
const held: (() => void)[] = [];

/** Resolves when the parent has the report: it has happened even if this process is killed right after. */
function tell(report: ChildReport): Promise<void> {
  return new Promise((resolve) => process.send?.(report, () => resolve()));
}

const log = await adapter.openEventLog(order.options);
const subscription = await log.subscribe({
  group: order.group,
  topics: [order.topic],
  startAt: 'earliest',
  maxBatchRecords: order.maxBatchRecords,
  async handle(batch) {
    await tell({ kind: 'effect', partition: batch.partition, texts: batch.records.map(textOf) });
    if (order.manner === 'hold') await new Promise<void>((finish) => held.push(finish));
    await tell({ kind: 'finished', aborted: batch.signal.aborted });
  },
  onError: (error) =>
    void tell({ kind: 'error', code: error instanceof EventLogError ? error.code : error.name }),
});

process.on('message', (command) => {
  switch (ChildCommandSchema.parse(command)) {
    case 'finish':
      for (const finish of held.splice(0)) finish();
      break;
    case 'tell-assignment':
      void tell({ kind: 'assignment', partitions: [...(subscription.assignment().get(order.topic) ?? [])] });
      break;
  }
});
// A child without its parent must not stay in the group.
process.on('disconnect', () => process.exit(1));
await tell({ kind: 'joined' });
