"""A small CloudFormation that hides nothing: it deploys a template by calls to the services' own APIs.

Moto's own CloudFormation drops what it does not know and reports success. Here a resource type without a handler, a property
that a handler does not read, and a parameter that the API does not have fail the stack. Order comes from references and
DependsOn; removal follows DeletionPolicy and UpdateReplacePolicy; an export that is imported cannot go.
"""
import datetime
import json
import threading
import traceback
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from intrinsics import PSEUDO, Resolver, TemplateError, references
from resources import HANDLERS

KEPT = ("Retain", "RetainExceptOnCreate")


class Deployment:
    """One AWS account, as far as this machine goes: its stacks by Region and name, and clients of its services."""

    def __init__(self, endpoint, account):
        self.endpoint, self.account = endpoint, account
        self.stacks = {}
        self.lock = threading.RLock()
        self._clients = {}

    def client(self, service, region):
        key = (service, region)
        if key not in self._clients:
            # A Host without a service's name, so that moto tells the service from the signature; one try, so that errors are seen.
            config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
            self._clients[key] = boto3.client(service, region_name=region, endpoint_url=self.endpoint, config=config,
                                              aws_access_key_id="emulated", aws_secret_access_key="emulated")
        return self._clients[key]

    def stack(self, region, name):
        for stack in self.stacks.values():
            if stack.region == region and (stack.id == name or (stack.name == name and stack.status != "DELETE_COMPLETE")):
                return stack
        return None

    def live(self, region):
        return [stack for stack in self.stacks.values() if stack.region == region and stack.status != "DELETE_COMPLETE"]


class Resource:
    def __init__(self, logical_id, kind, definition):
        self.logical_id, self.kind, self.definition = logical_id, kind, definition
        self.properties, self.physical_id, self.attributes = {}, None, {}

    def policy(self, name):
        return self.definition.get(name, "Delete")


class Context:
    """What a handler may use: the services in the stack's Region, and names."""

    def __init__(self, stack, logical_id):
        self.stack, self.logical_id = stack, logical_id
        self.region, self.account = stack.region, stack.deployment.account

    def client(self, service, region=None):
        return self.stack.deployment.client(service, region or self.region)

    def name(self, longest=63):
        """A name as CloudFormation makes one."""
        return f"{self.stack.name}-{self.logical_id}-{uuid.uuid4().hex[:12]}"[-longest:].lower().lstrip("-")


