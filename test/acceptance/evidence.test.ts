/** Checks that a leak's picture is kept after the post is gone, from ingest through both lanes to the evidence of an alert. */
import { listEvidence, loadKeptBytes, type StoredEvidence } from '@leakwatch/alerting/desk';
import { listAlerts } from '@leakwatch/alerting/incidents';
import { loadCanaryState } from '@leakwatch/alerting/measure';
import { isCanaryCreator, sha256Hex, type Alert, type SubmittedPost } from '@leakwatch/contracts';
import { type LogRecord } from '@leakwatch/event-log';
import { createImageEngine, IMAGE_ENGINE } from '@leakwatch/image-matching';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { servePictures } from '../harness/serve-pictures.ts';
import { openWholePipeline, type WholePipeline } from '../harness/whole-pipeline.ts';

let pipeline: WholePipeline;
let host: Awaited<ReturnType<typeof servePictures>>;
let secret: Uint8Array;
const innocent = await picture('ivory');

beforeAll(async () => {
  host = await servePictures();
  secret = await picture('teal');
  const engine = await createImageEngine({ workers: 1 });
  const { data } = await engine.register(secret);
  await engine.close();
  const asset = { id: 'render', file: 'render.jpg', sha256: sha256Hex(secret), engine: IMAGE_ENGINE };
  pipeline = await openWholePipeline({
    env: { LEAKWATCH_MEDIA_ALLOW_PRIVATE: '1', LEAKWATCH_CANARY_SECONDS: '1', LEAKWATCH_IMAGE_WORKERS: '1' },
    watchList: {
      campaigns: [
        {
          id: 'aurora',
          name: 'Aurora',
          sensitivity: 'high',
          terms: [{ id: 'name', text: 'Quillon Ember' }],
          assets: [{ ...asset, fingerprint: Buffer.from(data).toString('base64') }],
          approvedPosts: [],
        },
      ],
      creators: [],
    },
  });
});
afterAll(async () => {
  await pipeline.close();
  await host.close();
});

