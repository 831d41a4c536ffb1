/**
 * A pool of worker threads, each with one job at a time.
 *
 *   waiting ──a worker is free──▶ weighed ──memory is free──▶ decoding ──done or refused──▶ settled
 *      │                                                         ├──deadline────▶ worker ended and replaced, job fails as `deadline`
 *      └──aborted──▶ settled                                     └──thread died─▶ worker replaced, job fails as `worker-crashed`
 *
 * A worker first reads the picture's header and tells how much memory decoding will take. A picture that harms its worker never harms another job.
 */
import { type Worker } from 'node:worker_threads';
import { EngineUnavailableError, ImageError } from '../errors/image-error.ts';
import {
  WorkerMessageSchema,
  type DecodeMessage,
  type JobKind,
  type JobMessage,
  type JobResult,
} from './messages.ts';

export interface WorkerPoolOptions {
  readonly workers: number;
  /** Longest time a job may run, without its wait. */
  readonly deadlineMs: number;
  /** Most jobs that may wait; more are refused with {@link EngineUnavailableError}. */
  readonly maxWaiting: number;
  /** Memory for all pictures that are decoded at once. */
  readonly decodingBytes: number;
  readonly startWorker: () => Worker;
}

interface Job {
  readonly id: number;
  readonly kind: JobKind;
  readonly bytes: Uint8Array;
  readonly resolve: (result: JobResult) => void;
  readonly reject: (error: Error) => void;
}

interface Seat {
  worker: Worker;
  ready: boolean;
  job: Job | null;
  timer: NodeJS.Timeout | null;
  /** Memory that its job wants, and whether it has it. */
  weight: { readonly bytes: number; isGranted: boolean } | null;
  /** Failed starts in a row. */
  failedStarts: number;
}

const MAX_FAILED_STARTS = 3;

