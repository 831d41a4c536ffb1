/** Checks that need no database: the program's own needs, folders, disk, ports, secrets. */
import { access, constants, readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { findInstalledPostgres } from '@leakwatch/store';
import { holdsData } from '../existing-data.ts';
import { problemsOfPorts, type WantedPort } from '../free-ports.ts';
import { typedHere } from '../typed.ts';
import { open, well, wrong, type Finding } from './finding.ts';

const OLDEST_NODE = [20, 19] as const;
/** As the page of a filling disk. */
const LITTLE_ROOM = 0.1;
const GIB = 1024 ** 3;

export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldest, oldestMinor] = OLDEST_NODE;
  const isNewEnough = major > oldest || (major === oldest && minor >= oldestMinor);
  return isNewEnough
    ? well('Node', version)
    : wrong('Node', `${version} is too old`, `install Node ${oldest}.${oldestMinor} or newer`);
}

/** The embedded Postgres and its folder. */
export async function checkEmbedded(dataDir: string): Promise<Finding[]> {
  return [
    await findInstalledPostgres().then(
      () => well('binaries', 'the embedded Postgres is there'),
      (error: unknown) => wrong('binaries', error),
    ),
    await checkFolder(path.resolve(dataDir)),
  ];
}

async function checkFolder(folder: string): Promise<Finding> {
  if (holdsData(folder)) {
    return access(folder, constants.W_OK).then(
      () => well('data folder', folder),
      () =>
        wrong(
          'data folder',
          `${folder} can't be written by this user`,
          'run leakwatch as the user who owns it',
        ),
    );
  }
  const place = await nearestFolder(folder);
  return access(place, constants.W_OK).then(
    () => open('data folder', `${folder} is not made yet`, `${typedHere('up')} makes it`),
    () =>
      wrong('data folder', `${place} can't be written by this user`, 'choose another by LEAKWATCH_DATA_DIR'),
  );
}

/** The folder, or the nearest above it that there is. */
async function nearestFolder(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  return isThere || path.dirname(folder) === folder ? folder : nearestFolder(path.dirname(folder));
}

export async function checkDisks(folders: readonly string[]): Promise<Finding[]> {
  return Promise.all(
    folders.map(async (folder) => {
      const name = `disk of ${folder}`;
      const found = await statfs(await nearestFolder(path.resolve(folder))).catch(() => null);
      if (found === null) return open(name, 'its room is not known');
      const share = found.bavail / found.blocks;
      const says = `${((found.bavail * found.bsize) / GIB).toFixed(1)} GiB free, ${(share * 100).toFixed(0)} %`;
      return share < LITTLE_ROOM
        ? wrong(name, says, 'make room: on a full disk no post is taken in')
        : well(name, says);
    }),
  );
}

/** A port that another leakwatch holds is in use as it should be. */
export async function checkPorts(wanted: readonly WantedPort[]): Promise<Finding[]> {
  const problems = await problemsOfPorts(wanted);
  return wanted.map((one) => {
    const name = `port ${one.port}`;
    const problem = problems.get(one);
    if (problem === undefined) return well(name, `free, for ${one.of}`);
    return problem.includes('another leakwatch')
      ? well(name, `${one.of}: leakwatch is up`)
      : wrong(name, problem);
  });
}

/** Files of secrets that other users of this machine may read. */
export async function checkSecretFiles(
  places: readonly (readonly [setting: string, place: string])[],
): Promise<Finding[]> {
  const findings = await Promise.all(
    places.map(async ([setting, place]) => {
      const found = await stat(place).catch(() => null);
      if (found === null) return [wrong(setting, `${place} is not there`)];
      const files = found.isDirectory()
        ? (await readdir(place)).map((file) => path.join(place, file))
        : [place];
      const readable = await Promise.all(
        files.map(async (file) => {
          const { mode } = await stat(file);
          return (mode & 0o044) === 0
            ? []
            : [wrong(setting, `other users may read ${file}`, `chmod 600 ${file}`)];
        }),
      );
      const exposed = readable.flat();
      return exposed.length > 0
        ? exposed
        : [well(setting, `${files.length === 1 ? 'is' : 'are'} for this user only`)];
    }),
  );
  return findings.flat();
}
