/** A step's answer: go on with more facts, or stop with a reason that is kept. */
export type StepResult<T> = { readonly kind: 'go'; readonly value: T } | Stop;

export interface Stop {
  readonly kind: 'stop';
  /** A short word in kebab case, fit for a metric label. */
  readonly reason: string;
  /** The same in a sentence, for people. */
  readonly detail: string;
  /** Rules on trial that would have decided otherwise. They are counted and raise no alert. */
  readonly shadows: readonly string[];
}

export function go<T>(value: T): StepResult<T> {
  return { kind: 'go', value };
}

export function stop(reason: string, detail: string, shadows: readonly string[] = []): Stop {
  return { kind: 'stop', reason, detail, shadows };
}

/** Steps in order; each gets what the earlier ones found out. */
export interface Story<In, Out> {
  /** The names of the steps, in order. */
  readonly names: readonly string[];
  step<Next>(name: string, run: (value: Out) => StepResult<Next>): Story<In, Next>;
  tell(value: In): StepResult<Out>;
}

export function beginStory<T>(): Story<T, T> {
  return storyOf([], go);
}

function storyOf<In, Out>(names: readonly string[], tell: (value: In) => StepResult<Out>): Story<In, Out> {
  return {
    names,
    tell,
    step: (name, run) =>
      storyOf([...names, name], (value) => {
        const before = tell(value);
        return before.kind === 'stop' ? before : run(before.value);
      }),
  };
}
