import { summaryOf } from './diff-summary';
import { DiffDocument } from '../../diff/document';
import { NOT_SEEN } from '../../report/access';
import { version } from '../version';

/** For programs, by `schemas/diff.schema.json`, which is part of the package. */
export function diffJson(document: DiffDocument): string {
  const { resources, keys, flows, notCompared, leftOut } = document;
  return JSON.stringify({
    schemaVersion: 1,
    tool: 'cdk-encryption',
    version: version(),
    summary: summaryOf(document),
    resources,
    keys,
    flows,
    notCompared,
    leftOut,
    notSeen: NOT_SEEN,
  }, undefined, 2);
}
