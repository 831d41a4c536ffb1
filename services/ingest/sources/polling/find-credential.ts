import { failure, type PollFailure } from './connector.ts';
import { CredentialError, type Credential, type Credentials } from './credentials.ts';

interface Place {
  readonly platform: string;
  readonly host: string;
}

/** Finds the credential of a host that may want one. Null without one; a file that holds none fails the poll. */
export async function findCredential(
  credentials: Credentials,
  { platform, host }: Place,
): Promise<Credential | null | PollFailure> {
  try {
    return await credentials.find(platform, host);
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    return failure(error.message, { state: 'refused' });
  }
}

/**
 * Finds the credential of a platform that answers nobody without one.
 *
 * @param place.wanted - what the platform wants, as the beginning of a sentence: `YouTube wants an API key`
 */
export async function needCredential(
  credentials: Credentials,
  { platform, host, wanted }: Place & { readonly wanted: string },
): Promise<Credential | PollFailure> {
  const found = await findCredential(credentials, { platform, host });
  const problem = `${wanted}: put it into ${credentials.fileFor(platform, host)}`;
  return found ?? failure(problem, { state: 'refused' });
}
