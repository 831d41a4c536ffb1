import net from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openScene, type Scene } from './support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** Sends a request as it stands, which no client would. */
async function ask(line: string, headers: Readonly<Record<string, string>> = {}, body = '') {
  const { hostname, port } = new URL(scene.console.address);
  const socket = net.connect(Number(port), hostname);
  const all = { host: 'console', connection: 'close', 'content-length': String(body.length), ...headers };
  socket.write(
    [`${line} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`), '', body].join(
      '\r\n',
    ),
  );
  const chunks: Buffer[] = [];
  // A server that gives up on a request resets the connection behind its answer.
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => socket.once('close', resolve));
  const [head = '', ...rest] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n');
  return {
    status: Number(head.split(' ')[1]),
    type: /^content-type: (.*)$/im.exec(head)?.[1],
    head: head.toLowerCase(),
    text: rest.join('\r\n\r\n'),
  };
}

it.each<[line: string, status: number, code: string]>([
  ['GET /%', 400, 'bad-request'],
  ['GET /v1/%ff', 400, 'bad-request'],
  ['GET /v1/incidents/%ED%A0%80', 400, 'bad-request'],
  ['PUT /queue', 405, 'wrong-method'],
  ['PATCH /', 405, 'wrong-method'],
  ['OPTIONS /', 405, 'wrong-method'],
  ['PROPFIND /', 405, 'wrong-method'],
  ['PROPFIND /v1/incidents', 405, 'wrong-method'],
  ['NONSENSE /', 400, 'bad-request'],
  ['GET /assets/nope.js', 404, 'not-found'],
])('%s is answered with a problem', isProblem);

it('a name or an address that is too long is answered with a problem', async () => {
  // Nobody is told which names there are.
  await isProblem(`GET /v1/incidents/${'a'.repeat(300)}`, 401, 'not-signed-in');
  await isProblem(`GET /${'x'.repeat(20_000)}`, 431, 'headers-too-large');
});

async function isProblem(line: string, status: number, code: string): Promise<void> {
  const answer = await ask(line);
  expect(answer).toMatchObject({ status, type: 'application/problem+json' });
  expect(JSON.parse(answer.text)).toMatchObject({ status, code });
  expect(answer.text).not.toMatch(/FST_|Route|Client Error/);
}

it('a method that an address does not take is told with those that it takes', async () => {
  expect((await ask('PUT /queue')).head).toContain('allow: get, head');
});

it('an address that is none gets the first page, and no error', async () => {
  for (const path of ['//', '/\\']) expect((await ask(`GET ${path}`)).status).toBe(200);
});

it('a body of another type than JSON is refused as that', async () => {
  const { origin = '', cookie = '' } = scene.admin.headers;
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'nonsense']) {
    const answer = await ask('POST /v1/tokens', { origin, cookie, 'content-type': type }, 'name=t');
    expect(answer, type).toMatchObject({ status: 415, type: 'application/problem+json' });
  }
  const picture = { origin, cookie, 'content-type': 'application/json' };
  expect((await ask('POST /v1/watch-list/pictures', picture, '{}')).text).toContain(
    'application/octet-stream',
  );
});
