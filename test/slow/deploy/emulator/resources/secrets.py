"""AWS Secrets Manager. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SecretsManager.html"""
import json

from .handler import Handler, Properties, call, policy_text, usable_key

# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
LONGEST_POLICY = 20 * 1024


class Secret(Handler):
    replaced_by = ("Name",)

    def create(self, context, given):
        properties = Properties(given)
        name, key = properties.take("Name") or context.name(64), properties.take("KmsKeyId")
        made = call(context, "secretsmanager", "create_secret", {
            "Name": name, "SecretString": self._text(context, properties), "Tags": properties.take("Tags", []),
            **({"KmsKeyId": usable_key(context, key)} if key else {}),
            **({"Description": given["Description"]} if properties.take("Description") else {})})
        properties.done()
        return made["ARN"], {"Id": made["ARN"]}

    def _text(self, context, properties):
        text, generate = properties.take("SecretString"), properties.take("GenerateSecretString")
        if generate is None:
            return text
        options = dict(generate)
        template, key = options.pop("SecretStringTemplate", None), options.pop("GenerateStringKey", None)
        password = call(context, "secretsmanager", "get_random_password", options)["RandomPassword"]
        return json.dumps({**json.loads(template), key: password}) if template else password

    def delete(self, context, arn, properties):
        # CloudFormation deletes it at once, so that a stack can be made again.
        call(context, "secretsmanager", "delete_secret", {"SecretId": arn, "ForceDeleteWithoutRecovery": True})


class Attachment(Handler):
    """Writes into the secret where its database is."""

    replaced_by = ("SecretId", "TargetId", "TargetType")

    def create(self, context, given):
        properties = Properties(given)
        secret, target, kind = (properties.take(name) for name in ("SecretId", "TargetId", "TargetType"))
        properties.done()
        rds, secrets = context.client("rds"), context.client("secretsmanager")
        found = rds.describe_db_clusters(DBClusterIdentifier=target)["DBClusters"] if kind == "AWS::RDS::DBCluster" \
            else rds.describe_db_instances(DBInstanceIdentifier=target)["DBInstances"]
        text = json.loads(secrets.get_secret_value(SecretId=secret)["SecretString"])
        secrets.put_secret_value(SecretId=secret, SecretString=json.dumps({**text, "engine": found[0]["Engine"], "host": target}))
        return secret, {"Id": secret}

    def delete(self, context, secret, properties):
        """The secret stays as it is."""


class ResourcePolicy(Handler):
    replaced_by = ("SecretId",)

    def create(self, context, given):
        self.update(context, given["SecretId"], {}, given)
        return given["SecretId"], {"Id": given["SecretId"]}

    def update(self, context, secret, old, new):
        properties = Properties(new)
        policy, block = properties.take("ResourcePolicy"), properties.take("BlockPublicPolicy", False)
        properties.take("SecretId")
        properties.done()
        call(context, "secretsmanager", "put_resource_policy", {
            "SecretId": secret, "ResourcePolicy": policy_text(context, policy, LONGEST_POLICY, "secret"), "BlockPublicPolicy": block})

    def delete(self, context, secret, properties):
        call(context, "secretsmanager", "delete_resource_policy", {"SecretId": secret})


HANDLERS = {"AWS::SecretsManager::ResourcePolicy": ResourcePolicy(), "AWS::SecretsManager::Secret": Secret(), "AWS::SecretsManager::SecretTargetAttachment": Attachment()}
