// Runs a Bluesky PDS with a directory of accounts, both on loopback and with their data in FOLDER, and prints what happens on
// its firehose: one JSON line for each event, in the form of a Jetstream without the records. The first line is
// `{"kind":"ready"}`.
//
//   node pds.mjs FOLDER PDS_PORT DIRECTORY_PORT
import { PDS, envToCfg, envToSecrets } from '@atproto/pds';
import { Subscription } from '@atproto/xrpc-server';
import plc from '@did-plc/server';
import Database from 'better-sqlite3';

// package.json puts libsql in the place of better-sqlite3, which would be compiled for a minute. It gives bytes as ArrayBuffer.
const prepare = Database.prototype.prepare;
Database.prototype.prepare = function (...given) {
  const statement = prepare.apply(this, given);
  const { all, get } = statement;
  statement.all = (...values) => all.apply(statement, values).map(withBuffers);
  statement.get = (...values) => withBuffers(get.apply(statement, values));
  return statement;
};

function withBuffers(row) {
  if (typeof row !== 'object' || row === null) return row;
  const parts = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof ArrayBuffer ? Buffer.from(value) : value,
  ]);
  return Object.fromEntries(parts);
}

const [, , folder, port, directoryPort] = process.argv;
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: Number(directoryPort) });
await directory.start();

const env = {
  devMode: true,
  port: Number(port),
  hostname: 'localhost',
  dataDirectory: folder,
  blobstoreDiskLocation: `${folder}/blobs`,
  didPlcUrl: `http://127.0.0.1:${directoryPort}`,
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  rateLimitsEnabled: false,
  adminPassword: 'admin',
  jwtSecret: 'jwt',
  plcRotationKeyK256PrivateKeyHex: 'ae'.repeat(32),
};
const pds = await PDS.create(envToCfg(env), envToSecrets(env));
await pds.start();
say({ kind: 'ready' });

const firehose = new Subscription({
  service: `ws://127.0.0.1:${port}`,
  method: 'com.atproto.sync.subscribeRepos',
  getParams: () => ({ cursor: 0 }),
  validate: (event) => event,
});
for await (const event of firehose) {
  const from = { did: event.repo ?? event.did, time_us: Date.now() * 1000 };
  switch (event.$type) {
    case 'com.atproto.sync.subscribeRepos#commit':
      for (const { action: operation, path } of event.ops) {
        const [collection, rkey] = path.split('/');
        say({ ...from, kind: 'commit', commit: { rev: event.rev, operation, collection, rkey } });
      }
      break;
    case 'com.atproto.sync.subscribeRepos#identity':
      say({ ...from, kind: 'identity', identity: { did: event.did, handle: event.handle } });
      break;
    case 'com.atproto.sync.subscribeRepos#account':
      say({
        ...from,
        kind: 'account',
        account: { did: event.did, active: event.active, status: event.status },
      });
  }
}