class Stack:
    def __init__(self, deployment, region, name, tags):
        self.deployment, self.region, self.name, self.tags = deployment, region, name, tags
        self.id = f"arn:aws:cloudformation:{region}:{deployment.account}:stack/{name}/{uuid.uuid4()}"
        self.created = _now()
        self.status, self.reason, self.events = "CREATE_IN_PROGRESS", None, []
        self.template, self.text, self.parameters = {}, "", {}
        self.resources, self.outputs, self.exports, self.imports = {}, {}, {}, set()
        self.protected = False

    # What a Resolver asks.
    def ref(self, name):
        pseudo = dict(zip(PSEUDO, (self.deployment.account, None, "aws", self.region, self.id, self.name, "amazonaws.com")))
        if name in pseudo:
            return pseudo[name]
        if name in self.template.get("Parameters", {}):
            return self.parameters.get(name, self.template["Parameters"][name].get("Default"))
        return self._made(name).physical_id

    def attribute(self, name, attribute):
        attributes = self._made(name).attributes
        if attribute not in attributes:
            raise TemplateError(f"{self._made(name).kind} has no attribute {attribute} here")
        return attributes[attribute]

    def _made(self, name):
        if name not in self.resources:
            raise TemplateError(f"{name} is referred to, but is not in the stack")
        return self.resources[name]

    def condition(self, name):
        return Resolver(self)(self.template["Conditions"][name])

    def availability_zones(self, region):
        zones = self.deployment.client("ec2", region or self.region).describe_availability_zones()["AvailabilityZones"]
        return [zone["ZoneName"] for zone in zones]

    def imported(self, name):
        for other in self.deployment.live(self.region):
            if name in other.exports:
                self.imports.add(name)
                return other.exports[name]
        raise TemplateError(f"No export named {name} found")

    def stack_output(self, stack, output, region):
        other = self.deployment.stack(region or self.region, stack)
        if other is None or output not in other.outputs:
            raise TemplateError(f"stack {stack} in {region} has no output {output}")
        return other.outputs[output]

    def dynamic(self, service, reference):
        """What a dynamic reference stands for: `secret-id:SecretString:json-key:…`; an ARN has colons of its own."""
        if service != "secretsmanager":
            raise TemplateError(f"dynamic references to {service} are not emulated")
        secret, _, rest = reference.partition(":SecretString")
        key = rest.strip(":").split(":")[0]
        text = self.deployment.client("secretsmanager", self.region).get_secret_value(SecretId=secret)["SecretString"]
        return json.loads(text)[key] if key else text

    # Changes.
    def deploy(self, text, template, parameters, first):
        word = "CREATE" if first else "UPDATE"
        before = (self.template, self.text, self.parameters)
        self.text, self.template, self.parameters, self.reason = text, template, parameters, None
        self._event(self.name, self.id, "AWS::CloudFormation::Stack", f"{word}_IN_PROGRESS")
        self.status = f"{word}_IN_PROGRESS"
        try:
            self._converge()
        except Exception as error:  # whatever a handler meets fails the stack, as it would in AWS
            self.reason = _told(error)
            if first:
                return self._end(self._rolled_back())
            self.template, self.text, self.parameters = before
            try:
                self._converge()
            except Exception as again:
                self.reason += f"; and back: {_told(again)}"
                return self._end("UPDATE_ROLLBACK_FAILED")
            return self._end("UPDATE_ROLLBACK_COMPLETE")
        self._end(f"{word}_COMPLETE")

    def _rolled_back(self):
        try:
            self._remove([name for name in reversed(_order(self.template["Resources"])) if name in self.resources], creating=True)
        except Exception as again:
            self.reason += f"; and back: {_told(again)}"
            return "ROLLBACK_FAILED"
        return "ROLLBACK_COMPLETE"

    def delete(self):
        self._event(self.name, self.id, "AWS::CloudFormation::Stack", "DELETE_IN_PROGRESS")
        try:
            self._exports_may_go(self.exports)
            self._remove(list(reversed(_order({name: resource.definition for name, resource in self.resources.items()}))))
        except Exception as error:
            self.reason = _told(error)
            return self._end("DELETE_FAILED")
        self.exports, self.imports = {}, set()
        self._end("DELETE_COMPLETE")

    def _converge(self):
        """Creates, updates and removes until the resources are those of the template."""
        resolve = Resolver(self)
        wanted = {name: definition for name, definition in self.template["Resources"].items()
                  if "Condition" not in definition or self.condition(definition["Condition"])}
        replaced = []
        self.imports = set()
        for logical_id in _order(wanted):
            definition = wanted[logical_id]
            properties = resolve(definition.get("Properties", {}))
            resource = self.resources.get(logical_id)
            if resource is None:
                self._create(logical_id, definition, properties)
            else:
                resource.definition = definition
                if properties != resource.properties:
                    replaced += self._update(resource, definition, properties)
        for old in replaced:
            if old.policy("UpdateReplacePolicy") not in KEPT:
                self._destroy(old)
        gone = [name for name in reversed(_order({n: r.definition for n, r in self.resources.items()})) if name not in wanted]
        self._remove(gone)
        self._publish(resolve)

    def _create(self, logical_id, definition, properties):
        kind = definition["Type"]
        resource = Resource(logical_id, kind, definition)
        with _Telling(self, resource, "CREATE"):
            resource.physical_id, resource.attributes = _handler(kind).create(Context(self, logical_id), properties)
            resource.properties = properties
            self.resources[logical_id] = resource

    def _update(self, resource, definition, properties):
        handler = _handler(resource.kind)
        if handler.replaces(resource.properties, properties):
            self._create(resource.logical_id, definition, properties)
            return [resource]
        with _Telling(self, resource, "UPDATE"):
            attributes = handler.update(Context(self, resource.logical_id), resource.physical_id, resource.properties, properties)
            resource.attributes = attributes or resource.attributes
            resource.properties = properties
        return []

    def _remove(self, logical_ids, creating=False):
        for logical_id in logical_ids:
            resource = self.resources.pop(logical_id)
            kept = resource.policy("DeletionPolicy")
            if kept == "Retain" or (kept == "RetainExceptOnCreate" and not creating):
                self._event(logical_id, resource.physical_id, resource.kind, "DELETE_SKIPPED")
            else:
                self._destroy(resource)

    def _destroy(self, resource):
        with _Telling(self, resource, "DELETE"):
            _handler(resource.kind).delete(Context(self, resource.logical_id), resource.physical_id, resource.properties)

    def _publish(self, resolve):
        definitions = {name: output for name, output in self.template.get("Outputs", {}).items()
                       if "Condition" not in output or self.condition(output["Condition"])}
        self.outputs = {name: str(resolve(output["Value"])) for name, output in definitions.items()}
        exports = {resolve(output["Export"]["Name"]): self.outputs[name] for name, output in definitions.items() if "Export" in output}
        self._exports_may_go({name: value for name, value in self.exports.items() if exports.get(name) != value})
        self.exports = exports

    def _exports_may_go(self, names):
        for other in self.deployment.live(self.region):
            for name in names:
                if other is not self and name in other.imports:
                    raise TemplateError(f"Export {name} cannot be deleted as it is in use by {other.name}")

    def _event(self, logical_id, physical_id, kind, status, reason=None):
        self.events.append({"StackId": self.id, "StackName": self.name, "EventId": str(uuid.uuid4()), "LogicalResourceId": logical_id,
                            "PhysicalResourceId": physical_id or "", "ResourceType": kind, "Timestamp": _now(),
                            "ResourceStatus": status, **({"ResourceStatusReason": reason} if reason else {})})

    def _end(self, status):
        self.status = status
        self._event(self.name, self.id, "AWS::CloudFormation::Stack", status, self.reason)


