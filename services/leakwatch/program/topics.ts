import { InvalidArgumentError, type Command } from '@commander-js/extra-typings';
import { TOPICS, type Topic } from '@leakwatch/contracts';
import { terminalScreen } from '../screen/screen.ts';
import { wholeNumber } from './options.ts';

export function addTopics(program: Command): void {
  const topics = program.command('topics').description('the topics in Apache Kafka, where the log is there');

  addTopicsCommand(topics, 'create', 'create what is missing, and say what is not as it should be').action(
    async (options) => {
      const { createTopics } = await import('../commands/topics.ts');
      process.exitCode = await createTopics(options, terminalScreen());
    },
  );

  addTopicsCommand(topics, 'check', 'only say what is missing or not as it should be').action(
    async (options) => {
      const { checkAllTopics } = await import('../commands/topics.ts');
      process.exitCode = await checkAllTopics(options, terminalScreen());
    },
  );
}

function addTopicsCommand(topics: Command, name: string, description: string) {
  return topics
    .command(name)
    .description(description)
    .option(
      '--partitions <n>',
      'of each topic; they are fixed for good (default: 12)',
      wholeNumber(1, 10_000),
    )
    .option('--replication-factor <n>', 'brokers that keep each record (default: 1)', wholeNumber(1, 100))
    .option(
      '--retention <topic=days...>',
      'how long a topic keeps its records, where not the usual time',
      addRetention,
    )
    .addHelpText(
      'after',
      `
Which Kafka: KAFKA_BROKERS and what belongs to it. A topic that is there is never changed.
Exit codes: 0 all is as it should be, 2 something is not.`,
    );
}

const LONGEST_DAYS = 36_500;

function addRetention(
  text: string,
  earlier: ReadonlyMap<Topic, number> | undefined,
): ReadonlyMap<Topic, number> {
  const [name, days = '', ...rest] = text.split('=');
  const topic = TOPICS.find((one) => one === name);
  if (topic === undefined || rest.length > 0) {
    throw new InvalidArgumentError(`must be TOPIC=DAYS with one of ${TOPICS.join(', ')}.`);
  }
  return new Map(earlier).set(topic, wholeNumber(1, LONGEST_DAYS)(days));
}
