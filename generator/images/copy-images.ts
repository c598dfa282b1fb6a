import { EXPORTERS } from '../../schema/exporters.ts';
import { valueAt } from '../model/model.ts';
import type { PlainValues } from '../rules/evaluate-rules.ts';
import { imageName, type ReleaseImage } from './release-images.ts';

/** Programs that copy images from one registry to another. */
export const COPY_TOOLS = ['crane', 'skopeo', 'docker'] as const;
export type CopyTool = (typeof COPY_TOOLS)[number];

/** An image and where it goes. */
export interface ImageCopy {
  readonly from: string;
  readonly to: string;
  readonly commands: readonly string[];
}

/** What copies the images into a registry. One that is there already is left out. */
export function imageCopies(images: readonly ReleaseImage[], tool: CopyTool, registry: string): readonly ImageCopy[] {
  return images
    .filter((image) => image.registry !== registry)
    .map((image) => {
      const name = `${image.registry}/${image.repository}`;
      const from = image.digest === '' ? imageName(image) : `${name}@${image.digest}`;
      const to = `${registry}/${image.repository}:${image.tag}`;
      return { from, to, commands: copyCommands(tool, from, to, image.digest !== '') };
    });
}

/** Values that take the images from a registry: `global.imageRegistry`, and what would otherwise stand above it. */
export function registryValues(values: PlainValues, registry: string): PlainValues {
  const named = ['server', 'clone', ...Object.keys(EXPORTERS), 'rclone'].filter((role) => {
    const own = valueAt(values, `images.${role}.registry`);
    return typeof own === 'string' && own !== '';
  });
  const images = Object.fromEntries(named.map((role) => [role, { registry }]));
  return { global: { imageRegistry: registry }, ...(named.length === 0 ? {} : { images }) };
}

/** Docker copies only the platform that it runs on, and so changes the digest; the other two copy all as they are. */
function copyCommands(tool: CopyTool, from: string, to: string, isPinned: boolean): readonly string[] {
  switch (tool) {
    case 'crane':
      return [`crane copy ${from} ${to}`];
    case 'skopeo':
      return [`skopeo copy --all${isPinned ? ' --preserve-digests' : ''} docker://${from} docker://${to}`];
    case 'docker':
      return [`docker pull ${from}`, `docker tag ${from} ${to}`, `docker push ${to}`];
  }
}
