import { describe, expect, it } from 'vitest';
import { beginStory, go, stop, type StepResult } from '../../judge/story.ts';

const parse = (text: string): StepResult<number> => {
  const value = Number(text);
  return Number.isNaN(value) ? stop('no-number', `${text} is no number`) : go(value);
};
const halve = (value: number): StepResult<number> =>
  value % 2 === 0 ? go(value / 2) : stop('odd', `${value} is odd`, ['trial']);
const story = beginStory<string>().step('parse', parse).step('halve', halve).step('halve again', halve);

describe('a story', () => {
  it('hands what each step finds out to the next', () => {
    expect(story.tell('12')).toEqual({ kind: 'go', value: 3 });
  });

  it('ends at the first step that stops, with its reason', () => {
    expect(story.tell('x')).toEqual({
      kind: 'stop',
      reason: 'no-number',
      detail: 'x is no number',
      shadows: [],
    });
    expect(story.tell('6')).toEqual({ kind: 'stop', reason: 'odd', detail: '3 is odd', shadows: ['trial'] });
  });

  it('runs no step after a stop', () => {
    const ran: string[] = [];
    const note = (name: string) => (value: string) => {
      ran.push(name);
      return name === 'second' ? stop('enough', 'enough') : go(value);
    };
    beginStory<string>()
      .step('first', note('first'))
      .step('second', note('second'))
      .step('third', note('third'))
      .tell('a');
    expect(ran).toEqual(['first', 'second']);
  });

  it('names its steps in order, and a longer one leaves it as it is', () => {
    expect(story.names).toEqual(['parse', 'halve', 'halve again']);
    const longer = story.step('once more', halve);
    expect(longer.names).toEqual(['parse', 'halve', 'halve again', 'once more']);
    expect(story.names).toHaveLength(3);
    expect(beginStory().names).toEqual([]);
    expect(beginStory().tell(7)).toEqual({ kind: 'go', value: 7 });
  });
});
