import { readFileSync } from 'node:fs';
import { FlagSchema, integerSetting, loadConfig, SettingsError } from '@leakwatch/runtime';
import { z } from 'zod';

const BROKER = /^(?:[^\s,:]+|\[[0-9a-f:]+\]):\d{1,5}$/i;

const BrokersSchema = z
  .string()
  .transform((text) => text.split(',').map((broker) => broker.trim()))
  .refine((brokers) => brokers.every((broker) => BROKER.test(broker)), {
    error: 'must be host:port, several separated by commas',
  });

/** Reads the file that the variable names. */
const FileSchema = z.string().transform((file, context) => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    context.addIssue({ code: 'custom', message: `names a file that can't be read${code}` });
    return z.NEVER;
  }
});

export const KAFKA_VARIABLES = {
  KAFKA_BROKERS: BrokersSchema.optional(),
  KAFKA_CLIENT_ID: z.string().min(1).max(200).default('leakwatch'),
  KAFKA_SSL: FlagSchema.optional(),
  KAFKA_SSL_CA: FileSchema.optional(),
  KAFKA_SSL_CERT: FileSchema.optional(),
  KAFKA_SSL_KEY: FileSchema.optional(),
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'], {
      error: 'must be plain, scram-sha-256 or scram-sha-512',
    })
    .optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  KAFKA_SESSION_TIMEOUT_MS: integerSetting({ min: 1_000, max: 1_800_000 }).default(30_000),
};
type Settings = z.output<z.ZodObject<typeof KAFKA_VARIABLES>>;

/**
 * Reads how to reach Kafka; null if the log is not in Kafka.
 * @throws SettingsError
 */
export function loadKafkaConfig(env: NodeJS.ProcessEnv) {
  const settings = loadConfig(KAFKA_VARIABLES, env);
  if (settings.KAFKA_BROKERS === undefined) return null;
  return {
    brokers: settings.KAFKA_BROKERS,
    clientId: settings.KAFKA_CLIENT_ID,
    sessionTimeoutMs: settings.KAFKA_SESSION_TIMEOUT_MS,
    ...tlsOf(settings),
    ...saslOf(settings),
  };
}

export type KafkaConfig = NonNullable<ReturnType<typeof loadKafkaConfig>>;

/** A certificate in the settings turns TLS on. KAFKA_SSL alone trusts the system's certificates. */
function tlsOf({ KAFKA_SSL, KAFKA_SSL_CA: ca, KAFKA_SSL_CERT: cert, KAFKA_SSL_KEY: key }: Settings) {
  if ((cert === undefined) !== (key === undefined)) {
    throw new SettingsError(['KAFKA_SSL_CERT, KAFKA_SSL_KEY: set both or neither']);
  }
  if (!(KAFKA_SSL ?? (ca !== undefined || cert !== undefined))) return {};
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  };
  return { tls };
}

function saslOf({
  KAFKA_SASL_MECHANISM: mechanism,
  KAFKA_SASL_USERNAME: username,
  KAFKA_SASL_PASSWORD: password,
}: Settings) {
  const given = [mechanism, username, password].filter((setting) => setting !== undefined);
  if (given.length === 0) return {};
  if (mechanism === undefined || username === undefined || password === undefined) {
    throw new SettingsError([
      'KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD: set all three or none',
    ]);
  }
  return { sasl: { mechanism, username, password } };
}
