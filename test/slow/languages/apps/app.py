"""The app of app.js, in Python."""
from aws_cdk import App, Duration, Environment, Stack, Validations
from aws_cdk import (
    aws_dynamodb as dynamodb, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2, aws_kinesis as kinesis, aws_rds as rds,
)
from cdk_encryption_constructs import (
    EncryptedBucket, EncryptedDatabaseInstance, EncryptedLogGroup, EncryptedQueue, EncryptedSecret, EncryptedTable, EncryptedTopic,
    EncryptionAtRest, EncryptionChecks, EncryptionKey, HttpsLoadBalancer, MessageSource, MultiRegionKey, ServiceAccess,
)

env = Environment(account="111122223333", region="us-east-1")
app = App(analytics_reporting=False, outdir="cdk.out")

keys = Stack(app, "Keys", env=env)
MultiRegionKey(keys, "Key", replica_regions=["eu-west-1"], alias="alias/everywhere")

data = Stack(app, "Data", env=env)
key = EncryptionKey(data, "Key", alias="alias/data", rotation_period=Duration.days(180), services=[ServiceAccess.sns()])
bucket = EncryptedBucket(data, "Bucket", encryption_key=key)
queue = EncryptedQueue(data, "Queue", encryption_key=key)
queue.allow_send_from(MessageSource.bucket(bucket))
EncryptedTopic(data, "Topic", encryption_key=key)
EncryptedTable(data, "Table", encryption_key=key, partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING))
EncryptedSecret(data, "Secret", encryption_key=key)
EncryptedLogGroup(data, "LogGroup", encryption_key=key)
EncryptionAtRest(key).apply_to(kinesis.CfnStream(data, "Stream", shard_count=1))

vpc = ec2.Vpc(data, "Vpc", nat_gateways=0, availability_zones=["us-east-1a", "us-east-1b"])
subnets = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
EncryptedDatabaseInstance(
    data, "Database",
    engine=rds.DatabaseInstanceEngine.postgres(version=rds.PostgresEngineVersion.VER_17_9),
    encryption_key=key, vpc=vpc, vpc_subnets=subnets,
)
HttpsLoadBalancer(data, "LoadBalancer", vpc=vpc, vpc_subnets=subnets).add_https_listener(
    "Https",
    certificates=[elbv2.ListenerCertificate.from_arn("arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000")],
    default_action=elbv2.ListenerAction.fixed_response(200),
)

try:
    EncryptedBucket(data, "Weak", enforce_ssl=False)
except RuntimeError as error:
    print(str(error).splitlines()[0])
Validations.of(app).add_plugins(EncryptionChecks(app))
app.synth()
