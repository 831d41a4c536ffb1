import { type Environment } from '../environment.ts';
import { type Screen } from './screen.ts';

/** Says where a list comes from: an empty one may be that of another folder. */
export function tellDataPlace({ database }: Pick<Environment, 'database'>, screen: Screen): void {
  screen.note(`data: ${database}`);
}

/** The same of a list that a console gives. */
export function tellServerPlace({ origin }: { readonly origin: string }, screen: Screen): void {
  screen.note(`data: ${origin}`);
}