/** Draws a pattern with enough detail to be told from others. */
function picture(colour: string): Promise<Buffer> {
  const bars = Array.from({ length: 30 }, (_, n) => {
    const place = Number.parseInt(sha256Hex(`${colour}/${n}`).slice(0, 6), 16);
    return `<circle cx="${place % 400}" cy="${(place >> 8) % 400}" r="${20 + (place % 60)}" fill="hsl(${place % 360},70%,50%)"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400" fill="${colour}"/>${bars.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

/** Takes a post in, together with its files' bytes. */
async function submit(
  post: Partial<Omit<SubmittedPost, 'author'>> & { id: string; author: string },
  files: Record<string, Uint8Array> = {},
) {
  const { author, ...rest } = post;
  const raw = JSON.stringify({ ...rest, author: { id: author, handle: author } });
  await pipeline.ingest.run({
    name: `feed of ${post.id}`,
    transport: 'file',
    platform: 'mastodon',
    instance: 'local',
    openMedia: (file) => Promise.resolve(files[file] ?? new Uint8Array()),
    async *read() {
      yield await Promise.resolve({ place: `${post.id}.json`, raw, checkpoint: null });
    },
  });
}

/** Waits for the creator's alert to have a number of occurrences. */
function alertOf(creator: string, occurrences: number): Promise<Alert> {
  return eventually(async () => {
    const alerts = await listAlerts(pipeline.store.pool, { limit: 100 });
    return alerts.find(
      (one) => one.creatorId.endsWith(`/${creator}`) && one.occurrences.length === occurrences,
    );
  });
}

async function evidenceOf(creator: string, occurrences: number): Promise<StoredEvidence[]> {
  const alert = await alertOf(creator, occurrences);
  return listEvidence(pipeline.store.pool, alert.id, { verify: true });
}

/** Records of a post from the topic `posts`, by revision. */
async function published(nativeId: string): Promise<LogRecord[]> {
  const found: LogRecord[] = [];
  for await (const records of pipeline.log.replay({ topic: 'posts' })) {
    found.push(...records.filter(({ value }) => Buffer.from(value).includes(`"nativeId":"${nativeId}"`)));
  }
  return found;
}

/** Waits until both lanes have read everything. */
async function settled(): Promise<void> {
  await eventually(async () => {
    const isThrough = async (topic: string, group: string) => {
      const done = await pipeline.log.committedOffsets(group, topic);
      return [...(await pipeline.log.endOffsets(topic))].every(
        ([partition, end]) => (done.get(partition) ?? 0n) === end,
      );
    };
    const lanes = [await isThrough('posts', 'matcher-text'), await isThrough('posts', 'matcher-image')];
    return (lanes.every(Boolean) && (await isThrough('detections', 'alerting'))) || undefined;
  });
}

describe('a leak in a text', () => {
  it('has its post kept byte for byte, with the media that came with it', async () => {
    await submit(
      { id: 't1', author: 'tess', text: 'so, the Quillon Ember 🎉', media: [{ file: 'a.jpg' }] },
      { 'a.jpg': innocent },
    );
    const [one, ...others] = await evidenceOf('tess', 1);
    expect(others).toEqual([]);
    const [record] = await published('t1');
    expect(one).toMatchObject({
      form: 'post',
      revision: 1,
      lane: 'text',
      record: { sha256: sha256Hex(record!.value), mime: 'application/json', intact: true },
      media: [{ mediaIndex: 0, sha256: sha256Hex(innocent), mime: 'image/jpeg', intact: true }],
    });
    expect(await loadKeptBytes(pipeline.store.pool, one!.record.sha256)).toEqual(record!.value);
    expect(await loadKeptBytes(pipeline.store.pool, one!.media[0]!.sha256)).toEqual(innocent);
  });

  it('is kept as it was when it is edited away, and again as it is when it is still in', async () => {
    const edit = (revision: number, text: string) => submit({ id: 'e1', author: 'edda', revision, text });
    await edit(1, 'the Quillon Ember is here');
    await evidenceOf('edda', 1);
    await edit(2, 'nothing to see');
    await settled();
    expect((await evidenceOf('edda', 1)).map(({ revision }) => revision)).toEqual([1]);
    await edit(3, 'all right: Quillon Ember');
    const [first, third] = await evidenceOf('edda', 2);
    const [firstRecord, , thirdRecord] = await published('e1');
    expect([first?.record.sha256, third?.record.sha256]).toEqual([
      sha256Hex(firstRecord!.value),
      sha256Hex(thirdRecord!.value),
    ]);
  });

  it('outlives the post', async () => {
    await submit({ id: 'd1', author: 'dora', text: 'Quillon Ember!' });
    await evidenceOf('dora', 1);
    await submit({ id: 'd1', author: 'dora', op: 'delete' });
    const { occurrences } = await eventually(async () => {
      const alert = await alertOf('dora', 1);
      return alert.occurrences[0]?.removedBy === 'delete' ? alert : undefined;
    });
    const [one] = await evidenceOf('dora', occurrences.length);
    const kept = await loadKeptBytes(pipeline.store.pool, one!.record.sha256);
    expect(JSON.parse(Buffer.from(kept!).toString())).toMatchObject({ text: 'Quillon Ember!', op: 'create' });
  });
});

describe('a picture beside a leak', () => {
  it('is kept as well, though it shows nothing and lies elsewhere', async () => {
    const beside = await picture('olive');
    const media = [{ url: host.show('beside.jpg', beside) }];
    await submit({ id: 'b1', author: 'bela', text: 'look: Quillon Ember', media });
    const [one] = await eventually(async () => {
      const found = await evidenceOf('bela', 1);
      return found[0]?.media.length === 1 ? found : undefined;
    });
    expect(one).toMatchObject({ lane: 'text', media: [{ mediaIndex: 0, sha256: sha256Hex(beside) }] });
  });
});

describe('a leaked picture', () => {
  it('is kept as it was fetched, though its host has it no more', async () => {
    const smaller = await sharp(secret).resize(250, 250).jpeg({ quality: 70 }).toBuffer();
    const media = [{ url: host.show('story.jpg', smaller) }, { url: host.show('other.jpg', innocent) }];
    await submit({ id: 's1', author: 'sten', type: 'story', media });
    const [one] = await evidenceOf('sten', 1);
    host.takeDown('story.jpg');
    expect(one).toMatchObject({ form: 'post', lane: 'image' });
    expect(one!.media.map(({ sha256 }) => sha256)).toEqual([sha256Hex(smaller), sha256Hex(innocent)]);
    expect(await loadKeptBytes(pipeline.store.pool, sha256Hex(smaller))).toEqual(smaller);
  });
});

describe('nothing is kept', () => {
  it('of innocent posts', async () => {
    const before = await keptHashes();
    await submit({
      id: 'i1',
      author: 'ida',
      text: 'a quiet day',
      media: [{ url: host.show('i.jpg', innocent) }],
    });
    await settled();
    expect(await keptHashes()).toEqual(before);
  });

  it('of the canary, in either lane', async () => {
    const before = await keptHashes();
    pipeline.lifecycle.add(pipeline.ingest.startCanary());
    await eventually(async () => {
      const lanes = await loadCanaryState(pipeline.store.pool);
      return (lanes.length === 2 && lanes.every(({ lastSeconds }) => lastSeconds !== null)) || undefined;
    });
    expect(await keptHashes()).toEqual(before);
    const ofCanary: LogRecord[] = [];
    for await (const records of pipeline.log.replay({ topic: 'detections' })) {
      ofCanary.push(...records.filter(({ key }) => isCanaryCreator(key)));
    }
    expect(ofCanary.length).toBeGreaterThanOrEqual(2);
    expect(ofCanary.filter(({ value }) => Buffer.from(value).includes('"kept"'))).toEqual([]);
    const { rowCount } = await pipeline.store.pool.query("SELECT 1 FROM evidence WHERE form <> 'post'");
    expect(rowCount).toBe(0);
  });
});

async function keptHashes(): Promise<unknown[]> {
  const answer: { rows: unknown[] } = await pipeline.store.pool.query(
    'SELECT sha256 FROM kept_bytes ORDER BY sha256',
  );
  return answer.rows;
}
