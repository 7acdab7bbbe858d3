"""AWS IAM, and functions that custom resources of the CDK name."""
import json

from .handler import Handler, Properties, call


class Role(Handler):
    replaced_by = ("RoleName", "Path")

    def create(self, context, given):
        properties = Properties(given)
        name = properties.take("RoleName") or context.name(64)
        role = call(context, "iam", "create_role", {
            "RoleName": name, "AssumeRolePolicyDocument": json.dumps(properties.take("AssumeRolePolicyDocument")),
            "Tags": properties.take("Tags", []),
            **{option: properties.take(option) for option in ("Description", "Path", "MaxSessionDuration") if option in given}})["Role"]
        self._policies(context, name, properties)
        return name, {"Arn": role["Arn"], "RoleId": role["RoleId"]}

    def update(self, context, name, old, new):
        properties = Properties(new)
        for option in (*self.replaced_by, "Tags", "Description", "MaxSessionDuration"):
            properties.take(option)
        call(context, "iam", "update_assume_role_policy", {
            "RoleName": name, "PolicyDocument": json.dumps(properties.take("AssumeRolePolicyDocument"))})
        self._policies(context, name, properties)

    def _policies(self, context, name, properties):
        for arn in properties.take("ManagedPolicyArns", []):
            call(context, "iam", "attach_role_policy", {"RoleName": name, "PolicyArn": arn})
        for policy in properties.take("Policies", []):
            call(context, "iam", "put_role_policy", {
                "RoleName": name, "PolicyName": policy["PolicyName"], "PolicyDocument": json.dumps(policy["PolicyDocument"])})
        properties.done()

    def delete(self, context, name, properties):
        client = context.client("iam")
        for policy in client.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
            client.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
        for policy in client.list_role_policies(RoleName=name)["PolicyNames"]:
            client.delete_role_policy(RoleName=name, PolicyName=policy)
        client.delete_role(RoleName=name)


class Policy(Handler):
    replaced_by = ("PolicyName", "Roles")

    def create(self, context, given):
        self.update(context, None, {}, given)
        return context.name(64), {}

    def update(self, context, _, old, new):
        properties = Properties(new)
        name, text = properties.take("PolicyName"), json.dumps(properties.take("PolicyDocument"))
        for role in properties.take("Roles", []):
            call(context, "iam", "put_role_policy", {"RoleName": role, "PolicyName": name, "PolicyDocument": text})
        properties.done()

    def delete(self, context, _, properties):
        for role in properties.get("Roles", []):
            call(context, "iam", "delete_role_policy", {"RoleName": role, "PolicyName": properties["PolicyName"]})


class Function(Handler):
    """Recorded, not run: running it needs docker. Handlers of custom resources do what the CDK's functions do."""

    def create(self, context, given):
        properties = Properties(given)
        for name in ("Code", "Description", "Handler", "Runtime", "Timeout", "MemorySize", "Environment", "Tags"):
            properties.take(name)
        role = properties.take("Role")
        context.client("iam").get_role(RoleName=role.split("/")[-1])
        properties.done()
        name = context.name(64)
        return name, {"Arn": f"arn:aws:lambda:{context.region}:{context.account}:function:{name}"}

    def delete(self, context, name, properties):
        """Nothing was made."""


HANDLERS = {"AWS::IAM::Role": Role(), "AWS::IAM::Policy": Policy(), "AWS::Lambda::Function": Function()}
