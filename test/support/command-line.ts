import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { command } from '../../src/cli/command';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly folder: string;
  readonly read: (file: string) => string;
}

export interface Around {
  readonly files?: Record<string, string | object>;
  readonly stdin?: string;
  readonly today?: string;
  readonly colour?: boolean;
  readonly progress?: (done: number, of: number) => void;
}

/** An empty folder with some files; an object is written as JSON. */
export function folderWith(files: Record<string, string | object>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-encryption-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  }
  return folder;
}

/** Runs the command line in a folder, as a shell would. */
export function runIn(folder: string, args: string[], { stdin = '', today = '2026-11-24', colour = false, progress }: Around = {}): Ran {
  const [out, err]: [string[], string[]] = [[], []];
  const code = command(args, {
    cwd: folder, out: (text) => out.push(text), err: (text) => err.push(text), colour, progress, stdin: () => stdin, today,
  });
  return { code, out: out.join('\n'), err: err.join('\n'), folder, read: (file) => readFileSync(join(folder, file), 'utf8') };
}

/** The same in a new folder. */
export function cdkEncryption(args: string[], around: Around = {}): Ran {
  return runIn(folderWith(around.files ?? {}), args, around);
}

export const BAD_QUEUE = 'Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      SqsManagedSseEnabled: false\n';
export const GOOD_ALIAS = 'Resources:\n  Alias:\n    Type: AWS::KMS::Alias\n    Properties: {AliasName: alias/orders, TargetKeyId: k}\n';
