/** Strimzi's resources for the users of Kafka. Its User Operator owns their rights, so `topics create --grant` can't give them. */
import { TOPICS } from '@leakwatch/contracts';
import { serviceAccess } from '../../services/leakwatch/kafka-access.ts';

/** As `kafka.userPrefix` in values.yaml. */
const PREFIX = 'leakwatch-';

const HEAD = `# Strimzi's KafkaUser resources for leakwatch, made by \`npm run chart\`. Put your cluster's name for CLUSTER:
# sed s/CLUSTER/main/ strimzi-users.yaml | kubectl -n kafka apply -f -
# Before Strimzi 0.49 the version is kafka.strimzi.io/v1beta2.
`;

type Operation = 'Create' | 'Describe' | 'DescribeConfigs' | 'Read' | 'Write';

/** Writes the resources of all users, and of \`admin\`, who makes the topics. */
export function strimziUsers(): string {
  const admin = TOPICS.map((topic) => rule('topic', topic, ['Create', 'Describe', 'DescribeConfigs']));
  const services = serviceAccess(PREFIX).map(({ user, reads, writes, describes, joins, follows }) => {
    const topics = describes.map((topic) =>
      rule('topic', topic, [
        'Describe',
        ...(reads.includes(topic) ? (['Read'] as const) : []),
        ...(writes.includes(topic) ? (['Write'] as const) : []),
      ]),
    );
    const groups = [
      ...joins.map((group) => rule('group', group, ['Read'])),
      ...follows.map((group) => rule('group', group, ['Describe'])),
    ];
    return resource(user, [...topics, ...groups]);
  });
  return HEAD + [resource(`${PREFIX}admin`, admin), ...services].join('');
}

function resource(name: string, rules: readonly string[]): string {
  return `---
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: { name: ${name}, labels: { strimzi.io/cluster: CLUSTER } }
spec:
  authentication: { type: scram-sha-512 }
  authorization:
    type: simple
    acls:
${rules.map((one) => `      - ${one}\n`).join('')}`;
}

function rule(type: 'topic' | 'group', name: string, operations: readonly Operation[]): string {
  const pattern = name.endsWith('*') ? 'prefix' : 'literal';
  return `{ resource: { type: ${type}, name: ${name.replace(/\*$/, '')}, patternType: ${pattern} }, operations: [${operations.join(', ')}] }`;
}
