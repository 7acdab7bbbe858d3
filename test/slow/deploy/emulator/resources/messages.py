"""Amazon SQS, SNS, EventBridge and CloudWatch alarms."""
import json

from .handler import Handler, PolicyHandler, Properties, call, usable_key

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
LONGEST_QUEUE_POLICY = 8 * 1024
# https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
LONGEST_TOPIC_POLICY = 30 * 1024


def _attributes(context, properties):
    """https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html has the properties' names."""
    given = properties.rest()
    if "KmsMasterKeyId" in given:
        usable_key(context, given["KmsMasterKeyId"])
    return {name: json.dumps(value) if isinstance(value, dict) else str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in given.items()}


class Queue(Handler):
    """Parameters of SQS are a map of names, so moto must refuse what it does not know, and does."""

    replaced_by = ("QueueName", "FifoQueue")

    def create(self, context, given):
        properties = Properties(given)
        name = properties.take("QueueName") or context.name(75) + (".fifo" if given.get("FifoQueue") else "")
        tags = {tag["Key"]: tag["Value"] for tag in properties.take("Tags", [])}
        url = call(context, "sqs", "create_queue", {"QueueName": name, "Attributes": _attributes(context, properties), "tags": tags})["QueueUrl"]
        return url, {"Arn": f"arn:aws:sqs:{context.region}:{context.account}:{name}", "QueueName": name, "QueueUrl": url}

    def update(self, context, url, old, new):
        properties = Properties(new)
        for name in (*self.replaced_by, "Tags"):
            properties.take(name)
        call(context, "sqs", "set_queue_attributes", {"QueueUrl": url, "Attributes": _attributes(context, properties)})

    def delete(self, context, url, properties):
        call(context, "sqs", "delete_queue", {"QueueUrl": url})


class Topic(Handler):
    replaced_by = ("TopicName", "FifoTopic")

    def create(self, context, given):
        properties = Properties(given)
        key = properties.take("KmsMasterKeyId")
        attributes = {"KmsMasterKeyId": usable_key(context, key)} if key else {}
        for option in ("DisplayName", "FifoTopic", "SignatureVersion", "TracingConfig"):
            value = properties.take(option)
            if value is not None:
                attributes[option] = str(value)
        name = properties.take("TopicName") or context.name(256)
        arn = call(context, "sns", "create_topic", {"Name": name, "Attributes": attributes, "Tags": properties.take("Tags", [])})["TopicArn"]
        properties.done()
        return arn, {"TopicArn": arn, "TopicName": name}

    def delete(self, context, arn, properties):
        call(context, "sns", "delete_topic", {"TopicArn": arn})


class Subscription(Handler):
    replaced_by = ("TopicArn", "Protocol", "Endpoint")

    def create(self, context, given):
        arn = call(context, "sns", "subscribe", {**given, "ReturnSubscriptionArn": True})["SubscriptionArn"]
        return arn, {"Arn": arn}

    def delete(self, context, arn, properties):
        call(context, "sns", "unsubscribe", {"SubscriptionArn": arn})


class EventRule(Handler):
    replaced_by = ("Name",)

    def create(self, context, given):
        name = given.get("Name") or context.name(64)
        self.update(context, name, {}, given)
        return name, {"Arn": f"arn:aws:events:{context.region}:{context.account}:rule/{name}"}

    def update(self, context, name, old, new):
        properties = Properties(new)
        properties.take("Name")
        targets = properties.take("Targets", [])
        rule = properties.rest()
        if "EventPattern" in rule:
            rule["EventPattern"] = json.dumps(rule["EventPattern"])
        call(context, "events", "put_rule", {"Name": name, **rule})
        if targets:
            call(context, "events", "put_targets", {"Rule": name, "Targets": targets})

    def delete(self, context, name, properties):
        call(context, "events", "remove_targets", {"Rule": name, "Ids": [target["Id"] for target in properties.get("Targets", [])]})
        call(context, "events", "delete_rule", {"Name": name})


class Alarm(Handler):
    replaced_by = ("AlarmName",)

    def create(self, context, given):
        name = given.get("AlarmName") or context.name(255)
        self.update(context, name, {}, given)
        return name, {"Arn": f"arn:aws:cloudwatch:{context.region}:{context.account}:alarm:{name}"}

    def update(self, context, name, old, new):
        call(context, "cloudwatch", "put_metric_alarm", {**new, "AlarmName": name})

    def delete(self, context, name, properties):
        call(context, "cloudwatch", "delete_alarms", {"AlarmNames": [name]})


def _set_queue_policy(context, url, text):
    call(context, "sqs", "set_queue_attributes", {"QueueUrl": url, "Attributes": {"Policy": text}})


def _set_topic_policy(context, arn, text):
    call(context, "sns", "set_topic_attributes", {"TopicArn": arn, "AttributeName": "Policy", "AttributeValue": text})


HANDLERS = {
    "AWS::SQS::Queue": Queue(),
    "AWS::SQS::QueuePolicy": PolicyHandler("Queues", LONGEST_QUEUE_POLICY, "queue", _set_queue_policy, lambda context, url: _set_queue_policy(context, url, "")),
    "AWS::SNS::Topic": Topic(),
    # A topic takes its policy along.
    "AWS::SNS::TopicPolicy": PolicyHandler("Topics", LONGEST_TOPIC_POLICY, "topic", _set_topic_policy, lambda context, arn: None),
    "AWS::SNS::Subscription": Subscription(),
    "AWS::Events::Rule": EventRule(),
    "AWS::CloudWatch::Alarm": Alarm(),
}
