import { type ServiceProcess } from './start-services.ts';

/** Partition → one more than the last offset that a process has handled for a group. */
export function latestHandled(process: ServiceProcess, group: string): Map<number, bigint> {
  const latest = new Map<number, bigint>();
  for (const batch of process.said('handled').filter((said) => said.group === group)) {
    latest.set(batch.partition, BigInt(batch.next));
  }
  return latest;
}

/** Whether no offset of a group has been handled twice, by whichever of the processes. */
export function handledOnce(processes: readonly ServiceProcess[], group: string): boolean {
  const next = new Map<number, bigint>();
  const batches = processes
    .flatMap((process) => process.said('handled'))
    .filter((said) => said.group === group);
  return batches
    .toSorted((a, b) => Number(BigInt(a.first) - BigInt(b.first)))
    .every((batch) => {
      const isNew = BigInt(batch.first) >= (next.get(batch.partition) ?? 0n);
      next.set(batch.partition, BigInt(batch.next));
      return isNew;
    });
}
