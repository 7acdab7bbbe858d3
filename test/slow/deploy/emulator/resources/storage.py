"""Amazon S3. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_S3.html"""
from .handler import Handler, PolicyHandler, Properties, call, usable_key

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html
LONGEST_POLICY = 20 * 1024


def _encryption(context, configuration):
    rules = []
    for rule in configuration["ServerSideEncryptionConfiguration"]:
        by_default = rule["ServerSideEncryptionByDefault"]
        if "KMSMasterKeyID" in by_default:
            usable_key(context, by_default["KMSMasterKeyID"])
        rest = {name: value for name, value in rule.items() if name != "ServerSideEncryptionByDefault"}
        rules.append({"ApplyServerSideEncryptionByDefault": by_default, **rest})
    return {"Rules": rules}


def _logging(context, configuration):
    names = {"DestinationBucketName": "TargetBucket", "LogFilePrefix": "TargetPrefix", "TargetObjectKeyFormat": "TargetObjectKeyFormat"}
    enabled = {names[name]: value for name, value in configuration.items()}
    enabled.setdefault("TargetPrefix", "")
    context.client("s3").head_bucket(Bucket=enabled["TargetBucket"])
    return {"LoggingEnabled": enabled}


def _lifecycle(_, configuration):
    rules = []
    for rule in configuration["Rules"]:
        rule = dict(rule)
        prefix = rule.pop("Prefix", "")
        made = {"Filter": {"Prefix": prefix}}
        if "Id" in rule:
            made["ID"] = rule.pop("Id")
        if "ExpirationInDays" in rule:
            made["Expiration"] = {"Days": rule.pop("ExpirationInDays")}
        rules.append({**made, **rule})
    return {"Rules": rules}


def _replication(context, configuration):
    made = {"Role": configuration["Role"], "Rules": []}
    for rule in configuration["Rules"]:
        rule = {("ID" if name == "Id" else name): value for name, value in rule.items()}
        made["Rules"].append(rule)
    return made


def _same(_, configuration):
    return configuration


# Property, operation, the operation's parameter, and how one becomes the other.
SETTINGS = (
    ("PublicAccessBlockConfiguration", "put_public_access_block", "PublicAccessBlockConfiguration", _same),
    ("OwnershipControls", "put_bucket_ownership_controls", "OwnershipControls", _same),
    ("VersioningConfiguration", "put_bucket_versioning", "VersioningConfiguration", _same),
    ("BucketEncryption", "put_bucket_encryption", "ServerSideEncryptionConfiguration", _encryption),
    ("LoggingConfiguration", "put_bucket_logging", "BucketLoggingStatus", _logging),
    ("LifecycleConfiguration", "put_bucket_lifecycle_configuration", "LifecycleConfiguration", _lifecycle),
    ("ReplicationConfiguration", "put_bucket_replication", "ReplicationConfiguration", _replication),
)


class Bucket(Handler):
    replaced_by = ("BucketName",)

    def create(self, context, given):
        name = given.get("BucketName") or context.name()
        location = {} if context.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": context.region}}
        call(context, "s3", "create_bucket", {"Bucket": name, **location})
        self.update(context, name, {}, given)
        return name, {
            "Arn": f"arn:aws:s3:::{name}",
            "DomainName": f"{name}.s3.amazonaws.com",
            "RegionalDomainName": f"{name}.s3.{context.region}.amazonaws.com",
        }

    def update(self, context, name, old, new):
        properties = Properties(new)
        properties.take("BucketName")
        for setting, operation, parameter, convert in SETTINGS:
            value = properties.take(setting)
            if value is None and setting in old:
                raise NotImplementedError(f"taking {setting} away is not emulated")
            if value is not None and value != old.get(setting):
                call(context, "s3", operation, {"Bucket": name, parameter: convert(context, value)})
        tags = properties.take("Tags")
        if tags:
            call(context, "s3", "put_bucket_tagging", {"Bucket": name, "Tagging": {"TagSet": tags}})
        properties.done()

    def delete(self, context, name, properties):
        call(context, "s3", "delete_bucket", {"Bucket": name})


class BucketNotifications(Handler):
    """What the CDK's function does for this custom resource. The function itself is not run: that would need docker."""

    replaced_by = ("BucketName",)

    def create(self, context, given):
        self.update(context, None, {}, given)
        return context.name(), {}

    def update(self, context, _, old, new):
        properties = Properties(new)
        properties.take("ServiceToken")
        if properties.take("Managed") not in (True, "true"):
            raise NotImplementedError("only managed notifications are emulated")
        validated = properties.take("SkipDestinationValidation") in (False, "false")
        configuration = properties.take("NotificationConfiguration")
        if validated:
            self._destinations_exist(context, configuration)
        call(context, "s3", "put_bucket_notification_configuration", {
            "Bucket": properties.take("BucketName"), "NotificationConfiguration": configuration})
        properties.done()

    def _destinations_exist(self, context, configuration):
        for queue in configuration.get("QueueConfigurations", []):
            context.client("sqs").get_queue_url(QueueName=queue["QueueArn"].split(":")[-1])

    def delete(self, context, _, properties):
        call(context, "s3", "put_bucket_notification_configuration", {"Bucket": properties["BucketName"], "NotificationConfiguration": {}})


def _put_policy(context, bucket, text):
    call(context, "s3", "put_bucket_policy", {"Bucket": bucket, "Policy": text})


def _remove_policy(context, bucket):
    call(context, "s3", "delete_bucket_policy", {"Bucket": bucket})


HANDLERS = {
    "AWS::S3::Bucket": Bucket(),
    "AWS::S3::BucketPolicy": PolicyHandler("Bucket", LONGEST_POLICY, "bucket", _put_policy, _remove_policy),
    "Custom::S3BucketNotifications": BucketNotifications(),
}
