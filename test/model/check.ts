/** Runs SPIN on a variant: makes a checker in C, compiles it, lets it search all states. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Variant, Verdict } from './variants.ts';

const FOLDER = import.meta.dirname;
/** The deepest path of the largest variant has a tenth of it. */
const DEPTH = 400_000;
/** Megabytes that a search may use. */
const MEMORY = 4000;
/** Seconds after which a search counts as unfinished. */
const PATIENCE_S = 240;

/** What a run showed. */
export interface Outcome {
  readonly variant: Variant;
  /** `unfinished` where not all states could be searched. */
  readonly seen: Verdict | 'unfinished';
  /** States that were met. */
  readonly states: number;
  /** Seconds from the model to the verdict, compiling included. */
  readonly seconds: number;
  /** How to break the assertion, step by step, in the shortest way; empty where it holds. */
  readonly counterexample: readonly string[];
}

/** Whether the run showed what it must. */
export function isAsExpected({ variant, seen }: Outcome): boolean {
  return seen === variant.expected;
}

/** Runs one variant in a folder of its own, which is removed afterwards. Throws where spin or gcc fail. */
export function check(variant: Variant): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-model-'));
  const begin = performance.now();
  try {
    const report = search(variant, folder);
    const seconds = (performance.now() - begin) / 1000;
    const seen = verdictOf(report);
    return { variant, seen, states: statesOf(report), seconds, counterexample: seen === 'violated' ? narrate(variant, folder) : [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function flagsOf(variant: Variant): readonly string[] {
  return variant.defines.map((word) => `-D${word}`);
}

function search(variant: Variant, folder: string): string {
  run(folder, 'spin', ['-a', ...flagsOf(variant), join(FOLDER, variant.model)]);
  // The shortest way to a fault is found in breadth; that nothing is wrong is found faster in depth.
  const order = variant.expected === 'violated' ? ['-DBFS'] : [];
  run(folder, 'gcc', ['-O1', '-w', '-DSAFETY', '-DCOLLAPSE', '-DNOFAIR', `-DMEMLIM=${MEMORY}`, ...order, '-o', 'pan', 'pan.c']);
  return run(folder, './pan', ['-E', '-w24', `-m${DEPTH}`], PATIENCE_S);
}

/** What pan says at the end. It says "errors: 0" as well when it could not search all. */
export function verdictOf(report: string): Verdict | 'unfinished' {
  if (/^pan:1: assertion violated/m.test(report)) return 'violated';
  const isWhole = !/max search depth too small|memory limit|out of memory|Search not completed/.test(report);
  return isWhole && report.includes('errors: 0') ? 'holds' : 'unfinished';
}

/** The count of states in what pan says; 0 where it says none. */
export function statesOf(report: string): number {
  return Number(/^ *([0-9.e+]+) states, stored/m.exec(report)?.[1] ?? 0);
}

/** The steps that the model prints on the way to the fault. */
function narrate(variant: Variant, folder: string): readonly string[] {
  const trail = readdirSync(folder).find((name) => name.endsWith('.trail'));
  if (trail === undefined) return [];
  const text = run(folder, 'spin', ['-t', '-T', '-k', trail, ...flagsOf(variant), join(FOLDER, variant.model)]);
  return text.split('\n').slice(
    0,
    text.split('\n').findIndex((line) => line.startsWith('spin:')),
  );
}

/** Runs a program; it ends with a signal where its time is over, and then what it printed is not whole. */
function run(folder: string, program: string, args: readonly string[], seconds?: number): string {
  const limit = seconds === undefined ? {} : { timeout: seconds * 1000 };
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', ...limit });
  if (signal !== null) return `${stdout}\nSearch not completed`;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}
