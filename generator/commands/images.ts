import { Command, Option } from 'commander';
import { effectiveValues } from '../check/chart-values.ts';
import { judgedBy } from '../compare/own-measures.ts';
import { readChart } from '../compare/read-chart.ts';
import { InputError } from '../errors/input-error.ts';
import { COPY_TOOLS, imageCopies, registryValues, type CopyTool, type ImageCopy } from '../images/copy-images.ts';
import { imageName, releaseImages, type ReleaseImage } from '../images/release-images.ts';
import { helmYaml } from '../language/helm-yaml.ts';
import type { PlainValues } from '../rules/evaluate-rules.ts';
import { chartOption } from './chart-option.ts';
import { report } from './check.ts';
import { note, print, printJson, style } from './terminal.ts';
import { judgeFiles } from './values-files.ts';

interface Options {
  readonly values: readonly string[];
  readonly chart: string;
  readonly copy?: CopyTool;
  readonly to?: string;
  readonly json?: true;
}

/** A registry as the chart takes it, with a port or a project below it. */
const REGISTRY = /^[A-Za-z0-9]([-.A-Za-z0-9]*[A-Za-z0-9])?(:[0-9]+)?(\/[a-z0-9._-]+)*$/;

/** `mysql-sts images`: what a release pulls, and how to have it in a registry of one's own. */
export function imagesCommand(): Command {
  return new Command('images')
    .summary('List the images of a release, or copy them to a registry')
    .description(
      'Lists the images that a release with these values pulls, one a line. Those of containers that you add\n' +
        '(pod.extraContainers) are not among them.\n' +
        'With --copy it prints the commands that copy them into a registry, and the values that then use it.',
    )
    .option('-f, --values <file>', 'values file; may be repeated', (file, files: string[]) => [...files, file], [])
    .addOption(chartOption())
    .addOption(new Option('--copy <tool>', 'print commands of this tool').choices(COPY_TOOLS))
    .option('--to <registry>', 'registry to copy to, such as harbor.example.com/mysql')
    .option('--json', 'print the images for programs')
    .action(run);
}

async function run(options: Options): Promise<void> {
  const target = targetOf(options);
  const chart = await judgedBy(await readChart(options.chart));
  const judged = await judgeFiles(options.values, chart);
  if (judged.findings.length > 0) {
    report(judged);
    process.exitCode = 1;
    return;
  }
  const values = effectiveValues(chart.defaults, judged.entry);
  const images = releaseImages(values, chart.engines);
  if (target === undefined) {
    if (options.json === true) printJson({ images: images.map(imageJson) });
    else for (const image of images) print(imageName(image));
    return;
  }
  const copies = imageCopies(images, target.tool, target.registry);
  const mirrored = registryValues(values, target.registry);
  if (options.json === true) printJson({ images: images.map(imageJson), copies, values: mirrored });
  else printCopies(copies, mirrored, target.tool === 'docker' && images.some((image) => image.digest !== ''));
}

function targetOf({ copy, to }: Options): { tool: CopyTool; registry: string } | undefined {
  if (copy === undefined && to === undefined) return undefined;
  if (copy === undefined || to === undefined) {
    throw new InputError('USAGE', '--copy and --to belong together: --copy crane --to harbor.example.com/mysql.');
  }
  const registry = to.replace(/\/+$/, '');
  if (!REGISTRY.test(registry)) {
    const sentence = `${to} is no registry. Name its host, with a port or a project if it needs one, and no https://.`;
    throw new InputError('BAD_NAME', sentence);
  }
  return { tool: copy, registry };
}

/** The answer can be run by a shell as it is: what is not a command is a comment. */
function printCopies(copies: readonly ImageCopy[], values: PlainValues, losesDigest: boolean): void {
  for (const command of copies.flatMap((copy) => copy.commands)) print(command);
  if (copies.length === 0) note('Every image is in this registry already.');
  if (losesDigest) {
    note(`${style.yellow('!')} docker copies one platform only, so the pinned digest will not be found. Use crane or skopeo.`);
  }
  print();
  print('# Values that take the images from there:');
  for (const line of helmYaml(values).trimEnd().split('\n')) print(`# ${line}`);
}

function imageJson(image: ReleaseImage): object {
  return { image: imageName(image), ...image };
}