export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #seats: Seat[] = [];
  readonly #waiting: Job[] = [];
  /** Workers that wait for memory. */
  readonly #weighed = new Set<Seat>();
  #onReady: (() => void)[] = [];
  #broken: Error | null = null;
  #nextId = 1;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    for (let i = 0; i < options.workers; i++) {
      const seat: Seat = {
        worker: options.startWorker(),
        ready: false,
        job: null,
        timer: null,
        weight: null,
        failedStarts: 0,
      };
      this.#seats.push(seat);
      this.#listen(seat);
    }
  }

  /** Resolves once every worker can take a job. @throws EngineUnavailableError when workers don't start */
  async started(): Promise<void> {
    while (this.#broken === null && this.#seats.some((seat) => !seat.ready)) {
      await new Promise<void>((resolve) => this.#onReady.push(resolve));
    }
    if (this.#broken !== null) throw this.#broken;
  }

  /**
   * Copies the bytes only when a worker takes the job.
   *
   * @throws ImageError for a picture at fault; EngineUnavailableError; or the signal's reason
   */
  run(kind: JobKind, bytes: Uint8Array, signal?: AbortSignal): Promise<JobResult> {
    if (signal?.aborted === true) return Promise.reject(reasonOf(signal));
    if (this.#broken !== null) return Promise.reject(this.#broken);
    if (this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(
        new EngineUnavailableError(`${this.#waiting.length} pictures are waiting already`),
      );
    }
    return new Promise<JobResult>((resolve, reject) => {
      const settled = () => signal?.removeEventListener('abort', abort);
      const job: Job = {
        id: this.#nextId++,
        kind,
        bytes,
        resolve: (result) => {
          settled();
          resolve(result);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
      // A started job runs to its end in the worker; its result is dropped.
      const abort = () => {
        const at = this.#waiting.indexOf(job);
        if (at >= 0) this.#waiting.splice(at, 1);
        if (signal !== undefined) job.reject(reasonOf(signal));
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.push(job);
      this.#dispatch();
    });
  }

  /** Ends the threads; waiting and running jobs fail with EngineUnavailableError. */
  async close(): Promise<void> {
    this.#breakDown(new EngineUnavailableError('the image engine is closed'));
    await Promise.all(this.#seats.map((seat) => seat.worker.terminate()));
  }

  #dispatch(): void {
    for (const seat of this.#seats) {
      if (!seat.ready || seat.job !== null) continue;
      const job = this.#waiting.shift();
      if (job === undefined) return;
      seat.job = job;
      seat.timer = setTimeout(() => this.#missDeadline(seat), this.#options.deadlineMs);
      const bytes = new Uint8Array(job.bytes);
      seat.worker.postMessage({ id: job.id, kind: job.kind, bytes } satisfies JobMessage, [bytes.buffer]);
    }
  }

  /** Lets workers decode while there is memory, in the order in which their pictures were weighed. */
  #grant(): void {
    for (const seat of this.#weighed) {
      const { job, weight } = seat;
      if (job === null || weight === null) continue;
      if (weight.bytes > this.#options.decodingBytes) this.#answer(seat, job.id, false);
      else if (this.#decoding() + weight.bytes <= this.#options.decodingBytes) {
        weight.isGranted = true;
        this.#answer(seat, job.id, true);
      } else return;
    }
  }

  /** The deadline begins anew: waiting for memory is not the picture's fault. */
  #answer(seat: Seat, id: number, isAllowed: boolean): void {
    this.#weighed.delete(seat);
    seat.timer = setTimeout(() => this.#missDeadline(seat), this.#options.deadlineMs);
    seat.worker.postMessage({ kind: 'decode', id, isAllowed } satisfies DecodeMessage);
  }

  #decoding(): number {
    return this.#seats.reduce((sum, { weight }) => sum + (weight?.isGranted === true ? weight.bytes : 0), 0);
  }

  #listen(seat: Seat): void {
    const { worker } = seat;
    let fault: Error | null = null;
    worker.on('message', (message: unknown) => this.#take(seat, message));
    worker.on('error', (error) => (fault = error));
    worker.on('exit', () => {
      if (seat.worker === worker) this.#replace(seat, fault);
    });
  }

  #take(seat: Seat, raw: unknown): void {
    const message = WorkerMessageSchema.parse(raw);
    if (message.kind === 'ready') {
      seat.ready = true;
      seat.failedStarts = 0;
      this.#tellReady();
    } else if (message.kind === 'weighed') {
      if (seat.timer !== null) clearTimeout(seat.timer);
      seat.timer = null;
      seat.weight = { bytes: message.bytes, isGranted: false };
      this.#weighed.add(seat);
      this.#grant();
    } else {
      const job = this.#vacate(seat);
      if (message.kind === 'refused') job?.reject(new ImageError(message.reason, message.message));
      else job?.resolve(message);
    }
    this.#dispatch();
  }

  #vacate(seat: Seat): Job | null {
    const { job, timer } = seat;
    if (timer !== null) clearTimeout(timer);
    seat.job = null;
    seat.timer = null;
    seat.weight = null;
    this.#weighed.delete(seat);
    this.#grant();
    return job;
  }

  #missDeadline(seat: Seat): void {
    const job = this.#vacate(seat);
    void seat.worker.terminate();
    this.#restart(seat);
    job?.reject(new ImageError('deadline', `not done after ${this.#options.deadlineMs} ms`));
  }

  /** Handles a thread that ended by itself. */
  #replace(seat: Seat, fault: Error | null): void {
    if (this.#broken !== null) return;
    const job = this.#vacate(seat);
    if (!seat.ready && ++seat.failedStarts >= MAX_FAILED_STARTS) {
      this.#breakDown(new EngineUnavailableError('image workers do not start', { cause: fault }));
      return;
    }
    this.#restart(seat);
    const why = fault === null ? 'its worker ended' : fault.message;
    job?.reject(new ImageError('worker-crashed', `the picture ended its worker: ${why}`, { cause: fault }));
  }

  #restart(seat: Seat): void {
    seat.ready = false;
    seat.worker = this.#options.startWorker();
    this.#listen(seat);
  }

  #breakDown(error: Error): void {
    this.#broken ??= error;
    for (const seat of this.#seats) this.#vacate(seat)?.reject(error);
    for (const job of this.#waiting.splice(0)) job.reject(error);
    this.#tellReady();
  }

  #tellReady(): void {
    for (const tell of this.#onReady.splice(0)) tell();
  }
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal.reason });
}
