/** A container of a test pod: its first process, its log, its last words. */

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from './wait.ts';

/** How a command ended. A signal counts as 128 and its number, as for a shell. */
export interface Outcome {
  readonly status: number;
  readonly output: string;
  /** Standard error alone. */
  readonly errors: string;
}

/** A process of a container, as this machine numbers it. */
export interface ContainerProcess {
  readonly pid: number;
  readonly command: string;
}

const LOG_END = 4000;

/** What images set. Without it a shell uses a path of its own, which not every build of bash takes the servers' folder into. */
export const IMAGE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Collects what a child writes, and how it ends. */
class Recording {
  output = '';
  errors = '';
  status: number | undefined;
  readonly ended: Promise<Outcome>;

  constructor(child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
      this.errors += text;
    });
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => {
        this.status = code ?? (signal === 'SIGKILL' ? 137 : 143);
        resolve({ status: this.status, output: this.output, errors: this.errors });
      });
    });
  }
}

/** A container that was started. */
export class Container {
  readonly name: string;
  readonly #folder: string;
  readonly #recording: Recording;

  constructor(name: string, folder: string, child: ChildProcess) {
    this.name = name;
    this.#folder = folder;
    this.#recording = new Recording(child);
  }

  /** Everything that it wrote so far. */
  get log(): string {
    return this.#recording.output;
  }

  get running(): boolean {
    return this.#recording.status === undefined;
  }

  /** What kubectl describe would show of its end. */
  get message(): string {
    const file = `${this.#folder}/termination`;
    if (!existsSync(file)) throw new Error(`Container ${this.name} did not get as far as its command:\n${this.tail}`);
    return readFileSync(file, 'utf8').trimEnd();
  }

  /** Waits until it has ended by itself. One that does not is killed, and that is an error. */
  async end(seconds = 60): Promise<Outcome> {
    const late = new AbortController();
    const limit = pause(seconds * 1000, 'late' as const, { signal: late.signal }).catch(() => 'late' as const);
    const outcome = await Promise.race([this.#recording.ended, limit]);
    late.abort();
    if (outcome !== 'late') return outcome;
    await this.kill();
    throw new Error(`Container ${this.name} was still running after ${seconds} s. The end of its log:\n${this.tail}`);
  }

  get tail(): string {
    return this.log.slice(-LOG_END);
  }

  /** Waits until its log has these words, after the given place. */
  async says(words: string | RegExp, { after = 0, seconds = 30 } = {}): Promise<void> {
    const said = (): boolean => (typeof words === 'string' ? this.log.slice(after).includes(words) : words.test(this.log.slice(after)));
    await until(`container ${this.name} says ${String(words)}`, () => said() || !this.running, { seconds, why: () => this.tail });
    if (!said()) throw new Error(`Container ${this.name} ended without saying ${String(words)}. The end of its log:\n${this.tail}`);
  }

  /** The first process, as this machine numbers it. */
  get process(): number {
    return Number(readFileSync(`${this.#folder}/process`, 'utf8'));
  }

  /** All processes that now belong to it. */
  processes(): readonly ContainerProcess[] {
    const own = namespaceOf(this.process);
    if (own === undefined) return [];
    const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return numbers
      .filter((number) => namespaceOf(Number(number)) === own)
      .map((number) => ({ pid: Number(number), command: commandOf(number) }));
  }

  /** Sends a signal to its first process, or to those whose command line matches. */
  signal(signal: NodeJS.Signals, command?: RegExp): number {
    const targets =
      command === undefined
        ? [this.process]
        : this.processes()
            .filter((one) => command.test(one.command))
            .map((one) => one.pid);
    return targets.filter((pid) => send(pid, signal)).length;
  }

  /** Ends it as a dying machine would. */
  async kill(): Promise<void> {
    if (this.running) {
      await until(`container ${this.name} has begun`, () => this.#begun() || !this.running);
      this.#signalFirst('SIGKILL');
    }
    await this.#recording.ended;
  }

  /** Ends it as Kubernetes does. */
  async stop(seconds = 30): Promise<Outcome> {
    await until(`container ${this.name} has begun`, () => this.#begun() || !this.running);
    this.#signalFirst('SIGTERM');
    return this.end(seconds);
  }

  /** Runs a command in it, as kubectl exec does. */
  async exec(command: readonly string[], { input = '', seconds = 30, environment = {} } = {}): Promise<Outcome> {
    await until(`container ${this.name} has begun`, () => this.#begun() || !this.running);
    if (!this.running) throw new Error(`Container ${this.name} has ended. The end of its log:\n${this.tail}`);
    const spaces = ['--mount', '--uts', '--ipc', '--net', '--pid', '--root', '--wd', '--setuid=999', '--setgid=999'];
    // Its first word ends up in the container, so that a late command ends there, too.
    const args = [`--target=${this.process}`, ...spaces, '--', 'timeout', '--signal=KILL', String(seconds), ...command];
    const child = spawn('nsenter', args, { env: { PATH: IMAGE_PATH, ...environment }, stdio: 'pipe' });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    return new Recording(child).ended;
  }

  #signalFirst(signal: NodeJS.Signals): void {
    if (this.running) send(this.process, signal);
  }

  /** It is one as soon as its first process sees the image as its root. */
  #begun(): boolean {
    try {
      return readlinkSync(`/proc/${this.process}/root`).endsWith('/root');
    } catch {
      return false;
    }
  }
}

function namespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
