"""AWS KMS. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_KMS.html"""
from .handler import Handler, Properties, call, policy_text

# https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
LONGEST_POLICY = 32 * 1024


def _tags(tags):
    return [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in tags]


def _settings(context, key_id, properties, rotates):
    """What both kinds of key have beside what they are made of."""
    if rotates is not None:
        enabled, period = rotates
        if enabled:
            call(context, "kms", "enable_key_rotation", {"KeyId": key_id, **({"RotationPeriodInDays": period} if period else {})})
        else:
            call(context, "kms", "disable_key_rotation", {"KeyId": key_id})
    if properties.take("Enabled", True) in (False, "false"):
        call(context, "kms", "disable_key", {"KeyId": key_id})
    window = properties.take("PendingWindowInDays", 30)
    if not 7 <= int(window) <= 30:
        raise ValueError(f"PendingWindowInDays {window} is not from 7 to 30")
    properties.done()


def _rotation(properties):
    """Whether a key rotates, and how often; None where nothing is said, as of a key that cannot."""
    enabled, period = properties.take("EnableKeyRotation"), properties.take("RotationPeriodInDays")
    return None if enabled is None else (enabled, period)


def _describe(context, key_id, properties, what):
    policy = policy_text(context, properties.take("KeyPolicy"), LONGEST_POLICY, what)
    call(context, "kms", "put_key_policy", {"KeyId": key_id, "PolicyName": "default", "Policy": policy})
    call(context, "kms", "update_key_description", {"KeyId": key_id, "Description": properties.take("Description", "")})
    call(context, "kms", "tag_resource", {"KeyId": key_id, "Tags": _tags(properties.take("Tags", []))})


def _attributes(context, key_id):
    return {"Arn": context.client("kms").describe_key(KeyId=key_id)["KeyMetadata"]["Arn"], "KeyId": key_id}


class Key(Handler):
    replaced_by = ("KeySpec", "KeyUsage", "MultiRegion", "Origin")

    def create(self, context, given):
        properties = Properties(given)
        policy = policy_text(context, properties.take("KeyPolicy"), LONGEST_POLICY, "key")
        parameters = {name: properties.take(name) for name in ("Description", "KeySpec", "KeyUsage", "MultiRegion", "Origin") if name in given}
        key_id = call(context, "kms", "create_key", {
            "Policy": policy, "Tags": _tags(properties.take("Tags", [])), **parameters})["KeyMetadata"]["KeyId"]
        _settings(context, key_id, properties, _rotation(properties))
        return key_id, _attributes(context, key_id)

    def update(self, context, key_id, old, new):
        properties = Properties(new)
        for name in self.replaced_by:
            properties.take(name)
        _describe(context, key_id, properties, "key")
        rotates = _rotation(properties)
        if new.get("Enabled", True) != old.get("Enabled", True) and new.get("Enabled", True):
            call(context, "kms", "enable_key", {"KeyId": key_id})
        _settings(context, key_id, properties, rotates)

    def delete(self, context, key_id, properties):
        call(context, "kms", "schedule_key_deletion", {"KeyId": key_id, "PendingWindowInDays": properties.get("PendingWindowInDays", 30)})


class ReplicaKey(Handler):
    replaced_by = ("PrimaryKeyArn",)

    def create(self, context, given):
        properties = Properties(given)
        primary = properties.take("PrimaryKeyArn")
        region, key_id = primary.split(":")[3], primary.split("/")[-1]
        policy = policy_text(context, properties.take("KeyPolicy"), LONGEST_POLICY, "replica")
        call(context, "kms", "replicate_key", {
            "KeyId": key_id, "ReplicaRegion": context.region, "Policy": policy, "Description": properties.take("Description", ""),
            "Tags": _tags(properties.take("Tags", []))}, region)
        _settings(context, key_id, properties, None)
        return key_id, _attributes(context, key_id)

    def update(self, context, key_id, old, new):
        properties = Properties(new)
        properties.take("PrimaryKeyArn")
        _describe(context, key_id, properties, "replica")
        _settings(context, key_id, properties, None)

    delete = Key.delete


class Alias(Handler):
    replaced_by = ("AliasName",)

    def create(self, context, given):
        call(context, "kms", "create_alias", given)
        return given["AliasName"], {}

    def update(self, context, name, old, new):
        call(context, "kms", "update_alias", new)

    def delete(self, context, name, properties):
        call(context, "kms", "delete_alias", {"AliasName": name})


HANDLERS = {"AWS::KMS::Key": Key(), "AWS::KMS::ReplicaKey": ReplicaKey(), "AWS::KMS::Alias": Alias()}
