#!/usr/bin/env node
import { CommanderError, Command } from 'commander';
import { FindingsError } from './check/finding.ts';
import { checkCommand, report } from './commands/check.ts';
import { convertCommand } from './commands/convert.ts';
import { diffCommand } from './commands/diff.ts';
import { explainCommand } from './commands/explain.ts';
import { generateCommand, verifyCommand } from './commands/generate.ts';
import { imagesCommand } from './commands/images.ts';
import { note, printJson, style } from './commands/terminal.ts';
import { GeneratorError } from './errors/generator-error.ts';
import { InputError } from './errors/input-error.ts';
import { PACKAGE_ROOT } from './files/package-root.ts';
import { packageVersion } from './files/package-version.ts';

/** Mistakes in what a person wrote. */
const FOUND = 1;
/** The command was called wrongly, or something cannot be read. */
const UNUSABLE = 2;

const EXAMPLES = `
Examples:
  mysql-sts check values.yaml production.yaml     every mistake, with file, line and column
  mysql-sts convert bitnami.yaml > values.yaml    another chart's values as values of this one
  mysql-sts explain storage.static                what values there are, and what they mean
  mysql-sts images -f values.yaml --copy crane --to harbor.example.com/mysql
  mysql-sts diff mysql-sts-0.1.0.tgz ./chart      what a new version breaks
  mysql-sts generate --defaults defaults.yaml --name platform-mysql --output ./platform-mysql
`;

function program(version: string): Command {
  const main = new Command('mysql-sts')
    .description('Replicated MySQL and MariaDB on Kubernetes: the chart and its values')
    .version(version)
    .addHelpText('after', EXAMPLES);
  const commands = [checkCommand(), convertCommand(), explainCommand(), imagesCommand(), diffCommand(), generateCommand(), verifyCommand()];
  for (const command of commands) main.addCommand(command);
  for (const command of [main, ...commands]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({ outputError: () => undefined });
  }
  return main;
}

/** Says what a person can mend. Anything else is a defect of this program and keeps its stack. */
function explainFailure(error: unknown, main: Command): number {
  if (error instanceof CommanderError) return usageFailure(error, main);
  if (error instanceof InputError) return failure(UNUSABLE, error.code, error.message);
  if (error instanceof FindingsError) {
    report({ files: [error.file], findings: error.findings });
    return FOUND;
  }
  if (error instanceof GeneratorError) return failure(FOUND, error.code, error.toString());
  throw error;
}

/** Commander ends a call for help or the version in the same way as a failure. */
function usageFailure({ code, exitCode, message }: CommanderError, main: Command): number {
  if (exitCode === 0) return 0;
  if (code === 'commander.help') return UNUSABLE;
  const sentences = message
    .replace(/^error: /, '')
    .split('\n')
    .map((line) => line.replace(/^\((.*)\)$/, '$1').replace(/^\w/, (letter) => letter.toUpperCase()))
    .map((line) => line.replace(/(?<![.?])$/, '.'));
  return failure(UNUSABLE, 'USAGE', [...sentences, `See ${calledCommand(main)} --help.`].join(' '));
}

/** The part of a call that names what was wanted: the program, and the command if it has one of that name. */
function calledCommand(main: Command): string {
  const [, , word] = process.argv;
  const command = main.commands.find((candidate) => candidate.name() === word);
  return command === undefined ? main.name() : `${main.name()} ${command.name()}`;
}

function failure(status: number, code: string, message: string): number {
  if (process.argv.includes('--json')) printJson({ error: { code, message } });
  note(`${style.red('✖')} ${message} ${style.dim(`[${code}]`)}`);
  return status;
}

/** Whoever reads the answer may have seen enough, as head has. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const main = program(await packageVersion(PACKAGE_ROOT));
try {
  await main.parseAsync();
} catch (error) {
  process.exitCode = explainFailure(error, main);
}
