"""What handlers share."""
import json


class Handler:
    """A resource type. Properties named in `replaced_by` replace the resource when they change."""

    replaced_by = ()

    def replaces(self, old, new):
        return any(old.get(name) != new.get(name) for name in self.replaced_by)

    def create(self, context, properties):
        """Gives the physical id and the attributes."""
        raise NotImplementedError

    def update(self, context, physical_id, old, new):
        changed = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
        raise NotImplementedError(f"an update of {', '.join(changed)} is not emulated")

    def delete(self, context, physical_id, properties):
        raise NotImplementedError("removal is not emulated")


class Properties:
    """The properties of a resource, each to be taken once; what is left when all is done is an error."""

    def __init__(self, properties):
        self._left = dict(properties)

    def take(self, name, default=None):
        return self._left.pop(name, default)

    def rest(self):
        rest, self._left = self._left, {}
        return rest

    def done(self):
        if self._left:
            raise NotImplementedError(f"properties that nobody reads: {', '.join(sorted(self._left))}")


class PolicyHandler(Handler):
    """A policy that belongs to other resources, which `where` names: one, or a list."""

    def __init__(self, where, longest, what, put, remove):
        self.replaced_by = (where,)
        self._where, self._longest, self._what, self._put, self._remove = where, longest, what, put, remove

    def _targets(self, properties):
        named = properties[self._where]
        return named if isinstance(named, list) else [named]

    def create(self, context, given):
        self.update(context, None, {}, given)
        name = context.name()
        return name, {"Id": name}

    def update(self, context, _, old, new):
        properties = Properties(new)
        properties.take(self._where)
        text = policy_text(context, properties.take("PolicyDocument"), self._longest, self._what)
        properties.done()
        for target in self._targets(new):
            self._put(context, target, text)

    def delete(self, context, _, properties):
        for target in self._targets(properties):
            self._remove(context, target)


def call(context, service, operation, parameters, region=None):
    """Calls an API. Its model refuses parameters that it does not have, and values out of range."""
    client = context.client(service, region)
    shape = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation]).input_shape
    return getattr(client, operation)(**typed(parameters, shape))


def typed(value, shape):
    """CloudFormation takes "5432" where an API takes 5432."""
    if shape is None:
        return value
    if shape.type_name == "structure" and isinstance(value, dict):
        return {key: typed(item, shape.members.get(key)) for key, item in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [typed(item, shape.member) for item in value]
    if shape.type_name in ("integer", "long") and isinstance(value, str):
        return int(value)
    if shape.type_name == "double" and isinstance(value, (str, int)):
        return float(value)
    if shape.type_name == "boolean" and value in ("true", "false"):
        return value == "true"
    if shape.type_name == "string" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value


def policy_text(context, document, longest, what):
    """A resource policy as its service takes it: not too long, and each user and role that it names exists.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html: "the principals that are specified in the
    key policy must exist". S3 and SQS say the same.
    """
    for statement in document["Statement"]:
        principal = statement.get("Principal", {})
        named = principal.get("AWS", []) if isinstance(principal, dict) else []
        for arn in [named] if isinstance(named, str) else named:
            _exists(context, arn)
    text = json.dumps(document, separators=(",", ":"))
    if len(text.encode()) > longest:
        raise ValueError(f"the policy of the {what} has {len(text.encode())} bytes; {longest} are allowed")
    return text


def _exists(context, arn):
    parts = arn.split(":")
    if len(parts) < 6 or parts[4] != context.account:
        return
    kind, _, name = parts[5].partition("/")
    if kind == "role":
        context.client("iam").get_role(RoleName=name.split("/")[-1])
    elif kind == "user":
        context.client("iam").get_user(UserName=name.split("/")[-1])


def usable_key(context, key_id):
    """The ARN of a key that is in this Region and enabled; a service refuses any other."""
    metadata = context.client("kms").describe_key(KeyId=key_id)["KeyMetadata"]
    if metadata["KeyState"] != "Enabled":
        raise ValueError(f"key {key_id} is {metadata['KeyState']}")
    return metadata["Arn"]
