import { ENCRYPTION_SERVER, isOracle, NETWORK_ENCRYPTION, REQUIRED } from './oracle-options';
import { requiresTls, tlsParameterOf } from './tls-parameters';
import { customerKey } from '../checks/model/keys';
import { fail, NOT_APPLICABLE, PASS, Rule, undetermined, Verdict } from '../checks/model/rule';
import { Template, TemplateResource, Unknown } from '../checks/model/template';

export const RDS_RULES: Rule[] = [
  {
    id: 'Encryption-RdsStorageCustomerKey',
    severity: 'error',
    guards: 'at rest',
    resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
    info: 'A database must encrypt its storage under a customer-managed KMS key.',
    why: 'Storage, snapshots and backups leave the machine; under a key of your own you decide who may read them.',
    fix: 'Use EncryptedDatabaseCluster or EncryptedDatabaseInstance. A live database must be restored from an encrypted snapshot copy.',
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
    controls: {
      fsbp: ['RDS.3', 'RDS.27'],
      controlTower: ['CT.RDS.PR.16', 'CT.RDS.PR.24', 'CT.RDS.PR.30'],
      nist: ['SC-13', 'SC-28', 'SC-28(1)'],
      pci: ['3.5.1'],
      hipaa: ['164.312(a)(2)(iv)'],
      cis: ['2.2.1'],
    },
    check: encryptsStorage,
  },
  {
    id: 'Encryption-RdsTlsRequired',
    severity: 'error',
    guards: 'in transit',
    resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
    info: 'A database engine must refuse connections without TLS, by a parameter group that says so.',
    why: 'A client that forgets to ask for TLS otherwise sends passwords and rows in the clear.',
    fix: 'Use EncryptedDatabaseCluster or EncryptedDatabaseInstance, or the mixin DatabaseTlsOnly on the parameter group.',
    see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html',
    controls: {
      fsbp: ['RDS.38', 'RDS.39'],
      controlTower: ['CT.RDS.PR.27', 'CT.RDS.PR.28'],
      nist: ['AC-17(2)', 'SC-8', 'SC-8(1)', 'SC-23'],
      pci: ['4.2.1'],
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
    },
    check: refusesPlainConnections,
  },
];

/** An Aurora instance has the storage and the cluster parameters of its cluster. */
function belongsToCluster(database: TemplateResource): boolean {
  return database.type === 'AWS::RDS::DBInstance' && database.properties.DBClusterIdentifier !== undefined;
}

function encryptsStorage(database: TemplateResource, template: Template): Verdict {
  const copied = ['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier'];
  if (belongsToCluster(database) || copied.some((property) => database.properties[property] !== undefined)) { return NOT_APPLICABLE; }
  const restored = ['DBSnapshotIdentifier', 'DBClusterSnapshotIdentifier'];
  if (database.type === 'AWS::RDS::DBInstance' && restored.some((property) => database.properties[property] !== undefined)) {
    return undetermined('RDS restores an instance under the key of its snapshot, which the template does not show');
  }
  const encrypted = template.property(database, 'StorageEncrypted');
  if (encrypted instanceof Unknown) { return undetermined(`StorageEncrypted: ${encrypted.reason}`); }
  if (String(encrypted) !== 'true') { return fail('StorageEncrypted is not true'); }
  return customerKey(template, database.properties.KmsKeyId);
}

function refusesPlainConnections(database: TemplateResource, template: Template): Verdict {
  if (belongsToCluster(database)) { return NOT_APPLICABLE; }
  if (isOracle(template.text(database.properties.Engine))) { return oracleEncrypts(database, template); }
  const [property, groupType] = database.type === 'AWS::RDS::DBCluster'
    ? ['DBClusterParameterGroupName', 'AWS::RDS::DBClusterParameterGroup']
    : ['DBParameterGroupName', 'AWS::RDS::DBParameterGroup'];
  const name = template.property(database, property);
  if (name instanceof Unknown) { return undetermined(`${property}: ${name.reason}`); }
  if (name === undefined) { return fail('it has the default parameter group, which need not require TLS'); }
  const group = template.target(database.properties[property]);
  if (group?.type !== groupType) { return undetermined(`the parameter group ${template.text(name)} is not in this template`); }
  return requires(group, template);
}

/** Oracle has an option for it, and no parameter. */
function oracleEncrypts(database: TemplateResource, template: Template): Verdict {
  const name = template.property(database, 'OptionGroupName');
  if (name instanceof Unknown) { return undetermined(`OptionGroupName: ${name.reason}`); }
  if (name === undefined) { return fail('it has the default option group, which encrypts no connection'); }
  const group = template.target(database.properties.OptionGroupName);
  if (group?.type !== 'AWS::RDS::OptionGroup') { return undetermined(`the option group ${template.text(name)} is not in this template`); }
  const objects = (list: unknown) => template.list(list).map((item) => template.object(item));
  const option = objects(group.properties.OptionConfigurations).find(({ OptionName }) => template.text(OptionName) === NETWORK_ENCRYPTION);
  const server = objects(option?.OptionSettings).find(({ Name }) => template.text(Name) === ENCRYPTION_SERVER);
  return template.text(server?.Value).toUpperCase() === REQUIRED ? PASS : fail(`${group.logicalId} does not set ${ENCRYPTION_SERVER} to ${REQUIRED}`);
}

function requires(group: TemplateResource, template: Template): Verdict {
  const family = template.property(group, 'Family');
  if (typeof family !== 'string') { return undetermined('Family is known only when the stack is deployed'); }
  const parameter = tlsParameterOf(family);
  if (!parameter) { return undetermined(`how ${family} requires TLS is not known`); }
  const value = template.property(group, 'Parameters', parameter.name);
  if (value instanceof Unknown) { return undetermined(`${parameter.name}: ${value.reason}`); }
  return requiresTls(value) ? PASS : fail(`${parameter.name} in ${group.logicalId} is ${value === undefined ? 'not set' : template.text(value)}`);
}
