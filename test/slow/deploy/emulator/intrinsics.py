"""CloudFormation's intrinsic functions, and what a value refers to. An intrinsic that is not here is an error.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""
import base64
import json
import re

PSEUDO = ("AWS::AccountId", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix")
NO_VALUE = object()


class TemplateError(Exception):
    """What CloudFormation says of a template that it cannot deploy."""


def _subs(text):
    return [name for name in re.findall(r"\$\{([^}!]+)\}", text)]


def references(value):
    """The logical ids that a value names by Ref, Fn::GetAtt or Fn::Sub."""
    if isinstance(value, list):
        return {name for item in value for name in references(item)}
    if not isinstance(value, dict):
        return set()
    if set(value) == {"Ref"}:
        return {value["Ref"]} - set(PSEUDO)
    if set(value) == {"Fn::GetAtt"}:
        return {value["Fn::GetAtt"][0] if isinstance(value["Fn::GetAtt"], list) else value["Fn::GetAtt"].split(".")[0]}
    if set(value) == {"Fn::Sub"}:
        text, own = value["Fn::Sub"] if isinstance(value["Fn::Sub"], list) else (value["Fn::Sub"], {})
        named = {name.split(".")[0] for name in _subs(text) if name not in own}
        return (named - set(PSEUDO)) | references(list(own.values()))
    return {name for item in value.values() for name in references(item)}


class Resolver:
    """Gives the deployed value of a template's value. `scope` answers ref, attribute, imported, stack_output, condition and dynamic."""

    def __init__(self, scope):
        self.scope = scope

    def __call__(self, value):
        resolved = self._resolve(value)
        return None if resolved is NO_VALUE else self._dynamic(resolved)

    def _dynamic(self, value):
        """Dynamic references are read last, when the intrinsics in them have their values.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
        """
        if isinstance(value, dict):
            return {key: self._dynamic(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._dynamic(item) for item in value]
        if not isinstance(value, str):
            return value
        return re.sub(r"\{\{resolve:([a-z-]+):([^}]*)\}\}", lambda found: self.scope.dynamic(found.group(1), found.group(2)), value)

    def _resolve(self, value):
        if isinstance(value, list):
            return [item for item in map(self._resolve, value) if item is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), = value.items()
            if name == "Ref" or name.startswith("Fn::"):
                function = getattr(self, "_" + name.replace("Fn::", "").lower(), None)
                if function is None:
                    raise TemplateError(f"{name} is not emulated")
                return function(argument)
        resolved = {key: self._resolve(item) for key, item in value.items()}
        return {key: item for key, item in resolved.items() if item is not NO_VALUE}

    def _ref(self, name):
        return NO_VALUE if name == "AWS::NoValue" else self.scope.ref(name)

    def _getatt(self, argument):
        name, attribute = argument if isinstance(argument, list) else argument.split(".", 1)
        return self.scope.attribute(name, attribute)

    def _join(self, argument):
        return argument[0].join(str(part) for part in self._resolve(argument[1]))

    def _split(self, argument):
        return self._resolve(argument[1]).split(argument[0])

    def _select(self, argument):
        return self._resolve(argument[1])[int(self._resolve(argument[0]))]

    def _sub(self, argument):
        text, own = argument if isinstance(argument, list) else (argument, {})
        for name in _subs(text):
            if name in own:
                value = self._resolve(own[name])
            elif "." in name:
                value = self._getatt(name)
            else:
                value = self._ref(name)
            text = text.replace("${%s}" % name, str(value))
        return text.replace("${!", "${")

    def _if(self, argument):
        condition, yes, no = argument
        return self._resolve(yes if self.scope.condition(condition) else no)

    def _equals(self, argument):
        one, other = self._resolve(argument)
        return str(one) == str(other)

    def _not(self, argument):
        return not self._condition(argument[0])

    def _and(self, argument):
        return all(self._condition(part) for part in argument)

    def _or(self, argument):
        return any(self._condition(part) for part in argument)

    def _condition(self, value):
        return self.scope.condition(value["Condition"]) if set(value) == {"Condition"} else self._resolve(value)

    def _findinmap(self, argument):
        mapping, first, second = self._resolve(argument)
        return self.scope.template["Mappings"][mapping][first][second]

    def _getazs(self, argument):
        return self.scope.availability_zones(self._resolve(argument) or None)

    def _importvalue(self, argument):
        return self.scope.imported(self._resolve(argument))

    def _getstackoutput(self, argument):
        given = self._resolve(argument)
        return self.scope.stack_output(given["StackName"], given["OutputName"], given.get("Region"))

    def _base64(self, argument):
        return base64.b64encode(self._resolve(argument).encode()).decode()

    def _tojsonstring(self, argument):
        return json.dumps(self._resolve(argument))
