import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { deriveExpectedAlerts, EPOCH } from '../../fixtures/derive-expected-alerts.ts';
import { ExpectedAlertsSchema, loadFixtures, type Fixtures } from '../../fixtures/load-fixtures.ts';
import { looksAlike, plainLetters } from './plain-letters.ts';

const folder = path.resolve(import.meta.dirname, '../../fixtures');
const postedPictures = path.join(folder, 'images/posts');

let fixtures: Fixtures;
beforeAll(async () => {
  fixtures = await loadFixtures();
});

/** Every line with its label; a line without one fails the first test. */
function lines() {
  return fixtures.posts.map((post, index) => ({ post, label: fixtures.labels[index]! }));
}

function itemsOf(campaignId: string) {
  const campaign = fixtures.watchList.campaigns.find(({ id }) => id === campaignId);
  return { term: campaign?.terms ?? [], asset: campaign?.assets ?? [] };
}

describe('labels', () => {
  it('stand line for line beside the posts', () => {
    expect(fixtures.labels.map(({ postId, revision }) => [postId, revision])).toEqual(
      fixtures.posts.map(({ id, revision = 1 }) => [id, revision]),
    );
    expect(fixtures.entryLabels.map(({ postId }) => postId)).toEqual(fixtures.entries.map(({ id }) => id));
    expect(fixtures.entries).toHaveLength(3);
  });

  it('name items of the watch list, and every item is leaked somewhere', () => {
    const leaks = fixtures.labels.flatMap((label) => label.leaks);
    for (const { campaignId, itemId, kind } of leaks) {
      expect(itemsOf(campaignId)[kind].map(({ id }) => id)).toContain(itemId);
    }
    const items = fixtures.watchList.campaigns.flatMap(({ id, terms, assets }) =>
      [...terms, ...assets].map((item) => `${id}/${item.id}`),
    );
    expect([...new Set(leaks.map(({ campaignId, itemId }) => `${campaignId}/${itemId}`))].sort()).toEqual(
      items.sort(),
    );
  });

  it('call a term leaked only where something of its spelling is in the text', () => {
    for (const { post, label } of lines()) {
      if (label.note.startsWith('translated')) continue;
      for (const { campaignId, itemId, kind } of label.leaks) {
        const term = kind === 'term' && itemsOf(campaignId).term.find(({ id }) => id === itemId);
        if (term) expect(looksAlike(post.text ?? '', term.text), `${post.id} ${itemId}`).toBe(true);
      }
    }
  });

  it('miss no term that stands plainly in a text', () => {
    const unlabelled = lines().flatMap(({ post, label }) =>
      fixtures.watchList.campaigns.flatMap((campaign) =>
        campaign.terms
          .filter(({ text }) => (post.text ?? '').toLowerCase().includes(text.toLowerCase()))
          .filter(({ id }) => !label.leaks.some((leak) => leak.itemId === id))
          .map(({ id }) => `${post.id} ${id}`),
      ),
    );
    expect(unlabelled).toEqual([]);
  });

  it('call an asset leaked only where a picture is posted', () => {
    for (const { post, label } of lines()) {
      if (label.leaks.some(({ kind }) => kind === 'asset')) expect(post.media?.length).toBeGreaterThan(0);
    }
  });
});

