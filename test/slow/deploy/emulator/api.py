"""CloudFormation's API as `cdk deploy --method direct` and the SDK use it: the Query protocol, by botocore's model of the service."""
import json
from urllib.parse import parse_qs

import yaml
from moto.core.serialize import QuerySerializer
from moto.core.utils import get_service_model

from cloudformation import Stack

MODEL = get_service_model("cloudformation")


class Refused(Exception):
    """An error as CloudFormation gives it: ValidationError."""
    code = "ValidationError"


class CloudFormationApi:
    def __init__(self, deployment):
        self.deployment = deployment

    def __call__(self, environ, start_response, region):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        request = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
        action = request["Action"]
        operation = getattr(self, action, None)
        try:
            if operation is None:
                raise Refused(f"{action} is not emulated")
            with self.deployment.lock:
                result = operation(region, request)
            answer = QuerySerializer(MODEL.operation_model(action)).serialize(result or {})
            status, text, headers = answer["status_code"], answer["body"], answer["headers"]
        except Refused as error:
            status, headers = 400, {"Content-Type": "text/xml"}
            text = f"<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>{_escaped(error)}</Message></Error></ErrorResponse>"
        text = text if isinstance(text, bytes) else text.encode()
        start_response(f"{status} {'OK' if status < 400 else 'Bad Request'}", [*headers.items(), ("Content-Length", str(len(text)))])
        return [text]

    def _stack(self, region, name):
        stack = self.deployment.stack(region, name)
        if stack is None:
            raise Refused(f"Stack with id {name} does not exist")
        return stack

    def CreateStack(self, region, request):
        name = request["StackName"]
        if self.deployment.stack(region, name):
            raise Refused(f"Stack [{name}] already exists")
        stack = Stack(self.deployment, region, name, _members(request, "Tags"))
        self.deployment.stacks[stack.id] = stack
        self._deploy(stack, request, True)
        return {"StackId": stack.id}

    def UpdateStack(self, region, request):
        stack = self._stack(region, request["StackName"])
        if request["TemplateBody"] == stack.text and _parameters(request) == stack.parameters:
            raise Refused("No updates are to be performed.")
        self._deploy(stack, request, False)
        return {"StackId": stack.id}

    def _deploy(self, stack, request, first):
        text = request["TemplateBody"]
        stack.deploy(text, json.loads(text) if text.lstrip().startswith("{") else yaml.safe_load(text), _parameters(request), first)

    def DeleteStack(self, region, request):
        stack = self.deployment.stack(region, request["StackName"])
        if stack is not None and stack.status != "DELETE_COMPLETE":
            if stack.protected:
                raise Refused(f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
            stack.delete()

    def UpdateTerminationProtection(self, region, request):
        stack = self._stack(region, request["StackName"])
        stack.protected = request["EnableTerminationProtection"] == "true"
        return {"StackId": stack.id}

    def DescribeStacks(self, region, request):
        stacks = [self._stack(region, request["StackName"])] if "StackName" in request else self.deployment.live(region)
        return {"Stacks": [{
            "StackId": stack.id, "StackName": stack.name, "CreationTime": stack.created, "StackStatus": stack.status,
            "StackStatusReason": stack.reason, "EnableTerminationProtection": stack.protected, "Tags": stack.tags,
            "Parameters": [{"ParameterKey": name, "ParameterValue": value} for name, value in stack.parameters.items()],
            "Outputs": [{"OutputKey": name, "OutputValue": value} for name, value in stack.outputs.items()],
        } for stack in stacks]}

    def DescribeStackEvents(self, region, request):
        return {"StackEvents": list(reversed(self._stack(region, request["StackName"]).events))}

    def DescribeStackResources(self, region, request):
        stack = self._stack(region, request["StackName"])
        return {"StackResources": [{
            "StackName": stack.name, "StackId": stack.id, "LogicalResourceId": resource.logical_id, "PhysicalResourceId": resource.physical_id,
            "ResourceType": resource.kind, "ResourceStatus": "CREATE_COMPLETE", "Timestamp": stack.created,
        } for resource in stack.resources.values()]}

    def ListStackResources(self, region, request):
        described = self.DescribeStackResources(region, request)["StackResources"]
        return {"StackResourceSummaries": [{**resource, "LastUpdatedTimestamp": resource["Timestamp"]} for resource in described]}

    def GetTemplate(self, region, request):
        return {"TemplateBody": self._stack(region, request["StackName"]).text}


def _members(request, name):
    """Tags.member.1.Key=… as a list of structures."""
    found = {}
    for key, value in request.items():
        parts = key.split(".")
        if parts[0] == name and len(parts) == 4:
            found.setdefault(int(parts[2]), {})[parts[3]] = value
    return [found[index] for index in sorted(found)]


def _parameters(request):
    return {parameter["ParameterKey"]: parameter.get("ParameterValue", "") for parameter in _members(request, "Parameters")}


def _escaped(error):
    return str(error).replace("&", "&amp;").replace("<", "&lt;")
