import { giveVerdict } from '@leakwatch/alerting';
import { VerdictKindSchema } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { openEnvironment } from '../environment.ts';
import { formatShare } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