describe('posts', () => {
  it('are of many languages, and most leak nothing', () => {
    const languages = new Set(fixtures.posts.map(({ lang }) => lang));
    for (const lang of ['en', 'de', 'fr', 'es', 'pt', 'ja', 'ko', 'tr', 'ar', 'hi', 'th', 'ru']) {
      expect(languages).toContain(lang);
    }
    const leaking = fixtures.labels.filter(({ leaks }) => leaks.length > 0);
    expect(leaking.length / fixtures.labels.length).toBeLessThan(0.25);
  });

  it('hold a duplicate, an edit into a leak, one out of it, a deletion, and a revision that comes late', () => {
    const changes = new Map<string, { revision: number; leaks: number; op: string }[]>();
    for (const { post, label } of lines()) {
      const { id, revision = 1, op = 'create' } = post;
      changes.set(id, [...(changes.get(id) ?? []), { revision, leaks: label.leaks.length, op }]);
    }
    const stories = [...changes.values()]
      .filter((story) => story.length > 1)
      .map((story) =>
        story.map(({ revision, leaks, op }) => `${op} ${revision}${leaks > 0 ? ' leaks' : ''}`).join(', '),
      );
    expect(stories.sort()).toEqual([
      'create 1 leaks, delete 2',
      'create 1 leaks, update 2',
      'create 1, create 1',
      'create 1, update 2 leaks',
      'update 2 leaks, create 1',
    ]);
  });

  it('were published before the epoch, after the lift of the campaign that is free', () => {
    const instants = fixtures.posts.map(({ publishedAt }) => publishedAt ?? '').sort();
    expect(instants[0]! > fixtures.watchList.campaigns[2]!.embargo!.liftsAt).toBe(true);
    expect(instants.at(-1)! < EPOCH).toBe(true);
  });
});

describe('pictures', () => {
  it('of posts all exist and are all used', async () => {
    const used = new Set(fixtures.posts.flatMap(({ media = [] }) => media.map(({ file }) => file)));
    expect([...used].sort()).toEqual((await readdir(postedPictures)).sort());
  });

  it('of campaigns exist, and every picture has its source written down', async () => {
    const sources = await readFile(path.join(folder, 'images/SOURCES.md'), 'utf8');
    for (const { file } of fixtures.watchList.campaigns.flatMap(({ assets }) => assets)) {
      expect((await stat(path.join(folder, file))).isFile()).toBe(true);
      expect(sources).toContain(`\`${file.replace('images/', '')}\``);
    }
    for (const file of await readdir(postedPictures)) expect(sources).toContain(`\`posts/${file}\``);
  });
});

describe('expected alerts', () => {
  it('are those that labels and watch list give', async () => {
    const written: unknown = JSON.parse(await readFile(path.join(folder, 'expected-alerts.json'), 'utf8'));
    expect(ExpectedAlertsSchema.parse(written)).toEqual({
      epoch: EPOCH,
      alerts: deriveExpectedAlerts(
        fixtures.watchList,
        [...fixtures.posts, ...fixtures.entries],
        [...fixtures.labels, ...fixtures.entryLabels],
      ),
    });
  });

  it('leave out the free campaign and the approved posts, which leak, too', () => {
    const { watchList, posts, labels } = fixtures;
    const leakedOf = (campaignId: string) =>
      labels.filter(({ leaks }) => leaks.some((leak) => leak.campaignId === campaignId));
    const alerts = deriveExpectedAlerts(watchList, posts, labels);
    const approved = watchList.campaigns.flatMap(({ approvedPosts }) => approvedPosts);
    const alerted = alerts.flatMap(({ postIds }) => postIds);
    expect([...new Set(alerts.map(({ campaignId }) => campaignId))].sort()).toEqual([
      'orsavelle-dewfall',
      'quarrix-strider',
    ]);
    expect(leakedOf('fjellvang-ember').length).toBeGreaterThan(5);
    expect(labels.filter(({ postId }) => approved.includes(postId)).length).toBe(approved.length);
    expect(alerted.filter((id) => approved.includes(id))).toEqual([]);
    expect(alerts.filter(({ creatorId }) => creatorId.startsWith('unregistered:')).length).toBeGreaterThan(1);
  });
});

describe('plain letters', () => {
  it('undo a disguise roughly', () => {
    expect(plainLetters('Ｄ3w​fаll 𝓢erum')).toBe('dewfallserum');
    expect(looksAlike('ordinary words of a day', 'Dewfall Serum')).toBe(false);
  });
});
