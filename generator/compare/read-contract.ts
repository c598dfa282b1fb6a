import { isObject } from '../model/json-schema.ts';
import { CONTRACT_FILE } from '../rules/contract.ts';
import { parsed, type Chart } from './read-chart.ts';

/** What a chart says of its rules and engines, as far as it is compared. The chart may be of another version than this program. */
export interface ChartContract {
  /** By the rules' ids. */
  readonly rules: ReadonlyMap<string, ChartRule>;
  /** By the engines' names. */
  readonly engines: ReadonlyMap<string, ChartEngine>;
}

export interface ChartRule {
  readonly reads: readonly string[];
  readonly brokenWhen: unknown;
}

export interface ChartEngine {
  readonly methods: readonly string[];
  readonly upgradesFrom: readonly string[];
  /** The series of the server's image and of each method's. */
  readonly series: ReadonlyMap<string, string>;
}

/** The contract of a chart; undefined for charts that were made before there was one. */
export function readContract({ from, files }: Chart): ChartContract | undefined {
  const text = files.get(CONTRACT_FILE);
  if (text === undefined) return undefined;
  return parsed(from, CONTRACT_FILE, () => comparable(JSON.parse(text)));
}

/** What is compared of a contract. Fails for what is none. */
export function comparable(contract: unknown): ChartContract {
  const { rules, engines } = map('the file', contract);
  return { rules: entries('rules', rules, rule), engines: entries('engines', engines, engine) };
}

function rule(name: string, row: Row): ChartRule {
  return { reads: words(`${name}.reads`, row['reads']), brokenWhen: row['brokenWhen'] };
}

function engine(name: string, row: Row): ChartEngine {
  const images = { server: row['server'], ...map(`${name}.clone`, row['clone']) };
  return {
    methods: words(`${name}.methods`, row['methods']),
    upgradesFrom: words(`${name}.upgradesFrom`, row['upgradesFrom']),
    series: entries(name, images, (image, { series }) => word(`${image}.series`, series)),
  };
}

type Row = Readonly<Record<string, unknown>>;

function entries<T>(name: string, value: unknown, read: (name: string, row: Row) => T): ReadonlyMap<string, T> {
  const rows = Object.entries(map(name, value));
  return new Map(rows.map(([key, row]): [string, T] => [key, read(`${name}.${key}`, map(`${name}.${key}`, row))]));
}

function map(name: string, value: unknown): Row {
  if (!isObject(value)) throw new TypeError(`${name} is no map`);
  return value;
}

function words(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new TypeError(`${name} is no list`);
  return value.map((item: unknown, index) => word(`${name}[${index}]`, item));
}

function word(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`${name} is no text`);
  return value;
}
