import { UsageError } from '@leakwatch/runtime';
import { describe, expect, it } from 'vitest';
import { loadRescanConfig } from '../../index.ts';

const configOf = (cron: string, zone?: string) => () =>
  loadRescanConfig({
    LEAKWATCH_RESCAN_CRON: cron,
    ...(zone === undefined ? {} : { LEAKWATCH_RESCAN_TIME_ZONE: zone }),
  });

describe('the schedule', () => {
  it('is a cron expression in a time zone', () => {
    expect(configOf('0 3 * * *', 'Europe/Paris')().schedule).toEqual({
      cron: '0 3 * * *',
      timeZone: 'Europe/Paris',
    });
    expect(configOf('*/15 1-4 * * MON-FRI')().schedule).toMatchObject({ timeZone: 'UTC' });
    expect(loadRescanConfig({}).schedule).toBeNull();
  });

  it.each([
    ['at three', 'is no cron expression: it takes five fields'],
    ['0 0 3 * * *', 'it takes five fields'],
    ['61 3 * * *', 'is no cron expression: Constraint error'],
    ['0 3 * * FUNDAY', 'is no cron expression'],
  ])('refuses %s and says why', (cron, complaint) => {
    expect(configOf(cron)).toThrow(UsageError);
    expect(configOf(cron)).toThrow(complaint);
  });

  it('refuses a time zone that does not exist', () => {
    expect(configOf('0 3 * * *', 'Mars/Olympus')).toThrow('there is no time zone `Mars/Olympus`');
  });
});
