import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FlagSchema, integerSetting, loadConfig, UsageError } from '../index.ts';

const shape = {
  PORT: integerSetting({ min: 0, max: 65535 }).default(8080),
  NAME: z.string().min(3),
  LOUD: FlagSchema.default(false),
};

describe('loadConfig', () => {
  it('reads what is set, takes an empty variable for absent, and ignores the rest', () => {
    expect(loadConfig(shape, { NAME: 'abc', PORT: '', LOUD: 'yes', HOME: '/root' })).toEqual({
      PORT: 8080,
      NAME: 'abc',
      LOUD: true,
    });
  });

  it('names every mistake at once and shows no value', () => {
    const load = () => loadConfig(shape, { PORT: 'hunter2', LOUD: 'hunter2' });
    expect(load).toThrow(UsageError);
    expect(load).toThrow(/PORT: must be a whole number[\s\S]*NAME: [\s\S]*LOUD: must be one of/);
    expect(load).not.toThrow(/hunter2/);
  });

  it('keeps to the bounds of a number', () => {
    expect(() => loadConfig(shape, { NAME: 'abc', PORT: '70000' })).toThrow(/PORT: must be from 0 to 65535/);
  });
});
