/** The images of the programs that serve metrics beside the server. */

/** An image without registry, by its full version. */
export interface ExporterImage {
  readonly repository: string;
  readonly tag: string;
}

/** By the key under `images`. Both images have a shell, which starts the program again when it dies. */
export const EXPORTERS = {
  /** What the database server says of itself. */
  mysqldExporter: { repository: 'prom/mysqld-exporter', tag: 'v0.19.0' },
  /** What the agent writes; nothing of the node. */
  nodeExporter: { repository: 'prom/node-exporter', tag: 'v1.11.1' },
} as const satisfies Readonly<Record<string, ExporterImage>>;

/** A key of {@link EXPORTERS}. */
export type ExporterName = keyof typeof EXPORTERS;
