/** `leakwatch watchlist validate` counts cleared pictures, tells which secret ones they hide, and tries how well the others are found. */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { runLeakwatch } from '../harness/run-leakwatch.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

const ASSETS = path.resolve(import.meta.dirname, '../../fixtures/images/assets');

it('a cleared picture hides the same and a like one, says so in either campaign, and names none of another', async () => {
  const folder = await temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  await copyFile(path.join(ASSETS, 'dandelion-key-visual.jpg'), at('visual.jpg'));
  await copyFile(path.join(ASSETS, 'tideline-backdrop.jpg'), at('backdrop.jpg'));
  await sharp(at('visual.jpg')).modulate({ saturation: 1.3, brightness: 1.05 }).toFile(at('retouched.jpg'));
  const file = at('list.yaml');
  await writeFile(
    file,
    `campaigns:
  - id: spring
    name: Spring
    assets:
      - { id: shown, file: visual.jpg, cleared: true, alertOn: [same] }
      - { id: secret, file: retouched.jpg }
      - { id: backdrop, file: backdrop.jpg }
  - id: autumn
    name: Autumn
    assets:
      - { id: copied, file: visual.jpg }
`,
  );
  const env = { XDG_CACHE_HOME: folder };
  const { code, stdout, stderr } = await runLeakwatch(['watchlist', 'validate', file], { env });
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('is valid: 2 campaigns, 0 terms, 4 assets (1 cleared), 0 creators');
  expect(stderr.split('\n').filter((line) => line.includes('asset '))).toEqual([
    expect.stringContaining(
      'campaign spring, asset shown: is cleared, so it is never reported: `alertOn` changes nothing',
    ),
    expect.stringContaining(
      'campaign spring, asset secret: is found only where a post shows what the cleared asset shown lacks: the two look alike',
    ),
    expect.stringContaining(
      'campaign autumn, asset copied: is never found: a cleared asset of another campaign is the same picture',
    ),
    expect.stringMatching(
      /^campaign spring, asset secret: found in .* of 14 leaks tried.*; near it: the cleared shown \(looks the same\), copied of autumn \(looks the same\)$/,
    ),
    expect.stringMatching(/^campaign spring, asset backdrop: found in (all|1\d) of 14 leaks tried/),
  ]);

  // No time for a trial: what is told was tried before.
  const again = await runLeakwatch(['watchlist', 'validate', file, '--json', '--try-for', '0'], { env });
  expect(JSON.parse(again.stdout)).toMatchObject({
    untried: 0,
    trials: [{ assetId: 'secret' }, { assetId: 'backdrop' }],
  });
  // Another neighbour, another trial.
  await writeFile(file, (await readFile(file, 'utf8')).replace('cleared: true, alertOn: [same]', ''));
  const changed = await runLeakwatch(['watchlist', 'validate', file, '--json', '--try-for', '0'], { env });
  expect(JSON.parse(changed.stdout)).toMatchObject({ untried: 3, trials: [{ assetId: 'backdrop' }] });
});
