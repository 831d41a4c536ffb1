// `npm run leakwatch -- …` from a checkout: installs the workspace if needed, then runs the command from its sources.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';
import { buildWeb } from './build-web.mjs';
import { setUp } from './set-up.mjs';

setUp();
// These commands may serve the console's pages.
if (process.argv.slice(2).some((word) => ['up', 'run', '--serve'].includes(word))) await buildWeb();

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const tsx = pathToFileURL(createRequire(path.join(root, 'package.json')).resolve('tsx')).href;
const child = spawn(
  process.execPath,
  ['--import', tsx, path.join(root, 'services/leakwatch/main.ts'), ...process.argv.slice(2)],
  // npm changes to the package's folder, but a user's relative paths start at their own folder.
  { stdio: 'inherit', cwd: process.env.INIT_CWD ?? process.cwd() },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
});
