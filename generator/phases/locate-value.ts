import { relative } from 'node:path';
import ts from 'typescript';
import { VALUES_FILE } from './compile-schema.ts';

/** A place in a source file. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

/** Where the model declares the value behind a path. Compiles the model anew: only for a message about a mistake. */
export function locateValue(path: string): Location {
  const program = ts.createProgram([VALUES_FILE], { allowImportingTsExtensions: true, noEmit: true, strict: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(VALUES_FILE);
  const root = source?.statements.find((statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'Values');
  let declaration: ts.Node | undefined = root;
  for (const key of path.split('.')) {
    const type: ts.Type | undefined = declaration && checker.getTypeAtLocation(declaration);
    declaration = type?.getProperty(key)?.declarations?.[0] ?? declaration;
  }
  return declaration === undefined ? { file: relative('.', VALUES_FILE), line: 1 } : locationOf(declaration);
}

function locationOf(node: ts.Node): Location {
  const file = node.getSourceFile();
  return {
    file: relative('.', file.fileName),
    line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1,
  };
}
