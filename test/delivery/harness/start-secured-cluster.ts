/** Kafka as production has it: three brokers, replication 3, TLS with SCRAM, and ACLs for a user of each service. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LocalCluster, makeCertificate, startLocalCluster } from '@leakwatch/kafka-local';
import { serviceAccess } from '../../../services/leakwatch/kafka-access.ts';

export const BROKERS = 3;
/** May do everything: makes topics, grants access, looks at offsets. */
export const ADMIN = 'admin';
/** Runs several services in one process. */
export const TOGETHER = 'together';
const SERVICES = serviceAccess('').map(({ user }) => user);
export const passwordOf = (user: string) => `secret-of-${user}`;

/** The settings by which a production cluster differs from a broker alone. */
const PROPERTIES = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  // The brokers reach each other over the plain listener.
  'super.users': `User:ANONYMOUS;User:${ADMIN}`,
  'default.replication.factor': '3',
  'min.insync.replicas': '2',
};

interface SecuredCluster {
  readonly cluster: LocalCluster;
  /** The addresses of now, and the authority to trust. */
  access(): ClusterAccess;
  stop(): Promise<void>;
}

export interface ClusterAccess {
  readonly brokers: readonly string[];
  readonly ca: string;
}

export async function startSecuredCluster(): Promise<SecuredCluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakwatch-kafka-tls-'));
  const { keystore, certificate } = await makeCertificate(folder);
  const users = Object.fromEntries([ADMIN, TOGETHER, ...SERVICES].map((user) => [user, passwordOf(user)]));
  const cluster = await startLocalCluster({
    brokers: BROKERS,
    secure: { keystore, users },
    properties: PROPERTIES,
  });
  return {
    cluster,
    access: () => ({ brokers: cluster.secureBrokers, ca: certificate }),
    async stop() {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
