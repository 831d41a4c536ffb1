import path from 'node:path';
import { isDatabaseUrl } from '@leakwatch/store';
import { z } from 'zod';

export const DatabaseUrlSchema = z.string().refine(isDatabaseUrl, {
  error: 'must look like postgres://user:password@host:5432/database',
});

/** Variables beside those of the database and of Kafka. */
export const ENVIRONMENT_VARIABLES = {
  LEAKWATCH_DATABASE_SESSION_URL: DatabaseUrlSchema.optional(),
  LEAKWATCH_DISKS: z
    .string()
    .transform((text) => text.split(',').map((folder) => folder.trim()))
    .refine((folders) => folders.every((folder) => path.isAbsolute(folder)), {
      error: 'must be absolute paths, several separated by commas',
    })
    .optional(),
  LEAKWATCH_MASTER_KEY_FILE: z.string().optional(),
  LEAKWATCH_MASTER_KEY: z.string().optional(),
  LEAKWATCH_MASTER_KEY_COMMAND: z.string().optional(),
};
