// What a deployment of the synthesized templates would be: physical names, ARNs, policies; and who may then do what, asked of an
// independent policy simulator. Nothing in here knows the library under test.
const { createRequire } = require('module');
const crypto = require('crypto');
const here = createRequire(__filename);

const hash = (text) => crypto.createHash('sha1').update(text).digest('hex');
const list = (x) => (x === undefined ? [] : Array.isArray(x) ? x : [x]);
const uuid = (text) => hash(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');

/** Physical names by type: [property that names it, service of the ARN, how the ARN ends]. */
const KINDS = {
  'AWS::SQS::Queue': ['QueueName', 'sqs', (n) => n],
  'AWS::SNS::Topic': ['TopicName', 'sns', (n) => n],
  'AWS::Lambda::Function': ['FunctionName', 'lambda', (n) => `function:${n}`],
  'AWS::CloudWatch::Alarm': ['AlarmName', 'cloudwatch', (n) => `alarm:${n}`],
  'AWS::Events::Rule': ['Name', 'events', (n) => `rule/${n}`],
  'AWS::CloudTrail::Trail': ['TrailName', 'cloudtrail', (n) => `trail/${n}`],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'states', (n) => `stateMachine:${n}`],
  'AWS::Logs::LogGroup': ['LogGroupName', 'logs', (n) => `log-group:${n}:*`],
  'AWS::SecretsManager::Secret': ['Name', 'secretsmanager', (n) => `secret:${n}`],
};
const REF_IS_ARN = new Set(['AWS::SNS::Topic', 'AWS::StepFunctions::Activity', 'AWS::StepFunctions::StateMachine', 'AWS::SecretsManager::Secret',
  'AWS::IAM::ManagedPolicy']);

class World {
  /** @param {{name: string, id: string, template: object, account: string, region: string}[]} stacks */
  constructor(stacks) {
    this.stacks = stacks;
    this.resources = stacks.flatMap((stack) => Object.entries(stack.template.Resources ?? {}).map(([id, r]) => ({
      stack, id, type: r.Type, raw: r, path: r.Metadata?.['aws:cdk:path'] ?? `${stack.id}/${id}`, get props() { return stack.world.resolve(stack, r.Properties ?? {}); },
    })));
    for (const stack of stacks) { stack.world = this; }
  }

  all(type) { return this.resources.filter((r) => r.type === type); }

  /** The L1 of the construct at a path: `S/Bucket`. */
  at(path, type) {
    const found = this.resources.filter((r) => (r.path === path || r.path === `${path}/Resource`) && (!type || r.type === type));
    if (found.length === 0) { throw new Error(`case: nothing at ${path}`); }
    return found[0];
  }

  nameOf(r) {
    const props = r.raw.Properties ?? {};
    const own = props[r.type === 'AWS::S3::Bucket' ? 'BucketName' : r.type === 'AWS::IAM::Role' ? 'RoleName' : KINDS[r.type]?.[0] ?? ''];
    const name = own === undefined ? `${r.stack.name}-${r.id}` : this.resolve(r.stack, own);
    const fifo = r.type === 'AWS::SQS::Queue' && props.FifoQueue === true && !String(name).endsWith('.fifo') ? '.fifo' : '';
    return (r.type === 'AWS::S3::Bucket' ? String(name).toLowerCase() : String(name)) + fifo;
  }

  arnOf(r) {
    const { account, region } = r.stack; const name = this.nameOf(r);
    if (r.type === 'AWS::S3::Bucket') { return `arn:aws:s3:::${name}`; }
    if (r.type === 'AWS::IAM::Role') { return `arn:aws:iam::${account}:role/${name}`; }
    if (r.type === 'AWS::IAM::User') { return `arn:aws:iam::${account}:user/${name}`; }
    if (r.type === 'AWS::KMS::Key') { return `arn:aws:kms:${region}:${account}:key/${this.keyId(r)}`; }
    if (r.type === 'AWS::KMS::ReplicaKey') { return `arn:aws:kms:${region}:${account}:key/${String(this.resolve(r.stack, r.raw.Properties.PrimaryKeyArn)).split('/').pop()}`; }
    const kind = KINDS[r.type];
    return kind ? `arn:aws:${kind[1]}:${region}:${account}:${kind[2](name)}` : `arn:aws:${r.type.split('::')[1].toLowerCase()}:${region}:${account}:${name}`;
  }

  keyId(r) { return (r.raw.Properties?.MultiRegion ? 'mrk-' : '') + (r.raw.Properties?.MultiRegion ? hash(r.stack.name + r.id).slice(0, 32) : uuid(r.stack.name + r.id)); }

