import { formatPath } from '../format-path.ts';

/** Counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A mistake in a file that a person wrote. */
export interface FileProblem {
  /** Null if the file has no such place. */
  readonly place: Place | null;
  /** `['campaigns', 0, 'id']`; empty for the whole file. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** `list.yaml:4:25: campaigns[0].id: too short` */
export function describeProblem(file: string, { place, path, message }: FileProblem): string {
  const within = path.length === 0 ? '' : `${formatPath(path)}: `;
  return `${placed(file, place)}: ${within}${message}`;
}

/** `list.yaml:4:25` */
export function placed(file: string, place: Place | null): string {
  return place === null ? file : `${file}:${place.line}:${place.column}`;
}
