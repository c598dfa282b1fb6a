/**
 * Makes dist/ for `npm pack`: the program as JavaScript with types, since Node runs no TypeScript below node_modules,
 * and the model's compiled schema, so that whoever uses the package needs no compiler.
 */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from './files/package-root.ts';
import { COMPILED_SCHEMA, modelSchema } from './phases/model-schema.ts';

const compiler = join(PACKAGE_ROOT, 'node_modules/typescript/bin/tsc');

rmSync(join(PACKAGE_ROOT, 'dist/generator'), { recursive: true, force: true });
rmSync(join(PACKAGE_ROOT, 'dist/schema'), { recursive: true, force: true });
execFileSync(process.execPath, [compiler, '--project', join(PACKAGE_ROOT, 'tsconfig.build.json')], { stdio: 'inherit' });
writeFileSync(COMPILED_SCHEMA, JSON.stringify(await modelSchema()));
