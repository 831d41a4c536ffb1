import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PASSWORD = 'a password of the test';

/** A certificate of a broker on loopback, which is its own authority. */
export interface BrokerCertificate {
  readonly keystore: { readonly file: string; readonly password: string };
  /** PEM: what a client must trust. */
  readonly certificate: string;
}

/** Makes a certificate of two days in the folder, with Java's keytool. */
export async function makeCertificate(folder: string): Promise<BrokerCertificate> {
  const file = path.join(folder, 'broker.p12');
  const own = ['-keystore', file, '-storetype', 'PKCS12', '-storepass', PASSWORD, '-alias', 'broker'];
  const about = ['-dname', 'CN=kafka.test', '-ext', 'SAN=ip:127.0.0.1,dns:kafka.test'];
  await run('keytool', ['-genkeypair', ...own, '-keyalg', 'EC', '-validity', '2', ...about]);
  const { stdout: certificate } = await run('keytool', ['-exportcert', '-rfc', ...own]);
  return { keystore: { file, password: PASSWORD }, certificate };
}
