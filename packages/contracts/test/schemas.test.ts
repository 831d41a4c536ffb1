import { describe, expect, it } from 'vitest';
import { EVENTS, SubmittedPostSchema, TOPICS, describeIssues } from '../index.ts';

describe('contracts', () => {
  it('give every topic at least one kind of event, each with a type of its own', () => {
    const events = Object.values(EVENTS);
    expect(new Set(events.map((event) => event.topic))).toEqual(new Set(TOPICS));
    expect(new Set(events.map((event) => event.type)).size).toBe(events.length);
  });

  it('take a submitted post with only an id and a text, and ignore other keys', () => {
    expect(SubmittedPostSchema.parse({ id: 'a', text: 'hello', leaks: [], family: 'real' })).toEqual({
      id: 'a',
      text: 'hello',
    });
  });

  it('say where a submitted post is wrong', () => {
    const result = SubmittedPostSchema.safeParse({
      id: 7,
      media: [{ file: 'a.jpg', url: 'https://x.example' }],
    });
    expect(result.success).toBe(false);
    if (result.success) return;
    const lines = describeIssues(result.error);
    expect(lines.some((line) => line.startsWith('id: '))).toBe(true);
    expect(lines).toContain('media[0]: needs exactly one of `file` and `url`');
  });

  it('refuse a post that says nothing, unless it is a deletion', () => {
    expect(SubmittedPostSchema.safeParse({ id: 'a' }).success).toBe(false);
    expect(SubmittedPostSchema.safeParse({ id: 'a', op: 'delete' }).success).toBe(true);
  });
});
