import type { ResourcePolicy } from '../rules/resource-policies';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** A table has its policy itself; a global table has one in each of its replicas. */
function partsOf(table: TemplateResource): ReadonlyArray<{ get(...path: string[]): Read }> {
  return table.type === 'AWS::DynamoDB::GlobalTable' ? table.get('Replicas').items() : [table];
}

const TABLE_POLICY: ResourcePolicy = { documents: (table) => partsOf(table).map((part) => part.get('ResourcePolicy', 'PolicyDocument')), on: ['table'] };

const STREAM_POLICY: ResourcePolicy = {
  documents: (table) => partsOf(table).flatMap((part) =>
    ['StreamSpecification', 'ReplicaStreamSpecification'].map((name) => part.get(name, 'ResourcePolicy', 'PolicyDocument'))),
  on: ['stream'],
};

export const TABLE_POLICIES: readonly ResourcePolicy[] = [TABLE_POLICY, STREAM_POLICY];
