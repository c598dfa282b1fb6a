import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CompletionRequest,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type CompletionItem,
  type Diagnostic,
  type Position,
  type ProtocolConnection,
} from 'vscode-languageserver-protocol/node.js';
import { CHART, ROOT } from './tools.ts';

/** Where a person is about to type. */
export const CURSOR = '‸';

const SERVER = join(ROOT, 'node_modules/yaml-language-server/bin/yaml-language-server');

/** A YAML file in an editor. */
export interface OpenFile {
  /** What the editor underlines, as `line:column message`, both counted from 1. */
  readonly problems: readonly string[];
  /** What the editor shows over the first occurrence of a word; with a line break before it, at the start of a line. */
  readonly hover: (word: string) => Promise<string>;
  /** What the editor offers at the cursor. */
  readonly completions: () => Promise<readonly CompletionItem[]>;
}

/** An editor with YAML support, told nothing but what stands in the files. */
export interface Editor {
  /** Opens a file. */
  readonly open: (path: string) => Promise<OpenFile>;
  /** Opens a text as if it lay beside values.yaml, without a schema. {@link CURSOR} is no part of the text. */
  readonly draft: (text: string) => Promise<OpenFile>;
  readonly close: () => Promise<void>;
}

/** Starts the language server that editors use for YAML. */
export async function startEditor(): Promise<Editor> {
  const server = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const published = new Map<string, (problems: readonly Diagnostic[]) => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    published.get(uri)?.(diagnostics);
  });
  let drafts = 0;
  connection.listen();
  const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
  // By its name: the typed request demands a field that the protocol calls deprecated.
  await connection.sendRequest(InitializeRequest.method, { processId: process.pid, rootUri: null, capabilities });
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    open: (path) => openFile(connection, published, path, readFileSync(path, 'utf8')),
    draft: (text) => {
      // The server keeps what it knows of a name, so each draft has its own.
      drafts += 1;
      return openFile(connection, published, join(CHART, `draft-${drafts}.yaml`), text);
    },
    close: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      connection.dispose();
    },
  };
}

async function openFile(
  connection: ProtocolConnection,
  published: Map<string, (problems: readonly Diagnostic[]) => void>,
  path: string,
  content: string,
): Promise<OpenFile> {
  const uri = pathToFileURL(path).href;
  const text = content.replace(CURSOR, '');
  const textDocument = { uri };
  const diagnostics = new Promise<readonly Diagnostic[]>((resolve) => published.set(uri, resolve));
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  const problems = (await diagnostics).map(problemText);
  return {
    problems,
    hover: async (word) => {
      const position = positionOf(text, text.indexOf(word) + word.length - 1);
      const shown = await connection.sendRequest(HoverRequest.type, { textDocument, position });
      return shown === null ? '' : JSON.stringify(shown.contents);
    },
    completions: async () => {
      const position = positionOf(text, content.indexOf(CURSOR));
      const offered = await connection.sendRequest(CompletionRequest.type, { textDocument, position });
      return Array.isArray(offered) ? offered : (offered?.items ?? []);
    },
  };
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function problemText({ range, message }: Diagnostic): string {
  return `${range.start.line + 1}:${range.start.character + 1} ${message}`;
}
