/** Prints the images that a release of ENGINE, cloned by METHOD, pulls, one a line. */
import { imageName, releaseImages } from '../../generator/images/release-images.ts';
import { DEFAULTS } from '../../schema/defaults.ts';
import { ENGINES } from '../../schema/engines.ts';
import { officialValues } from './values.ts';

const images = releaseImages({ ...DEFAULTS, ...officialValues(process.env) }, ENGINES);
for (const image of images) process.stdout.write(`${imageName(image)}\n`);
