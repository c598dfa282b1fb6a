/** A file of the chart, on its way to the disk. */
export interface ChartFile {
  /** Path inside the chart. */
  readonly path: string;
  /** What a person edits in order to change it. */
  readonly source: string;
  readonly text: string;
}
