import kafkajs, { type AclEntry } from 'kafkajs';
import { type KafkaConnectionOptions } from './cluster/kafka-client.ts';
import { withAdmin } from './topics.ts';

/** The rights of a user of the brokers. Brokers that check rights allow nothing else. */
export interface Access {
  readonly user: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Topics whose partitions and offsets it asks for. */
  readonly describes: readonly string[];
  /** Groups that it joins; one that ends with `*` stands for every group that begins so. */
  readonly joins: readonly string[];
  /** Groups whose progress it asks for. */
  readonly follows: readonly string[];
}

/** Gives each user its access, as ACLs. Those that exist already stay; none is taken away. */
export async function grantAccess(
  connection: KafkaConnectionOptions,
  accesses: readonly Access[],
): Promise<void> {
  await withAdmin(connection, (admin) => admin.createAcls({ acl: accesses.flatMap(entriesOf) }));
}

function entriesOf({ user, reads, writes, describes, joins, follows }: Access): AclEntry[] {
  const { TOPIC, GROUP } = kafkajs.AclResourceTypes;
  const { READ, WRITE, DESCRIBE } = kafkajs.AclOperationTypes;
  const entry =
    (resourceType: kafkajs.AclResourceTypes, operation: kafkajs.AclOperationTypes) =>
    (name: string): AclEntry => ({
      principal: `User:${user}`,
      host: '*',
      permissionType: kafkajs.AclPermissionTypes.ALLOW,
      operation,
      resourceType,
      resourceName: name.replace(/\*$/, ''),
      resourcePatternType: name.endsWith('*')
        ? kafkajs.ResourcePatternTypes.PREFIXED
        : kafkajs.ResourcePatternTypes.LITERAL,
    });
  return [
    ...reads.map(entry(TOPIC, READ)),
    ...writes.map(entry(TOPIC, WRITE)),
    ...describes.map(entry(TOPIC, DESCRIBE)),
    ...joins.map(entry(GROUP, READ)),
    ...follows.map(entry(GROUP, DESCRIBE)),
  ];
}
