"""The mixins and the injectors as a Python app calls them, judged by EncryptionChecks at synth."""
from aws_cdk import App, Environment, Mixins, Stack, Validations
from aws_cdk import aws_s3 as s3, aws_sqs as sqs
from cdk_encryption_constructs import (
    BucketEncryptionAtRest, BucketTlsOnly, EncryptedBucket, EncryptionChecks, EncryptionDefaults, EncryptionException, EncryptionKey,
    MultiRegionKey, QueueEncryptionAtRest, QueueTlsOnly,
)

ENV = Environment(account="111122223333", region="us-east-1")

app = App(outdir="cdk.out")
old = Stack(app, "Old", env=ENV)
key = EncryptionKey(old, "Key")
s3.Bucket(old, "Bucket", block_public_access=s3.BlockPublicAccess.BLOCK_ALL).with_(BucketEncryptionAtRest(key), BucketTlsOnly())
sqs.Queue(old, "Queue")
Mixins.of(old).apply(QueueEncryptionAtRest(key), QueueTlsOnly())

EncryptionDefaults.of(app).apply(exceptions=[EncryptionException(path="New/Other", reason="made elsewhere")])
new = Stack(app, "New", env=ENV)
s3.Bucket(new, "Bucket")
sqs.Queue(new, "Queue")
EncryptedBucket(new, "Ours", encryption_key=MultiRegionKey(new, "Shared", replica_regions=["eu-west-1"]))
try:
    EncryptedBucket(new, "Weak", enforce_ssl=False)
except RuntimeError as error:
    print(str(error).splitlines()[0])

Validations.of(app).add_plugins(EncryptionChecks(app))
app.synth()
