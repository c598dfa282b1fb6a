/** Bars as SVG, readable on light and dark pages. */

/** A bar with the words beside it. */
export interface Bar {
  readonly label: string;
  readonly value: number;
}

const WIDTH = 760;
const LABELS = 330;
const ROW = 26;
const HEAD = 34;
const COLOURS = ['#8a8f98', '#2f7ed8', '#1a9c6b', '#b07d2b', '#7b5bb5'];

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function barRow({ label, value }: Bar, index: number, largest: number, unit: string): string {
  const y = HEAD + index * ROW;
  const width = Math.max(1, (value / largest) * (WIDTH - LABELS - 110));
  const colour = COLOURS[index % COLOURS.length] ?? '#888';
  return [
    `  <text x="${LABELS - 8}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>`,
    `  <rect x="${LABELS}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 8}" rx="2" fill="${colour}"/>`,
    `  <text x="${(LABELS + width + 6).toFixed(1)}" y="${y + 15}">${value.toFixed(1)} ${unit}</text>`,
  ].join('\n');
}

/** Draws bars below a title; the longest takes the whole width. */
export function barPlot(title: string, unit: string, bars: readonly Bar[]): string {
  const largest = Math.max(...bars.map(({ value }) => value));
  const height = HEAD + bars.length * ROW + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" fill="#777" role="img">`,
    `  <title>${escaped(title)}</title>`,
    `  <text x="8" y="20" font-size="14" font-weight="bold">${escaped(title)}</text>`,
    ...bars.map((bar, index) => barRow(bar, index, largest, unit)),
    '</svg>',
    '',
  ].join('\n');
}
