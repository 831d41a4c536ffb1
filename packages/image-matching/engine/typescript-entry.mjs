// The entry of a worker whose own entry is TypeScript: a thread does not take over the loaders of the one that starts it.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
