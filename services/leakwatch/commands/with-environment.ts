import { openEnvironment, type Environment } from '../environment.ts';

/** Opens the database and the log for one piece of work, and closes them after it. */
export async function withEnvironment<T>(
  options: Parameters<typeof openEnvironment>[0],
  work: (environment: Environment) => Promise<T>,
): Promise<T> {
  const environment = await openEnvironment(options);
  try {
    return await work(environment);
  } finally {
    await environment.stop();
  }
}
