import {
  checkDisks,
  checkEmbedded,
  checkNode,
  checkPorts,
  checkSecretFiles,
} from '../doctor/check-machine.ts';
import { checkReach } from '../doctor/check-reach.ts';
import { checkSettings, checkWishes, type AllSettings } from '../doctor/check-settings.ts';
import { open, type Finding } from '../doctor/finding.ts';
import { holdsData } from '../existing-data.ts';
import { chooseProcessSettings } from '../process-settings.ts';
import { formatFindings } from '../screen/findings.ts';
import { type Screen } from '../screen/screen.ts';
import { commonPorts, consolePorts, tipsPorts, webhookPorts } from '../wanted-ports.ts';

/** Looks at all that leakwatch needs, with what to do about it. Sets exit code 1 if something is wrong. */
export async function doctor(
  { dataDir, json }: { readonly dataDir: string; readonly json: boolean },
  screen: Screen,
): Promise<void> {
  const { settings, findings: ofSettings } = checkSettings(process.env);
  const findings = [
    checkNode(),
    ...ofSettings,
    ...(settings === null ? [open('the rest', 'was not looked at')] : await checkRest(dataDir, settings)),
  ];
  if (findings.some(({ state }) => state === 'wrong')) process.exitCode = 1;
  if (json) for (const finding of findings) screen.json(finding);
  else screen.result(formatFindings(findings));
}

async function checkRest(dataDir: string, settings: AllSettings): Promise<Finding[]> {
  const { environment, ingest } = settings;
  const isEmbedded = environment.databaseUrl === undefined;
  const isThere = !isEmbedded || holdsData(dataDir);
  return [
    ...(isEmbedded ? await checkEmbedded(dataDir) : []),
    ...(await checkDisks(environment.disks ?? [isEmbedded ? dataDir : '/'])),
    ...(await checkPorts(portsOf(settings))),
    ...(await checkSecretFiles(secretFilesOf(settings))),
    ...checkWishes(settings),
    ...(isThere ? await checkReach(dataDir, environment, ingest.polls) : []),
  ];
}

/** The ports of `up`; 0 is any free one. */
function portsOf({ process: config, ingest, alerting, console: ofConsole }: AllSettings) {
  const about = chooseProcessSettings({}, config, 'silent');
  return [
    ...commonPorts(about),
    ...webhookPorts(ingest.webhook, about.host, undefined),
    ...tipsPorts(alerting.tips, about.host),
    ...(ofConsole.enabled ? consolePorts(ofConsole, null) : []),
  ].filter(({ port }) => port !== 0);
}

function secretFilesOf({ environment, ingest }: AllSettings): [string, string][] {
  const places: [string, string | undefined][] = [
    ['LEAKWATCH_MASTER_KEY_FILE', environment.masterKey.file],
    ['LEAKWATCH_CREDENTIALS_DIR', ingest.polls.credentialsDir ?? undefined],
    ['LEAKWATCH_TOKEN_FILE', process.env['LEAKWATCH_TOKEN_FILE']],
  ];
  return places.flatMap(([setting, place]) =>
    place === undefined || place === '' ? [] : [[setting, place]],
  );
}
