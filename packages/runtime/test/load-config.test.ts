import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  checkSettings,
  FlagSchema,
  integerSetting,
  loadConfig,
  SettingsError,
  UsageError,
} from '../index.ts';

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

describe('checkSettings', () => {
  const ofNames = (env: NodeJS.ProcessEnv) => loadConfig({ NAME: z.string().min(3) }, env);
  const ofPorts = (env: NodeJS.ProcessEnv) => loadConfig(shape, env);

  it('names what is wrong for all parts of a process, each mistake once', () => {
    const check = () => checkSettings([ofNames, ofPorts], { NAME: 'a', PORT: 'x' });
    expect(check).toThrow(SettingsError);
    expect(check).toThrow(/^settings in the environment are wrong:\n {2}NAME: .*\n {2}PORT: .*$/);
  });

  it('says nothing where all is well, and passes on what is no mistake in the settings', () => {
    expect(() => checkSettings([ofNames, ofPorts], { NAME: 'abc' })).not.toThrow();
    const broken = () => {
      throw new RangeError('no such thing');
    };
    expect(() => checkSettings([broken], {})).toThrow(RangeError);
  });
});
