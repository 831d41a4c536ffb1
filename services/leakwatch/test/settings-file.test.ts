/** `leakwatch.yaml` holds settings beside the environment, with the same names and checks. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeSettingsFile } from '../settings-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'leakwatch-settings-')));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function take(text: string, env: NodeJS.ProcessEnv = {}, ...from: string[]) {
  await writeFile(path.join(folder, 'leakwatch.yaml'), text);
  await mkdir(path.join(folder, ...from), { recursive: true });
  const file = await takeSettingsFile(env, path.join(folder, ...from));
  return { env, file };
}

describe('the settings file', () => {
  it('is read in its folder and below', async () => {
    const { env, file } = await take('LEAKWATCH_WEBHOOK_PORT: 8123\nLEAKWATCH_CONSOLE: off\n', {}, 'a', 'b');
    expect(file).toBe(path.join(folder, 'leakwatch.yaml'));
    expect(env).toEqual({ LEAKWATCH_WEBHOOK_PORT: '8123', LEAKWATCH_CONSOLE: 'off' });
  });

  it('gives way to the environment, and an empty variable gives way to it', async () => {
    const { env } = await take('LEAKWATCH_HOST: 10.0.0.1\nLEAKWATCH_LOG_LEVEL: warn\n', {
      LEAKWATCH_HOST: '127.0.0.1',
      LEAKWATCH_LOG_LEVEL: '',
    });
    expect(env).toEqual({ LEAKWATCH_HOST: '127.0.0.1', LEAKWATCH_LOG_LEVEL: 'warn' });
  });

  it('names files and folders from its own folder', async () => {
    const { env } = await take(
      'LEAKWATCH_DATA_DIR: store\nLEAKWATCH_RULES: rules.yaml\nKAFKA_SSL_CA: ca.pem\nLEAKWATCH_TOKEN_FILE: /run/t\n',
      {},
      'a',
    );
    expect(env).toEqual({
      LEAKWATCH_DATA_DIR: path.join(folder, 'store'),
      LEAKWATCH_RULES: path.join(folder, 'rules.yaml'),
      KAFKA_SSL_CA: path.join(folder, 'ca.pem'),
      LEAKWATCH_TOKEN_FILE: '/run/t',
    });
  });

  it('may be empty', async () => {
    expect((await take('# nothing yet\n')).env).toEqual({});
  });

  it('may be missing', async () => {
    expect(await takeSettingsFile({}, folder)).toBeNull();
  });

  it('may be named by LEAKWATCH_CONFIG, and must then exist', async () => {
    const file = path.join(folder, 'other.yaml');
    await writeFile(file, 'LEAKWATCH_HOST: 10.0.0.2\n');
    const env: NodeJS.ProcessEnv = { LEAKWATCH_CONFIG: 'other.yaml' };
    expect(await takeSettingsFile(env, folder)).toBe(file);
    expect(env.LEAKWATCH_HOST).toBe('10.0.0.2');
    await expect(takeSettingsFile({ LEAKWATCH_CONFIG: 'none.yaml' }, folder)).rejects.toThrow(
      /cannot read the settings: .*none\.yaml/,
    );
  });

  it.each([
    ['LEAKWATCH_HOST: a\nLEAKWATCH_DATADIR: x\n', /:2:\d+: .*did you mean LEAKWATCH_DATA_DIR\?$/],
    ['PATH: /tmp\n', /leakwatch\.yaml:1:\d+: PATH: leakwatch has no such setting$/],
    ['LEAKWATCH_HOST: [secret]\n', /:1:17: LEAKWATCH_HOST: must be one value/],
    ['- LEAKWATCH_HOST\n', /:1:1: must be settings/],
    ['LEAKWATCH_HOST: a\nLEAKWATCH_HOST: b\n', /leakwatch\.yaml:2:/],
  ])('is refused with the place of a mistake: %j', async (text, told) => {
    await expect(take(text)).rejects.toThrow(told);
    await expect(take(text)).rejects.not.toThrow('secret');
  });
});
