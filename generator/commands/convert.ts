import { Command, Option } from 'commander';
import { judgedBy } from '../compare/own-measures.ts';
import { readChart } from '../compare/read-chart.ts';
import { convert, type ConvertOptions } from '../convert/convert.ts';
import type { Conversion } from '../convert/report.ts';
import { InputError } from '../errors/input-error.ts';
import { readText, STANDARD_INPUT } from '../files/read-input.ts';
import { originOf } from '../origins/origins.ts';
import { ORIGIN_NAMES, type OriginName } from '../origins/row.ts';
import { chartOption } from './chart-option.ts';
import { report } from './check.ts';
import { conversionJson, originTable, summaryLines, tableOf } from './render-conversion.ts';
import { findingJson } from './render-findings.ts';
import { note, print, printJson } from './terminal.ts';

interface Options extends ConvertOptions {
  readonly chart: string;
  readonly explain?: true;
  readonly json?: true;
}

/** `mysql-sts convert`: values of another chart as values of this one. */
export function convertCommand(): Command {
  return new Command('convert')
    .summary("Turn another chart's values into values of this one")
    .description(
      "Prints the values file that does what another chart's file did, with its comments. What needs no place here, what the\n" +
        'chart does not do and what is to be done first are told beside it. Passwords are never copied.\n' +
        "Known are values of Bitnami's mysql and mariadb, HelmForge's mysql and CloudPirates' mariadb, also inside a HelmRelease,\n" +
        "an Application or a parent chart's values, the manifests of Bitpoke's operator, and a StatefulSet as the tutorial has it.\n" +
        'The exit status is 1 when something has no place here, 2 when a file cannot be read.',
    )
    .argument('[file]', 'file of the old chart; - is the standard input')
    .addOption(new Option('--from <origin>', 'which chart the file is for').choices(ORIGIN_NAMES))
    .option('--at <key>', "key below which a parent chart's file has the values")
    .addOption(chartOption())
    .option('--explain', 'print what becomes of each key; without a file, of all keys of --from')
    .option('--json', 'print values and table for programs')
    .action(run);
}

async function run(file: string | undefined, options: Options): Promise<void> {
  if (file === undefined) {
    printOrigin(options);
    return;
  }
  const chart = await judgedBy(await readChart(options.chart));
  const name = file === STANDARD_INPUT ? '<stdin>' : file;
  const converted = convert({ file: name, text: await readText(file) }, chart, options);
  if (converted.kind === 'refused') {
    if (options.json === true) printJson({ file: name, findings: converted.findings.map(findingJson) });
    else report({ files: [name], findings: converted.findings });
    process.exitCode = 1;
    return;
  }
  const { conversion } = converted;
  if (conversion.rows.some(({ verdict }) => verdict === 'lacking' || verdict === 'unknown')) process.exitCode = 1;
  if (options.json === true) printJson({ file: name, ...conversionJson(conversion) });
  else printConversion(name, conversion, options);
}

function printConversion(name: string, conversion: Conversion, { explain }: Options): void {
  if (explain === true) for (const line of tableOf(conversion.rows)) print(line);
  else process.stdout.write(conversion.text);
  for (const line of summaryLines(name, conversion)) note(line);
}

function printOrigin({ from, explain, json }: Options): void {
  const origin = originOf(from ?? nothingNamed());
  if (origin === undefined || explain !== true) throw new InputError('USAGE', 'Name a file, or an origin with --from and --explain.');
  if (json === true) printJson({ origin: origin.name, rows: origin.rows });
  else for (const line of originTable(origin)) print(line);
}

function nothingNamed(): OriginName {
  throw new InputError('USAGE', 'Name a file, or an origin with --from and --explain.');
}
