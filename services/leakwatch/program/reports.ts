import { type Command, Option } from '@commander-js/extra-typings';
import { LeakReportStateSchema, ReporterClassSchema, ReviewVerdictSchema } from '@leakwatch/contracts';
import { terminalScreen } from '../screen/screen.ts';
import { byOption, dataDirOption, wholeNumber } from './options.ts';

export function addReports(program: Command): void {
  const reports = program.command('reports').description('leaks that people report');
  reports
    .command('list', { isDefault: true })
    .description('show reports, the newest first')
    .addOption(dataDirOption())
    .addOption(new Option('--state <state>').choices(LeakReportStateSchema.options))
    .option('--limit <n>', 'how many at most', wholeNumber(1, 100_000), 50)
    .option('--details', 'show addresses and what was seen', false)
    .option('--json', 'a JSON line each, with all details', false)
    .action(async (options) => {
      const { showReports } = await import('../commands/reports.ts');
      await showReports(options, terminalScreen());
    });
  reports
    .command('add')
    .description('note a report that came by mail, phone or chat')
    .addOption(dataDirOption())
    .option('--link <address...>', "the post's address; 5 at most")
    .option('--platform <platform>', 'with --post')
    .option('--instance <instance>', 'of a platform with many servers')
    .option('--post <id>', "the post's id, as the platform has it")
    .option('--campaign <id>', 'what it is a leak of')
    .option('--seen <text>', 'what was seen there', '')
    .option('--contact <text>', 'how to reach who reports; it is erased after a time')
    .addOption(
      new Option('--class <class>', 'who reports')
        .choices(ReporterClassSchema.options)
        .default('analyst' as const),
    )
    .addOption(byOption())
    .action(async (options) => {
      const { noteReport } = await import('../commands/reports.ts');
      await noteReport(options, terminalScreen());
    });
  reports
    .command('decide')
    .description('say what comes of a report')
    .argument('<id>', "the report's id, or the first 6 or more of its digits")
    .addOption(dataDirOption())
    .addOption(
      new Option('--dismiss <reason>', 'nothing comes of it').conflicts(['alert', 'verdict', 'campaign']),
    )
    .addOption(new Option('--alert <id>', 'this alert has its post').conflicts(['verdict', 'campaign']))
    .addOption(new Option('--verdict <verdict>', 'what its post was').choices(ReviewVerdictSchema.options))
    .option('--campaign <id>', 'what it was a leak of')
    .addOption(byOption())
    .action(async (id, options) => {
      const { decideOnReport } = await import('../commands/reports.ts');
      await decideOnReport(id, options, terminalScreen());
    });
}
