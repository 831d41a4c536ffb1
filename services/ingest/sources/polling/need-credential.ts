import { failure, type PollFailure } from './connector.ts';
import { CredentialError, type Credential, type Credentials } from './credentials.ts';

/**
 * Finds the credential of a platform that answers nobody without one.
 *
 * @param wanted - what the platform wants, as the beginning of a sentence: `YouTube wants an API key`
 */
export async function needCredential(
  credentials: Credentials,
  { platform, host, wanted }: { readonly platform: string; readonly host: string; readonly wanted: string },
): Promise<Credential | PollFailure> {
  const refused = (problem: string) => failure(problem, { state: 'refused' });
  try {
    const found = await credentials.find(platform, host);
    return found ?? refused(`${wanted}: put it into ${credentials.fileFor(platform, host)}`);
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    return refused(error.message);
  }
}
