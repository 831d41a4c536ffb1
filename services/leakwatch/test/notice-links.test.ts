import { loadAlertingConfig } from '@leakwatch/alerting';
import { expect, it } from 'vitest';
import { linkBase } from '../ops-port.ts';

const OPS = { address: 'http://127.0.0.1:9464' };
const leads = (env: NodeJS.ProcessEnv) => linkBase(loadAlertingConfig(env), OPS);

it('a notice leads to the console, and without one to the page of the ops port', () => {
  expect(leads({})).toBe('http://127.0.0.1:8081');
  expect(leads({ LEAKWATCH_CONSOLE_URL: 'https://desk.example' })).toBe('https://desk.example');
  expect(leads({ LEAKWATCH_CONSOLE: 'off' })).toBe(OPS.address);
  // Another machine's console, or an address under which people reach the ops port.
  expect(leads({ LEAKWATCH_CONSOLE: 'off', LEAKWATCH_CONSOLE_URL: 'https://desk.example' })).toBe(
    'https://desk.example',
  );
});

it('a process without an ops port has the console only', () => {
  expect(linkBase(loadAlertingConfig({ LEAKWATCH_CONSOLE: 'off' }), null)).toBe('http://127.0.0.1:8081');
});
