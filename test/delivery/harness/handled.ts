import { type ServiceProcess } from './start-services.ts';

/** Partition → the last offset that a process handled for a group, plus one. */
export function latestHandled(process: ServiceProcess, group: string): Map<number, bigint> {
  const latest = new Map<number, bigint>();
  for (const batch of process.said('handled').filter((said) => said.group === group)) {
    latest.set(batch.partition, BigInt(batch.next));
  }
  return latest;
}

/** Tells whether all processes together handled each offset of a group at most once. */
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
