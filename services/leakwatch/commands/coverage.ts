import { loadAlertingConfig } from '@leakwatch/alerting';
import { loadCoverage, readStanding } from '@leakwatch/alerting/measure';
import { readSettings } from '@leakwatch/runtime';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment } from '../environment.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { describeCoverage, formatCoverage, worstFirst } from '../screen/coverage.ts';
import { type Screen } from '../screen/screen.ts';

/** Shows for each registered creator whether leakwatch hears them: a table, or a JSON line for each. */
export async function showCoverage(
  options: { dataDir: string; stale: boolean; json: boolean },
  screen: Screen,
): Promise<void> {
  const settings = readSettings(
    { environment: loadEnvironmentConfig, alerting: loadAlertingConfig },
    process.env,
  );
  const environment = await openEnvironment({ dataDir: options.dataDir, config: settings.environment });
  try {
    tellDataPlace(environment, screen);
    const { pool } = environment.store;
    const standing = await readStanding(pool, settings.alerting);
    const coverage = await loadCoverage(pool, { ...standing, at: new Date() });
    const shown = options.stale ? coverage.filter(({ state }) => state !== 'fresh') : coverage;
    if (options.json) {
      for (const one of shown) screen.json(one);
      return;
    }
    if (shown.length > 0) screen.result(formatCoverage(worstFirst(shown)));
    screen.note(describeCoverage(coverage));
  } finally {
    await environment.stop();
  }
}
