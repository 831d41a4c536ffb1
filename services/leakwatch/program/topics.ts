import { InvalidArgumentError, type Command } from '@commander-js/extra-typings';
import { TOPICS, type Topic } from '@leakwatch/contracts';
import { terminalScreen } from '../screen/screen.ts';
import { jsonOption, wholeNumber } from './options.ts';

export function addTopics(program: Command): void {
  const topics = program.command('topics').description('the topics in Apache Kafka, if the log is there');

  addTopicsCommand(topics, 'create', 'create missing topics, and list those whose settings differ')
    .option(
      '--grant [prefix]',
      "let each service's user (the prefix and ingest, matcher, alerting, rescan, console or command) use its topics and groups only, where the brokers check ACLs",
    )
    .action(async (options) => {
      const { createTopics } = await import('../commands/topics.ts');
      process.exitCode = await createTopics(options, terminalScreen(options));
    });

  addTopicsCommand(topics, 'check', 'only list topics that are missing or whose settings differ').action(
    async (options) => {
      const { checkAllTopics } = await import('../commands/topics.ts');
      process.exitCode = await checkAllTopics(options, terminalScreen(options));
    },
  );
}

function addTopicsCommand(topics: Command, name: string, description: string) {
  return topics
    .command(name)
    .description(description)
    .option(
      '--partitions <n>',
      'partitions of each topic; they can never be changed (default: 12)',
      wholeNumber(1, 10_000),
    )
    .option('--replication-factor <n>', 'copies of each record (default: 1)', wholeNumber(1, 100))
    .option('--retention <topic=days...>', "days to keep a topic's records, if not the default", addRetention)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
KAFKA_BROKERS and its settings name the cluster. An existing topic is never changed.
Exit codes: 0 all topics have the right settings, 2 something differs or is missing.`,
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
