import { Command, InvalidArgumentError } from 'commander';
import type { EarshotClient, Job } from '#client';
import { listOption } from '../completion/list-option.js';
import type { Output, Terminal } from '../terminal/terminal.js';
import { changeJobs } from './change-jobs.js';
import { listJobs, type ListJobsOptions } from './list-jobs.js';
import { showJob } from './show-job.js';

/** What the commands are given from outside. */
export interface JobsSurroundings {
  readonly client: () => EarshotClient;
  /** For a person; with JSON it is not where the JSON goes. */
  readonly terminal: (json: boolean | undefined) => Terminal;
  readonly printJson: (line: string) => void;
  readonly stdout: Output;
}

interface JsonOption {
  json?: boolean;
}

const fewJobs = 20;
const statuses = ['queued', 'running', 'succeeded', 'failed', 'canceled', 'expired'];

/** `earshot jobs`: what became of them, and what is to become of them. */
export function newJobsCommand({ client, terminal, printJson, stdout }: JobsSurroundings): Command {
  const jobs = new Command('jobs').description('the jobs of the Earshot at EARSHOT_URL');
  const connect = () => client().jobs;
  const toPrinting = (json?: boolean) => ({ terminal: terminal(json), printJson });
  const print = ({ json }: JsonOption, job: Job) =>
    json ? printJson(JSON.stringify(job)) : terminal(false).line(`${job.id}  ${job.status}`);

  jobs
    .command('list', { isDefault: true })
    .description('show jobs, the newest first')
    .addOption(listOption('-s, --status <list>', 'only those, with commas between them', statuses))
    .option('-m, --model <name>', 'only those of this model, as name or name@version')
    .option('-b, --batch <id>', 'only those of this batch')
    .option('-n, --limit <count>', 'how many', toCount, fewJobs)
    .option('--json', 'print each as one line of JSON')
    .action((options: ListJobsOptions) => listJobs(connect(), options, toPrinting(options.json)));

  jobs
    .command('show')
    .description('show one job: its result or error, its times')
    .argument('<id>')
    .option('--json', 'print it as one line of JSON')
    .action((id: string, options: JsonOption) => showJob(connect(), id, options, toPrinting(options.json)));

  for (const act of ['cancel', 'retry'] as const)
    jobs
      .command(act)
      .description({ cancel: 'end jobs that wait or run', retry: 'run jobs again that have no result' }[act])
      .argument('<id...>')
      .option('--json', 'print each as one line of JSON')
      .action((ids: string[], options: JsonOption) => {
        const known = connect();
        return changeJobs(ids, async (id) => print(options, await known[act](id)), terminal(options.json));
      });

  jobs
    .command('remove')
    .description('take jobs away for good, with their inputs and results')
    .argument('<id...>')
    .option('--json', 'print each that is gone as one line of JSON')
    .action((ids: string[], { json }: JsonOption) => {
      const remove = async (id: string) => {
        await connect().delete(id);
        if (json) printJson(JSON.stringify({ id, removed: true }));
        else terminal(false).line(`${id}  removed`);
      };
      return changeJobs(ids, remove, terminal(json));
    });

  jobs
    .command('result')
    .description('print the whole result of a job as JSON')
    .argument('<id>')
    .action(async (id: string) => {
      for await (const bytes of await connect().resultText(id)) stdout.write(bytes);
      stdout.write('\n');
    });

  return jobs;
}

function toCount(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 9999999.');
  return Number(text);
}
