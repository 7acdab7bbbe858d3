"""Handlers by resource type: what CloudFormation does for a type, said as calls to the service's API."""
from . import access, backup, database, files, keys, loadbalancing, logs, messages, network, secrets, storage, tables

HANDLERS = {}
for module in (access, backup, database, files, keys, loadbalancing, logs, messages, network, secrets, storage, tables):
    HANDLERS.update(module.HANDLERS)