class _Telling:
    """Writes an event when work on a resource starts and ends."""

    def __init__(self, stack, resource, word):
        self.stack, self.resource, self.word = stack, resource, word

    def _say(self, end, reason=None):
        resource = self.resource
        self.stack._event(resource.logical_id, resource.physical_id, resource.kind, f"{self.word}_{end}", reason)

    def __enter__(self):
        self._say("IN_PROGRESS")

    def __exit__(self, kind, error, trace):
        self._say("FAILED" if error else "COMPLETE", error and _told(error))
        if error and not str(error).startswith(self.resource.logical_id):
            raise TemplateError(f"{self.resource.logical_id} ({self.resource.kind}): {_told(error)}") from error


def _handler(kind):
    if kind not in HANDLERS:
        raise TemplateError(f"no handler for {kind}: write one in test/slow/deploy/emulator/resources")
    return HANDLERS[kind]


def _order(resources):
    """Logical ids, what is referred to before what refers. A circle is an error, as in CloudFormation."""
    ordered, doing = [], []

    def visit(name):
        if name in ordered:
            return
        if name in doing:
            raise TemplateError(f"Circular dependency between resources: {doing[doing.index(name):]}")
        doing.append(name)
        definition = resources[name]
        depends = definition.get("DependsOn", [])
        for other in [*([depends] if isinstance(depends, str) else depends), *sorted(references(definition.get("Properties", {})))]:
            if other in resources:
                visit(other)
        doing.pop()
        ordered.append(name)

    for name in resources:
        visit(name)
    return ordered


def _told(error):
    if isinstance(error, (TemplateError, ClientError, BotoCoreError)):
        return str(error)
    return "".join(traceback.format_exception_only(type(error), error)).strip()


def _now():
    return datetime.datetime.now(datetime.timezone.utc)
