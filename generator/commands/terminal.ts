import colours from 'picocolors';

/** Columns that texts are wrapped to where the terminal does not say how many it has. */
const USUAL_WIDTH = 100;

/** Colours and styles; each leaves text as it is where NO_COLOR is set or nobody looks at a terminal. */
export const style = colours;

/** Prints a line of the answer. */
export function print(text = ''): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a line about the answer, which does not end up in a file that the answer is piped to. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Prints an answer for programs. */
export function printJson(answer: unknown): void {
  print(JSON.stringify(answer, undefined, 2));
}

/** Columns that a line may have. */
export function terminalWidth(): number {
  return process.stdout.isTTY ? Math.max(60, process.stdout.columns) : USUAL_WIDTH;
}

/** One cell: what it says and how it looks. */
export interface Cell {
  readonly text: string;
  readonly look?: (text: string) => string;
}

/** Lines of a table without borders; the last column is wrapped to what is left of the width. */
export function tableLines(rows: readonly (readonly Cell[])[], width = terminalWidth()): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns - 1 }, (_, column) => Math.max(...rows.map((row) => row[column]?.text.length ?? 0)));
  const margin = widths.reduce((sum, size) => sum + size + 2, 0);
  return rows.flatMap((row) => {
    const [first = '', ...more] = wrap(row.at(-1)?.text ?? '', Math.max(24, width - margin));
    const look = row.at(-1)?.look ?? same;
    const before = row.slice(0, -1).map((cell, column) => padded(cell, widths[column] ?? 0));
    return [`${before.join('')}${look(first)}`.trimEnd(), ...more.map((line) => `${' '.repeat(margin)}${look(line)}`)];
  });
}

/** Breaks a text into lines of at most `width`, between words where it can; lines of its own stay lines. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line.trimEnd(), width));
}

function wrapLine(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function padded({ text, look = same }: Cell, width: number): string {
  return `${look(text)}${' '.repeat(width - text.length + 2)}`;
}

function same(text: string): string {
  return text;
}
