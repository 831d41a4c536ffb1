import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FlagSchema, integerSetting, loadConfig, readSettings, SettingsError, UsageError } from '../index.ts';

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

describe('readSettings', () => {
  const ofNames = (env: NodeJS.ProcessEnv) => loadConfig({ NAME: z.string().min(3) }, env);
  const ofPorts = (env: NodeJS.ProcessEnv) => loadConfig(shape, env);

  it('names the mistakes of all parts of a process, each once', () => {
    const read = () => readSettings({ names: ofNames, ports: ofPorts }, { NAME: 'a', PORT: 'x' });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(/^settings are wrong:\n {2}NAME: .*\n {2}PORT: .*$/);
  });

  it('reads each part once and returns it by its name', () => {
    let reads = 0;
    const counted = (env: NodeJS.ProcessEnv) => {
      reads += 1;
      return ofNames(env);
    };
    const settings = readSettings({ names: counted, nothing: () => undefined }, { NAME: 'abc' });
    expect(settings).toEqual({ names: { NAME: 'abc' }, nothing: undefined });
    expect(reads).toBe(1);
  });

  it('passes on errors that are no mistakes in the settings', () => {
    const broken = () => {
      throw new RangeError('no such thing');
    };
    expect(() => readSettings({ broken }, {})).toThrow(RangeError);
  });
});
