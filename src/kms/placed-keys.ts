const BUCKET_KEY = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID';

/**
 * Which properties of a resource name the keys that encrypt it, where it is. The rules about a key's Region and account judge them; what a key can do besides is
 * asked by the rules of each service, which leave the Region to these, so that nobody reads the same twice.
 */
export const PLACED_KEYS: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': [BUCKET_KEY],
  'AWS::SQS::Queue': ['KmsMasterKeyId'],
  'AWS::SNS::Topic': ['KmsMasterKeyId'],
  'AWS::Logs::LogGroup': ['KmsKeyId'],
  'AWS::Backup::BackupVault': ['EncryptionKeyArn'],
  'AWS::SecretsManager::Secret': ['KmsKeyId'],
  'AWS::RDS::DBCluster': ['KmsKeyId', 'MasterUserSecret.KmsKeyId', 'PerformanceInsightsKmsKeyId'],
  'AWS::RDS::DBInstance': ['KmsKeyId', 'MasterUserSecret.KmsKeyId', 'PerformanceInsightsKMSKeyId'],
};

export const TYPES_WITH_KEY = Object.keys(PLACED_KEYS);

/** Whether the rules about a key's Region and account judge a property, by where it was read. */
export const isPlacedKey = (type: string, where: string) =>
  Object.hasOwn(PLACED_KEYS, type) && PLACED_KEYS[type].includes(where.replace(/\[(\d+)\]/g, '.$1'));