  ref(r) {
    if (REF_IS_ARN.has(r.type)) { return this.arnOf(r); }
    if (r.type === 'AWS::KMS::Key' || r.type === 'AWS::KMS::ReplicaKey') { return this.arnOf(r).split('/').pop(); }
    if (r.type === 'AWS::KMS::Alias') { return this.resolve(r.stack, r.raw.Properties.AliasName); }
    if (r.type === 'AWS::SQS::Queue') { return `https://sqs.${r.stack.region}.amazonaws.com/${r.stack.account}/${this.nameOf(r)}`; }
    return this.nameOf(r);
  }

  attribute(r, name) {
    if (name === 'Arn' || name === 'TopicArn') { return this.arnOf(r); }
    if (name === 'QueueName' || name === 'RoleName' || name === 'TopicName') { return this.nameOf(r); }
    if (name === 'KeyId') { return this.ref(r); }
    if (name === 'S3CanonicalUserId') { return `CANONICAL-${r.id}`; }
    return `${r.id}.${name}`;
  }

  /** A value with every intrinsic replaced by what it would be. */
  resolve(stack, v) {
    if (Array.isArray(v)) { return v.map((x) => this.resolve(stack, x)).filter((x) => x !== undefined); }
    if (v === null || typeof v !== 'object') { return v; }
    const [[fn, arg] = []] = Object.entries(v);
    if (Object.keys(v).length === 1) {
      if (fn === 'Ref') { return this.reference(stack, arg); }
      if (fn === 'Fn::GetAtt') { const [id, ...rest] = Array.isArray(arg) ? arg : arg.split('.'); const r = this.find(stack, id); return r ? this.attribute(r, rest.join('.')) : `${id}.${rest}`; }
      if (fn === 'Fn::Join') { return list(this.resolve(stack, arg[1])).join(arg[0]); }
      if (fn === 'Fn::Sub') {
        const [text, vars] = Array.isArray(arg) ? arg : [arg, {}];
        return text.replace(/\$\{([^!}]+)\}/g, (_, k) => (vars[k] !== undefined ? this.resolve(stack, vars[k]) : k.includes('.') ? this.resolve(stack, { 'Fn::GetAtt': k }) : this.reference(stack, k)));
      }
      if (fn === 'Fn::Select') { const from = this.resolve(stack, arg[1]); return Array.isArray(from) ? from[Number(arg[0])] : String(from); }
      if (fn === 'Fn::Split') { return String(this.resolve(stack, arg[1])).split(arg[0]); }
      if (fn === 'Fn::If') { return this.resolve(stack, arg[1]); }
      if (fn === 'Fn::ImportValue') { return this.imported(this.resolve(stack, arg)); }
      if (fn === 'Fn::GetStackOutput') { return this.output(this.resolve(stack, arg)); }
      if (fn === 'Fn::FindInMap') { const [m, a, b] = this.resolve(stack, arg); return stack.template.Mappings?.[m]?.[a]?.[b]; }
      if (fn === 'Fn::GetAZs') { return ['a', 'b', 'c'].map((z) => stack.region + z); }
    }
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, this.resolve(stack, x)]).filter(([, x]) => x !== undefined));
  }

  find(stack, id) { return this.resources.find((r) => r.stack === stack && r.id === id); }

  reference(stack, id) {
    const pseudo = { 'AWS::AccountId': stack.account, 'AWS::Region': stack.region, 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com', 'AWS::StackName': stack.name, 'AWS::StackId': `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/1` };
    if (id === 'AWS::NoValue') { return undefined; }
    if (pseudo[id]) { return pseudo[id]; }
    const r = this.find(stack, id);
    return r ? this.ref(r) : stack.template.Parameters?.[id]?.Default ?? id;
  }

  imported(name) {
    for (const stack of this.stacks) for (const o of Object.values(stack.template.Outputs ?? {})) {
      if (o.Export && this.resolve(stack, o.Export.Name) === name) { return this.resolve(stack, o.Value); }
    }
    return `import-${name}`;
  }

  output({ StackName, OutputName }) {
    const short = String(StackName).split('/').find((x) => this.stacks.some((s) => s.name === x)) ?? StackName;
    const stack = this.stacks.find((s) => s.name === short);
    const o = stack?.template.Outputs?.[OutputName];
    return o ? this.resolve(stack, o.Value) : `output-${StackName}-${OutputName}`;
  }

  // ---- policies -------------------------------------------------------------------------------------------------------------
  resourcePolicy(type, prop, value) {
    const policies = this.all(type).map((r) => r.props).filter((p) => list(p[prop]).includes(value)).map((p) => p.PolicyDocument);
    return policies.length === 0 ? undefined : { Version: '2012-10-17', Statement: policies.flatMap((p) => list(p.Statement)) };
  }

  identityPolicies(role) {
    if (role.type === 'AWS::IAM::User') { return this.policiesOfUser(role); }
    const name = this.nameOf(role); const arn = this.arnOf(role);
    const attached = [...this.all('AWS::IAM::Policy'), ...this.all('AWS::IAM::RolePolicy')].map((r) => r.props).filter((p) => list(p.Roles ?? p.RoleName).includes(name)).map((p) => p.PolicyDocument);
    const managed = this.all('AWS::IAM::ManagedPolicy').filter((r) => list(r.props.Roles).includes(name) || list(role.props.ManagedPolicyArns).includes(this.arnOf(r))).map((r) => r.props.PolicyDocument);
    const inline = list(role.props.Policies).map((p) => p.PolicyDocument);
    void arn;
    return [...attached, ...managed, ...inline].map((policy, i) => ({ name: `p${i}`, policy: strings(policy) }));
  }

  /** A user's own, and those of its groups. */
  policiesOfUser(user) {
    const name = this.nameOf(user);
    const groups = this.all('AWS::IAM::Group').filter((group) => list(user.props.Groups).includes(this.nameOf(group))).map((group) => this.nameOf(group));
    return [...this.all('AWS::IAM::Policy'), ...this.all('AWS::IAM::ManagedPolicy')].map((r) => r.props)
      .filter((p) => list(p.Users).includes(name) || list(p.Groups).some((group) => groups.includes(group))).map((p, i) => ({ name: `p${i}`, policy: strings(p.PolicyDocument) }));
  }

  /** The role that a construct runs with: the role itself, or a function's. */
  role(path) {
    const r = this.resources.find((x) => /^AWS::IAM::(Role|User)$/.test(x.type) && (x.path === path || x.path === `${path}/Resource`));
    if (r) { return r; }
    const owner = this.at(path); const arn = owner.props.Role ?? owner.props.RoleArn ?? owner.props.ServiceRole;
    const found = this.all('AWS::IAM::Role').find((x) => this.arnOf(x) === arn || this.nameOf(x) === arn);
    if (!found) { throw new Error(`case: ${path} has no role here`); }
    return found;
  }

  keyByArn(id) {
    if (!id) { return undefined; }
    if (String(id).includes('alias/')) {
      const alias = `alias/${String(id).split('alias/')[1]}`;
      const a = this.all('AWS::KMS::Alias').find((r) => r.props.AliasName === alias);
      return a && this.keyByArn(a.props.TargetKeyId);
    }
    const keys = [...this.all('AWS::KMS::Key'), ...this.all('AWS::KMS::ReplicaKey')];
    return keys.find((r) => this.arnOf(r) === id) ?? (String(id).startsWith('arn:') ? undefined : keys.find((r) => this.arnOf(r).endsWith(`/${id}`)));
  }

  /** The names of a key's aliases: KMS knows them whatever the request names. */
  aliasesOf(key) { return this.all('AWS::KMS::Alias').filter((r) => this.keyByArn(r.props.TargetKeyId) === key).map((r) => r.props.AliasName); }

  /** undefined, or { algorithm, key, keyArn }: what S3 does with an object whose upload names nothing. */
  bucketEncryption(bucket) {
    const rule = list(bucket.props.BucketEncryption?.ServerSideEncryptionConfiguration)[0]?.ServerSideEncryptionByDefault;
    return rule && { algorithm: rule.SSEAlgorithm, keyArn: rule.KMSMasterKeyID };
  }

  underKms(path) {
    const r = this.at(path);
    if (r.type === 'AWS::SQS::Queue') { return !!r.props.KmsMasterKeyId; }
    return /kms/.test(this.bucketEncryption(r)?.algorithm ?? '');
  }

  // ---- flows: undefined when it works, else the reason ------------------------------------------------------------------------
  async ask({ action, resource, account, who, context = {}, policy }) {
    const sim = here('@cloud-copilot/iam-simulate');
    const principal = who.service ?? who.arn;
    const result = await sim.runSimulation({
      request: { action, resource: { resource, accountId: account }, principal, contextVariables: strings(context) },
      identityPolicies: who.identity ?? [], resourcePolicy: policy && strings(policy), serviceControlPolicies: [], resourceControlPolicies: [],
    }, {});
    if (result.resultType === 'error') { throw new Error(`simulator: ${JSON.stringify(result.errors).slice(0, 300)}`); }
    return result.overallResult === 'Allowed';
  }

  /** Who acts: a service principal on behalf of a source, or a role of the templates. */
  who(as, source = {}) {
    if (/\.amazonaws\.com$/.test(as)) {
      const context = { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': as, ...(source.account && { 'aws:SourceAccount': source.account }), ...(source.arn && { 'aws:SourceArn': source.arn }) };
      return { service: as, name: as, context };
    }
    const role = this.role(as); const arn = this.arnOf(role);
    return { arn, name: as, identity: this.identityPolicies(role), context: { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': role.stack.account, 'aws:PrincipalIsAWSService': 'false' }, account: role.stack.account };
  }

  /** A role that AWS or a bootstrap made, with what its own policies allow. */
  roleBeside(name, account, allows = []) {
    const arn = `arn:aws:iam::${account}:role/${name}`;
    const identity = allows.length ? [{ name: 'own', policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: allows, Resource: '*' }] } }] : [];
    return { arn, name, identity, account, context: { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': account, 'aws:PrincipalIsAWSService': 'false' } };
  }

  async useKey(keyArn, actions, who, context, where) {
    const key = this.keyByArn(keyArn);
    if (!key) {
      if (/alias\/aws\//.test(String(keyArn))) { return who.service ? `${who.name} cannot be given ${keyArn}` : undefined; }
      return `nothing is known of key ${keyArn}`;
    }
    const arn = this.arnOf(key);
    if (key.stack.region !== where.region) { return `key ${arn} is in another Region than what it encrypts (${where.region})`; }
    for (const action of actions) {
      const ok = await this.ask({ action, resource: arn, account: key.stack.account, who: { ...who, identity: who.identity?.map((i) => ({ ...i, policy: underContext(i.policy, context) })) }, context: { ...who.context, 'kms:CallerAccount': who.account ?? where.account, 'kms:ResourceAliases': this.aliasesOf(key), ...context }, policy: underContext(key.props.KeyPolicy, context) });
      if (!ok) { return `${who.name} may not ${action} with ${key.path}`; }
    }
    return undefined;
  }

  /**
   * An upload. `header`: what the writer is documented to send: undefined (nothing), 'AES256', or the ARN of a key. `otherKey`: that key may be one that is in no
   * template, which the writer can use.
   */
  async writes({ bucket: path, as, source, key = 'AWSLogs/111122223333/x', header, otherKey = false, acl = 'bucket-owner-full-control', kmsActions = ['kms:GenerateDataKey'] }) {
    const bucket = this.at(path); const name = this.nameOf(bucket); const arn = this.arnOf(bucket); const who = this.who(as, source);
    const algorithm = header === undefined ? undefined : header === 'AES256' ? 'AES256' : 'aws:kms';
    const context = {
      ...who.context, 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3', ...(who.service && acl && { 's3:x-amz-acl': acl }),
      ...(algorithm && { 's3:x-amz-server-side-encryption': algorithm }), ...(algorithm === 'aws:kms' && { 's3:x-amz-server-side-encryption-aws-kms-key-id': /^arn:/.test(header) ? header : `arn:aws:kms:${bucket.stack.region}:${bucket.stack.account}:key/aws-managed` }),
    };
    const put = await this.ask({ action: 's3:PutObject', resource: `${arn}/${key}`, account: bucket.stack.account, who, context, policy: this.resourcePolicy('AWS::S3::BucketPolicy', 'Bucket', name) });
    if (!put) { return `${who.name} may not s3:PutObject into ${path}${algorithm ? ` with the header ${algorithm}` : ''}`; }
    const encryption = this.bucketEncryption(bucket);
    const keyArn = algorithm === 'aws:kms' ? header : algorithm === undefined && /kms/.test(encryption?.algorithm ?? '') ? encryption.keyArn ?? 'alias/aws/s3' : undefined;
    if (otherKey && !this.keyByArn(keyArn)) { return undefined; }
    return keyArn && this.useKey(keyArn, kmsActions, who, { 'kms:ViaService': `s3.${bucket.stack.region}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': arn }, bucket.stack);
  }

  /** A download of what was written under the bucket's default encryption. */
  async reads({ bucket: path, as, source, key = 'x' }) {
    const bucket = this.at(path); const arn = this.arnOf(bucket); const who = this.who(as, source);
    const context = { ...who.context, 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
    const get = await this.ask({ action: 's3:GetObject', resource: `${arn}/${key}`, account: bucket.stack.account, who, context, policy: this.resourcePolicy('AWS::S3::BucketPolicy', 'Bucket', this.nameOf(bucket)) });
    if (!get) { return `${who.name} may not s3:GetObject from ${path}`; }
    const encryption = this.bucketEncryption(bucket);
    return /kms/.test(encryption?.algorithm ?? '') ? this.useKey(encryption.keyArn ?? 'alias/aws/s3', ['kms:Decrypt'], who, { 'kms:ViaService': `s3.${bucket.stack.region}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': arn }, bucket.stack) : undefined;
  }

  /** A message into a queue. `sourceInKms: false` where the service gives KMS no source (EventBridge). */
  async sends({ queue: path, as, source, sourceInKms = true }) { return this.message(path, as, source, 'sqs:SendMessage', ['kms:GenerateDataKey', 'kms:Decrypt'], sourceInKms); }

  async receives({ queue: path, as }) { return this.message(path, as, undefined, 'sqs:ReceiveMessage', ['kms:Decrypt'], true); }

  /** A message to a topic. One without a policy of its own has SNS's default one, by which its account publishes. */
  async publishes({ topic: path, as, source, sourceInKms = true }) {
    const topic = this.at(path); const arn = this.arnOf(topic); const who = this.who(as, source);
    const byDefault = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: arn, Condition: { StringEquals: { 'aws:SourceAccount': topic.stack.account } } }] };
    const policy = this.resourcePolicy('AWS::SNS::TopicPolicy', 'Topics', arn) ?? byDefault;
    if (!await this.ask({ action: 'sns:Publish', resource: arn, account: topic.stack.account, who, context: { ...who.context, 'aws:SecureTransport': 'true' }, policy })) { return `${who.name} may not sns:Publish to ${path}`; }
    const key = topic.props.KmsMasterKeyId;
    return key && this.useKey(key, ['kms:GenerateDataKey', 'kms:Decrypt'], sourceInKms ? who : withoutSource(who), { 'kms:EncryptionContext:aws:sns:topicArn': arn, ...(!who.service && { 'kms:ViaService': `sns.${topic.stack.region}.amazonaws.com` }) }, topic.stack);
  }

  async message(path, as, source, action, kms, sourceInKms) {
    const queue = this.at(path); const arn = this.arnOf(queue); const who = this.who(as, source);
    const may = await this.ask({ action, resource: arn, account: queue.stack.account, who, context: { ...who.context, 'aws:SecureTransport': 'true' }, policy: this.resourcePolicy('AWS::SQS::QueuePolicy', 'Queues', this.ref(queue)) });
    if (!may) { return `${who.name} may not ${action} to ${path}`; }
    const key = queue.props.KmsMasterKeyId;
    return key && this.useKey(key, kms, sourceInKms ? who : withoutSource(who), { 'kms:EncryptionContext:aws:sqs:arn': arn, ...(!who.service && { 'kms:ViaService': `sqs.${queue.stack.region}.amazonaws.com` }) }, queue.stack);
  }
}

/** A service that gives KMS no source. */
function withoutSource(who) { return { ...who, context: Object.fromEntries(Object.entries(who.context).filter(([k]) => !k.startsWith('aws:Source'))) }; }

/** The simulator drops encryption contexts: their conditions are decided here, and the statements that they exclude left out. */
function underContext(policy, context) {
  const matches = (operator, wanted, given) => {
    const negative = /Not/.test(operator); if (given === undefined) { return negative || /IfExists$/.test(operator); }
    const like = (pattern) => new RegExp(`^${String(pattern).replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(given);
    return negative !== list(wanted).some((w) => (/Like|Arn/.test(operator) ? like(w) : w === given));
  };
  const Statement = list(policy.Statement).map((s) => {
    const Condition = {}; let holds = true;
    for (const [operator, keys] of Object.entries(s.Condition ?? {})) for (const [k, wanted] of Object.entries(keys)) {
      if (!/^kms:EncryptionContext(:|Keys)/.test(k)) { (Condition[operator] ??= {})[k] = wanted; continue; }
      const given = context[k];
      if (operator === 'Null') { holds &&= (String(list(wanted)[0]) === 'true') === (given === undefined); } else if (k !== 'kms:EncryptionContextKeys') { holds &&= matches(operator, wanted, given); }
    }
    return holds ? { ...s, Condition } : undefined;
  }).filter(Boolean).map((s) => (Object.keys(s.Condition).length ? s : (({ Condition, ...rest }) => rest)(s)));
  return { ...policy, Statement };
}

/** The simulator wants text where CloudFormation takes numbers and booleans. */
function strings(x) {
  if (Array.isArray(x)) { return x.map(strings); }
  if (x && typeof x === 'object') { return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, strings(v)])); }
  return typeof x === 'number' || typeof x === 'boolean' ? String(x) : x;
}

module.exports = { World, list };
