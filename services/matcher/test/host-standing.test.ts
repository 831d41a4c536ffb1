import { beforeEach, describe, expect, it } from 'vitest';
import { createHostStanding, type HostStanding } from '../media/host-standing.ts';

let now = 0;
let hosts: HostStanding;
beforeEach(() => {
  now = 1_000_000;
  hosts = createHostStanding(1000, () => now);
});

describe('a host of pictures', () => {
  it('is left to the queue for a while after it was slow, and asked again then', () => {
    expect(hosts.mayAskNow('slow')).toBe(true);
    hosts.failed('slow', 'patience');
    expect(hosts.mayAskNow('slow')).toBe(false);
    expect(hosts.mayAskNow('other')).toBe(true);
    now += 30_000;
    expect(hosts.mayAskNow('slow')).toBe(true);
  });

  it('is asked again at once when it has answered in time, and not when its answer took long', () => {
    hosts.failed('slow', 'patience');
    hosts.answered('slow', 5000);
    expect(hosts.mayAskNow('slow')).toBe(false);
    hosts.answered('slow', 10);
    expect(hosts.mayAskNow('slow')).toBe(true);
  });

  it('is away after three failures in a row with all the time, each time for longer', () => {
    hosts.failed('gone', 'time');
    hosts.failed('gone', 'time');
    expect(hosts.away()).toEqual([]);
    hosts.failed('gone', 'time');
    expect(hosts.away()).toEqual(['gone']);
    now += 30_000;
    expect(hosts.away()).toEqual([]);
    hosts.failed('gone', 'time');
    now += 30_000;
    expect(hosts.away()).toEqual(['gone']);
    hosts.answered('gone', 10);
    expect(hosts.away()).toEqual([]);
  });

  it('that never answered is not waited for while many such hosts are slow; a known one is', () => {
    hosts.answered('known', 10);
    for (let n = 0; n < 8; n++) hosts.failed(`slow-${n}`, 'patience');
    expect(hosts.mayAskNow('never-seen')).toBe(false);
    expect(hosts.mayAskNow('known')).toBe(true);
    now += 30_000;
    expect(hosts.mayAskNow('never-seen')).toBe(true);
  });
});
